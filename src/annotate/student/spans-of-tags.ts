// Between pieces of text that people mark and the tags of its words.

import type { Piece } from './sequence-features.ts';

export interface Span extends Piece {
  readonly label: string;
}

/** Tags of the words that touch a span; where spans overlap, the first keeps its words. */
export function tagsOfSpans(pieces: readonly Piece[], spans: readonly Span[], labels: readonly string[]): Uint8Array {
  const tags = new Uint8Array(pieces.length);
  const sorted = [...spans].sort((left, right) => left.start - right.start || right.end - left.end);
  let first = 0;
  for (const { start, end, label } of sorted) {
    const place = labels.indexOf(label);
    if (place < 0) continue;
    while (first < pieces.length && pieces[first]!.end <= start) first += 1;
    let begins = true;
    for (; first < pieces.length && pieces[first]!.start < end; first += 1) {
      tags[first] = begins ? 2 * place + 1 : 2 * place + 2;
      begins = false;
    }
  }
  return tags;
}

/** The spans that tags say, in the order of the text. */
export function spansOfTags(pieces: readonly Piece[], tags: Uint8Array, labels: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const tag = tags[at]!;
    if (tag === 0) continue;
    const { start } = pieces[at]!;
    const label = labels[(tag - 1) >> 1]!;
    while (at + 1 < pieces.length && tags[at + 1] !== 0 && tags[at + 1]! % 2 === 0) at += 1;
    spans.push({ start, end: pieces[at]!.end, label });
  }
  return spans;
}
