// Intervals of figures that have no formula: the units counted are drawn again, with a fixed seed, and the figure with them.

import type { Interval } from '../model/indicator.ts';
import { type Draw, seededRandom } from './seeded-random.ts';

/** A figure as a function of how many units there are of each pattern; null where it says nothing. */
export type Statistic = (counts: Float64Array) => number | null;

export interface ResamplingOptions {
  readonly seed?: number;
  readonly replicates?: number;
  /** Share of the interval, 0.95 by default. */
  readonly level?: number;
}

const SEED = 20_260_511;
const REPLICATES = 1000;
/** A figure that is undefined in more redraws than this has no interval. */
const UNDEFINED_SHARE = 0.05;

/**
 * How many of `n` trials succeed, exactly distributed. Few successes: by waiting times, one draw a success. Many: W. Hörmann,
 * "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993) 101-110, algorithm BTRS, whose cost does not
 * depend on n.
 */
export function binomial(n: number, share: number, draw: Draw): number {
  if (n <= 0 || share <= 0) return 0;
  if (share >= 1) return n;
  if (share > 0.5) return n - binomial(n, 1 - share, draw);
  return n * share < 10 ? waiting(n, share, draw) : rejection(n, share, draw);
}

function waiting(n: number, share: number, draw: Draw): number {
  const scale = Math.log1p(-share);
  let successes = 0;
  for (let trial = Math.floor(Math.log(1 - draw()) / scale); trial < n; successes += 1) {
    trial += 1 + Math.floor(Math.log(1 - draw()) / scale);
  }
  return successes;
}

function rejection(n: number, share: number, draw: Draw): number {
  const deviation = Math.sqrt(n * share * (1 - share));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * share;
  const centre = n * share + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const odds = share / (1 - share);
  const mode = Math.floor((n + 1) * share);
  for (;;) {
    const u = draw() - 0.5;
    const v = draw();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + centre);
    if (k < 0 || k > n) continue;
    if (edge >= 0.07 && v <= squeeze) return k;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      (tail(mode) + tail(n - mode) - tail(k) - tail(n - k));
    if (Math.log((v * alpha) / (a / (edge * edge) + b)) <= bound) return k;
  }
}

/** What Stirling's approximation of log k! leaves out, for k of 0 to 9. */
const STIRLING_REST = [
  0.0810614667953272, 0.0413406959554093, 0.0276779256849983, 0.0207906721037652, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.0092554621827127, 0.0083305634333628,
];

/** The same for any k. */
function tail(k: number): number {
  if (k < STIRLING_REST.length) return STIRLING_REST[k]!;
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

/** Draws as many units as were counted, each pattern as likely as it was frequent; into `into`. */
export function multinomial(counts: Float64Array, draw: Draw, into: Float64Array): void {
  let left = 0;
  for (const count of counts) left += count;
  let mass = left;
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    const count = counts[pattern]!;
    const drawn = left === 0 || mass === 0 ? 0 : binomial(left, Math.min(1, count / mass), draw);
    into[pattern] = drawn;
    left -= drawn;
    mass -= count;
  }
}

/**
 * The interval of a figure by redrawing units (bootstrap), bias-corrected and accelerated; it always holds the figure. Null where
 * the figure is undefined, or is in more than one redraw in twenty. Where no redraw differs the interval is a point: a caller
 * that can say better must (see `agreement.ts`).
 * Source: B. Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987) 171-185; the acceleration is the jackknife's, each
 * pattern being left out once and weighted by its count.
 */
export function bootstrap(
  counts: Float64Array,
  statistic: Statistic,
  options: ResamplingOptions = {},
): Interval | null {
  const { seed = SEED, replicates = REPLICATES, level = 0.95 } = options;
  const estimate = statistic(counts);
  if (estimate === null) return null;
  const draw = seededRandom(seed);
  const redrawn = new Float64Array(counts.length);
  const figures: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    multinomial(counts, draw, redrawn);
    const figure = statistic(redrawn);
    if (figure !== null) figures.push(figure);
  }
  if (figures.length < replicates * (1 - UNDEFINED_SHARE)) return null;
  figures.sort((left, right) => left - right);
  const bias = biasOf(figures, estimate);
  const acceleration = accelerationOf(counts, statistic);
  const at = (share: number) => {
    const z = bias + quantile(share);
    return figures[
      Math.min(figures.length - 1, Math.floor(cumulative(bias + z / (1 - acceleration * z)) * figures.length))
    ]!;
  };
  const [low, high] = [at((1 - level) / 2), at((1 + level) / 2)];
  return { low: Math.min(low, high, estimate), high: Math.max(low, high, estimate) };
}

/** Half of the ties count as below, so that a figure that takes few values is not called biased. */
function biasOf(sorted: readonly number[], estimate: number): number {
  let below = 0;
  for (const figure of sorted) {
    if (figure < estimate - 1e-12) below += 1;
    else if (figure <= estimate + 1e-12) below += 0.5;
    else break;
  }
  const share = Math.min(1 - 0.5 / sorted.length, Math.max(0.5 / sorted.length, below / sorted.length));
  return quantile(share);
}

function accelerationOf(counts: Float64Array, statistic: Statistic): number {
  const left = Float64Array.from(counts);
  const figures: (readonly [figure: number, weight: number])[] = [];
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    if (counts[pattern]! < 1) continue;
    left[pattern]! -= 1;
    const figure = statistic(left);
    left[pattern]! += 1;
    if (figure !== null) figures.push([figure, counts[pattern]!]);
  }
  const n = figures.reduce((sum, [, weight]) => sum + weight, 0);
  const mean = figures.reduce((sum, [figure, weight]) => sum + figure * weight, 0) / n;
  let squares = 0;
  let cubes = 0;
  for (const [figure, weight] of figures) {
    squares += weight * (mean - figure) ** 2;
    cubes += weight * (mean - figure) ** 3;
  }
  return squares <= 1e-18 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Quantile of the normal law, within 1.2e-9. Source: P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003). */
export function quantile(share: number): number {
  const A = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const B = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const C = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const D = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const poly = (terms: readonly number[], x: number) => terms.reduce((sum, term) => sum * x + term, 0);
  if (share > 0.5) return -quantile(1 - share);
  if (share < 0.02425) {
    const x = Math.sqrt(-2 * Math.log(share));
    return poly(C, x) / (poly(D, x) * x + 1);
  }
  const x = share - 0.5;
  return (poly(A, x * x) * x) / (poly(B, x * x) * x * x + 1);
}

/** Cumulative normal law, within 1.5e-7. Source: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 7.1.26. */
function cumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const inside = 1 - poly * Math.exp(-x * x);
  return z < 0 ? (1 - inside) / 2 : (1 + inside) / 2;
}
