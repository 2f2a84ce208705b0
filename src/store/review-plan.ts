// The queue of what people judge: drawn from documents and machines' judgements, kept as it was drawn.

import { sql } from 'kysely';
import type { CodebookVersion, DocumentId, RecipeId } from '../model/identity.ts';
import type { ReviewItem, UncertaintyCause } from '../model/review.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface DrawScope {
  readonly codebook: CodebookVersion;
  readonly recipes: readonly RecipeId[];
  /** Whoever knows it can draw again and find the same. */
  readonly seed: string;
}

/** One text of each cluster of copies, of the newest version of each place. */
const population = (recipes: readonly RecipeId[]) => sql`
  document join snapshot on snapshot.id = document.snapshot
  left join document_cluster on document_cluster.document = document.id
  where recipe = any (${recipes.map(bytesOf)}::bytea[]) and text <> '' and coalesce(representative, true)
    and snapshot.state not in ('superseded', 'abandoned')
    and not exists (select from clearance where clearance.document = document.id and 'superseded' = any (reasons))`;

/** Where a document falls in the drawing: uniform, and known to nobody before the seed is. */
const drawOf = (seed: string) => sql`sha256(convert_to(${seed}, 'UTF8') || '\\x00'::bytea || document.id)`;

/** `limit` distinct texts, each with the same chance, in the order of the drawing. */
export async function drawRandom(tx: Tx, scope: DrawScope, limit: number): Promise<readonly DocumentId[]> {
  const { rows } = await sql<{ id: string }>`
    select encode(document.id, 'hex') as id from ${population(scope.recipes)}
    order by ${drawOf(scope.seed)} limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id as DocumentId);
}

export interface Uncertain {
  readonly document: DocumentId;
  readonly cause: UncertaintyCause;
}

/**
 * The distinct texts that machines are least sure of, the others left out: first those that address a model, then those on
 * which machines disagree, then the lowest scores (an abstention counts 0.5).
 */
export async function drawUncertain(
  tx: Tx,
  scope: DrawScope,
  { limit, without }: { readonly limit: number; readonly without: readonly DocumentId[] },
): Promise<readonly Uncertain[]> {
  const { rows } = await sql<{ id: string; cause: UncertaintyCause }>`
    with machine as (
      select distinct on (document, task, annotator) document, task, label,
        coalesce(array_to_string(labels, ','), label) as said, score
      from annotation where codebook = ${scope.codebook} and annotator not like 'person:%'
      order by document, task, annotator, created_at desc, id desc
    ), voiced as (
      select document, count(distinct said) filter (where label <> 'abstention') > 1 as apart,
        avg(case when label = 'abstention' then 0.5 else score end) as score
      from machine group by document, task
    ), judged as (
      select document, bool_or(apart) as apart, min(score) as score from voiced group by document
    ), found as (
      select document.id, findings @> '[{"code": "injection-suspected"}]' as suspected from ${population(scope.recipes)}
        and document.id <> all (${without.map(bytesOf)}::bytea[])
    )
    select encode(document.id, 'hex') as id,
      case when suspected then 'suspected' when apart then 'apart' else 'score' end as cause
    from found as document left join judged on judged.document = document.id
    where suspected or judged.document is not null
    order by suspected desc, apart desc, score, ${drawOf(scope.seed)} limit ${limit}`.execute(tx);
  return rows.map(({ id, cause }) => ({ document: id as DocumentId, cause }));
}

/** Makes these items the queue. */
export async function saveItems(tx: Tx, codebook: CodebookVersion, items: readonly ReviewItem[]): Promise<void> {
  await sql`delete from review_item where codebook = ${codebook}`.execute(tx);
  await sql`
    insert into review_item (codebook, document, queue, position, double, cause)
    select ${codebook}::text, decode(document, 'hex'), queue, position, double, cause
    from unnest(
      ${items.map(({ document }) => document)}::text[],
      ${items.map(({ queue }) => queue)}::text[],
      ${items.map(({ position }) => position)}::integer[],
      ${items.map(({ double }) => double)}::boolean[],
      ${items.map(({ cause }) => cause)}::text[]
    ) as given (document, queue, position, double, cause)`.execute(tx);
}

/** In order. */
export async function readItems(tx: Tx, codebook: CodebookVersion): Promise<readonly ReviewItem[]> {
  const { rows } = await sql<ReviewItem>`
    select encode(document, 'hex') as document, queue, position, double, cause from review_item
    where codebook = ${codebook} order by position`.execute(tx);
  return rows;
}
