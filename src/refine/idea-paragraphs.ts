// Ideas told in paragraphs of their own: a blank line, and words that the other paragraph does not use.

import { foldLetters } from './date-words.ts';
import { KNOWN_WORDS } from './language-words.ts';

/** Content words that a paragraph needs to be judged by. */
const FEWEST_WORDS = 8;
/** Share of the smaller vocabulary that two paragraphs may have in common and still be of different ideas. */
const SHARED = 0.12;
/** Words that agree this far are one: plurals and conjugations. */
const STEM = 5;

/** Where paragraphs of a new vocabulary begin; those of the same one, and short ones, stay with the one before. */
export function paragraphStarts(text: string): number[] {
  if (!text.includes('\n\n')) return [];
  const starts: number[] = [];
  let known: Set<string> | null = null;
  let start = 0;
  for (const paragraph of text.split('\n\n')) {
    const stems = stemsOf(paragraph);
    if (stems.size >= FEWEST_WORDS) {
      if (known === null || overlap(known, stems) < SHARED) {
        starts.push(start);
        known = stems;
      } else {
        for (const stem of stems) known.add(stem);
      }
    }
    start += paragraph.length + 2;
  }
  return starts;
}

function stemsOf(paragraph: string): Set<string> {
  const words = paragraph.toLowerCase().match(/\p{L}{4,40}/gu) ?? [];
  return new Set(words.filter((word) => !KNOWN_WORDS.has(word)).map((word) => foldLetters(word).slice(0, STEM)));
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const smaller = Math.min(left.size, right.size);
  let common = 0;
  for (const stem of left) if (right.has(stem)) common += 1;
  return common / smaller;
}
