// Runs and what happened in them, in order, so that a screen may follow one and come back where it left.

import { sql } from 'kysely';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

/** The channel told of every event; its payload is the run's id. */
export const RUN_CHANNEL = 'datasens_run';

export interface StoredRun {
  readonly id: RunId;
  readonly command: string;
  readonly state: 'running' | 'done' | 'partial' | 'failed' | 'cancelled';
  /** Instants, ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly counts: JsonObject;
  readonly error: JsonObject | null;
}

export interface StoredRunEvent {
  /** Rises within a run in the order of commits. */
  readonly seq: number;
  readonly at: string;
  readonly stage: string;
  readonly kind: string;
  readonly body: JsonObject;
}

export async function startRun(tx: Tx, run: { readonly id: RunId; readonly command: string }): Promise<void> {
  await tx
    .insertInto('run')
    .values(run)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await notify(tx, run.id);
}

export async function finishRun(
  tx: Tx,
  run: Pick<StoredRun, 'id' | 'counts' | 'error'> & { readonly state: Exclude<StoredRun['state'], 'running'> },
): Promise<void> {
  await sql`
    update run set state = ${run.state}, finished_at = clock_timestamp(), counts = ${jsonText(run.counts)},
      error = ${run.error === null ? null : jsonText(run.error)}
    where id = ${run.id}::uuid`.execute(tx);
  await notify(tx, run.id);
}

/**
 * Appends an event and tells the listeners at commit. Call it last in a transaction: events of one run wait for each
 * other until it ends, so that nobody who reads after a `seq` misses one below it.
 */
export async function appendRunEvent(
  tx: Tx,
  run: RunId,
  event: Pick<StoredRunEvent, 'stage' | 'kind' | 'body'>,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`run event ${run}`}, 0))`.execute(tx);
  await tx
    .insertInto('run_event')
    .values({ run, stage: event.stage, kind: event.kind, body: jsonText(event.body) })
    .execute();
  await notify(tx, run);
}

/** Events of a run after `seq`, in order, at most `limit`. */
export async function runEventsAfter(
  tx: Tx,
  run: RunId,
  seq: number,
  limit: number,
): Promise<readonly StoredRunEvent[]> {
  const rows = await tx
    .selectFrom('run_event')
    .select(['seq', 'at', 'stage', 'kind', 'body'])
    .where('run', '=', run)
    .where('seq', '>', String(seq))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    ...row,
    seq: Number(row.seq),
    at: row.at.toISOString(),
    body: row.body as JsonObject,
  }));
}

/** Runs, newest first. */
export async function listRuns(tx: Tx, limit: number): Promise<readonly StoredRun[]> {
  const rows = await tx.selectFrom('run').selectAll().orderBy('started_at', 'desc').limit(limit).execute();
  return rows.map(runOf);
}

export async function readRun(tx: Tx, id: RunId): Promise<StoredRun | null> {
  const row = await tx.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : runOf(row);
}

interface RunRow {
  readonly id: string;
  readonly command: string;
  readonly state: StoredRun['state'];
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly counts: unknown;
  readonly error: unknown;
}

function runOf(row: RunRow): StoredRun {
  return {
    id: row.id as RunId,
    command: row.command,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    counts: row.counts as JsonObject,
    error: row.error as JsonObject | null,
  };
}

async function notify(tx: Tx, run: RunId): Promise<void> {
  await sql`select pg_notify(${RUN_CHANNEL}, ${run})`.execute(tx);
}
