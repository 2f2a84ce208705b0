// Who does which batch, and what is done: progress is committed with the write it describes.

import { sql } from 'kysely';
import type { BatchId, RunId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

export interface MissingBatch {
  readonly id: BatchId;
  readonly records: number;
  /** The run that brought it; null where it came before runs were written down. */
  readonly run: RunId | null;
}

/** Batches of a source without progress of this stage under this key, oldest first. */
export async function missingBatches(
  tx: Tx,
  stage: string,
  key: string,
  source: SourceName,
): Promise<readonly MissingBatch[]> {
  const { rows } = await sql<MissingBatch>`
    select id, records, run from batch
    where source = ${source} and not exists (
      select from progress where progress.batch = batch.id and stage = ${stage} and key = ${key}
    )
    order by created_at, id`.execute(tx);
  return rows;
}

export async function isDone(tx: Tx, batch: BatchId, stage: string, key: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select exists (select from progress where batch = ${batch}::uuid and stage = ${stage} and key = ${key}) as done
    `.execute(tx);
  return rows[0]!.done;
}

/** Takes a batch until the transaction ends: `busy` where another transaction has it, `done` where it is done. */
export async function tryBatch(tx: Tx, batch: BatchId, stage: string, key: string): Promise<'done' | 'busy' | 'taken'> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(
      current_setting('datasens.organisation') || ${`batch ${batch} ${stage} ${key}`}, 0)) as taken`.execute(tx);
  if (!rows[0]!.taken) return 'busy';
  // A statement of its own, after the lock: it sees what the last holder committed.
  return (await isDone(tx, batch, stage, key)) ? 'done' : 'taken';
}

/** Says that a stage is done with a batch. `counts` says what became of its records or documents, by name. */
export async function recordProgress(
  tx: Tx,
  batch: BatchId,
  { stage, key, counts }: { readonly stage: string; readonly key: string; readonly counts: BatchCounts },
): Promise<void> {
  await tx
    .insertInto('progress')
    .values({ batch, stage, key, counts: jsonText(counts) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** `records = documents + known` (refine); `documents = known + annotated + abstained + empty + refused` (annotate, model). */
export interface BatchCounts {
  readonly documents: number;
  /** Records whose document was there already; documents that an earlier batch annotated. */
  readonly known?: number;
  readonly annotated?: number;
  readonly abstained?: number;
  /** Documents without a word. */
  readonly empty?: number;
  /** Documents of which a model gave no answer that could be taken. */
  readonly refused?: number;
}

export interface Progress {
  readonly batches: { readonly done: number; readonly total: number };
  /** Records of those batches: each becomes one document. */
  readonly documents: { readonly done: number; readonly total: number };
}

/** How far a stage is under this key, over the batches of one source. */
export async function countProgress(tx: Tx, stage: string, key: string, source: SourceName): Promise<Progress> {
  const { rows } = await sql<{ batches: number; batchesDone: number; records: number; recordsDone: number }>`
    select count(*)::integer as batches, count(progress.batch)::integer as "batchesDone",
      coalesce(sum(records), 0)::float8 as records,
      coalesce(sum(records) filter (where progress.batch is not null), 0)::float8 as "recordsDone"
    from batch left join progress on progress.batch = batch.id and stage = ${stage} and key = ${key}
    where batch.source = ${source}`.execute(tx);
  const row = rows[0]!;
  return {
    batches: { done: row.batchesDone, total: row.batches },
    documents: { done: row.recordsDone, total: row.records },
  };
}
