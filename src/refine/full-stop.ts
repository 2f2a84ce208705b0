// Whether one full stop ends a sentence, by the word before it and what follows.

import { abbreviationOf, isOpener } from './abbreviations.ts';
import { isLetter, kindAt, type UnitKind } from './units.ts';

/** A sign that may end a sentence, with its surroundings; offsets are UTF-16 units of `text`. */
export interface Stop {
  readonly text: string;
  /** Start of the sentence so far. */
  readonly start: number;
  readonly at: number;
  /** End of the run of signs. */
  readonly run: number;
  /** End of the run and of the closing quotes that belong to it. */
  readonly after: number;
  /** First unit after it that is no white space. */
  readonly next: number;
  readonly kind: UnitKind;
  readonly isSpaced: boolean;
}

const LONGEST_WORD = 24;
const VOWEL = /[aeiouyàâäéèêëîïôöùûüœæ]/i;

/** Decides a single `.`; doubt ends the sentence before a capital and goes on before a small letter of an abbreviation. */
export function stopEnds(stop: Stop): boolean {
  const { text, at, kind, isSpaced } = stop;
  const from = wordStart(text, at);
  const word = text.slice(from, at);
  if (word === '') return isSpaced || kind === 'upper';
  if (kindAt(text, from) === 'digit') return numberEnds(stop, word, from);
  if (!isSpaced && kind === 'digit') return false;
  if (word.length === 1) return initialEnds(stop, word, from);
  switch (abbreviationOf(word)) {
    case 'opening':
      return false;
    case 'closing':
      return kind !== 'lower' && kind !== 'digit';
    case 'numbered':
      return kind !== 'digit';
    default:
      return isSpaced ? spacedEnds(word, kind) : gluedEnds(stop, from);
  }
}

/** Few consonants alone are an abbreviation that the lists do not know. */
function spacedEnds(word: string, kind: UnitKind): boolean {
  if (kind !== 'lower' && kind !== 'digit') return true;
  return word.length > 4 || VOWEL.test(word);
}

/** The space is missing: a capital after a small letter, or a word that begins sentences. */
function gluedEnds({ text, at, next, kind }: Stop, from: number): boolean {
  if (kind === 'other') return true;
  if (kind === 'upper') {
    const isWord = kindAt(text, at - 1) === 'lower' || at - from > 1;
    return isWord && (kindAt(text, next + 1) === 'lower' || text[next + 1] !== '.');
  }
  return kind === 'lower' && isOpener(wordAt(text, next), true);
}

/** `1.` at the start of a sentence or after a colon numbers what follows; `2020.` ends. */
function numberEnds({ text, start, kind, isSpaced }: Stop, word: string, from: number): boolean {
  if (!isSpaced && kind === 'digit') return false;
  const before = lastBefore(text, from, start);
  const isNumeral = word.length <= 3 && (before === '' || ':;,-•*'.includes(before));
  if (isNumeral) return false;
  if (kind !== 'lower') return true;
  return isSpaced && /^\d{3,}$/.test(word);
}

/** `J. Dupont`, `S.N.C.F. a dit`, `p. 5`; an acronym ends a sentence where the next word begins one. */
function initialEnds({ text, start, next, kind, isSpaced }: Stop, word: string, from: number): boolean {
  const isChain = text[from - 1] === '.';
  if (!isSpaced && !isChain) return kind === 'upper' && kindAt(text, from) === 'lower' && !isNumeralLetter(text, from);
  if (kind === 'digit' || kind === 'lower' || !isSpaced) return false;
  if (kind === 'other') return true;
  if (isChain) return isOpener(wordAt(text, next), true) || abbreviationOf(chainOf(text, from)) === 'closing';
  if (lastBefore(text, from, start) === '') return false;
  return kindAt(text, from) === 'lower' || word === 'À' || isOpener(wordAt(text, next), false);
}

function isNumeralLetter(text: string, from: number): boolean {
  return kindAt(text, from - 1) !== 'space' || text[from] === 'p';
}

/** `H.T` of `H.T.`, without its points. */
function chainOf(text: string, last: number): string {
  let from = last;
  while (from >= 2 && last - from < LONGEST_WORD && text[from - 1] === '.' && isLetter(kindAt(text, from - 2)))
    from -= 2;
  return text.slice(from, last + 1).replaceAll('.', '');
}

function wordStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < LONGEST_WORD) {
    const kind = kindAt(text, from - 1);
    if (!isLetter(kind) && kind !== 'digit') break;
    from -= 1;
  }
  return from;
}

/** The word that begins here, with its apostrophe: `c'` of `c'est`. */
function wordAt(text: string, from: number): string {
  let to = from;
  while (to - from < LONGEST_WORD && isLetter(kindAt(text, to))) to += 1;
  const unit = text[to];
  return text.slice(from, unit === "'" || unit === '’' ? to + 1 : to);
}

/** The last unit before, white space apart; empty where the sentence starts here. */
function lastBefore(text: string, from: number, start: number): string {
  let at = from - 1;
  while (at >= start && kindAt(text, at) === 'space') at -= 1;
  return at < start ? '' : text[at]!;
}
