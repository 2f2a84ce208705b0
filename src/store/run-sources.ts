// What a run does to each source: asked or not, how it ended, its counts, and what stopped it.

import { sql } from 'kysely';
import type { RunId, SourceName } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { jsonText } from './values.ts';

export type RunSourceState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'skipped';

export interface StoredRunSource {
  readonly run: RunId;
  readonly source: SourceName;
  readonly state: RunSourceState;
  /** Instants, ISO 8601 UTC; null where it was not begun, not ended. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Counts by stage. */
  readonly counts: JsonObject;
  /** Code, message, remedy and place; null where it did not fail. */
  readonly error: JsonObject | null;
}

/** Writes down, before it begins, which sources a run collects and which it leaves. */
export async function planRunSources(
  tx: Tx,
  run: RunId,
  sources: readonly { readonly source: SourceName; readonly wanted: boolean }[],
): Promise<void> {
  await sql`
    insert into run_source (run, source, state)
    select ${run}::uuid, source, case when wanted then 'waiting' else 'skipped' end from unnest(
      ${sources.map(({ source }) => source)}::text[],
      ${sources.map(({ wanted }) => wanted)}::boolean[]
    ) as given (source, wanted)
    on conflict do nothing`.execute(tx);
}

export async function beginRunSource(tx: Tx, run: RunId, source: SourceName): Promise<void> {
  await sql`
    update run_source set state = 'running', started_at = clock_timestamp()
    where run = ${run}::uuid and source = ${source}`.execute(tx);
}

export async function endRunSource(
  tx: Tx,
  run: RunId,
  ended: Pick<StoredRunSource, 'source' | 'counts' | 'error'> & { readonly state: 'done' | 'failed' | 'cancelled' },
): Promise<void> {
  await sql`
    update run_source set state = ${ended.state}, finished_at = clock_timestamp(),
      counts = counts || ${jsonText(ended.counts)}::jsonb,
      error = ${ended.error === null ? null : jsonText(ended.error)}
    where run = ${run}::uuid and source = ${ended.source}`.execute(tx);
}

/** Adds counts of later stages to what is known of a source. */
export async function addRunSourceCounts(tx: Tx, run: RunId, source: SourceName, counts: JsonObject): Promise<void> {
  await sql`
    update run_source set counts = counts || ${jsonText(counts)}::jsonb
    where run = ${run}::uuid and source = ${source}`.execute(tx);
}

/** Sources that a run left in the middle, or before: it was stopped. */
export async function stopRunSources(tx: Tx, run: RunId): Promise<void> {
  await sql`
    update run_source set state = 'cancelled', finished_at = clock_timestamp()
    where run = ${run}::uuid and state in ('waiting', 'running')`.execute(tx);
}

/** The sources of a run, by name. */
export async function readRunSources(tx: Tx, run: RunId): Promise<readonly StoredRunSource[]> {
  const rows = await tx.selectFrom('run_source').selectAll().where('run', '=', run).execute();
  return rows.map(sourceOf).sort((left, right) => (left.source < right.source ? -1 : 1));
}

/** The last collections of a source that came to their end, newest first. */
export async function sourceHistory(tx: Tx, source: SourceName, limit: number): Promise<readonly StoredRunSource[]> {
  const rows = await tx
    .selectFrom('run_source')
    .selectAll()
    .where('source', '=', source)
    .where('state', '=', 'done')
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(sourceOf);
}

interface RunSourceRow {
  readonly run: string;
  readonly source: string;
  readonly state: RunSourceState;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly counts: unknown;
  readonly error: unknown;
}

function sourceOf(row: RunSourceRow): StoredRunSource {
  return {
    run: row.run as RunId,
    source: row.source as SourceName,
    state: row.state,
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    counts: row.counts as JsonObject,
    error: row.error as JsonObject | null,
  };
}
