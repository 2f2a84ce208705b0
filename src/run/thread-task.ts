// What travels between the main thread and the worker threads.

import type { Annotation } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import type { Document } from '../model/document.ts';
import type { DocumentId, RecipeId, RecordId, SnapshotId, SourceName } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import type { Recipe } from '../model/recipe.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';

export interface SealedEntry {
  readonly record: RecordId;
  readonly document: DocumentId;
  readonly key: string | null;
  /** Which document of its record it is, where the record holds several. */
  readonly documentPart: string | null;
  /** Index into the task's parts. */
  readonly part: number;
  /** Offset in the part and length, in bytes. */
  readonly start: number;
  readonly length: number;
  /** Where its wrapped key is in the task's keys, in bytes. */
  readonly keyStart: number;
  readonly keyLength: number;
  /** Index into the task's snapshots. */
  readonly snapshot: number;
  readonly ordinal: number;
}

export interface RefineTask {
  readonly parts: readonly Uint8Array[];
  /** Wrapped keys of the entries, one after the other. */
  readonly keys: Uint8Array;
  readonly entries: readonly SealedEntry[];
  readonly snapshots: readonly (SnapshotOpening & { readonly id: SnapshotId })[];
  readonly source: SourceName;
  readonly collector: string;
  readonly config: Json;
  readonly recipe: Recipe;
  readonly recipeId: RecipeId;
  readonly organisationKey: Uint8Array;
}

export interface RefineTaskResult {
  readonly documents: readonly (Document & { readonly ordinal: number })[];
}

export interface AnnotateTask {
  readonly annotator: string;
  readonly config: Json;
  readonly codebook: Codebook;
  readonly documents: readonly {
    readonly id: DocumentId;
    readonly title: string | null;
    readonly text: string;
    readonly language: string;
  }[];
}

export interface AnnotateTaskResult {
  readonly annotations: readonly Annotation[];
}
