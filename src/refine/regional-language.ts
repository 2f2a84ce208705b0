// Regional and overseas languages, by function words first and spellings beside them.

import { KNOWN_WORDS } from './language-words.ts';
import { REGIONAL } from './regional-lexicon.ts';

export interface RegionalFound {
  readonly code: string;
  readonly certain: boolean;
}

/** Share of the words that must speak for the language: named, and certain. */
const NAMED = 0.3;
const CERTAIN = 0.45;
const FEWEST_WORDS = 3;
/** What a spelling says beside a word of the list. */
const SPELLING = 0.4;
/** How much more a language must have to itself than its nearest kin to be certain. */
const MARGIN = 1.25;

interface Evidence {
  /** Weights of its words, kin included. */
  sum: number;
  /** The same, divided among the languages that share a word. */
  own: number;
  readonly distinct: Set<string>;
  /** Those of them that no kin has. */
  readonly exclusive: Set<string>;
}

/**
 * The regional language that most words of a text speak for, or null. `words` are lower case.
 * Deterministic, never throws. Words of French and of its neighbours speak against.
 */
export function findRegional(words: readonly string[]): RegionalFound | null {
  if (words.length < FEWEST_WORDS) return null;
  const found = REGIONAL.map(
    (): Evidence => ({
      sum: 0,
      own: 0,
      distinct: new Set(),
      exclusive: new Set(),
    }),
  );
  const against = REGIONAL.map(() => 0);
  for (const word of words) weigh(word, found, against);
  let best = 0;
  for (let at = 1; at < found.length; at += 1) if (scoreOf(found[at]!) > scoreOf(found[best]!)) best = at;
  const { sum, own, distinct, exclusive } = found[best]!;
  const share = (sum - against[best]!) / words.length;
  if (distinct.size < 2 || share < NAMED) return null;
  const next = Math.max(...found.filter((_, at) => at !== best).map((evidence) => evidence.own));
  const certain = share >= CERTAIN && distinct.size >= 3 && exclusive.size >= 2 && own >= MARGIN * next;
  return { code: REGIONAL[best]!.code, certain };
}

function scoreOf({ sum, own }: Evidence): number {
  return sum + 2 * own;
}

function weigh(word: string, found: readonly Evidence[], against: number[]): void {
  const known = KNOWN_WORDS.get(word);
  if (known === undefined) {
    for (const [at, { spelling }] of REGIONAL.entries()) {
      if (!spelling.test(word)) continue;
      found[at]!.sum += SPELLING;
      found[at]!.own += SPELLING / 2;
    }
    return;
  }
  for (const at of known.regional) {
    const evidence = found[at]!;
    evidence.sum += known.weight;
    evidence.own += known.weight / known.regional.length;
    if (known.weight < 0.5) continue;
    evidence.distinct.add(word);
    if (known.regional.length === 1) evidence.exclusive.add(word);
  }
  if (!known.isFrench && !known.isForeign) return;
  for (let at = 0; at < against.length; at += 1)
    if (!known.regional.includes(at)) against[at]! += known.isFrench ? 1 : 0.5;
}
