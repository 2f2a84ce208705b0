// What a text says that another does not: the words that stand in no run of words they share.

import { mix, type Places, wordsOf } from './shingles.ts';

/** Words in a row that count as shared: fewer are met by chance in any two French texts. */
const RUN_WORDS = 4;
/** Texts shorter than this are compared by runs of two. */
const SHORT_WORDS = 16;
const SHORT_RUN_WORDS = 2;

/** UTF-16 offsets into the text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text that others are compared with, prepared once. */
export interface Reference {
  readonly runs: ReadonlySet<number>;
  readonly shortRuns: ReadonlySet<number>;
  readonly words: number;
}

export interface Distinct {
  /** Passages of the text that the reference does not have: sorted, apart, from a word's start to a word's end. */
  readonly spans: readonly Span[];
  /** Part of its words that stand in passages of the reference, 0 to 1; 1 for a text without words. */
  readonly share: number;
}

export function referenceOf(text: string): Reference {
  const { words } = wordsOf(text);
  return {
    runs: new Set(runHashes(words, RUN_WORDS)),
    shortRuns: new Set(runHashes(words, SHORT_RUN_WORDS)),
    words: words.length,
  };
}

/** Case, accents, punctuation and whose personal data was marked make no difference. Linear, never throws. */
export function distinctOf(text: string, reference: Reference): Distinct {
  const places: Places = { starts: [], ends: [] };
  const { words } = wordsOf(text, places);
  if (words.length === 0) return { spans: [], share: 1 };
  const short = Math.min(words.length, reference.words) < SHORT_WORDS;
  const size = short ? SHORT_RUN_WORDS : RUN_WORDS;
  const known = short ? reference.shortRuns : reference.runs;
  const shared = new Uint8Array(words.length);
  for (const [at, hash] of runHashes(words, size).entries()) if (known.has(hash)) shared.fill(1, at, at + size);
  const spans: Span[] = [];
  let common = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (shared[at] === 1) {
      common += 1;
      continue;
    }
    const start = places.starts[at]!;
    while (at + 1 < words.length && shared[at + 1] === 0) at += 1;
    spans.push({ start, end: places.ends[at]! });
  }
  return { spans, share: common / words.length };
}

function runHashes(words: Uint32Array, size: number): number[] {
  // A text of one word is a run of its own.
  const length = Math.min(size, words.length);
  const hashes: number[] = [];
  for (let at = 0; at + length <= words.length && length > 0; at += 1) {
    let hash = 0;
    for (let offset = 0; offset < length; offset += 1) {
      hash = Math.imul(hash ^ words[at + offset]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hashes.push(mix(hash));
  }
  return hashes;
}
