// From probabilities to a judgement: which label, which labels, which step of a scale, or none that is sure enough.

import type { TaskKind } from '../../model/codebook.ts';

export type LinearKind = Exclude<TaskKind, 'spans'>;

export interface Decision {
  /** Places of the labels given; empty for an abstention, and where none of several labels holds. */
  readonly places: readonly number[];
  /** In [0, 1]: probability of the label given, the least sure one of several. */
  readonly score: number;
  readonly abstains: boolean;
}

export const isApart = (kind: LinearKind) => kind === 'several-labels' || kind === 'themes';

/** The label a text most likely has; of a scale its middle, which errs by the fewest steps. */
export function likeliest(scores: ArrayLike<number>, kind: LinearKind): number {
  if (kind === 'scale') {
    let sum = 0;
    for (let place = 0; place < scores.length; place += 1) {
      sum += scores[place]!;
      if (sum >= 0.5) return place;
    }
    return scores.length - 1;
  }
  let best = 0;
  for (let place = 1; place < scores.length; place += 1) if (scores[place]! > scores[best]!) best = place;
  return best;
}

/** Judges by thresholds: one, or one a label where there are several. Null is a threshold that nothing reaches. */
export function decide(scores: ArrayLike<number>, kind: LinearKind, thresholds: readonly (number | null)[]): Decision {
  if (!isApart(kind)) {
    const place = likeliest(scores, kind);
    const score = Math.min(1, scores[place]!);
    const threshold = thresholds[0] ?? null;
    const abstains = threshold === null || score < threshold;
    return { places: abstains ? [] : [place], score: abstains ? 0 : score, abstains };
  }
  const places: number[] = [];
  let score = 1;
  let unsure = 1;
  for (let place = 0; place < scores.length; place += 1) {
    const threshold = thresholds[place] ?? null;
    if (threshold !== null && scores[place]! >= threshold) {
      places.push(place);
      score = Math.min(score, scores[place]!);
    } else unsure = Math.min(unsure, 1 - scores[place]!);
  }
  return { places, score: places.length === 0 ? unsure : score, abstains: places.length === 0 };
}
