// Proposes where one contribution passes from one idea to the next. The whole stays one document: these are separators.

import type { Segment } from '../model/document.ts';
import { listStarts } from './idea-lists.ts';
import { markerStarts } from './idea-markers.ts';
import { paragraphStarts } from './idea-paragraphs.ts';
import { kindAt } from './units.ts';

/** A longer list is a table or a minute, not ideas. */
const MOST_SEGMENTS = 40;
/** Texts longer than this are reports: a person has to read them. */
const LONGEST_TEXT = 20_000;
/** Words that an idea is told in, at least; shorter pieces stay with the one before. */
const FEWEST_WORDS = 4;

/**
 * Segments that cover the text exactly, in order, at least two; none where one idea is seen. What introduces a list or
 * greets belongs to the first segment. Written signs decide first (numbers, bullets, "d'une part"), then blank lines
 * between paragraphs that share few words. Pure, never throws, linear.
 */
export function proposeSegments(text: string): Segment[] {
  if (text.length > LONGEST_TEXT) return [];
  for (const startsOf of [listStarts, markerStarts, paragraphStarts]) {
    const segments = segmentsAt(text, startsOf(text));
    if (segments.length >= 2) return segments.length <= MOST_SEGMENTS ? segments : [];
  }
  return [];
}

/** Cuts before each start; the first segment begins with the text. */
function segmentsAt(text: string, starts: readonly number[]): Segment[] {
  if (starts.length < 2) return [];
  const kept = starts.filter((start, at) => hasWords(text, start, starts[at + 1] ?? text.length));
  return kept.map((start, at) => ({ start: at === 0 ? 0 : start, end: kept[at + 1] ?? text.length }));
}

function hasWords(text: string, start: number, end: number): boolean {
  let words = 0;
  let inside = false;
  for (let at = start; at < end && words < FEWEST_WORDS; at += 1) {
    const kind = kindAt(text, at);
    const isLetter = kind === 'lower' || kind === 'upper';
    if (isLetter && !inside) words += 1;
    inside = isLetter;
  }
  return words >= FEWEST_WORDS;
}
