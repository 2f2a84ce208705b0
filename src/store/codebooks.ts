// Versions of codebooks, kept as they were when judgements were made under them, and what was judged.

import { sql } from 'kysely';
import type { CodebookVersion } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';

export interface StoredCodebook {
  readonly version: CodebookVersion;
  readonly body: JsonObject;
  readonly savedAt: Date;
}

/** Who keeps a codebook waits for others who do, until their transactions end. */
export async function lockCodebooks(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(
    hashtextextended(current_setting('datasens.organisation') || 'codebook', 0))`.execute(tx);
}

/** Every version kept, the one saved last first. */
export async function listCodebooks(tx: Tx): Promise<readonly StoredCodebook[]> {
  const rows = await tx
    .selectFrom('codebook')
    .select(['version', 'body', 'saved_at'])
    .orderBy('saved_at', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version as CodebookVersion,
    body: row.body as JsonObject,
    savedAt: row.saved_at,
  }));
}

export interface LabelCount {
  readonly task: string;
  readonly label: string;
  readonly people: boolean;
  /** Documents given the label by somebody of this kind, whoever takes it back later. */
  readonly documents: number;
}

/** How many documents were given each label under a version, by people and by machines. */
export async function countLabels(tx: Tx, version: CodebookVersion): Promise<readonly LabelCount[]> {
  const { rows } = await sql<LabelCount>`
    select task, given.label, annotator like 'person:%' as people, count(distinct document)::int as documents
    from annotation, unnest(coalesce(labels, array[label])) as given (label)
    where codebook = ${version}
    group by task, given.label, people`.execute(tx);
  return rows;
}
