// The terms that tell a theme's texts from the others, and the weights by which a text is given the theme.
// Log odds with a prior after Monroe, Colaresi & Quinn, "Fightin' words", Political Analysis 16 (2008).

import type { Rows, Vocabulary } from './vocabulary.ts';

export interface DistinctiveTerm {
  /** Place in the vocabulary. */
  readonly term: number;
  /** Log odds ratio of a text with the term being of the theme. */
  readonly odds: number;
  /** The same in standard errors: the order in which terms are told. */
  readonly z: number;
}

const LEAST_Z = 3;
const MOST_TERMS = 30;
const PRIOR = 10;
const LABEL_TERMS = 3;
const TOLD_TERMS = 10;
/** A text that has this many of the theme's strongest terms has the theme, however long its texts are. */
const ENOUGH = 2.5;

/** Terms more frequent in the theme's texts than elsewhere, the surest first. */
export function distinctiveTerms(rows: Rows, members: ReadonlySet<number>): readonly DistinctiveTerm[] {
  const inside = new Int32Array(rows.terms);
  const all = new Int32Array(rows.terms);
  for (let row = 0; row < rows.count; row += 1) {
    const counted = members.has(row);
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) {
      const column = rows.columns[at]!;
      all[column]! += 1;
      if (counted) inside[column]! += 1;
    }
  }
  const [size, rest] = [members.size, rows.count - members.size];
  const found: DistinctiveTerm[] = [];
  for (let term = 0; term < rows.terms; term += 1) {
    if (inside[term]! < 2) continue;
    const rate = all[term]! / rows.count;
    const a = inside[term]! + PRIOR * rate;
    const b = all[term]! - inside[term]! + PRIOR * rate;
    const odds = Math.log(a / (size + PRIOR - a)) - Math.log(b / (rest + PRIOR - b));
    const z = odds / Math.sqrt(1 / a + 1 / b);
    if (z >= LEAST_Z && odds > 0) found.push({ term, odds, z });
  }
  return found.sort((left, right) => right.z - left.z || left.term - right.term).slice(0, MOST_TERMS);
}

/**
 * Weights such that the texts whose terms add up to 1 are as nearly as can be the theme's (best F1 over the members);
 * rounded to the hundredth, so that people can read and write them.
 */
export function weightsOf(
  rows: Rows,
  members: ReadonlySet<number>,
  { terms, words }: { readonly terms: readonly DistinctiveTerm[]; readonly words: Vocabulary['words'] },
): Readonly<Record<string, number>> {
  const odds = new Map(terms.map((one) => [one.term, one.odds]));
  const sums: { readonly sum: number; readonly member: boolean }[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    let sum = 0;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) sum += odds.get(rows.columns[at]!) ?? 0;
    if (sum > 0) sums.push({ sum, member: members.has(row) });
  }
  const strongest = Math.max(...odds.values());
  const bar = Math.min(bestBar(sums, members.size), ENOUGH * strongest);
  return Object.fromEntries(
    terms.map((one) => [words[one.term]!, Math.max(0.01, Math.round((one.odds / bar) * 100) / 100)]),
  );
}

function bestBar(sums: { readonly sum: number; readonly member: boolean }[], members: number): number {
  sums.sort((left, right) => right.sum - left.sum);
  let right = 0;
  let best = { bar: sums[0]?.sum ?? 1, f1: -1 };
  sums.forEach(({ sum, member }, at) => {
    if (member) right += 1;
    if (sums[at + 1]?.sum === sum) return;
    const f1 = (2 * right) / (at + 1 + members);
    if (f1 > best.f1) best = { bar: (sum + (sums[at + 1]?.sum ?? sum)) / 2, f1 };
  });
  return best.bar;
}

/** The terms that people are told: the surest of weights that are in that order. */
export function firstOf(weights: Readonly<Record<string, number>>): readonly string[] {
  return Object.keys(weights).slice(0, TOLD_TERMS);
}

/** Two to four words that tell the theme: its surest terms, a word not twice where a pair has it already. */
export function labelOf(terms: readonly DistinctiveTerm[], { keys, words }: Vocabulary): string {
  const chosen: number[] = [];
  for (const { term } of terms) {
    const stems = keys[term]!.split(' ');
    const within = chosen.findIndex((one) => keys[one]!.split(' ').some((stem) => stems.includes(stem)));
    // A pair says more than the word it holds, and takes its place.
    if (within === -1) chosen.push(term);
    else if (stems.length > keys[chosen[within]!]!.split(' ').length) chosen[within] = term;
    if (chosen.length > LABEL_TERMS) break;
  }
  return chosen
    .slice(0, LABEL_TERMS)
    .map((term) => words[term]!)
    .join(', ');
}

/** Mean normalised pointwise mutual information of the pairs of a theme's first terms (Bouma 2009), in [-1, 1]. */
export function coherenceOf(rows: Rows, terms: readonly DistinctiveTerm[], vocabulary: Vocabulary): number {
  const first = terms
    .slice(0, 12)
    .filter(({ term }) => !vocabulary.keys[term]!.includes(' '))
    .slice(0, 6);
  const sets = first.map(({ term }) => rowsWith(rows, term));
  let sum = 0;
  let pairs = 0;
  for (let one = 0; one < sets.length; one += 1) {
    for (let other = one + 1; other < sets.length; other += 1) {
      let both = 0;
      for (const row of sets[one]!) if (sets[other]!.has(row)) both += 1;
      const p = both / rows.count;
      const apart = (sets[one]!.size * sets[other]!.size) / rows.count ** 2;
      sum += both === 0 ? -1 : p === 1 ? 1 : Math.log(p / apart) / -Math.log(p);
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function rowsWith(rows: Rows, term: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let row = 0; row < rows.count; row += 1) {
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at += 1) if (rows.columns[at] === term) found.add(row);
  }
  return found;
}
