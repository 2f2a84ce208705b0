// How many themes: the largest number that samples of the texts find again nearly as well as the steadiest.
// After Greene, O'Callaghan & Cunningham, "How many topics? Stability analysis for topic models", ECML PKDD (2014).

import type { CountTried } from '../../model/theme.ts';
import { seededRandom, shuffled } from '../seeded-random.ts';
import { type Factors, fitFactors, foldInto, mainThemes } from './factors.ts';
import { adjustedRand } from './stability.ts';
import type { Rows } from './vocabulary.ts';

const TRIED = [5, 6, 8, 10, 12, 15, 18, 22, 26, 30];
const TEXTS = 2000;
const SAMPLES = 4;
const PART = 0.8;
const ROUNDS = 20;
/** Texts that a theme needs at least, on average, for a number to be tried. */
const TEXTS_PER_THEME = 25;
/** Part of the best stability that is as good: more themes are better than few where they are as steady. */
const AS_GOOD = 0.9;

/** Tries numbers of themes; `tried` is told after each. */
export function tryCounts(
  rows: Rows,
  seed: number,
  tried: (done: number, of: number) => void = () => undefined,
): readonly CountTried[] {
  const counts = TRIED.filter((count, at) => at === 0 || count * TEXTS_PER_THEME <= rows.count);
  const whole = selectRows(rows, shuffled(rows.count, seededRandom(seed)).subarray(0, TEXTS));
  return counts.map((count, at) => {
    const reference = partitionBy(whole, fitFactors(whole, { count, seed, rounds: ROUNDS }));
    const agreements = Array.from({ length: SAMPLES }, (_, sample) => {
      const random = seededRandom(seed + 7919 * (sample + 1));
      const part = shuffled(whole.count, random).subarray(0, Math.ceil(whole.count * PART));
      const fit = fitFactors(selectRows(whole, part), { count, seed: seed + sample + 1, rounds: ROUNDS });
      return adjustedRand(reference, partitionBy(whole, fit));
    });
    tried(at + 1, counts.length);
    return { count, stability: agreements.reduce((sum, value) => sum + value, 0) / SAMPLES };
  });
}

/** The largest number of themes that is as steady as the steadiest, or nearly. */
export function chosenCount(tried: readonly CountTried[]): number {
  const best = Math.max(...tried.map(({ stability }) => stability));
  return Math.max(...tried.filter(({ stability }) => stability >= best * AS_GOOD).map(({ count }) => count));
}

/** These rows, in this order. */
export function selectRows(rows: Rows, chosen: ArrayLike<number>): Rows {
  const starts = new Int32Array(chosen.length + 1);
  for (let at = 0; at < chosen.length; at += 1) {
    starts[at + 1] = starts[at]! + rows.starts[chosen[at]! + 1]! - rows.starts[chosen[at]!]!;
  }
  const columns = new Int32Array(starts[chosen.length]!);
  const values = new Float32Array(starts[chosen.length]!);
  for (let at = 0; at < chosen.length; at += 1) {
    const [from, to] = [rows.starts[chosen[at]!]!, rows.starts[chosen[at]! + 1]!];
    columns.set(rows.columns.subarray(from, to), starts[at]!);
    values.set(rows.values.subarray(from, to), starts[at]!);
  }
  return { count: chosen.length, terms: rows.terms, starts, columns, values };
}

function partitionBy(rows: Rows, { count, terms }: Factors): Int32Array {
  return mainThemes(foldInto(rows, { count, terms }), rows.count);
}
