// Language: French texts called French, and texts of other languages not; regional and overseas languages told apart.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { detectLanguage } from '../../src/refine/language.ts';
import { readLanguages } from '../../src/refine/passages.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

const FRENCH = [
  'sent2-allocine/train',
  'sent2-tvseries/train',
  'sent3-tweets-umsab/train',
  'topic-sib200-fra/train',
  'emotion-xed-fr/all',
] as const;

/** Article 1 of the Universal Declaration of Human Rights (United Nations, free of rights), languages near French. */
const ARTICLE_ONE: Readonly<Record<string, string>> = {
  en: 'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
  es: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
  it: 'Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.',
  pt: 'Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.',
  ca: 'Tots els éssers humans neixen lliures i iguals en dignitat i en drets. Són dotats de raó i de consciència, i han de comportar-se fraternalment els uns amb els altres.',
  ro: 'Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt înzestrate cu rațiune și conștiință și trebuie să se comporte unele față de altele în spiritul fraternității.',
  de: 'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.',
  nl: 'Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen.',
};

const REGIONAL = new Set(['br', 'oc', 'co', 'gsw', 'gcf', 'gcr', 'rcf', 'ty']);
const fixtures = resolve(import.meta.dirname, '../fixtures/languages');
const verbose = process.argv.includes('--verbose');

const language: Conformance = async (data) => [
  ...FRENCH.map((name) => recall(data, name)),
  english(data),
  neighbours(),
  ...regional('dev'),
  ...regional('held-out'),
  falseAlarms(data),
  passages(),
  falsePassages(data),
];

interface Labelled {
  readonly code: string;
  readonly text: string;
}

/** Sentences of about ten words, one line a language: found, and what the others were called. */
function regional(half: string): readonly ConformanceLine[] {
  return [...Map.groupBy(readLabelled(half), ({ code }) => code)].map(([code, sentences]) => {
    const found = sentences.map(({ text }) => ({ text, ...detectLanguage(text) }));
    const missed = found.filter((result) => result.language !== code);
    const wrong = missed.filter((result) => result.certain).length;
    if (verbose)
      for (const { text, language, certain } of missed)
        console.error(`${half} ${code}: ${language} ${certain} ${text}`);
    const confused = Object.entries(Object.groupBy(missed, (result) => result.language));
    const confusion = confused.map(([other, results]) => `${other} ${results!.length}`).join(', ');
    const figure = `certain of another language ${wrong}${confusion === '' ? '' : `; called ${confusion}`}`;
    return { name: `language: ${half} ${code}`, passed: found.length - missed.length, total: found.length, figure };
  });
}

function readLabelled(half: string): readonly Labelled[] {
  const [, ...rows] = readFileSync(join(fixtures, `${half}.txt`), 'utf8')
    .trim()
    .split('\n');
  return rows.map((row) => ({ code: row.split('\t')[0]!, text: row.split('\t')[1]! }));
}

/** French texts of every set that were called a regional or overseas language. */
function falseAlarms(data: string): ConformanceLine {
  const texts = [...FRENCH.flatMap((name) => textsOf(data, name)), ...oldPress(data), ...consultation(data)];
  const alarms = texts.filter((text) => REGIONAL.has(detectLanguage(text).language));
  if (verbose) for (const text of alarms) console.error(`${detectLanguage(text).language}: ${text.slice(0, 120)}`);
  const figure = `${alarms.length} called regional (${percent(alarms.length / texts.length)})`;
  return {
    name: 'language: French called regional',
    passed: texts.length - alarms.length,
    total: texts.length,
    figure,
  };
}

/** Each sentence kept aside between French ones: found as a passage, of the right language and place. */
function passages(): ConformanceLine {
  const around =
    'Nous demandons que la route du moulin soit refaite, car les enfants y passent tous les matins. Rien n’a été fait depuis trois ans et personne ne nous répond.';
  const embedded = readLabelled('held-out').map(({ code, text }) => ({
    code,
    text,
    whole: `${around} ${text} ${around}`,
  }));
  const found = embedded.map(({ whole }) => readLanguages(whole).passages);
  const passed = embedded.filter(({ code, text, whole }, at) => {
    const [only] = found[at]!;
    return only?.language === code && whole.slice(only.start, only.end).trim() === text;
  }).length;
  const silent = found.filter((list) => list.length === 0).length;
  const figure = `${silent} not reported, ${embedded.length - passed - silent} reported as another language or place`;
  return { name: 'language: passages', passed, total: embedded.length, figure };
}

/** Texts of the French sets that are said to hold a passage in another language; some do. */
function falsePassages(data: string): ConformanceLine {
  const texts = [...FRENCH.flatMap((name) => textsOf(data, name)), ...consultation(data)];
  const holding = texts.filter((text) => readLanguages(text).passages.length > 0);
  if (verbose) for (const text of holding) console.error(`passage in: ${text.slice(0, 160)}`);
  const figure = `${holding.length} said to hold another language (${percent(holding.length / texts.length)})`;
  return {
    name: 'language: French without passages',
    passed: texts.length - holding.length,
    total: texts.length,
    figure,
  };
}

function oldPress(data: string): readonly string[] {
  return readFileSync(join(data, 'language/ner-europeana-fr/all.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly tokens: readonly string[] }).tokens.join(' '));
}

function consultation(data: string): readonly string[] {
  return readFileSync(join(data, 'consultations/republique-numerique/arguments.csv'), 'utf8')
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(';').at(-1) ?? '');
}

function recall(data: string, name: string): ConformanceLine {
  const texts = textsOf(data, name);
  const found = texts.map((text) => detectLanguage(text));
  const passed = found.filter((result) => result.language === 'fr').length;
  const other = found.filter((result) => result.certain && result.language !== 'fr').length;
  const figure = `recall ${percent(passed / texts.length)}, certain of another language ${percent(other / texts.length)}`;
  return { name: `language: ${name.split('/')[0]}`, passed, total: texts.length, figure };
}

function textsOf(data: string, name: string): readonly string[] {
  return readFileSync(join(data, 'language', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly text: string }).text);
}

/** Comments of an English consultation. */
function english(data: string): ConformanceLine {
  const rows = readFileSync(join(data, 'consultations/polis-brexit-consensus/comments.csv'), 'utf8')
    .split('\n')
    .slice(1);
  const texts = rows
    .map((row) => /(?:,|^)"?([A-Z][^"]{40,}?)"?\s*$/.exec(row)?.[1] ?? '')
    .filter((text) => text.length >= 40);
  const found = texts.map((text) => detectLanguage(text).language);
  const passed = found.filter((code) => code === 'en').length;
  const french = found.filter((code) => code === 'fr').length;
  return { name: 'language: English comments', passed, total: texts.length, figure: `${french} called French` };
}

/** Every run of eight words, so that short texts of near languages are tried too. */
function neighbours(): ConformanceLine {
  const pieces = Object.entries(ARTICLE_ONE).flatMap(([code, text]) => {
    const words = text.split(' ');
    return words.slice(0, -7).map((_, at) => ({ code, text: words.slice(at, at + 8).join(' ') }));
  });
  const found = pieces.map((piece) => detectLanguage(piece.text).language);
  const passed = pieces.filter((piece, at) => found[at] === piece.code).length;
  const french = found.filter((code) => code === 'fr').length;
  return {
    name: 'language: eight words of neighbours',
    passed,
    total: pieces.length,
    figure: `${french} called French`,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export default language;
