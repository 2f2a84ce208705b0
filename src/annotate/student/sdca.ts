// Logistic regression by stochastic dual coordinate ascent: no step to choose, and it stops where it has converged.
//
// Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models", Machine Learning
// 85 (2011) 41-75. One label against the others, all labels in one pass over the rows.

import { seededRandom, shuffle } from '../seeded-random.ts';
import type { Vectors } from './vectors.ts';

const MAXIMUM_EPOCHS = 40;
/** Converged where no coordinate moved by more than this share of its range. */
const TOLERANCE = 0.01;
const NEWTON_STEPS = 20;

export interface Problem {
  readonly vectors: Vectors;
  /** Values of the rows as `weigh` gives them. */
  readonly values: Float32Array;
  /** Rows to learn from. */
  readonly rows: Uint32Array;
  /** For each row of `vectors` and each label: 1 where the row has it, else 0. Row after row. */
  readonly truth: Uint8Array;
  /** How much each row of `vectors` counts. */
  readonly weights: Float32Array;
  readonly labels: number;
  readonly dimensions: number;
  /** Cost of errors against large weights: the larger, the closer to the rows. */
  readonly cost: number;
  readonly seed: number;
}

/** Weights of each label for each dimension, dimension after dimension, then the labels' biases. */
export function solve(problem: Problem): Float32Array {
  const { vectors, values, rows, truth, labels, dimensions, cost } = problem;
  const { indices, starts } = vectors;
  const weights = new Float32Array((dimensions + 1) * labels);
  const bias = dimensions * labels;
  const duals = new Float64Array(rows.length * labels);
  const squares = new Float64Array(rows.length);
  for (let order = 0; order < rows.length; order += 1) {
    let sum = 1;
    for (let at = starts[rows[order]!]!; at < starts[rows[order]! + 1]!; at += 1) sum += values[at]! * values[at]!;
    squares[order] = sum;
  }
  const order = new Uint32Array(rows.length).map((_, position) => position);
  const random = seededRandom(problem.seed);
  const margins = new Float64Array(labels);
  const moves = new Float64Array(labels);
  for (let epoch = 0; epoch < MAXIMUM_EPOCHS; epoch += 1) {
    shuffle(order, random);
    let furthest = 0;
    for (const position of order) {
      const row = rows[position]!;
      const range = cost * problem.weights[row]!;
      if (range <= 0) continue;
      const start = starts[row]!;
      const end = starts[row + 1]!;
      for (let label = 0; label < labels; label += 1) margins[label] = weights[bias + label]!;
      for (let at = start; at < end; at += 1) {
        const base = indices[at]! * labels;
        const value = values[at]!;
        for (let label = 0; label < labels; label += 1) margins[label]! += weights[base + label]! * value;
      }
      let moved = false;
      for (let label = 0; label < labels; label += 1) {
        const sign = truth[row * labels + label] === 1 ? 1 : -1;
        const dual = duals[position * labels + label]!;
        const next = ascend(dual, range, squares[position]!, sign * margins[label]!);
        const move = Math.abs(next - dual) / range;
        furthest = Math.max(furthest, move);
        moves[label] = 0;
        if (move < TOLERANCE / 100) continue;
        duals[position * labels + label] = next;
        moves[label] = sign * (next - dual);
        moved = true;
      }
      if (!moved) continue;
      for (let at = start; at < end; at += 1) {
        const base = indices[at]! * labels;
        const value = values[at]!;
        for (let label = 0; label < labels; label += 1) weights[base + label]! += moves[label]! * value;
      }
      for (let label = 0; label < labels; label += 1) weights[bias + label]! += moves[label]!;
    }
    if (furthest < TOLERANCE) break;
  }
  return weights;
}

/**
 * The dual of one row that is best while the others stay: it is range × σ(u), where u + square × (range × σ(u) − dual) +
 * margin = 0. The left side grows with u by at least 1, so the root lies within a known piece, which Newton's steps shrink.
 */
function ascend(dual: number, range: number, square: number, margin: number): number {
  let low = -margin - square * (range - dual);
  let high = -margin + square * dual;
  let at = (low + high) / 2;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const share = 1 / (1 + Math.exp(-at));
    const gap = at + square * (range * share - dual) + margin;
    if (Math.abs(gap) < 1e-6) break;
    if (gap > 0) high = at;
    else low = at;
    const next = at - gap / (1 + square * range * share * (1 - share));
    at = next > low && next < high ? next : (low + high) / 2;
  }
  return range / (1 + Math.exp(-at));
}
