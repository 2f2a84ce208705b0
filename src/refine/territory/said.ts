// The territory that a person, or what people taught, says of a document.

import type { SaidTerritory, Territory } from '../../model/territory.ts';
import { lyingOfPlace } from './primary.ts';

/** How far what was taught by other documents is believed, beside 1 for a person's own word. */
const TAUGHT_SCORE = 0.95;

/** Undefined for a code that this gazetteer does not hold: what was found stands then. Pure. */
export function saidTerritory(said: SaidTerritory, rule: 'given' | 'corrected'): Territory | undefined {
  const base = { role: 'subject', score: rule === 'given' ? 1 : TAUGHT_SCORE, rule, candidates: [] } as const;
  if (said.decision !== 'place') return { ...base, commune: null, epci: null, department: null, region: null };
  const lying = lyingOfPlace(said.place.kind, said.place.code);
  return lying === null ? undefined : { ...base, ...lying };
}
