// Where a document is, and the places its words name: official codes, what decided, and how sure that is.

import type { Finding } from './finding.ts';
import type { CodebookVersion } from './identity.ts';

export const PLACE_KINDS = ['commune', 'arrondissement', 'epci', 'department', 'region'] as const;
/** `arrondissement` is one of Paris, Lyon or Marseille; `department` may also be a collectivité of overseas (`975` … `988`). */
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const PLACE_ROLES = ['author', 'subject', 'mention'] as const;
/** Where the author lives, works or signs; where the matter is; anything else that is named. */
export type PlaceRole = (typeof PLACE_ROLES)[number];

export const PLACE_RULES = [
  'postal-code',
  'department-beside', // `Crest (26)`, `Crest (Drôme)`, `Crest, Drôme`
  'only-bearer', // one place has the name
  'other-name', // it had the name, or is called by the first word of its own
  'field', // of several that bear the name, the one the author's field is near
  'department-in-text',
  'place-in-text', // near another place that is named
  'source', // near the territory of the source
  'region-in-text',
  'population', // by far the most people
  'ambigu', // several bear the name and nothing decides
  'area-name', // the name of a département or région
  'former-region',
  'department-number', // `dans le 93`
  'epci-name',
  'epci-of-town', // `l'agglomération de Rouen`
] as const;
/** What decided which place a name means. */
export type PlaceRule = (typeof PLACE_RULES)[number];

export const FIELD_RULES = [
  'commune-code',
  'postal-code',
  'commune-name',
  'department-code',
  'department-name',
  'region-name',
  'epci-code',
  'epci-name',
] as const;
/** What of a field was read. */
export type FieldRule = (typeof FIELD_RULES)[number];

/** A place of the gazetteer: kind, and INSEE code (SIREN for an EPCI). */
export interface PlaceCode {
  readonly kind: PlaceKind;
  readonly code: string;
}

/** A place named in a document's title or text. */
export interface PlaceMention {
  /** `title` or `text`. */
  readonly at: 'title' | 'text';
  /** UTF-16 offsets into that field, marks of personal data set; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly role: PlaceRole;
  /** Null where several places bear the name and nothing tells which: `ambigu`. */
  readonly place: PlaceCode | null;
  /** Where ambiguous, those that bear the name, largest first, at most 5; else empty. */
  readonly candidates: readonly PlaceCode[];
  /** 0 to 1: how far the place is believed, the role apart. */
  readonly score: number;
  readonly rule: PlaceRule;
}

/** The territory a document counts for. */
export interface Territory {
  /** INSEE code of the commune, or null where only something larger is known. */
  readonly commune: string | null;
  /** SIREN of the EPCI, or null. */
  readonly epci: string | null;
  /** INSEE code of the département: `01` … `95`, `2A`, `2B`, `971` … `988`; null where only a région or EPCI is known. */
  readonly department: string | null;
  /** INSEE code of the région, or null outside of the régions. */
  readonly region: string | null;
  readonly role: PlaceRole;
  readonly score: number;
  /**
   * What decided: `given` a person; `corrected` what people's corrections taught of this source; a FieldRule, with `+text` or `+` a PlaceRule where that chose between communes; `text:`
   * and a PlaceRule, or `text:shared` what several places have in common; `source`.
   */
  readonly rule: string;
  /** Communes that the field or words allow, where they are several: at most 5, largest first. */
  readonly candidates: readonly string[];
}

/** Corrections are annotations of this task, under this codebook: no codebook of a project may take its name. */
export const TERRITORY_TASK = 'territory';
export const TERRITORY_CODEBOOK = 'territory@1' as CodebookVersion;

export const TERRITORY_DECISIONS = ['place', 'elsewhere', 'nowhere'] as const;
/** A place; not there, and nobody says where; of no place at all. */
export type TerritoryDecision = (typeof TERRITORY_DECISIONS)[number];

/** What a person, or what people taught, says of where a document is. */
export type SaidTerritory =
  | { readonly decision: 'place'; readonly place: PlaceCode }
  | { readonly decision: 'elsewhere' | 'nowhere'; readonly place: null };

/** What the resolver found, kept where somebody's word stands instead. */
export interface FoundTerritory {
  readonly territory: Territory | null;
  /** Those about the territory. */
  readonly findings: readonly Finding[];
}

/** A text whatever the recipe that derives it: its record, and its part where that holds several. */
export function subjectKey(record: string, part: string | null): string {
  return `${record} ${part ?? ''}`;
}
