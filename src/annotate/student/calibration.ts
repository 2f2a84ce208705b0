// From margins to probabilities that mean what they say, and the threshold above which a wanted precision holds.
//
// C. Guo and others, "On calibration of modern neural networks", ICML 2017: one temperature, fitted on held-out rows.

import { wilson } from '../../model/interval.ts';
import { seededRandom } from '../seeded-random.ts';

/** Several labels: each margin by itself; else the labels share the whole. Writes `into`. */
export function probabilities(
  margins: ArrayLike<number>,
  { temperature, apart }: { readonly temperature: number; readonly apart: boolean },
  into: Float64Array,
): void {
  if (apart) {
    for (let label = 0; label < into.length; label += 1)
      into[label] = 1 / (1 + Math.exp(-margins[label]! / temperature));
    return;
  }
  let highest = -Infinity;
  for (let label = 0; label < into.length; label += 1) highest = Math.max(highest, margins[label]!);
  let sum = 0;
  for (let label = 0; label < into.length; label += 1) {
    into[label] = Math.exp((margins[label]! - highest) / temperature);
    sum += into[label]!;
  }
  for (let label = 0; label < into.length; label += 1) into[label]! /= sum;
}

export interface Scored {
  /** Of every label, row after row. */
  readonly margins: Float64Array;
  /** 1 where the row has the label. */
  readonly truth: Uint8Array;
  readonly labels: number;
  /** True where a row may have several labels, or none. */
  readonly apart: boolean;
}

/** Mean of −ln of what the truth was given, over the rows. */
export function logLoss(scored: Scored, rows: readonly number[], temperature: number): number {
  const { margins, truth, labels, apart } = scored;
  const given = new Float64Array(labels);
  let sum = 0;
  for (const row of rows) {
    probabilities(margins.subarray(row * labels, (row + 1) * labels), { temperature, apart }, given);
    for (let label = 0; label < labels; label += 1) {
      const has = truth[row * labels + label] === 1;
      if (has) sum -= Math.log(Math.max(given[label]!, 1e-12));
      else if (apart) sum -= Math.log(Math.max(1 - given[label]!, 1e-12));
    }
  }
  return rows.length === 0 ? 0 : sum / rows.length;
}

/** The temperature of least loss between 1/20 and 20, by golden-section search over its logarithm. */
export function fitTemperature(scored: Scored, rows: readonly number[]): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.05);
  let high = Math.log(20);
  const lossAt = (logarithm: number) => logLoss(scored, rows, Math.exp(logarithm));
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let leftLoss = lossAt(left);
  let rightLoss = lossAt(right);
  for (let step = 0; step < 24; step += 1) {
    if (leftLoss <= rightLoss) {
      [high, right, rightLoss] = [right, left, leftLoss];
      left = high - ratio * (high - low);
      leftLoss = lossAt(left);
    } else {
      [low, left, leftLoss] = [left, right, rightLoss];
      right = low + ratio * (high - low);
      rightLoss = lossAt(right);
    }
  }
  return Math.exp((low + high) / 2);
}

/** A judgement with the probability it was given, and whether it was right. */
export interface Bet {
  readonly score: number;
  readonly right: boolean;
}

const BINS = 10;

/** Expected calibration error over ten bins of equal width: how far scores stand from the share that is right. */
export function calibrationError(bets: readonly Bet[]): number {
  const sums = Array.from({ length: BINS }, () => ({ score: 0, right: 0 }));
  for (const { score, right } of bets) {
    const bin = sums[Math.min(BINS - 1, Math.floor(score * BINS))]!;
    bin.score += score;
    bin.right += right ? 1 : 0;
  }
  const gap = sums.reduce((total, { score, right }) => total + Math.abs(score - right), 0);
  return bets.length === 0 ? 0 : gap / bets.length;
}

const FLOOR_DRAWS = 200;
const FLOOR_SEED = 11;

/**
 * The calibration error that scores which mean just what they say would show on so few judgements: each is right or wrong as
 * its score has it, drawn again and again. What is measured and is no larger than this is not told from nothing.
 */
export function calibrationFloor(bets: readonly Bet[]): number {
  const random = seededRandom(FLOOR_SEED);
  let sum = 0;
  for (let draw = 0; draw < FLOOR_DRAWS; draw += 1) {
    sum += calibrationError(bets.map(({ score }) => ({ score, right: random() < score })));
  }
  return sum / FLOOR_DRAWS;
}

/** One-sided 95 %: a lower bound that the truth is below one time in twenty. */
const CAUTION = 1.645;
/** Fewest judgements that a threshold is taken from, and by how much each number looked at grows on the one before it. */
const FEWEST = 30;
const GROWTH = 1.1;

/**
 * The lowest score from which judgements are right as often as wanted, the lower bound of their share being counted; null
 * where no score is enough. Few numbers of judgements are looked at: the more thresholds are tried, the luckier is the one that
 * is found.
 */
export function thresholdFor(bets: readonly Bet[], precision: number): number | null {
  const sorted = [...bets].sort((left, right) => right.score - left.score);
  let right = 0;
  let threshold: number | null = null;
  let next = FEWEST;
  for (let at = 0; at < sorted.length; at += 1) {
    if (sorted[at]!.right) right += 1;
    if (at + 1 < sorted.length && (at + 1 < next || sorted[at + 1]!.score === sorted[at]!.score)) continue;
    next = Math.ceil((at + 1) * GROWTH);
    if (wilson(right, at + 1, CAUTION).low >= precision) threshold = sorted[at]!.score;
  }
  return threshold;
}

/** The score from which giving a label has the best F1; 0.5 where no row has it. */
export function bestThreshold(bets: readonly Bet[]): number {
  const having = bets.filter(({ right }) => right).length;
  const sorted = [...bets].sort((left, right) => right.score - left.score);
  let right = 0;
  let best = 0;
  let threshold = 0.5;
  for (let at = 0; at < sorted.length; at += 1) {
    if (sorted[at]!.right) right += 1;
    if (at + 1 < sorted.length && sorted[at + 1]!.score === sorted[at]!.score) continue;
    const f1 = (2 * right) / (having + at + 1);
    if (f1 <= best) continue;
    best = f1;
    threshold = sorted[at]!.score;
  }
  return threshold;
}
