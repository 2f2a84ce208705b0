// Language: French texts called French, and texts of other languages not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectLanguage } from '../../src/refine/language.ts';
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

const language: Conformance = async (data) => [
  ...FRENCH.map((name) => recall(data, name)),
  english(data),
  neighbours(),
];

function recall(data: string, name: string): ConformanceLine {
  const texts = readFileSync(join(data, 'language', `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly text: string }).text);
  const found = texts.map((text) => detectLanguage(text));
  const passed = found.filter((result) => result.language === 'fr').length;
  const other = found.filter((result) => result.certain && result.language !== 'fr').length;
  const figure = `recall ${percent(passed / texts.length)}, certain of another language ${percent(other / texts.length)}`;
  return { name: `language: ${name.split('/')[0]}`, passed, total: texts.length, figure };
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
