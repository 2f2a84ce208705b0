// Words that people write as names: they tell who and where a text speaks of, not what of.

import { termsOf } from './terms.ts';

/** Part of the places within a sentence where the word has a capital, and how many such places it takes to say so. */
const NAMED = 0.5;
const FEWEST = 3;
/** Words counted at most: beyond, those met once are forgotten. */
const COUNTED = 100_000;

const BEGINS = /(?:^|[.!?…:\n«"“([])[\s«"“([–—-]{0,4}$/u;
const CAPITAL = /^\p{Lu}\p{Ll}/u;

interface Count {
  places: number;
  capitals: number;
}

/**
 * Stems of the words that stand with a capital wherever no sentence begins: names of places, people and brands. Words all in
 * capitals say nothing (people shout, and acronyms may be a subject). The order of texts does not matter below the bound.
 */
export function properNames(texts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, Count>();
  for (const text of texts) {
    for (const { key, start, end } of termsOf(text)) {
      const word = text.slice(start, end);
      if (key.includes(' ') || word === word.toUpperCase() || BEGINS.test(text.slice(Math.max(0, start - 5), start)))
        continue;
      const count = counts.get(key) ?? { places: 0, capitals: 0 };
      count.places += 1;
      if (CAPITAL.test(word)) count.capitals += 1;
      counts.set(key, count);
    }
    if (counts.size > COUNTED) for (const [key, { places }] of counts) if (places === 1) counts.delete(key);
  }
  const named = [...counts].filter(([, { places, capitals }]) => capitals >= FEWEST && capitals >= NAMED * places);
  return new Set(named.map(([key]) => key));
}
