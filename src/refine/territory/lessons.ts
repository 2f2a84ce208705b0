// What corrections teach of a written form in a source: the same whatever the order in which people made them.

import type { SaidTerritory } from '../../model/territory.ts';

export interface Correction {
  readonly said: SaidTerritory;
  /** The person asked for it everywhere in this source. */
  readonly always: boolean;
}

export interface Lesson {
  readonly said: SaidTerritory;
  /** Corrections that agree on it. */
  readonly corrections: number;
}

/** Texts corrected the same way before the others follow: one may be a slip, or a matter of that text alone. */
export const ENOUGH_CORRECTIONS = 2;

/**
 * The lesson of the standing corrections of one form in one source, each of another text. Those asked for everywhere decide alone;
 * else two that agree do. Where those that decide disagree nothing is learned: the form means several places. Pure.
 */
export function learnTerritory(corrections: readonly Correction[]): Lesson | null {
  const asked = corrections.filter(({ always }) => always);
  const deciding = asked.length > 0 ? asked : corrections;
  const [first] = deciding;
  if (first === undefined || (asked.length === 0 && deciding.length < ENOUGH_CORRECTIONS)) return null;
  const wanted = spelled(first.said);
  if (deciding.some(({ said }) => spelled(said) !== wanted)) return null;
  return { said: first.said, corrections: corrections.filter(({ said }) => spelled(said) === wanted).length };
}

/** `commune:38185`, `elsewhere` or `nowhere`: the label of its annotation. */
export function spelled({ decision, place }: SaidTerritory): string {
  return decision === 'place' ? `${place.kind}:${place.code}` : decision;
}
