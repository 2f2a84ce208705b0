// Non-negative factors of rows of terms: each text is a sum of a few themes, each theme a sum of terms.
// Alternating least squares by component (Cichocki & Phan 2009), begun from spherical k-means (Dhillon & Modha 2001).

import { seededRandom } from '../seeded-random.ts';
import type { Rows } from './vocabulary.ts';

export interface Factors {
  readonly count: number;
  /** Theme t's weights of terms, of unit length: terms[t * rows.terms … ]. */
  readonly terms: Float64Array;
  /** How much of each theme text r holds: texts[r * count … ]. */
  readonly texts: Float64Array;
}

interface FitOptions {
  readonly count: number;
  readonly seed: number;
  readonly rounds?: number;
}

const ROUNDS = 40;
const SEEDING_ROUNDS = 4;
const TINY = 1e-12;

/** The same rows, count and seed give the same factors. */
export function fitFactors(rows: Rows, { count, seed, rounds = ROUNDS }: FitOptions): Factors {
  const terms = seedThemes(rows, count, seed);
  const texts = new Float64Array(rows.count * count);
  for (let round = 0; round < rounds; round += 1) {
    updateTexts(rows, { count, terms, texts }, round === 0 ? 3 : 1);
    updateTerms(rows, { count, terms, texts });
  }
  return foldInto(rows, { count, terms });
}

/** How much of each given theme the texts hold. */
export function foldInto(rows: Rows, { count, terms }: Pick<Factors, 'count' | 'terms'>): Factors {
  const texts = new Float64Array(rows.count * count);
  updateTexts(rows, { count, terms, texts }, 8);
  return { count, terms, texts };
}

/** The theme that each text holds most of; -1 where it holds none. */
export function mainThemes({ count, texts }: Factors, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = -1;
    let most = 0;
    for (let theme = 0; theme < count; theme += 1) {
      const amount = texts[row * count + theme]!;
      if (amount > most) {
        most = amount;
        best = theme;
      }
    }
    return best;
  });
}

function updateTexts(rows: Rows, { count, terms, texts }: Factors, passes: number): void {
  const gram = gramOf(terms, count, rows.terms);
  const wanted = new Float64Array(count);
  for (let row = 0; row < rows.count; row += 1) {
    wanted.fill(0);
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) {
      const column = rows.columns[at]!;
      const value = rows.values[at]!;
      for (let theme = 0; theme < count; theme += 1) {
        wanted[theme]! += value * terms[theme * rows.terms + column]!;
      }
    }
    const held = texts.subarray(row * count, (row + 1) * count);
    for (let pass = 0; pass < passes; pass += 1) descend(held, wanted, gram, count);
  }
}

/** One pass over the unknowns of one row: each takes its best value, the others as they are, never below zero. */
function descend(held: Float64Array, wanted: Float64Array, gram: Float64Array, count: number): void {
  for (let theme = 0; theme < count; theme += 1) {
    let slope = wanted[theme]!;
    for (let other = 0; other < count; other += 1) slope -= gram[theme * count + other]! * held[other]!;
    const own = gram[theme * count + theme]!;
    if (own > TINY) held[theme] = Math.max(0, held[theme]! + slope / own);
  }
}

function updateTerms(rows: Rows, { count, terms, texts }: Factors): void {
  const width = rows.terms;
  const gram = new Float64Array(count * count);
  const wanted = new Float64Array(count * width);
  for (let row = 0; row < rows.count; row += 1) {
    const held = texts.subarray(row * count, (row + 1) * count);
    for (let theme = 0; theme < count; theme += 1) {
      const amount = held[theme]!;
      if (amount === 0) continue;
      for (let other = 0; other < count; other += 1) gram[theme * count + other]! += amount * held[other]!;
      for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) {
        wanted[theme * width + rows.columns[at]!]! += amount * rows.values[at]!;
      }
    }
  }
  for (let theme = 0; theme < count; theme += 1) {
    const own = gram[theme * count + theme]!;
    if (own <= TINY) continue;
    const fresh = terms.subarray(theme * width, (theme + 1) * width);
    for (let column = 0; column < width; column += 1) {
      let slope = wanted[theme * width + column]!;
      for (let other = 0; other < count; other += 1) {
        slope -= gram[theme * count + other]! * terms[other * width + column]!;
      }
      fresh[column] = Math.max(0, fresh[column]! + slope / own);
    }
    // Lengths go to the texts: what counts here is which terms.
    normalise(fresh);
  }
}

function gramOf(terms: Float64Array, count: number, width: number): Float64Array {
  const gram = new Float64Array(count * count);
  for (let one = 0; one < count; one += 1) {
    for (let other = one; other < count; other += 1) {
      let sum = 0;
      for (let column = 0; column < width; column += 1) {
        sum += terms[one * width + column]! * terms[other * width + column]!;
      }
      gram[one * count + other] = sum;
      gram[other * count + one] = sum;
    }
  }
  return gram;
}

/** Scales to unit length, in place; what is all zero stays so. */
export function normalise(vector: Float64Array): void {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (length > TINY) for (let at = 0; at < vector.length; at += 1) vector[at]! /= length;
}

/** Centres of a few rounds of spherical k-means, begun from texts far from each other (Arthur & Vassilvitskii 2007). */
function seedThemes(rows: Rows, count: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const width = rows.terms;
  const centres = new Float64Array(count * width);
  const nearest = new Float64Array(rows.count).fill(1);
  for (let theme = 0; theme < count; theme += 1) {
    const centre = centres.subarray(theme * width, (theme + 1) * width);
    addRow(rows, pick(nearest, rows, random), centre);
    for (let row = 0; row < rows.count; row += 1) nearest[row] = Math.min(nearest[row]!, 1 - dot(rows, row, centre));
  }
  for (let round = 0; round < SEEDING_ROUNDS; round += 1) {
    const fresh = new Float64Array(count * width);
    for (let row = 0; row < rows.count; row += 1) {
      let best = 0;
      let most = -1;
      for (let theme = 0; theme < count; theme += 1) {
        const near = dot(rows, row, centres.subarray(theme * width, (theme + 1) * width));
        if (near > most) {
          most = near;
          best = theme;
        }
      }
      addRow(rows, row, fresh.subarray(best * width, (best + 1) * width));
    }
    for (let theme = 0; theme < count; theme += 1) {
      const centre = fresh.subarray(theme * width, (theme + 1) * width);
      normalise(centre);
      if (centre.some((value) => value > 0)) centres.set(centre, theme * width);
    }
  }
  return centres;
}

function pick(distance: Float64Array, rows: Rows, random: () => number): number {
  let total = 0;
  for (let row = 0; row < rows.count; row += 1) total += distance[row]! ** 2;
  let left = random() * total;
  for (let row = 0; row < rows.count; row += 1) {
    left -= distance[row]! ** 2;
    if (left <= 0) return row;
  }
  return rows.count - 1;
}

function addRow(rows: Rows, row: number, to: Float64Array): void {
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) to[rows.columns[at]!]! += rows.values[at]!;
}

function dot(rows: Rows, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) {
    sum += rows.values[at]! * vector[rows.columns[at]!]!;
  }
  return sum;
}
