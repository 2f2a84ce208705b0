// What the journey found, by the source's own keys, to be compared with a truth file.

import { sql } from 'kysely';
import type { CodebookVersion, DocumentId, RecipeId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { readLabels } from './labels.ts';
import { standing } from './standing.ts';

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

const ROWS_PER_FETCH = 2000;

type Row = Omit<EvaluatedDocument, 'cluster' | 'theme' | 'tone'> & {
  readonly id: Buffer;
  readonly cluster: Buffer | null;
};

/** Documents of the recipes that a source gave a key, from the newest version of each place. */
export async function readEvaluated(
  tx: Tx,
  recipes: readonly RecipeId[],
  codebook: CodebookVersion | null,
): Promise<readonly EvaluatedDocument[]> {
  const { rows } = await sql<Row>`
    select document.id, document.source, document.key, document.title, document.text, document_cluster.cluster,
      (select coalesce(sum(n::integer), 0)::integer from jsonb_each_text(document.personal) as mark (kind, n)) as marks
    from document join snapshot on snapshot.id = document.snapshot
    left join document_cluster on document_cluster.document = document.id
    where document.key is not null and ${standing(recipes, 'document')}
      and snapshot.state not in ('superseded', 'abandoned')
    order by document.id`.execute(tx);
  const found: EvaluatedDocument[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_FETCH) {
    const part = rows.slice(start, start + ROWS_PER_FETCH);
    const idOf = (row: Row) => row.id.toString('hex') as DocumentId;
    const labels = await readLabels(tx, part.map(idOf), codebook);
    for (const row of part) {
      const { theme, tone } = labels(idOf(row));
      const { id: _, cluster, ...rest } = row;
      found.push({
        ...rest,
        cluster: cluster?.toString('hex') ?? null,
        theme: theme?.label ?? null,
        tone: tone?.label ?? null,
      });
    }
  }
  return found;
}
