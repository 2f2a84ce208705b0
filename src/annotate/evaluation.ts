// How far labels can be trusted: predicted labels against the true ones, with intervals.

import { ABSTAINED } from '../model/annotation.ts';
import type { Interval } from '../model/indicator.ts';
import { wilson } from '../model/interval.ts';

export interface LabelledPair {
  readonly truth: string;
  /** A label, or `abstention`. */
  readonly predicted: string;
}

interface LabelEvaluation {
  readonly label: string;
  /** Right among those predicted with this label; 0 where there are none. */
  readonly precision: number;
  /** Right among those that truly have this label and were judged; 0 where there are none. */
  readonly recall: number;
  readonly f1: number;
  /** Judged pairs whose truth is this label. */
  readonly support: number;
  /** Wilson 95 % interval of the precision. */
  readonly interval: Interval;
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
  const confusion = labels.map(() => labels.map(() => 0));
  let abstained = 0;
  for (const { truth, predicted } of pairs) {
    const row = positions.get(truth);
    if (row === undefined) throw new RangeError(`evaluate: the truth \`${truth}\` is not of the labels`);
    if (predicted === ABSTAINED) {
      abstained += 1;
      continue;
    }
    const column = positions.get(predicted);
    if (column === undefined) throw new RangeError(`evaluate: the prediction \`${predicted}\` is not of the labels`);
    confusion[row]![column]! += 1;
  }
  const judged = pairs.length - abstained;
  const right = sum(labels.map((_, position) => confusion[position]![position]!));
  const perLabel = labels.map((label, position) => evaluateLabel(label, position, confusion));
  const met = perLabel.filter((_, position) => sum(confusion[position]!) + column(confusion, position) > 0);
  return {
    accuracy: ratio(right, judged),
    interval: wilson(right, judged),
    macroF1: ratio(sum(met.map(({ f1 }) => f1)), met.length),
    perLabel,
    confusion,
    abstained,
    n: pairs.length,
  };
}

function evaluateLabel(label: string, position: number, confusion: readonly (readonly number[])[]): LabelEvaluation {
  const right = confusion[position]![position]!;
  const support = sum(confusion[position]!);
  const predicted = column(confusion, position);
  return {
    label,
    precision: ratio(right, predicted),
    recall: ratio(right, support),
    f1: ratio(2 * right, support + predicted),
    support,
    interval: wilson(right, predicted),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const column = (matrix: readonly (readonly number[])[], position: number) => sum(matrix.map((row) => row[position]!));
