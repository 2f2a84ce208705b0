// The territory and places of a stored document, with the names of their codes.

import type { PlaceCode, PlaceMention, PlaceRole } from '../model/territory.ts';
import { nameOfPlace } from '../refine/territory/place-name.ts';
import type { DocumentPlace, DocumentTerritory, NamedPlace } from './place-views.ts';

/** What a document's row holds of its territory. */
interface StoredTerritory {
  readonly commune: string | null;
  readonly epci: string | null;
  readonly department: string | null;
  readonly region: string | null;
  readonly role: PlaceRole | null;
  readonly score: number | null;
  readonly rule: string | null;
  readonly candidates: readonly string[];
  readonly gazetteer: string | null;
}

/** The territory as people read it; null where the document has none. */
export function describeTerritory(stored: StoredTerritory): DocumentTerritory | null {
  const { role, score, rule, candidates, gazetteer } = stored;
  const places = placesOf(stored);
  // People may have said that it is of no place.
  if (places.length === 0 && rule === null) return null;
  return {
    places,
    role,
    score,
    rule,
    candidates: candidates.map((code) => named({ kind: 'commune', code })),
    gazetteer,
  };
}

/** The places that a document is in, the smallest first. */
export function placesOf(stored: Pick<StoredTerritory, 'commune' | 'epci' | 'department' | 'region'>): NamedPlace[] {
  const { commune, epci, department, region } = stored;
  const held = [
    { kind: 'commune', code: commune },
    { kind: 'epci', code: epci },
    { kind: 'department', code: department },
    { kind: 'region', code: region },
  ] as const;
  return held.flatMap(({ kind, code }) => (code === null ? [] : [named({ kind, code })]));
}

/** The places that a text names, as people read them. */
export function describePlaces(stored: readonly PlaceMention[]): readonly DocumentPlace[] {
  return stored.map((mention) => ({
    ...mention,
    place: mention.place === null ? null : named(mention.place),
    candidates: mention.candidates.map(named),
  }));
}

function named(place: PlaceCode): NamedPlace {
  return { ...place, name: nameOfPlace(place) };
}
