// How well marked pieces were found: counted once a text, then added up over any draw of texts.

import type { Interval } from '../../model/indicator.ts';
import type { HeldOutText } from './training.ts';

export interface SpanCounts {
  /** Found with the same beginning, end and label. */
  readonly right: number;
  readonly said: number;
  readonly support: number;
}

interface SpanScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Pieces that people marked. */
  readonly support: number;
}

interface LabelScore extends SpanScore {
  readonly label: string;
}

export interface SequenceFigures {
  /** Of spans that begin and end where people said, all labels together, with its interval by drawing groups again. */
  readonly f1: number;
  readonly interval: Interval;
  readonly precision: number;
  readonly recall: number;
  readonly perLabel: readonly LabelScore[];
  /** Texts in which it marks nothing, and share of those in which people marked nothing either. */
  readonly blank: { readonly n: number; readonly right: number };
  readonly n: number;
  readonly groups: number;
}

/** Counts what was given of what people marked; pieces are spelled `label:start-end`, of which those that begin so count. */
export function countSpans(truth: readonly string[], given: readonly string[], prefix = ''): SpanCounts {
  const wanted = new Set(truth);
  let right = 0;
  let said = 0;
  let support = 0;
  for (const span of wanted) if (span.startsWith(prefix)) support += 1;
  for (const span of new Set(given)) {
    if (!span.startsWith(prefix)) continue;
    said += 1;
    if (wanted.has(span)) right += 1;
  }
  return { right, said, support };
}

/** Of each text, by its place; `prefix` is `label:` where one label counts. */
export function countTexts(texts: readonly HeldOutText[], prefix = ''): readonly SpanCounts[] {
  return texts.map(({ truth, labels }) => countSpans(truth, labels, prefix));
}

/** Precision, recall and F1 of the texts drawn; all of them where none are named. */
export function scoreSpans(counts: readonly SpanCounts[], rows: Iterable<number> = counts.keys()): SpanScore {
  let right = 0;
  let said = 0;
  let support = 0;
  for (const row of rows) {
    const count = counts[row]!;
    right += count.right;
    said += count.said;
    support += count.support;
  }
  return {
    precision: said === 0 ? 0 : right / said,
    recall: support === 0 ? 0 : right / support,
    f1: said + support === 0 ? 0 : (2 * right) / (said + support),
    support,
  };
}
