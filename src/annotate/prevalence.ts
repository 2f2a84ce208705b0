// How often a label truly occurs, from how often a machine gives it and how it errs: the raw count corrected by the measured confusion.

import type { Interval } from '../model/indicator.ts';
import { multinomial } from './resampling.ts';
import { seededRandom } from './seeded-random.ts';

export interface PrevalenceInput {
  /** Documents that people read: row = what they said, column = what the machine said (abstention being a column of its own). */
  readonly confusion: readonly (readonly number[])[];
  /** All documents by what the machine said, in the order of the columns. */
  readonly raw: readonly number[];
}

export type PrevalenceRefusal = 'no-reference' | 'label-unread' | 'ill-conditioned' | 'unstable';

/** Shares of the corpus by label, in the order of the rows; or why they cannot be told. */
export type Prevalence =
  | { readonly kind: 'corrected'; readonly shares: readonly { readonly value: number; readonly interval: Interval }[] }
  | { readonly kind: 'refused'; readonly reason: PrevalenceRefusal };

/** A label that fewer people's readings show says nothing of how the machine treats it. */
const LEAST_READ = 5;
/**
 * Smallest gap between chance and the machine: the smallest singular value of its rates. For two labels without abstention
 * it is close to sensitivity + specificity − 1; below, an error on the rates is multiplied by more than five.
 */
const LEAST_SINGULAR = 0.2;
const REPLICATES = 1000;
const SEED = 20_260_512;

/**
 * Solves "what the machine says = its rates × the truth" for the truth, shares being at least 0 and adding to 1 (least squares
 * under these constraints). For two labels it is the estimate of W. J. Rogan and B. Gladen, "Estimating prevalence from the
 * results of a screening test", Am. J. Epidemiol. 107 (1978) 71-76. The interval comes of redrawing people's readings and the
 * corpus. Valid where what people read was drawn at random, or at random among each label that they say.
 */
export function correctedPrevalence({ confusion, raw }: PrevalenceInput): Prevalence {
  const read = confusion.map(total);
  if (total(read) === 0 || total(raw) === 0) return { kind: 'refused', reason: 'no-reference' };
  if (read.some((n) => n < LEAST_READ)) return { kind: 'refused', reason: 'label-unread' };
  const rates = ratesOf(confusion);
  if (smallestSingular(rates) < LEAST_SINGULAR) return { kind: 'refused', reason: 'ill-conditioned' };
  const shares = solve(rates, sharesOf(raw));
  const redrawn = redraw(confusion, raw, shares);
  if (redrawn === null) return { kind: 'refused', reason: 'unstable' };
  return {
    kind: 'corrected',
    shares: shares.map((value, label) => {
      const sorted = redrawn.map((one) => one[label]!).sort((left, right) => left - right);
      const low = sorted[Math.floor(0.025 * sorted.length)]!;
      const high = sorted[Math.ceil(0.975 * sorted.length) - 1]!;
      return { value, interval: { low: Math.min(low, value), high: Math.max(high, value) } };
    }),
  };
}

/** Shares after redrawing; null where one redraw in twenty leaves a label unread or says nothing. */
function redraw(
  confusion: PrevalenceInput['confusion'],
  raw: PrevalenceInput['raw'],
  start: readonly number[],
): readonly (readonly number[])[] | null {
  const draw = seededRandom(SEED);
  const cells = Float64Array.from(confusion.flat());
  const into = new Float64Array(cells.length);
  const corpus = Float64Array.from(raw);
  const corpusInto = new Float64Array(raw.length);
  const found: (readonly number[])[] = [];
  for (let replicate = 0; replicate < REPLICATES; replicate += 1) {
    multinomial(cells, draw, into);
    multinomial(corpus, draw, corpusInto);
    const rows = confusion.map((row, label) => [...into.subarray(label * row.length, (label + 1) * row.length)]);
    if (rows.some((row) => total(row) === 0)) continue;
    found.push(solve(ratesOf(rows), sharesOf([...corpusInto]), start));
  }
  return found.length < REPLICATES * 0.95 ? null : found;
}

/** Of each true label, how often the machine says each; rows add to 1. */
const ratesOf = (confusion: readonly (readonly number[])[]) => confusion.map(sharesOf);

function sharesOf(counts: readonly number[]): readonly number[] {
  const n = total(counts);
  return counts.map((count) => (n === 0 ? 0 : count / n));
}

/**
 * Shares p that bring rates × p nearest to what was said, by projected gradient with acceleration.
 * Source: A. Beck and M. Teboulle, "A Fast Iterative Shrinkage-Thresholding Algorithm", SIAM J. Imaging Sci. 2 (2009) 183-202.
 */
function solve(
  rates: readonly (readonly number[])[],
  said: readonly number[],
  start: readonly number[] = rates.map(() => 1 / rates.length),
): readonly number[] {
  // Gram matrix and right side: the machine's answers are summed away once.
  const gram = rates.map((left) => rates.map((right) => dot(left, right)));
  const right = rates.map((rate) => dot(rate, said));
  const step = 1 / Math.max(...gram.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let shares = start;
  let ahead = start;
  let momentum = 1;
  for (let turn = 0; turn < 2000; turn += 1) {
    const next = ontoShares(ahead.map((value, row) => value - step * (dot(gram[row]!, ahead) - right[row]!)));
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const moved = next.reduce((sum, value, row) => sum + Math.abs(value - shares[row]!), 0);
    const push = (momentum - 1) / nextMomentum;
    ahead = next.map((value, row) => value + push * (value - shares[row]!));
    shares = next;
    momentum = nextMomentum;
    if (moved < 1e-10) break;
  }
  return shares;
}

/**
 * The nearest shares: at least 0, adding to 1.
 * Source: J. Duchi et al., "Efficient Projections onto the l1-Ball", ICML 2008, figure 1.
 */
function ontoShares(values: readonly number[]): number[] {
  const sorted = [...values].sort((left, right) => right - left);
  let sum = 0;
  let excess = 0;
  sorted.forEach((value, rank) => {
    sum += value;
    const candidate = (sum - 1) / (rank + 1);
    if (value > candidate) excess = candidate;
  });
  return values.map((value) => Math.max(0, value - excess));
}

/** The least of the singular values of the rates: the root of the least eigenvalue of their Gram matrix, by Jacobi rotations. */
function smallestSingular(rates: readonly (readonly number[])[]): number {
  const matrix = rates.map((left) => rates.map((right) => dot(left, right)));
  const size = matrix.length;
  for (let sweep = 0; sweep < 50; sweep += 1) {
    let off = 0;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        off += matrix[p]![q]! ** 2;
        rotate(matrix, p, q);
      }
    }
    if (off < 1e-20) break;
  }
  return Math.sqrt(Math.max(0, Math.min(...matrix.map((row, position) => row[position]!))));
}

function rotate(matrix: number[][], p: number, q: number): void {
  const apart = matrix[p]![q]!;
  if (Math.abs(apart) < 1e-15) return;
  const theta = (matrix[q]![q]! - matrix[p]![p]!) / (2 * apart);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of matrix) {
    const [left, right] = [row[p]!, row[q]!];
    row[p] = cosine * left - sine * right;
    row[q] = sine * left + cosine * right;
  }
  const [upper, lower] = [matrix[p]!, matrix[q]!];
  for (let column = 0; column < matrix.length; column += 1) {
    const [left, right] = [upper[column]!, lower[column]!];
    upper[column] = cosine * left - sine * right;
    lower[column] = sine * left + cosine * right;
  }
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let position = 0; position < left.length; position += 1) sum += left[position]! * right[position]!;
  return sum;
}
