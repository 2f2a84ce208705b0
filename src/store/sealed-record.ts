// The record that a document was made of: where its sealed bytes are, and what is needed to read them again.

import { sql } from 'kysely';
import type { RecipeId, RecordId, SourceName } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface RecordOfDocument {
  readonly source: SourceName;
  readonly record: RecordId;
  readonly recipe: RecipeId;
  readonly body: JsonObject | null;
  /** Who read it, with which settings; null where that was not kept. */
  readonly reading: { readonly collector: string; readonly settings: JsonObject } | null;
  readonly text: string;
  readonly key: string | null;
  readonly part: string | null;
  readonly snapshot: {
    readonly location: string;
    readonly charset: string | null;
    readonly mediaType: string;
    readonly context: JsonObject;
    readonly fetchedAt: string;
  };
  /** Null where the record was erased. */
  readonly sealed: {
    readonly objectKey: string;
    readonly start: number;
    readonly length: number;
    readonly wrappedKey: Uint8Array;
  } | null;
}

type Row = Omit<RecordOfDocument, 'reading' | 'snapshot' | 'sealed'> & {
  readonly collector: string | null;
  readonly settings: JsonObject | null;
  readonly objectKey: string | null;
  readonly start: number | null;
  readonly length: number | null;
  readonly wrappedKey: Buffer | null;
} & Omit<RecordOfDocument['snapshot'], 'fetchedAt'> & { readonly fetchedAt: Date };

/** The record of a document, or null where there is no such document. */
export async function readRecordOf(tx: Tx, document: string): Promise<RecordOfDocument | null> {
  const { rows } = await sql<Row>`
    select held.source, encode(held.record, 'hex') as record, encode(held.recipe, 'hex') as recipe, recipe.body,
      recipe_use.collector, recipe_use.settings, held.text, row.key, row.part,
      snapshot.location, snapshot.charset, snapshot.media_type as "mediaType", snapshot.context,
      snapshot.fetched_at as "fetchedAt",
      pack.object_key as "objectKey", record.start, record.length, record_key.wrapped as "wrappedKey"
    from document held
    join snapshot on snapshot.id = held.snapshot
    join snapshot_record row on row.snapshot = held.snapshot and row.ordinal = held.ordinal
    left join record on record.id = held.record
    left join record_key on record_key.record = held.record
    left join pack on pack.id = record.pack
    left join recipe on recipe.id = held.recipe
    left join recipe_use on recipe_use.source = held.source and recipe_use.recipe = held.recipe
    where held.id = ${bytesOf(document)}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { collector, settings, objectKey, start, length, wrappedKey, location, charset, mediaType, context } = row;
  const { source, record, recipe, body, text, key, part, fetchedAt } = row;
  return {
    ...{ source, record, recipe, body, text, key, part },
    reading: collector === null || settings === null ? null : { collector, settings },
    snapshot: { location, charset, mediaType, context, fetchedAt: fetchedAt.toISOString() },
    sealed:
      objectKey === null || start === null || length === null || wrappedKey === null
        ? null
        : { objectKey, start, length, wrappedKey },
  };
}
