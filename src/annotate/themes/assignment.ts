// Which themes a text has, by its terms: what `themes` annotates by and what figures of proposals are counted by.

import { keyOfTerm, termsOf } from './terms.ts';

/** Terms of one theme by weight. */
export type ThemeTerms = Readonly<Record<string, number>>;

export interface TermFound {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export interface Given {
  /** Place of the theme among those prepared. */
  readonly theme: number;
  /** Sum of the weights of its different terms; at least 1 where the text has the theme. */
  readonly sum: number;
  readonly places: readonly TermFound[];
}

const BAR = 1;
/** Sums of rounded weights that people see as 1 are 1. */
const ROUNDING = 1e-6;
const MOST_PLACES = 50;

/** Prepares themes once; the function says which of them a text has, in their order. Terms count once, wherever they stand. */
export function prepareAssignment(themes: readonly ThemeTerms[]): (text: string) => readonly Given[] {
  const index = new Map<string, { readonly theme: number; readonly weight: number }[]>();
  themes.forEach((terms, theme) => {
    for (const [term, weight] of Object.entries(terms)) {
      const key = keyOfTerm(term);
      if (key === null) continue;
      const known = index.get(key) ?? [];
      // Two spellings of one term are one.
      if (!known.some((one) => one.theme === theme)) index.set(key, [...known, { theme, weight }]);
    }
  });
  return (text) => {
    const sums = new Map<number, { sum: number; seen: Set<string>; places: TermFound[] }>();
    for (const { key, start, end } of termsOf(text)) {
      for (const { theme, weight } of index.get(key) ?? []) {
        const held = sums.get(theme) ?? { sum: 0, seen: new Set<string>(), places: [] };
        sums.set(theme, held);
        if (!held.seen.has(key)) held.sum += weight;
        held.seen.add(key);
        if (held.places.length < MOST_PLACES) held.places.push({ start, end, weight });
      }
    }
    return [...sums]
      .filter(([, { sum }]) => sum >= BAR - ROUNDING)
      .map(([theme, { sum, places }]) => ({ theme, sum, places }))
      .sort((left, right) => left.theme - right.theme);
  };
}
