// Plain spherical k-means over the same rows as the themes: what the method must be worth beside.

import { seededRandom } from '../src/annotate/seeded-random.ts';
import type { Rows } from '../src/annotate/themes/vocabulary.ts';

const ROUNDS = 100;

interface Options {
  readonly count: number;
  readonly seed: number;
  /** The best of so many beginnings, by the sum of cosines. */
  readonly beginnings: number;
}

/** The cluster of each row, from 0; rows without a term get -1. Beginnings by k-means++ (Arthur & Vassilvitskii 2007). */
export function kMeans(rows: Rows, { count, seed, beginnings }: Options): Int32Array {
  let best: { readonly clusters: Int32Array; readonly sum: number } | null = null;
  for (let at = 0; at < beginnings; at += 1) {
    const found = runOnce(rows, count, seededRandom(seed * 1000 + at));
    if (best === null || found.sum > best.sum) best = found;
  }
  return best!.clusters;
}

function runOnce(rows: Rows, count: number, draw: () => number) {
  let centres = beginningOf(rows, count, draw);
  const clusters = new Int32Array(rows.count).fill(-1);
  let sum = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    sum = 0;
    const next = centres.map(() => new Float64Array(rows.terms));
    for (let row = 0; row < rows.count; row += 1) {
      if (rows.starts[row] === rows.starts[row + 1]) continue;
      const near = centres.map((centre) => cosine(rows, row, centre));
      const cluster = near.indexOf(Math.max(...near));
      moved ||= clusters[row] !== cluster;
      clusters[row] = cluster;
      sum += near[cluster]!;
      add(rows, row, next[cluster]!);
    }
    if (!moved) break;
    centres = next.map((centre, at) => (unit(centre) ? centre : centres[at]!));
  }
  return { clusters, sum };
}

function beginningOf(rows: Rows, count: number, draw: () => number): Float64Array[] {
  const filled = Array.from({ length: rows.count }, (_, row) => row).filter(
    (row) => rows.starts[row] !== rows.starts[row + 1],
  );
  const centreOf = (row: number) => {
    const centre = new Float64Array(rows.terms);
    add(rows, row, centre);
    return centre;
  };
  const centres = [centreOf(filled[Math.floor(draw() * filled.length)]!)];
  const far = filled.map((row) => 1 - cosine(rows, row, centres[0]!));
  while (centres.length < count) {
    let left = draw() * far.reduce((all, distance) => all + distance, 0);
    const at = far.findIndex((distance) => {
      left -= distance;
      return left <= 0;
    });
    const centre = centreOf(filled[Math.max(0, at)]!);
    centres.push(centre);
    filled.forEach((row, place) => {
      far[place] = Math.min(far[place]!, Math.max(0, 1 - cosine(rows, row, centre)));
    });
  }
  return centres;
}

function cosine(rows: Rows, row: number, centre: Float64Array): number {
  let sum = 0;
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1)
    sum += rows.values[at]! * centre[rows.columns[at]!]!;
  return sum;
}

function add(rows: Rows, row: number, centre: Float64Array): void {
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) centre[rows.columns[at]!]! += rows.values[at]!;
}

/** False where nothing is there to be of unit length. */
function unit(vector: Float64Array): boolean {
  const length = Math.hypot(...vector);
  if (length === 0) return false;
  for (let at = 0; at < vector.length; at += 1) vector[at]! /= length;
  return true;
}
