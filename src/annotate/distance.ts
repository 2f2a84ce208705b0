// How far apart two judgements are, squared, in [0, 1] for all but orders: what Krippendorff's alpha weighs disagreements by.

/** `ordinal` needs the labels in order; `jaccard` and `masi` compare sets. */
export const METRICS = ['nominal', 'ordinal', 'jaccard', 'masi'] as const;
export type Metric = (typeof METRICS)[number];

/** Distances between every two values, row by row: a matrix of `values.length` squared. */
export type Distances = Float64Array;

/** Distances that do not depend on how often each value was given. Values are label sets, of one label where the task has one. */
export function fixedDistances(values: readonly (readonly string[])[], metric: Exclude<Metric, 'ordinal'>): Distances {
  const size = values.length;
  const sets = values.map((value) => new Set(value));
  const distances = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = row + 1; column < size; column += 1) {
      const distance = metric === 'nominal' ? 1 : setDistance(sets[row]!, sets[column]!, metric);
      distances[row * size + column] = distance;
      distances[column * size + row] = distance;
    }
  }
  return distances;
}

/**
 * Squared ordinal distances of values given in their order, `given` times each: the ranks passed from one to the other.
 * Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D.
 */
export function ordinalDistances(given: Float64Array, into: Distances): void {
  const size = given.length;
  for (let row = 0; row < size; row += 1) {
    let between = given[row]! / 2;
    for (let column = row + 1; column < size; column += 1) {
      const ranks = between + given[column]! / 2;
      into[row * size + column] = ranks * ranks;
      into[column * size + row] = ranks * ranks;
      between += given[column]!;
    }
  }
}

/**
 * One minus the Jaccard index of two sets, times, for MASI, how monotonic they are: 1 for the same, 2/3 where one holds the
 * other, 1/3 where they only overlap, 0 where they do not. Two empty sets are the same.
 * Source: R. Passonneau, "Measuring Agreement on Set-valued Items (MASI)", LREC 2006.
 */
function setDistance(left: ReadonlySet<string>, right: ReadonlySet<string>, metric: 'jaccard' | 'masi'): number {
  const common = [...left].filter((label) => right.has(label)).length;
  const union = left.size + right.size - common;
  if (union === 0) return 0;
  const jaccard = common / union;
  if (metric === 'jaccard') return 1 - jaccard;
  return 1 - jaccard * monotonicity(left.size, right.size, common);
}

function monotonicity(left: number, right: number, common: number): number {
  if (common === 0) return 0;
  if (left === right && common === left) return 1;
  return common === Math.min(left, right) ? 2 / 3 : 1 / 3;
}
