// Figures as they may be shown: none where too few cases carry it.

import { FIGURE_FLOOR, type Figure } from '../model/evaluation.ts';
import { wilson } from '../model/interval.ts';
import type { Agreement } from './agreement.ts';
import { f1Interval } from './evaluation.ts';
import type { SpanMatch } from './spans.ts';

/** A figure with its interval, or only its n where it rests on too few. */
export function figure(value: number | null, n: number, interval: Figure['interval']): Figure {
  return value === null || n < FIGURE_FLOOR ? { value: null, n, interval: null } : { value, n, interval };
}

/** A share of counts with its Wilson interval. */
export function share(part: number, whole: number): Figure {
  return figure(whole === 0 ? null : part / whole, whole, wilson(part, whole));
}

export function agreement({ value, n, interval }: Agreement): Figure {
  return figure(value, n, interval);
}

/** The F1 of what was right, wrong and missed; n is how many pieces or documents either side gave. */
export function f1({ right, wrong, missed }: SpanMatch): Figure {
  const n = right + wrong + missed;
  return figure(n === 0 ? null : (2 * right) / (2 * right + wrong + missed), n, f1Interval(right, wrong, missed));
}
