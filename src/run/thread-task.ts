// What travels between the main thread and the worker threads.

import type { Codebook } from '../model/codebook.ts';
import type { BatchId, DocumentId, RecipeId, RecordId, SnapshotId, SourceName } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import type { Recipe } from '../model/recipe.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { AnnotationRows } from '../store/annotation-rows.ts';
import type { DocumentRows } from '../store/document-rows.ts';
import type { Teaching } from '../store/territory-teaching.ts';
import type { NamesAtHand } from './learned-names.ts';

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

/** Who annotates, under which codebook. */
export interface Judges {
  readonly codebook: Codebook;
  readonly annotators: readonly { readonly name: string; readonly config: Json }[];
}

export interface RefineTask {
  readonly parts: readonly Uint8Array[];
  /** Wrapped keys of the entries, one after the other. */
  readonly keys: Uint8Array;
  readonly entries: readonly SealedEntry[];
  readonly snapshots: readonly (SnapshotOpening & { readonly id: SnapshotId })[];
  readonly batch: BatchId;
  readonly source: SourceName;
  readonly collector: string;
  readonly config: Json;
  readonly recipe: Recipe;
  readonly recipeId: RecipeId;
  readonly names: NamesAtHand | null;
  readonly organisationKey: Uint8Array;
  /** What people said of where texts of this source are. */
  readonly teaching: Teaching;
  /** Who annotates the documents while they are at hand; null where nobody does. */
  readonly judges: Judges | null;
}

export interface RefineTaskResult {
  readonly documents: DocumentRows;
  readonly annotations: AnnotateTaskResult | null;
}

export interface AnnotateTask extends Judges {
  readonly documents: readonly {
    readonly id: DocumentId;
    readonly title: string | null;
    readonly text: string;
    readonly language: string;
  }[];
}

export interface AnnotateTaskResult {
  readonly annotations: AnnotationRows;
  /** Documents that had words to annotate, and those of them that an annotator did not abstain on. */
  readonly documents: number;
  readonly judged: number;
}
