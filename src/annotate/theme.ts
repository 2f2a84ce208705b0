// Adds up what the words of a text speak of.

import type { Term } from './lexicon.ts';
import type { Reading } from './reading.ts';

/** Weight of each theme; words said again add ever less: 1, 1/2, 1/3 … of their weight. */
export class ThemeTally {
  readonly weights = new Map<string, number>();
  readonly #met = new Map<Term, number>();

  add(speaking: readonly Reading[], factor: number): void {
    for (const { term } of speaking) {
      const times = (this.#met.get(term) ?? 0) + 1;
      this.#met.set(term, times);
      for (const { theme, weight } of term.themes) {
        this.weights.set(theme, (this.weights.get(theme) ?? 0) + (factor * weight) / times);
      }
    }
  }
}
