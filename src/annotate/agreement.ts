// How far annotators agree beyond chance, with intervals. Units that received the same labels are counted, not listed: what is
// computed does not grow with the corpus.

import type { Interval } from '../model/indicator.ts';
import { wilson } from '../model/interval.ts';
import { type Distances, fixedDistances, type Metric, ordinalDistances } from './distance.ts';
import { bootstrap, type ResamplingOptions, type Statistic } from './resampling.ts';

/** Pairs of judgements of two annotators, as indexes of labels, and how many units received them. */
export interface PairCount {
  readonly left: number;
  readonly right: number;
  readonly n: number;
}

/** Judgements that units received, as indexes of values in no order, and how many units received just these. */
export interface UnitCount {
  readonly values: readonly number[];
  readonly n: number;
}

export interface AlphaScale {
  /** Every value that may be given: a label, or a set of labels; in order where the metric is ordinal. */
  readonly values: readonly (readonly string[])[];
  readonly metric: Metric;
}

/** A coefficient that is 1 where all agree and 0 where chance would do as well; null where nothing can be said. */
export interface Agreement {
  readonly value: number | null;
  readonly interval: Interval | null;
  /** Units that at least two annotators judged. */
  readonly n: number;
}

/** Redraws cost the square of the values: fewer of them where there are many, as sets may be. */
const WORK = 300_000_000;
const LEAST_REPLICATES = 200;

/**
 * Cohen's kappa of two annotators that judged the same units. Null where there is no pair, or where both used one single label
 * (chance explains everything).
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20 (1960) 37-46.
 */
export function cohenKappa(pairs: readonly PairCount[], options: ResamplingOptions = {}): Agreement {
  const labels = 1 + pairs.reduce((most, { left, right }) => Math.max(most, left, right), -1);
  const [rows, columns] = [new Float64Array(labels), new Float64Array(labels)];
  const chance = (counts: Float64Array) => {
    rows.fill(0);
    columns.fill(0);
    let n = 0;
    let agreeing = 0;
    pairs.forEach(({ left, right }, position) => {
      const count = counts[position]!;
      rows[left]! += count;
      columns[right]! += count;
      n += count;
      if (left === right) agreeing += count;
    });
    let expected = 0;
    for (let label = 0; label < labels; label += 1) expected += rows[label]! * columns[label]!;
    return { n, observed: agreeing / n, expected: expected / (n * n) };
  };
  const statistic: Statistic = (counts) => {
    const { n, observed, expected } = chance(counts);
    return n === 0 || expected > 1 - 1e-12 ? null : (observed - expected) / (1 - expected);
  };
  const counts = Float64Array.from(pairs, ({ n }) => n);
  const { n, expected } = chance(counts);
  return described(statistic, { counts, n, expectedDisagreement: 1 - expected, options });
}

/**
 * Krippendorff's alpha: any number of annotators, each unit being the values it received (missing ones left out). Units with
 * fewer than two say nothing and are skipped. Null where no unit is left, or where only one value was ever given.
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and D.
 */
export function krippendorffAlpha(
  units: readonly UnitCount[],
  { values, metric }: AlphaScale,
  options: ResamplingOptions = {},
): Agreement {
  const pairable = units.filter(({ values: given, n }) => given.length > 1 && n > 0);
  const shares = pairable.map(({ values: given }) => sharesOf(given));
  const disagreements = disagreementsOf(values, metric);
  const statistic: Statistic = (counts) => {
    const { observed, expected } = disagreements(counts, shares);
    return expected === 0 ? null : 1 - observed / expected;
  };
  const counts = Float64Array.from(pairable, ({ n }) => n);
  const replicates = Math.min(
    options.replicates ?? 1000,
    Math.max(LEAST_REPLICATES, Math.floor(WORK / (values.length * values.length + 1))),
  );
  const { expected } = disagreements(counts, shares);
  const n = counts.reduce((sum, count) => sum + count, 0);
  return described(statistic, { counts, n, expectedDisagreement: expected, options: { ...options, replicates } });
}

/**
 * Where nobody ever disagreed, redraws would not either, and would be sure of it: the interval then goes down to what the
 * Wilson interval of full agreement leaves possible.
 */
function described(
  statistic: Statistic,
  {
    counts,
    n,
    expectedDisagreement,
    options,
  }: { counts: Float64Array; n: number; expectedDisagreement: number; options: ResamplingOptions },
): Agreement {
  const value = n === 0 ? null : statistic(counts);
  if (value === null) return { value: null, interval: null, n };
  if (value < 1 - 1e-12) return { value, interval: bootstrap(counts, statistic, options), n };
  return { value: 1, interval: { low: 1 - (1 - wilson(n, n).low) / Math.min(1, expectedDisagreement), high: 1 }, n };
}

interface Shares {
  /** Of each value given: its index, and how many gave it. */
  readonly given: readonly (readonly [value: number, times: number])[];
  readonly annotators: number;
}

function sharesOf(values: readonly number[]): Shares {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return { given: [...times], annotators: values.length };
}

/** Mean squared distance within units, and between any two values given whatever the unit. */
function disagreementsOf(values: AlphaScale['values'], metric: Metric) {
  const size = values.length;
  const distances: Distances = metric === 'ordinal' ? new Float64Array(size * size) : fixedDistances(values, metric);
  const totals = new Float64Array(size);
  return (counts: Float64Array, shares: readonly Shares[]) => {
    totals.fill(0);
    let n = 0;
    shares.forEach(({ given, annotators }, unit) => {
      const count = counts[unit]!;
      n += count * annotators;
      for (const [value, times] of given) totals[value]! += count * times;
    });
    if (n === 0) return { observed: 0, expected: 0 };
    if (metric === 'ordinal') ordinalDistances(totals, distances);
    let observed = 0;
    shares.forEach(({ given, annotators }, unit) => {
      const count = counts[unit]!;
      if (count === 0 || given.length === 1) return;
      let apart = 0;
      for (const [left, leftTimes] of given) {
        for (const [right, rightTimes] of given) apart += leftTimes * rightTimes * distances[left * size + right]!;
      }
      observed += (count * apart) / (annotators - 1);
    });
    let expected = 0;
    for (let row = 0; row < size; row += 1) {
      if (totals[row] === 0) continue;
      for (let column = row + 1; column < size; column += 1) {
        expected += 2 * totals[row]! * totals[column]! * distances[row * size + column]!;
      }
    }
    return { observed: observed / n, expected: n > 1 ? expected / (n * (n - 1)) : 0 };
  };
}
