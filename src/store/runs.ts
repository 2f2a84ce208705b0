// Runs and what happened in them, in order, so that a screen may follow one and come back where it left.

import { sql } from 'kysely';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

/** The channel told of every event; its payload is the run's id. */
export const RUN_CHANNEL = 'datasens_run';
/** The channel told when a run is asked to stop; its payload is the run's id. */
export const CANCEL_CHANNEL = 'datasens_cancel';

export interface StoredRun {
  readonly id: RunId;
  readonly command: string;
  readonly state: 'running' | 'done' | 'partial' | 'failed' | 'cancelled';
  /** Instants, ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly counts: JsonObject;
  readonly error: JsonObject | null;
  /** Steps, sources, what it takes up, who asked. */
  readonly request: JsonObject;
  /** Settings, recipes, codebook, policy and versions it ran under. */
  readonly context: JsonObject;
  readonly estimate: JsonObject | null;
  /** Seconds and documents by phase. */
  readonly timings: JsonObject;
  readonly cancelRequestedAt: string | null;
}

export interface StoredRunEvent {
  /** Rises within a run in the order of commits. */
  readonly seq: number;
  readonly at: string;
  readonly stage: string;
  readonly kind: string;
  readonly body: JsonObject;
}

/** What is known of a run before it begins. */
export interface NewRun {
  readonly id: RunId;
  readonly command: string;
  readonly request?: JsonObject;
  readonly context?: JsonObject;
  readonly estimate?: JsonObject | null;
}

export async function startRun(tx: Tx, run: NewRun): Promise<void> {
  const { id, command, request = {}, context = {}, estimate = null } = run;
  await tx
    .insertInto('run')
    .values({
      id,
      command,
      request: jsonText(request),
      context: jsonText(context),
      estimate: estimate === null ? null : jsonText(estimate),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await notify(tx, RUN_CHANNEL, id);
}

export async function finishRun(
  tx: Tx,
  run: Pick<StoredRun, 'id' | 'counts' | 'error'> & {
    readonly state: Exclude<StoredRun['state'], 'running'>;
    readonly timings?: JsonObject;
  },
): Promise<void> {
  await sql`
    update run set state = ${run.state}, finished_at = clock_timestamp(), counts = ${jsonText(run.counts)},
      timings = ${jsonText(run.timings ?? {})}, error = ${run.error === null ? null : jsonText(run.error)}
    where id = ${run.id}::uuid`.execute(tx);
  await notify(tx, RUN_CHANNEL, run.id);
}

/** Corrects the counts of a run that has ended. */
export async function saveRunCounts(tx: Tx, id: RunId, counts: JsonObject): Promise<void> {
  await sql`update run set counts = ${jsonText(counts)} where id = ${id}::uuid`.execute(tx);
}

/** Asks whoever holds a run to stop it. False where it is not running: there is nothing to stop. */
export async function requestCancel(tx: Tx, id: RunId): Promise<boolean> {
  const { rows } = await sql`
    update run set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
    where id = ${id}::uuid and state = 'running' returning id`.execute(tx);
  if (rows.length === 0) return false;
  await notify(tx, CANCEL_CHANNEL, id);
  await notify(tx, RUN_CHANNEL, id);
  return true;
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
  await notify(tx, RUN_CHANNEL, run);
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
  return rows.map(eventOf);
}

/** The last events of a run, oldest first, at most `limit`. */
export async function lastRunEvents(tx: Tx, run: RunId, limit: number): Promise<readonly StoredRunEvent[]> {
  const rows = await tx
    .selectFrom('run_event')
    .select(['seq', 'at', 'stage', 'kind', 'body'])
    .where('run', '=', run)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(eventOf).reverse();
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

/** Runs whose id begins so, newest first, at most two: enough to know whether it names one. */
export async function findRuns(tx: Tx, prefix: string): Promise<readonly StoredRun[]> {
  const rows = await tx
    .selectFrom('run')
    .selectAll()
    .where(sql<boolean>`starts_with(id::text, ${prefix.toLowerCase()})`)
    .orderBy('started_at', 'desc')
    .limit(2)
    .execute();
  return rows.map(runOf);
}

/** Runs that came to their end before an instant, newest first. */
export async function endedRuns(tx: Tx, before: string | null, limit: number): Promise<readonly StoredRun[]> {
  const rows = await tx
    .selectFrom('run')
    .selectAll()
    .where('state', 'in', ['done', 'partial'])
    .where(sql<boolean>`(${before}::timestamptz is null or started_at < ${before}::timestamptz)`)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(runOf);
}

interface RunRow {
  readonly id: string;
  readonly command: string;
  readonly state: StoredRun['state'];
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly counts: unknown;
  readonly error: unknown;
  readonly request: unknown;
  readonly context: unknown;
  readonly estimate: unknown;
  readonly timings: unknown;
  readonly cancel_requested_at: Date | null;
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
    request: row.request as JsonObject,
    context: row.context as JsonObject,
    estimate: row.estimate as JsonObject | null,
    timings: row.timings as JsonObject,
    cancelRequestedAt: row.cancel_requested_at?.toISOString() ?? null,
  };
}

function eventOf(
  row: Omit<StoredRunEvent, 'seq' | 'at' | 'body'> & { seq: string; at: Date; body: unknown },
): StoredRunEvent {
  return { ...row, seq: Number(row.seq), at: row.at.toISOString(), body: row.body as JsonObject };
}

async function notify(tx: Tx, channel: string, run: RunId): Promise<void> {
  await sql`select pg_notify(${channel}, ${run})`.execute(tx);
}
