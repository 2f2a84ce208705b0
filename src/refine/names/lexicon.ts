// What is known of a word on its own: first name, surname, everyday word, place or organisation.
// The four lists beside this file were written for this project; a word of several lists keeps every mark.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bits of what a word can be. */
export const FIRST = 1;
/** A first name that is also something else: `rose`, `marine`, `lorraine`. */
export const DOUBTFUL = 2;
export const SURNAME = 4;
export const WORD = 8;
export const PLACE = 16;

const entries = readEntries();

/** The bits of a word in any case, with or without its accents; 0 where nothing is known of it. */
export function bitsOf(word: string): number {
  const lower = word.toLowerCase();
  const exact = entries.get(lower);
  if (exact !== undefined || /^[a-z]*$/.test(lower)) return exact ?? 0;
  // `Placé` is not `place`: an accent that the lists do not have can be a name's spelling, never a word's.
  const folded = entries.get(fold(lower));
  return folded === undefined ? partsBits(lower) : folded & ~(WORD | PLACE);
}

/** Every word of the lists, without its accents, with its bits. */
export function knownWords(): Iterable<readonly [word: string, bits: number]> {
  return entries;
}

/** Lower case without accents or ligatures: the form in which names are compared. */
export function fold(word: string): string {
  return word.toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').normalize('NFD').replace(/\p{M}/gu, '');
}

/** `Jean-Pierre`, `Le-Goff`, `Saint-Nazaire`: what the parts say together. */
function partsBits(word: string): number {
  const parts = word.split('-');
  if (parts.length < 2 || parts.length > 4) return 0;
  if (/^(?:saint|sainte|st|ste)$/.test(parts[0]!)) return PLACE;
  const bits = parts.map((part) => entries.get(part) ?? entries.get(fold(part)) ?? 0);
  if (bits.every((bit) => (bit & FIRST) !== 0)) return FIRST;
  if (bits.every((bit) => (bit & (SURNAME | FIRST)) !== 0)) return SURNAME;
  if (bits.some((bit) => bit === WORD || (bit & (WORD | FIRST | SURNAME)) === WORD)) return WORD;
  return bits.some((bit) => (bit & PLACE) !== 0) ? PLACE : 0;
}

function readEntries(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (word: string, bits: number) => found.set(word, (found.get(word) ?? 0) | bits);
  const lists = [
    ['first-names.txt', FIRST],
    ['surnames.txt', SURNAME],
    ['words.txt', WORD],
    ['places.txt', PLACE],
  ] as const;
  for (const [file, bits] of lists) {
    for (const line of readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')) {
      if (line === '') continue;
      const isDoubtful = line.endsWith(' ~');
      const word = isDoubtful ? line.slice(0, -2) : line;
      // `jean-baptiste` is a surname too; being read after the first names, its parts are known.
      const isCompound = bits === SURNAME && word.split('-').every((part) => ((found.get(part) ?? 0) & FIRST) !== 0);
      const all = isDoubtful ? bits | DOUBTFUL : isCompound && word.includes('-') ? bits | FIRST : bits;
      add(word, all);
      const folded = fold(word);
      if (folded !== word) add(folded, all);
    }
  }
  return found;
}
