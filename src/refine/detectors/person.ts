// Names of people. Elected officials and public figures are people: their names are marked like anyone's.
// Places, institutions and laws named after someone keep their names: they say nothing about a living person.

import { type DetectorContext, defineDetector, type Found } from '../detector.ts';
import { CLOSES, CLOSING, NAMES, NAMING, ORGANISATIONS } from '../names/cues.ts';
import { isPlainWord, says } from '../names/evidence.ts';
import { DOUBTFUL, FIRST, fold, PLACE, SURNAME, WORD } from '../names/lexicon.ts';
import { findPeople } from '../names/people.ts';
import type { Person } from '../names/titled.ts';
import type { Token } from '../names/tokens.ts';

export default defineDetector({
  name: 'person',
  kinds: ['person'],
  form: false,
  gate: /\p{Lu}|m['’]appelle|nom|cordialement|salutations|sign[ée]|merci|mme|madame|monsieur|dr /u,
  examples: {
    found: [
      'Je remercie ⟦person:Léa Durand⟧ et Mme ⟦person:Le Goff⟧.',
      'M. ⟦person:DUPONT Jean-Pierre⟧ habite ici, Dr ⟦person:H FERDOIN⟧ aussi',
      'Cordialement,\n⟦person:Mirelle Bouclie⟧',
      'cordialement, ⟦person:jean dupont⟧',
      "je m'appelle ⟦person:rose blanc⟧ et je vis ici",
      'mon fils ⟦person:Lucas⟧ va au collège Jean Moulin',
      'selon ⟦person:J. Martin⟧ et ⟦person:Ph. ROCHE⟧',
      'La maire ⟦person:Fatima Benali⟧ a dit non à ⟦person:Nguyen Thi Hoa⟧',
      'MONSIEUR ⟦person:JEAN DUPONT⟧ DEMANDE UN BANC PUBLIC DEVANT LA GARE',
      'MM. ⟦person:Durand⟧, ⟦person:Petit⟧ et ⟦person:Le Goff⟧ étaient là',
      '⟦person:Charles de Montbrun⟧ écrit ; ⟦person:Montbrun⟧ insiste',
      'madame ⟦person:dupont⟧ a raison',
      'Patient : ⟦person:LAPON Max⟧',
    ],
    spared: [
      'La rue Victor Hugo et la place Jean Jaurès',
      "l'avenue du Général de Gaulle, le collège Jean Moulin",
      "L'hôpital Antoine Béclère et le stade Marcel Picot",
      'Madame, Monsieur, Bonjour',
      'Monsieur le Maire, la Préfète',
      'La Marine nationale, la Rose',
      'Paris, Nantes et Saint-Nazaire',
      'Le Petit Train de la Place du Marché',
      'JE DEMANDE UN BANC PUBLIC DEVANT LA GARE',
      'Le bord de la Clairette est pollué',
      'Pierre angulaire du projet ? non',
      'cordialement, les habitants du quartier',
    ],
  },
  detect(text, context) {
    const { tokens } = context;
    const people = findPeople(text, tokens);
    const found = people.map((person) => spanOf(tokens, person));
    return [...found, ...signatures(text, tokens), ...repeated(tokens, people), ...authors(text, context)];
  },
});

function spanOf(tokens: readonly Token[], person: Pick<Person, 'from' | 'to'>): Found {
  return { start: tokens[person.from]!.start, end: tokens[person.to - 1]!.end, kind: 'person' };
}

/** Names in lower case, which only what stands before them tells: signatures and introductions. */
function signatures(text: string, tokens: readonly Token[]): readonly Found[] {
  const found: Found[] = [];
  for (let index = 1; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    const isSigned = token.gap === 'break' || (token.gap === 'space' && tokens[index - 1]!.text.length > 3);
    if (!isSigned && token.gap !== 'apostrophe' && token.gap !== 'colon') continue;
    // Looked at first: few words close or name, and the expressions that make sure of it cost much more.
    if (!says(tokens[index - 1]!, CLOSES | NAMES)) continue;
    const isLower = token.shape === 'lower';
    if (isLower && (token.spelling.bits & (FIRST | SURNAME)) === 0) continue;
    if (!isLower && isPlainWord(token)) continue;
    const before = text.slice(Math.max(0, token.start - 48), token.start);
    const isClosed = CLOSING.test(before);
    if (!isClosed && !(isLower && NAMING.test(before))) continue;
    const to = signatureEnd(tokens, index);
    if (to > index && (isClosed ? isWholeLine(text, tokens[to - 1]!.end) : true))
      found.push(spanOf(tokens, { from: index, to }));
  }
  return found;
}

/** A signature is a name and no more: one to four words, at least one of them a first name or surname that is no word. */
function signatureEnd(tokens: readonly Token[], from: number): number {
  let to = from;
  let isNamed = false;
  while (
    to < Math.min(tokens.length, from + 4) &&
    (to === from || tokens[to]!.gap === 'space' || tokens[to]!.gap === 'point')
  ) {
    const token = tokens[to]!;
    const bits = token.shape === 'lower' ? token.spelling.bits : token.bits;
    const isName = (bits & (FIRST | SURNAME)) !== 0;
    const isSure = isName && (bits & (WORD | DOUBTFUL | PLACE)) === 0;
    const isShaped = token.shape === 'capital' || token.shape === 'upper';
    if (!(isName || token.shape === 'initial' || (isShaped && bits === 0 && !isPlainWord(token)))) break;
    if (token.shape === 'lower' && !isSure && !isNamed && !isNamePair(tokens, to)) break;
    isNamed ||= isSure || (isName && isShaped) || (token.shape === 'lower' && isName);
    to += 1;
  }
  const isUnlisted = to === from + 2 && tokens.slice(from, to).every((token) => token.shape === 'capital');
  return isNamed || isUnlisted ? to : from;
}

/** `rose blanc`: both words are everyday ones, but one is a first name and the other a surname. */
function isNamePair(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1];
  if (next === undefined || next.gap !== 'space') return false;
  return (tokens[index]!.spelling.bits & FIRST) !== 0 && (next.spelling.bits & SURNAME) !== 0;
}

