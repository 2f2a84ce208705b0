// Whether a machine is right as often as it says it is.

import type { Calibration } from '../model/evaluation.ts';
import { wilson } from '../model/interval.ts';

/** Judgements whose score falls in one of the equal parts of [0, 1]. */
export interface ScoreCount {
  readonly n: number;
  readonly scores: number;
  readonly right: number;
}

export const SCORE_BINS = 10;

/** Which of the ten bins a score falls in; a score of 1 is of the last. */
export function scoreBin(score: number): number {
  return Math.min(SCORE_BINS - 1, Math.max(0, Math.floor(score * SCORE_BINS)));
}

/**
 * Reliability by equal bins, and the expected calibration error.
 * Source: M. Naeini, G. Cooper and M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015.
 */
export function calibration(counts: readonly ScoreCount[]): Calibration {
  const n = counts.reduce((sum, bin) => sum + bin.n, 0);
  const bins = counts.map((bin, position) => ({
    from: position / counts.length,
    to: (position + 1) / counts.length,
    n: bin.n,
    said: bin.n === 0 ? null : bin.scores / bin.n,
    right: bin.n === 0 ? null : bin.right / bin.n,
    interval: bin.n === 0 ? null : wilson(bin.right, bin.n),
  }));
  const error = counts.reduce((sum, bin) => sum + Math.abs(bin.scores - bin.right), 0);
  return { bins, expectedError: n === 0 ? null : error / n, n };
}
