// Marks again the words that were marked elsewhere: what a list would do, and the least that a tagger must do better than.

import type { Piece } from './sequence-features.ts';
import type { Span } from './spans-of-tags.ts';

/** Longest run of words that is remembered. */
const LONGEST = 8;
const JOIN = '\u0001';

/** For each run of words the label that it has most often, and how many words it has at most. */
interface Memory {
  readonly labels: ReadonlyMap<string, string>;
  readonly longest: number;
}

interface Marked {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly spans: readonly Span[];
}

export function rememberSpans(texts: Iterable<Marked>): Memory {
  const counts = new Map<string, Map<string, number>>();
  let longest = 0;
  for (const { text, pieces, spans } of texts) {
    for (const { start, end, label } of spans) {
      const words = pieces
        .filter((piece) => piece.start < end && piece.end > start)
        .map((piece) => wordOf(text, piece));
      if (words.length === 0 || words.length > LONGEST) continue;
      longest = Math.max(longest, words.length);
      const run = words.join(JOIN);
      const known = counts.get(run) ?? new Map<string, number>();
      known.set(label, (known.get(label) ?? 0) + 1);
      counts.set(run, known);
    }
  }
  const labels = new Map<string, string>();
  for (const [run, known] of counts)
    labels.set(run, [...known].reduce((most, one) => (one[1] > most[1] ? one : most))[0]);
  return { labels, longest };
}

/** The longest remembered run first, from the left. */
export function repeatSpans({ labels, longest }: Memory, text: string, pieces: readonly Piece[]): readonly Span[] {
  const words = pieces.map((piece) => wordOf(text, piece));
  const spans: Span[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let count = Math.min(longest, words.length - at); count > 0 && taken === 0; count -= 1) {
      const label = labels.get(words.slice(at, at + count).join(JOIN));
      if (label === undefined) continue;
      spans.push({ start: pieces[at]!.start, end: pieces[at + count - 1]!.end, label });
      taken = count;
    }
    at += Math.max(1, taken);
  }
  return spans;
}

const wordOf = (text: string, { start, end }: Piece) => text.slice(start, end);
