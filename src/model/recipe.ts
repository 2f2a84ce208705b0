// The settings and code version that derive documents from records; its hash is written on every document.

import { hash } from 'node:crypto';
import type { DocumentId, RecipeId, RecordId, SourceName } from './identity.ts';
import { canonicalJson, type JsonObject } from './json.ts';
import type { PersonalKind } from './personal.ts';

export interface Recipe {
  /** Raised by hand whenever a step changes what it yields. */
  readonly version: number;
  /** Longest text kept, in UTF-16 units. */
  readonly maximumTextLength: number;
  /** Whether the text's ideas are proposed as segments; the document stays whole. */
  readonly split: 'never' | 'proposed';
  /** Kinds of personal data that are left as they are, e.g. `siren` of companies. */
  readonly keepPersonal: readonly PersonalKind[];
  /** Which columns are text, title, date …, as the source's settings say; empty where found by itself. */
  readonly mapping: JsonObject;
  /** Territory of documents that name none: a département or postal code, or null. */
  readonly territory: string | null;
  /** A learned tagger whose labels mean people, beside the rules: sha256 of its artefact. Absent where there is none. */
  readonly names?: { readonly student: string; readonly labels: readonly string[] };
}

export const DEFAULT_RECIPE: Recipe = {
  version: 3,
  maximumTextLength: 1_000_000,
  split: 'proposed',
  keepPersonal: [],
  mapping: {},
  territory: null,
};

export function recipeId(recipe: Recipe): RecipeId {
  return sha256(canonicalJson({ ...recipe })) as RecipeId;
}

interface DocumentOrigin {
  readonly source: SourceName;
  readonly record: RecordId;
  /** 0 for the first of several identical records (of the same part) in a snapshot, 1 for the second … */
  readonly copy: number;
  readonly recipe: RecipeId;
  /** Which document of a record that holds several; null or absent where it holds one. */
  readonly part?: string | null;
}

/** The same part of the same record of the same source under the same recipe is the same document, however often fetched. */
export function documentId({ source, record, copy, recipe, part }: DocumentOrigin): DocumentId {
  const whole = `${source}\0${record}\0${copy}\0${recipe}`;
  return sha256(part ? `${whole}\0${part}` : whole) as DocumentId;
}

function sha256(text: string): string {
  return hash('sha256', text);
}