function isWholeLine(text: string, end: number): boolean {
  return /^[ \t]*(?:[.,!;:)(-]|\n|\r|$)/.test(text.slice(end, end + 12));
}

/** Someone named in full once is the same person where the surname stands alone. */
function repeated(tokens: readonly Token[], people: readonly Person[]): readonly Found[] {
  const surnames = new Set<string>();
  for (const person of people) {
    if (person.surname < 0 || person.to - person.from < 2) continue;
    for (let at = Math.max(person.from, person.surname); at < person.to; at += 1) {
      const token = tokens[at]!;
      if (token.text.length >= 4 && token.shape !== 'lower' && (token.bits & (WORD | PLACE)) === 0)
        surnames.add(fold(token.text));
    }
  }
  if (surnames.size === 0) return [];
  const found: Found[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if ((token.shape === 'capital' || token.shape === 'upper') && surnames.has(fold(token.text))) {
      found.push(spanOf(tokens, { from: at, to: at + 1 }));
    }
  }
  return found;
}

/** The author's own name, in any case, as the source gives it. */
function authors(text: string, { authors: names, read }: DetectorContext): readonly Found[] {
  if (names.length === 0) return [];
  const found: Found[] = [];
  const lower = text.toLowerCase();
  for (const name of names.slice(0, 20)) {
    const trimmed = name.trim().slice(0, 80);
    if (trimmed.length < 3 || ORGANISATIONS.test(trimmed)) continue;
    const parts = read(trimmed).filter((part) => part.text.length >= 3);
    const own = parts.filter((part) => {
      const { bits } = part.spelling;
      return (bits & (WORD | PLACE)) === 0 && (part.text.length >= 4 || bits !== 0);
    });
    for (const word of new Set([trimmed, ...own.map((part) => part.text)])) {
      if (word === trimmed && !/[\s\d]/.test(word) && own.length === 0) continue;
      if (!mayHold(lower, word)) continue;
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, 'giu');
      for (const match of text.matchAll(pattern)) {
        found.push({ start: match.index, end: match.index + match[0].length, kind: 'person' });
      }
    }
  }
  return found;
}

/** Letters whose case is changed letter by letter, whatever stands beside them. */
const PLAIN_LETTERS = /^[\u0000-\u012F\u0132-\u017E]*$/;

/** False where the text surely does not hold the word in any case: making an expression of it costs more than looking. */
function mayHold(lower: string, word: string): boolean {
  const first = word.split(/\s/, 1)[0]!;
  return !PLAIN_LETTERS.test(first) || lower.includes(first.toLowerCase());
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s{1,3}');
}
