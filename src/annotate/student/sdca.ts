// Logistic regression by stochastic dual coordinate ascent: no step to choose, and it stops where it has converged.
//
// Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models", Machine Learning
// 85 (2011) 41-75. One label against the others, all labels in one pass over the rows.

import { seededRandom, shuffle } from '../seeded-random.ts';
import type { Vectors } from './vectors.ts';

const MAXIMUM_EPOCHS = 40;
/** Converged where coordinates moved by no more than this share of their range on average: a tighter one changes no figure. */
const TOLERANCE = 0.0005;
/** Moves too small to be worth writing. */
const LEAST_MOVE = 0.0001;
const NEWTON_STEPS = 40;

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
  /** Shares of the solution of another cost, to begin from; zeros where absent. */
  readonly start?: Float64Array;
}

export interface Solution {
  /** Of each label for each dimension, dimension after dimension, then the labels' biases. */
  readonly weights: Float32Array;
  /** Of each of `rows` and each label: what it holds of its range, which is the cost times the weight of the row. */
  readonly shares: Float64Array;
}

/** Deterministic. With a larger cost shares stay about what they were, so that a solution is near the next one. */
export function solve(problem: Problem): Solution {
  const { vectors, values, rows, truth, labels, dimensions, cost } = problem;
  const { indices, starts } = vectors;
  const weights = new Float32Array((dimensions + 1) * labels);
  const bias = dimensions * labels;
  const shares = problem.start?.slice() ?? new Float64Array(rows.length * labels);
  const moves = new Float64Array(labels);
  const move = (row: number) => {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      const base = indices[at]! * labels;
      const value = values[at]!;
      for (let label = 0; label < labels; label += 1) weights[base + label]! += moves[label]! * value;
    }
    for (let label = 0; label < labels; label += 1) weights[bias + label]! += moves[label]!;
  };
  const squares = new Float64Array(rows.length);
  for (let order = 0; order < rows.length; order += 1) {
    let sum = 1;
    for (let at = starts[rows[order]!]!; at < starts[rows[order]! + 1]!; at += 1) sum += values[at]! * values[at]!;
    squares[order] = sum;
  }
  const order = new Uint32Array(rows.length).map((_, position) => position);
  const random = seededRandom(problem.seed);
  const margins = new Float64Array(labels);
  for (let position = 0; problem.start !== undefined && position < rows.length; position += 1) {
    const row = rows[position]!;
    const range = cost * problem.weights[row]!;
    for (let label = 0; label < labels; label += 1) {
      const sign = truth[row * labels + label] === 1 ? 1 : -1;
      moves[label] = sign * range * shares[position * labels + label]!;
    }
    move(row);
  }
  for (let epoch = 0; epoch < MAXIMUM_EPOCHS; epoch += 1) {
    shuffle(order, random);
    let moved = 0;
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
      let isMoved = false;
      for (let label = 0; label < labels; label += 1) {
        const sign = truth[row * labels + label] === 1 ? 1 : -1;
        const share = shares[position * labels + label]!;
        const next = ascend(share, range, squares[position]!, sign * margins[label]!);
        const step = Math.abs(next - share);
        moved += step;
        moves[label] = 0;
        if (step < LEAST_MOVE) continue;
        shares[position * labels + label] = next;
        moves[label] = sign * range * (next - share);
        isMoved = true;
      }
      if (isMoved) move(row);
    }
    if (moved < TOLERANCE * shares.length) break;
  }
  return { weights, shares };
}

/**
 * The share of one row that is best while the others stay: it is σ(u), where u + square × range × (σ(u) − share) + margin = 0.
 * The left side grows with u by at least 1, so the root lies within a known piece, which Newton's steps shrink; where they go
 * to and fro across the bend of σ without halving the piece, it is halved.
 */
function ascend(share: number, range: number, square: number, margin: number): number {
  const pull = square * range;
  let low = -margin - pull * (1 - share);
  let high = -margin + pull * share;
  let at = (low + high) / 2;
  let width = Number.POSITIVE_INFINITY;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const next = 1 / (1 + Math.exp(-at));
    const gap = at + pull * (next - share) + margin;
    if (Math.abs(gap) < 1e-6) return next;
    if (gap > 0) high = at;
    else low = at;
    const newton = at - gap / (1 + pull * next * (1 - next));
    const isShrunk = high - low < width / 2;
    at = isShrunk && newton > low && newton < high ? newton : (low + high) / 2;
    width = high - low;
  }
  return 1 / (1 + Math.exp(-at));
}
