// The intervals of shares of counts, and of their differences, for figures that say how sure they are.

import type { Interval } from './indicator.ts';

/**
 * Wilson score interval of `successes` out of `n`, without continuity correction; 95 % where `z` is 1.96. With `n` = 0
 * nothing is known: [0, 1]. Throws a RangeError where counts are no counts.
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209-212.
 */
export function wilson(successes: number, n: number, z = 1.96): Interval {
  if (!(successes >= 0 && n >= successes && Number.isFinite(n))) {
    throw new RangeError(`wilson: ${successes} out of ${n} is no share`);
  }
  if (n === 0) return { low: 0, high: 1 };
  const share = successes / n;
  const square = z * z;
  const centre = share + square / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  // At the ends the bound is exactly 0 or 1; rounding would leave 1e-17.
  return {
    low: successes === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: successes === n ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/** A figure and its interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * The interval of `later` minus `earlier`, two figures of different samples, from theirs: with Wilson intervals of shares this is
 * R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998)
 * 873-890, method 10; with any others G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures",
 * Statistics in Medicine 27 (2008) 1693-1702.
 */
export function differenceInterval(later: Estimate, earlier: Estimate): Interval {
  const difference = later.value - earlier.value;
  return {
    low: difference - Math.hypot(later.value - later.interval.low, earlier.interval.high - earlier.value),
    high: difference + Math.hypot(later.interval.high - later.value, earlier.value - earlier.interval.low),
  };
}
