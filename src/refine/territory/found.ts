// A name found in a text and believed to name a place, before it is known which of its bearers is meant.

import type { PlaceRole } from '../../model/territory.ts';
import type { Commune, Department, Epci, Region } from './gazetteer.ts';

interface FoundName {
  readonly start: number;
  readonly end: number;
  /** 0 to 1: how far it is believed that a place is named at all. */
  readonly trust: number;
  /** Null where nothing says it. */
  readonly role: PlaceRole | null;
}

export interface FoundCommune extends FoundName {
  readonly kind: 'commune';
  readonly name: string;
  /** Those that bear the name, or of these those that the words beside it leave. */
  readonly communes: readonly Commune[];
  /** What the words beside it are, where they leave fewer communes. */
  readonly beside: 'postal-code' | 'department-beside' | null;
  /** Code of the arrondissement where one is named. */
  readonly arrondissement: string | null;
}

export interface FoundArea extends FoundName {
  readonly kind: 'area';
  readonly place: Department | Region | Epci;
  readonly rule: 'area-name' | 'former-region' | 'department-number' | 'epci-name' | 'epci-of-town';
}

export type Found = FoundCommune | FoundArea;
