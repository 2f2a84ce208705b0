// What people say of where documents are, as one interface: the API knows nothing of the store or of the gazetteer.

import type { PlaceCode, TerritoryDecision } from '../model/territory.ts';
import type { NamedPlace } from './place-views.ts';

export interface PlaceHit extends PlaceCode {
  readonly name: string;
  /** Département of a commune or EPCI, région of a département; null for a région. */
  readonly within: string | null;
}

export interface SaidPlace {
  readonly decision: TerritoryDecision;
  /** Of the decision `place`. */
  readonly place: NamedPlace | null;
}

/** What stands on a document's territory besides what is shown of it. */
export interface TerritoryState {
  /** What the program found by itself: smallest place first, and the rule. */
  readonly found: { readonly places: readonly NamedPlace[]; readonly rule: string | null };
  /** The last word of a person on this text. */
  readonly correction:
    | (SaidPlace & { readonly annotator: string; readonly at: string; readonly always: boolean })
    | null;
  /** The written form that decides, without its kind; null where none does, and nothing is learned then. */
  readonly form: { readonly kind: 'field' | 'text'; readonly words: string } | null;
  /** What corrections taught of this form in this source. */
  readonly lesson: (SaidPlace & { readonly corrections: number }) | null;
}

export type GivenTerritory =
  | { readonly decision: 'place'; readonly place: PlaceCode; readonly always: boolean }
  | { readonly decision: 'elsewhere' | 'nowhere'; readonly always: boolean }
  /** Takes back what was said: what the program found stands again. */
  | { readonly decision: 'withdrawn' };

export interface TerritoryDesk {
  /** Places by name, code or postal code, without accents nor case; at most 20, the most likely first. */
  search(question: string): readonly PlaceHit[];
  /** Null where there is no such document. */
  state(document: string): Promise<TerritoryState | null>;
  /**
   * Says where a document is; it, and what is learned from it, follow at once.
   * @returns how many other documents of the source changed with it
   * @throws not-found for no such document, usage for a code that the gazetteer does not hold
   */
  correct(document: string, given: GivenTerritory, person: string): Promise<{ readonly others: number }>;
}
