// How far labels can be trusted: predicted labels against the true ones, with intervals.

import { ABSTAINED } from '../model/annotation.ts';
import type { Interval } from '../model/indicator.ts';
import { wilson } from '../model/interval.ts';
import { bootstrap, type ResamplingOptions } from './resampling.ts';

export interface LabelledPair {
  readonly truth: string;
  /** A label, or `abstention`. */
  readonly predicted: string;
}

/** Judged pairs by truth (row) and prediction (column), in the order of the labels; and what was not judged, by truth. */
export interface ConfusionCounts {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
  readonly abstained: readonly number[];
}

export interface LabelEvaluation {
  readonly label: string;
  /** Right among those predicted with this label; 0 where there are none. */
  readonly precision: number;
  /** Right among those that truly have this label and were judged; 0 where there are none. */
  readonly recall: number;
  readonly f1: number;
  /** Judged pairs whose truth is this label. */
  readonly support: number;
  /** Judged pairs predicted with this label. */
  readonly predicted: number;
  /** Wilson 95 % interval of the precision. */
  readonly interval: Interval;
  /** Wilson 95 % interval of the recall. */
  readonly recallInterval: Interval;
  /** See `f1Interval`. */
  readonly f1Interval: Interval;
}

export interface Evaluation {
  /** Share of judged pairs that are right; 0 where none was judged. */
  readonly accuracy: number;
  /** Wilson 95 % interval of the accuracy. */
  readonly interval: Interval;
  /** Mean F1 over the labels that occur, in truth or prediction, among judged pairs. */
  readonly macroF1: number;
  readonly perLabel: readonly LabelEvaluation[];
  /** Counts of judged pairs: row = truth, column = predicted, in the order of `labels`. */
  readonly confusion: readonly (readonly number[])[];
  readonly abstained: number;
  /** All pairs, abstentions included. */
  readonly n: number;
}

/**
 * Compares predictions with the truth. Abstentions are counted apart and enter no other figure. A label that is not of
 * `labels` is a RangeError: silently dropping it would flatter the figures.
 */
export function evaluate(pairs: readonly LabelledPair[], labels: readonly string[]): Evaluation {
  const positions = new Map(labels.map((label, position) => [label, position]));
  const counts = labels.map(() => labels.map(() => 0));
  const abstained = labels.map(() => 0);
  for (const { truth, predicted } of pairs) {
    const row = positions.get(truth);
    if (row === undefined) throw new RangeError(`evaluate: the truth \`${truth}\` is not of the labels`);
    if (predicted === ABSTAINED) {
      abstained[row]! += 1;
      continue;
    }
    const column = positions.get(predicted);
    if (column === undefined) throw new RangeError(`evaluate: the prediction \`${predicted}\` is not of the labels`);
    counts[row]![column]! += 1;
  }
  return evaluateCounts({ labels, counts, abstained });
}

/** As `evaluate`, of pairs already counted. */
export function evaluateCounts({ labels, counts, abstained }: ConfusionCounts): Evaluation {
  const judged = sum(counts.map(sum));
  const right = sum(labels.map((_, position) => counts[position]![position]!));
  const perLabel = labels.map((label, position) => evaluateLabel(label, position, counts));
  return {
    accuracy: ratio(right, judged),
    interval: wilson(right, judged),
    macroF1: meanF1(counts),
    perLabel,
    confusion: counts,
    abstained: sum(abstained),
    n: judged + sum(abstained),
  };
}

/** The interval of the mean F1, by redrawing the pairs; null where none was judged. */
export function macroF1Interval({ counts }: ConfusionCounts, options: ResamplingOptions = {}): Interval | null {
  const size = counts.length;
  if (sum(counts.map(sum)) === 0) return null;
  const redrawn = counts.map(() => new Array<number>(size).fill(0));
  return bootstrap(
    Float64Array.from(counts.flat()),
    (cells) => {
      cells.forEach((count, cell) => {
        redrawn[Math.floor(cell / size)]![cell % size] = count;
      });
      return meanF1(redrawn);
    },
    options,
  );
}

/**
 * The 95 % interval of an F1 from right, wrongly given and missed. F1 = 2J / (1 + J), J being the share of right among the three,
 * which is a share of counts: its Wilson interval gives that of F1, without redrawing and right down to no error at all.
 * Source of the relation: C. J. van Rijsbergen, "Information Retrieval" (1979), chapter 7.
 */
export function f1Interval(right: number, wrong: number, missed: number): Interval {
  const { low, high } = wilson(right, right + wrong + missed);
  return { low: (2 * low) / (1 + low), high: (2 * high) / (1 + high) };
}

function evaluateLabel(label: string, position: number, counts: ConfusionCounts['counts']): LabelEvaluation {
  const right = counts[position]![position]!;
  const support = sum(counts[position]!);
  const predicted = column(counts, position);
  return {
    label,
    precision: ratio(right, predicted),
    recall: ratio(right, support),
    f1: ratio(2 * right, support + predicted),
    support,
    predicted,
    interval: wilson(right, predicted),
    recallInterval: wilson(right, support),
    f1Interval: f1Interval(right, predicted - right, support - right),
  };
}

/** Over the labels that occur, in truth or prediction. */
function meanF1(counts: ConfusionCounts['counts']): number {
  let total = 0;
  let met = 0;
  for (let position = 0; position < counts.length; position += 1) {
    const given = sum(counts[position]!) + column(counts, position);
    if (given === 0) continue;
    total += (2 * counts[position]![position]!) / given;
    met += 1;
  }
  return ratio(total, met);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const column = (matrix: readonly (readonly number[])[], position: number) => sum(matrix.map((row) => row[position]!));
