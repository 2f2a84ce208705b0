// What the journey found, by the source's own keys, to be compared with a truth file.

import { sql } from 'kysely';
import type { CodebookVersion, RecipeId } from '../model/identity.ts';
import { themeAndTone } from './consensus.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface EvaluatedDocument {
  readonly source: string;
  readonly key: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly theme: string | null;
  readonly tone: string | null;
  /** Id of its cluster of copies, or null. */
  readonly cluster: string | null;
  /** Marks that replace personal data in it, of every kind. */
  readonly marks: number;
}

/** Documents of the recipes that a source gave a key, from the newest version of each place. */
export async function readEvaluated(
  tx: Tx,
  recipes: readonly RecipeId[],
  codebook: CodebookVersion | null,
): Promise<readonly EvaluatedDocument[]> {
  const { rows } = await sql<Omit<EvaluatedDocument, 'cluster'> & { cluster: Buffer | null }>`
    with wanted as materialized (
      select document.id as document from document join snapshot on snapshot.id = document.snapshot
      where document.key is not null and recipe = any (${recipes.map(bytesOf)}::bytea[])
        and snapshot.state not in ('superseded', 'abandoned')
    )
    select document.source, document.key, document.title, document.text, labels.theme, labels.tone,
      document_cluster.cluster,
      (select coalesce(sum(n::integer), 0)::integer from jsonb_each_text(document.personal) as mark (kind, n)) as marks
    from wanted
    join document on document.id = wanted.document
    left join document_cluster on document_cluster.document = wanted.document
    left join ${themeAndTone(sql`select document from wanted`, codebook)} as labels on labels.document = wanted.document
    order by document.id`.execute(tx);
  return rows.map((row) => ({ ...row, cluster: row.cluster?.toString('hex') ?? null }));
}
