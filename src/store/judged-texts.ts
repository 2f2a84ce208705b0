// Texts with what was judged of them under one codebook version, for those who learn from it.

import { sql } from 'kysely';
import type { Arrived } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId, RecipeId } from '../model/identity.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface JudgedText {
  readonly document: DocumentId;
  readonly title: string | null;
  readonly text: string;
  readonly source: string;
  /** Group of its near copies; null where it has none. */
  readonly cluster: string | null;
  /** Link between texts of one person; null where nobody is known. */
  readonly participant: string | null;
  readonly judgements: readonly Omit<Arrived, 'document' | 'task'>[];
}

interface Asked {
  readonly codebook: CodebookVersion;
  readonly task: string;
  readonly recipes: readonly RecipeId[];
}

const ROWS_PER_FETCH = 500;

/**
 * Those that people judged first, then the others; within each in the order of ids, which are hashes: the first ones are a
 * random sample. The transaction must stay open while they are read.
 */
export function streamJudged(tx: Tx, { codebook, task, recipes }: Asked): AsyncIterable<JudgedText> {
  const query = sql<JudgedText>`
    select encode(page.id, 'hex') as document, page.title, page.text, page.source,
      encode(held.cluster, 'hex') as cluster, page.attributes ->> 'participant' as participant, judged.judgements
    from (
      select document, bool_or(annotator like 'person:%') as person,
        jsonb_agg(jsonb_strip_nulls(jsonb_build_object('label', label, 'labels', labels, 'score', score, 'annotator',
          annotator, 'provisional', provisional, 'evidence', evidence, 'made', made,
          'at', (extract(epoch from created_at) * 1000000)::float8))) as judgements
      from annotation where codebook = ${codebook} and task = ${task} group by document
    ) as judged
    join document page on page.id = judged.document
    left join document_cluster held on held.document = page.id
    where page.text <> '' and page.recipe = any (${recipes.map(bytesOf)}::bytea[])
    order by judged.person desc, page.id`;
  return streamRows(tx, query, ROWS_PER_FETCH);
}

/** Documents that people judged, by source. */
export async function countJudgedBySource(
  tx: Tx,
  { codebook, task, recipes }: Asked,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ source: string; n: string }>`
    select page.source, count(distinct page.id) as n from annotation join document page on page.id = annotation.document
    where annotation.codebook = ${codebook} and annotation.task = ${task} and annotator like 'person:%'
      and page.recipe = any (${recipes.map(bytesOf)}::bytea[])
    group by page.source`.execute(tx);
  return new Map(rows.map(({ source, n }) => [source, Number(n)]));
}
