// Themes that several beginnings agree on: repeats from other seeds and orders, matched and averaged.
// After Kotliar et al., "Identifying gene expression programs…" (consensus NMF), eLife 8 (2019).

import { seededRandom, shuffled } from '../seeded-random.ts';
import { selectRows } from './counts.ts';
import { type Factors, fitFactors, foldInto, mainThemes, normalise } from './factors.ts';
import { adjustedRand, jaccard, matched } from './stability.ts';
import type { Rows } from './vocabulary.ts';

export interface Agreed {
  /** Texts of each theme: those that hold enough of it. */
  readonly members: readonly ReadonlySet<number>[];
  /** Mean Jaccard index of each theme's texts with those of the repeats. */
  readonly stability: readonly number[];
  /** Mean adjusted Rand index of the partitions by main theme, over pairs of repeats. */
  readonly agreement: number;
}

/** Part of a text that a theme must take, and least amount of it. */
const PART = 0.3;
const AMOUNT = 0.1;
const ALIKE = 0.4;

/** Fits `repeats` times and keeps what they agree on. `fitted` is told after each. */
export function agreeOn(
  rows: Rows,
  { count, seed, repeats }: { readonly count: number; readonly seed: number; readonly repeats: number },
  fitted: (done: number) => void = () => undefined,
): Agreed {
  const fits = Array.from({ length: repeats }, (_, repeat) => {
    const order = shuffled(rows.count, seededRandom(seed + 104_729 * repeat));
    const { terms } = fitFactors(selectRows(rows, order), { count, seed: seed + repeat });
    fitted(repeat + 1);
    return foldInto(rows, { count, terms });
  });
  const likeness = (one: Factors, other: Factors) => (left: number, right: number) =>
    cosine(one.terms, other.terms, { left, right, width: rows.terms });
  // The repeat that the others resemble most says which themes there are.
  const closeness = fits.map((fit) =>
    fits.reduce((sum, other) => {
      const pairs = matched(count, count, likeness(fit, other));
      return sum + pairs.reduce((all, to, at) => all + (to === -1 ? 0 : likeness(fit, other)(at, to)), 0);
    }, 0),
  );
  const centre = fits[closeness.indexOf(Math.max(...closeness))]!;
  const pairings = fits.map((fit) => matched(count, count, likeness(centre, fit)));
  const terms = new Float64Array(count * rows.terms);
  for (let theme = 0; theme < count; theme += 1) {
    const mean = terms.subarray(theme * rows.terms, (theme + 1) * rows.terms);
    fits.forEach((fit, repeat) => {
      const to = pairings[repeat]![theme]!;
      if (to === -1 || likeness(centre, fit)(theme, to) < ALIKE) return;
      for (let column = 0; column < rows.terms; column += 1) mean[column]! += fit.terms[to * rows.terms + column]!;
    });
    normalise(mean);
  }
  const agreed = foldInto(rows, { count, terms });
  const members = membersOf(agreed, rows.count);
  const others = fits.map((fit) => membersOf(fit, rows.count));
  const stability = members.map((set, theme) =>
    meanOf(
      others.map((found, repeat) => {
        const to = pairings[repeat]![theme]!;
        return to === -1 ? 0 : jaccard(set, found[to]!);
      }),
    ),
  );
  const partitions = fits.map((fit) => mainThemes(fit, rows.count));
  const pairs = partitions.flatMap((one, at) => partitions.slice(at + 1).map((other) => adjustedRand(one, other)));
  return { members, stability, agreement: meanOf(pairs) };
}

function membersOf({ count, texts }: Factors, rows: number): readonly ReadonlySet<number>[] {
  const members = Array.from({ length: count }, () => new Set<number>());
  for (let row = 0; row < rows; row += 1) {
    const held = texts.subarray(row * count, (row + 1) * count);
    let sum = 0;
    for (const amount of held) sum += amount;
    for (let theme = 0; theme < count; theme += 1) {
      if (held[theme]! >= AMOUNT && held[theme]! >= sum * PART) members[theme]!.add(row);
    }
  }
  return members;
}

function cosine(
  one: Float64Array,
  other: Float64Array,
  { left, right, width }: { readonly left: number; readonly right: number; readonly width: number },
): number {
  let sum = 0;
  for (let column = 0; column < width; column += 1) sum += one[left * width + column]! * other[right * width + column]!;
  return sum;
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
