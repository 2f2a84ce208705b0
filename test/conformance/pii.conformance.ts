// Personal data: fictive medical notes with gold spans (recall and precision), old press (people, out of domain), and
// real citizens' contributions and tweets (how much is masked, for which nobody has marked the truth).
//
// A gold mention is found when at least half its characters are masked by the kind its label asks for; first name and
// surname are two gold mentions. A span we give is right when at least half of its characters are gold of that kind, or
// it covers the half of a gold mention (a longer mask over a name). Character figures are beside them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonalKind, PersonalSpan } from '../../src/model/personal.ts';
import { findPersonal } from '../../src/refine/personal.ts';
import type { ConformanceLine } from './conformance.ts';

interface Gold {
  readonly start: number;
  readonly end: number;
}

export interface Marked {
  readonly text: string;
  readonly gold: readonly Gold[];
  readonly within?: readonly Gold[];
  readonly spans: readonly PersonalSpan[];
  /** Spans of every kind: a mention that another kind masks is not told either. */
  readonly masked?: readonly PersonalSpan[];
}

export interface Note {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[];
}

interface Sentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/** Labels, the kind that must mask them, and labels that may lie inside such a mask without being asked for alone. */
const CLASSES: readonly (readonly [
  labels: readonly string[],
  kinds: readonly PersonalKind[],
  within?: readonly string[],
])[] = [
  [['NOM', 'PRENOM'], ['person']],
  [['TEL'], ['phone']],
  [['MAIL'], ['email']],
  [['SECU'], ['nir']],
  // A town or a postal code alone is a territory, not an address.
  [['ADRESSE', 'ADDRESSE'], ['address'], ['ZIP', 'VILLE']],
  [['DATE_NAISSANCE'], ['birth-date']],
  [['IPP', 'NDA'], ['identifier']],
];

export default async function pii(data: string): Promise<readonly ConformanceLine[]> {
  const lines: ConformanceLine[] = [];
  const notesFile = join(data, 'pii/eds-pseudo-gold-fr.json');
  if (existsSync(notesFile)) {
    const notes = JSON.parse(readFileSync(notesFile, 'utf8')) as readonly Note[];
    const read = notes.map((note) => ({ ...note, found: findPersonal(note.text) }));
    for (const [labels, kinds, within = []] of CLASSES) {
      const marked = read.map(({ text, spans, found }) => ({
        text,
        gold: spans.filter((span) => labels.includes(span.label)),
        within: spans.filter((span) => within.includes(span.label)),
        spans: found.filter((span) => kinds.includes(span.kind)),
        masked: found,
      }));
      lines.push(score(`pii notes ${labels.slice(0, 2).join('+')}`, marked));
    }
  }
  const press = join(data, 'language/ner-europeana-fr/all.jsonl');
  if (existsSync(press)) {
    const marked = readFileSync(press, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => sentence(JSON.parse(line) as Sentence));
    lines.push(score('pii old press PER (out of domain)', marked));
  }
  lines.push(...volumes(data));
  return lines;
}

export function score(name: string, marked: readonly Marked[]): ConformanceLine {
  let found = 0;
  let total = 0;
  let hidden = 0;
  let right = 0;
  let given = 0;
  let goldCharacters = 0;
  let givenCharacters = 0;
  let sharedCharacters = 0;
  let expectedCharacters = 0;
  marked.forEach(({ gold, within = [], spans, masked = spans }, index) => {
    for (const mention of gold) {
      const isFound = covered(mention, spans) * 2 >= mention.end - mention.start;
      total += 1;
      found += isFound ? 1 : 0;
      hidden += covered(mention, masked) * 2 >= mention.end - mention.start ? 1 : 0;
      goldCharacters += mention.end - mention.start;
      if (!isFound && process.argv.includes('--verbose'))
        console.error(`${name}: missed, text ${index} at ${mention.start}`);
    }
    for (const span of spans) {
      const shared = covered(span, gold);
      const expected = shared + covered(span, within);
      const isRight =
        expected * 2 >= span.end - span.start ||
        gold.some((mention) => covered(mention, [span]) * 2 >= mention.end - mention.start);
      given += 1;
      right += isRight ? 1 : 0;
      givenCharacters += span.end - span.start;
      sharedCharacters += shared;
      expectedCharacters += expected;
      if (!isRight && process.argv.includes('--verbose'))
        console.error(`${name}: wrong, text ${index} at ${span.start}`);
    }
  });
  const figure =
    `recall ${ratio(found, total)}, under any kind ${ratio(hidden, total)}, precision ${ratio(right, given)} (${right}/${given}); ` +
    `characters: recall ${ratio(sharedCharacters, goldCharacters)} precision ${ratio(expectedCharacters, givenCharacters)}`;
  return { name, passed: found, total, figure };
}

/** How many characters of a span the others cover; they do not overlap among themselves. */
function covered(span: Gold, others: readonly Gold[]): number {
  let sum = 0;
  for (const other of others) sum += Math.max(0, Math.min(span.end, other.end) - Math.max(span.start, other.start));
  return sum;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 'n/a' : (part / whole).toFixed(3));

/** A tokenised sentence as a text; adjacent tokens of a person are one mention. */
function sentence(given: Sentence): Marked {
  let text = '';
  const gold: { start: number; end: number }[] = [];
  given.tokens.forEach((token, index) => {
    if (text !== '') text += /^[,.)\]]/.test(token) || /['’]$/.test(text) ? '' : ' ';
    const start = text.length;
    text += token;
    if (!given.tags[index]!.endsWith('PER')) return;
    if (index > 0 && given.tags[index - 1]!.endsWith('PER')) gold.at(-1)!.end = text.length;
    else gold.push({ start, end: text.length });
  });
  return { text, gold, spans: findPersonal(text).filter((span) => span.kind === 'person') };
}

/** How often each kind is masked in texts that nobody marked: a rise after a change is a change to read. */
function volumes(data: string): readonly ConformanceLine[] {
  const sources = [
    ['consultation', 'consultations/republique-numerique/arguments.csv'],
    ['tweets', 'language/sent3-tweets-umsab/train.jsonl'],
  ] as const;
  const lines: ConformanceLine[] = [];
  for (const [name, file] of sources) {
    const path = join(data, file);
    if (!existsSync(path)) continue;
    const texts = readFileSync(path, 'utf8').split('\n');
    const words = texts.reduce((sum, text) => sum + (text.match(/\p{L}+/gu)?.length ?? 0), 0);
    const counts = new Map<PersonalKind, number>();
    for (const text of texts) {
      for (const span of findPersonal(text)) counts.set(span.kind, (counts.get(span.kind) ?? 0) + 1);
    }
    const figure = [...counts]
      .sort()
      .map(([kind, count]) => `${kind} ${((count / words) * 1000).toFixed(2)}`)
      .join(', ');
    lines.push({
      name: `pii masks in ${name}`,
      passed: texts.length,
      total: texts.length,
      figure: `per 1,000 words: ${figure}`,
    });
  }
  return lines;
}
