// Where the batches of a run went: what progress rows say of them, whoever did the work, and which of them failed.

import { sql } from 'kysely';
import type { BatchId, RunId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';

/** The batches that a run answers for: those it brought, and those that it found undone. */
export interface RunBatches {
  readonly run: RunId;
  readonly found: readonly BatchId[];
}

/** Counts over those batches of one source; `received` is the sum of the others. */
export interface RefineAccount {
  readonly received: number;
  readonly documents: number;
  /** Records whose document was there already. */
  readonly known: number;
  readonly failed: number;
  /** Not reached. */
  readonly left: number;
}

export interface AnnotateAccount {
  readonly received: number;
  readonly annotated: number;
  /** Documents of earlier batches, annotated with those. */
  readonly known: number;
  readonly abstained: number;
  /** Documents without a word. */
  readonly empty: number;
  /** Documents of which a model gave no answer that could be taken; threads refuse none. */
  readonly refused?: number;
  readonly failed: number;
  readonly left: number;
}

interface Scope {
  readonly batches: RunBatches;
  readonly source: SourceName;
}

/** Records of the run's batches of a source, by what refining made of them under this key. */
export async function refineAccount(tx: Tx, { batches, source }: Scope, key: string): Promise<RefineAccount> {
  const { rows } = await sql<RefineAccount>`
    select coalesce(sum(records), 0)::float8 as received,
      coalesce(sum(coalesce((counts->>'documents')::integer, records)) filter (where done), 0)::float8 as documents,
      coalesce(sum((counts->>'known')::integer) filter (where done), 0)::float8 as known,
      coalesce(sum(records) filter (where not done and failed), 0)::float8 as failed,
      coalesce(sum(records) filter (where not done and not failed), 0)::float8 as left
    from (${batchesOf(batches, source, 'refine', key)}) as batches`.execute(tx);
  return rows[0]!;
}

/** Documents of the run's batches of a source, by what annotating made of them: each record has one. */
export async function annotateAccount(
  tx: Tx,
  { batches, source }: Scope,
  { stage, key }: { readonly stage: 'annotate' | 'model'; readonly key: string },
): Promise<AnnotateAccount> {
  const { rows } = await sql<AnnotateAccount>`
    select coalesce(sum(documents), 0)::float8 as received,
      coalesce(sum(documents - known - abstained - empty - refused) filter (where done), 0)::float8 as annotated,
      coalesce(sum(known) filter (where done), 0)::float8 as known,
      coalesce(sum(abstained) filter (where done), 0)::float8 as abstained,
      coalesce(sum(empty) filter (where done), 0)::float8 as empty,
      coalesce(sum(refused) filter (where done), 0)::float8 as refused,
      coalesce(sum(documents) filter (where not done and failed), 0)::float8 as failed,
      coalesce(sum(documents) filter (where not done and not failed), 0)::float8 as left
    from (
      select done, failed, coalesce((counts->>'known')::integer, 0) as known,
        coalesce((counts->>'abstained')::integer, 0) as abstained,
        coalesce((counts->>'empty')::integer, 0) as empty,
        coalesce((counts->>'refused')::integer, 0) as refused,
        coalesce((counts->>'documents')::integer, records) as documents
      from (${batchesOf(batches, source, stage, key)}) as batches
    ) as counted`.execute(tx);
  const { refused = 0, ...account } = rows[0]!;
  return stage === 'model' ? { ...account, refused } : account;
}

function batchesOf({ run, found }: RunBatches, source: SourceName, stage: string, key: string) {
  return sql`
    select batch.id, batch.records, progress.counts, progress.batch is not null as done,
      exists (select from batch_failure failure
        where failure.run = ${run}::uuid and failure.batch = batch.id and failure.stage = ${stage}) as failed
    from batch left join progress on progress.batch = batch.id and progress.stage = ${stage} and progress.key = ${key}
    where batch.source = ${source} and (batch.run = ${run}::uuid or batch.id = any (${found}::uuid[]))`;
}

export interface BatchFailure {
  readonly batch: BatchId;
  readonly stage: string;
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** Keeps that a batch failed in a run as often as it may. */
export async function saveBatchFailure(tx: Tx, run: RunId, failure: BatchFailure): Promise<void> {
  await tx
    .insertInto('batch_failure')
    .values({ run, ...failure })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Failures of a run in order, with their source; `open` where the batch is still not done. */
export async function failuresOfRun(
  tx: Tx,
  run: RunId,
): Promise<
  readonly (BatchFailure & { readonly source: SourceName; readonly records: number; readonly open: boolean })[]
> {
  const { rows } = await sql<BatchFailure & { source: SourceName; records: number; open: boolean }>`
    select failure.batch, failure.stage, failure.key, failure.code, failure.message, batch.source, batch.records,
      not exists (select from progress where progress.batch = failure.batch and progress.stage = failure.stage
        and progress.key = failure.key) as open
    from batch_failure failure join batch on batch.id = failure.batch
    where failure.run = ${run}::uuid order by failure.at, failure.batch`.execute(tx);
  return rows;
}
