// Places of a document as people read them: codes with their names.

import type { PlaceKind, PlaceMention, PlaceRole } from '../model/territory.ts';

export interface NamedPlace {
  readonly kind: PlaceKind;
  /** INSEE code; SIREN of an EPCI. */
  readonly code: string;
  /** Null for a code that the present gazetteer does not hold. */
  readonly name: string | null;
}

export interface DocumentTerritory {
  /** The smallest first: commune, EPCI, département, région; as many as are known. */
  readonly places: readonly NamedPlace[];
  /** Null, like score and gazetteer, for documents derived before they were kept. */
  readonly role: PlaceRole | null;
  readonly score: number | null;
  readonly rule: string | null;
  /** Communes between which nothing decides. */
  readonly candidates: readonly NamedPlace[];
  /** Year of the official gazetteer that the codes are of. */
  readonly gazetteer: string | null;
}

export interface DocumentPlace extends Omit<PlaceMention, 'place' | 'candidates'> {
  /** Null where the name is borne by several places and nothing decides. */
  readonly place: NamedPlace | null;
  readonly candidates: readonly NamedPlace[];
}
