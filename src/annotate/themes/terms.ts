// The terms of a text: words by their stem, and pairs of words that stand together, each with where it stands.

import { fold } from '../folding.ts';
import { stem } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

/** One word, or a pair (`piste cyclable`, `vote à distance`), by the stems it is made of. */
export interface TermPlace {
  /** Stems, joined by a space. */
  readonly key: string;
  /** UTF-16 offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Stop-words that a pair may hold between its two words. */
const GAP = 2;
const SHORTEST = 3;
/** Beyond, what is remembered of spellings is forgotten: memory stays bounded whatever people write. */
const REMEMBERED = 100_000;

/** Addresses, `@someone`, marks of personal data (`[PERSONNE 1]`), words, and what ends a phrase. Alternatives, no nesting. */
const PIECES = /https?:\/\/\S+|www\.\S+|@\S+|\[[A-ZÀ-Ý][A-ZÀ-Ý0-9 ]{0,38}\]|\p{L}[\p{L}\p{M}\p{N}]*|[.!?;:,()\n…]/gu;

const stems = new Map<string, string | null>();

/** The stem of a word; null where it says nothing of a subject. */
export function stemOf(word: string): string | null {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const folded = fold(word);
  const found = folded.length < SHORTEST || STOP_WORDS.has(folded) || !/[a-z]/.test(folded) ? null : stem(word);
  if (stems.size > REMEMBERED) stems.clear();
  stems.set(word, found);
  return found;
}

/** Every term of a text in order, words before the pairs that they end. Linear in the length of the text. */
export function termsOf(text: string): readonly TermPlace[] {
  const places: TermPlace[] = [];
  let before: TermPlace | null = null;
  let gap = 0;
  for (const match of text.matchAll(PIECES)) {
    const word = match[0];
    const start = match.index;
    if (!/^\p{L}/u.test(word) || word.startsWith('http') || word.startsWith('www.')) {
      before = null;
      continue;
    }
    const key = stemOf(word);
    if (key === null) {
      gap += 1;
      if (gap > GAP) before = null;
      continue;
    }
    const place: TermPlace = { key, start, end: start + word.length };
    places.push(place);
    if (before !== null && before.key !== key) {
      places.push({ key: `${before.key} ${key}`, start: before.start, end: place.end });
    }
    before = place;
    gap = 0;
  }
  return places;
}

/** The key of a term as people write it, `Vote à distance` → `vot distanc`; null where it has no word of a subject. */
export function keyOfTerm(term: string): string | null {
  const found = (term.match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? []).flatMap((word) => stemOf(word) ?? []);
  return found.length === 0 ? null : found.slice(0, 2).join(' ');
}
