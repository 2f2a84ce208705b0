// How sources fare: their last collections, and what they brought.

import { sql } from 'kysely';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';

/** One collection of a source, as its act keeps it. */
export interface StoredAttempt {
  readonly source: string;
  readonly at: string;
  readonly detail: JsonObject;
  /** What stopped it, as its run keeps it; null where nothing did. */
  readonly runError: JsonObject | null;
}

export interface SourceFacts {
  readonly source: string;
  readonly records: number;
  /** Dead letters that are open. */
  readonly refusals: number;
  /** True where a snapshot is kept apart until a person accepts it. */
  readonly quarantined: boolean;
  /** The newest dead letter that is open. */
  readonly lastRefusal: { readonly code: string; readonly message: string } | null;
  /** ISO 8601 UTC, or null where nothing was ever fetched. */
  readonly lastFetchedAt: string | null;
}

/** Acts looked back at: a source that was not collected within as many has no recent attempt. */
const RECENT_ACTS = 20_000;

/** The last attempts at each source, newest first, at most `limit` of each. */
export async function readAttempts(
  tx: Tx,
  sources: readonly string[],
  limit: number,
): Promise<readonly StoredAttempt[]> {
  const objects = sources.map((source) => `source:${source}`);
  const { rows } = await sql<{ object: string; at: Date; detail: JsonObject; runError: JsonObject | null }>`
    select ranked.object, ranked.at, ranked.detail, coalesce(run_source.error, run.error) as "runError"
    from (
      select object, at, detail, seq, row_number() over (partition by object order by seq desc) as rank
      from act
      where verb = 'collect' and object = any (${objects}::text[])
        and seq > (select coalesce(max(seq), 0) from act) - ${RECENT_ACTS}
    ) as ranked
    left join run on run.id::text = ranked.detail ->> 'run' and ranked.detail ? 'error'
    left join run_source on run_source.run = run.id and 'source:' || run_source.source = ranked.object
    where ranked.rank <= ${limit}
    order by ranked.seq desc`.execute(tx);
  return rows.map(({ object, at, detail, runError }) => ({
    source: object.slice('source:'.length),
    at: at.toISOString(),
    detail,
    runError,
  }));
}

/** What is kept of each source. */
export async function readSourceFacts(tx: Tx, sources: readonly string[]): Promise<readonly SourceFacts[]> {
  const { rows } = await sql<Omit<SourceFacts, 'lastFetchedAt'> & { lastFetchedAt: Date | null }>`
    select given.source,
      (select coalesce(sum(records), 0)::integer from batch where batch.source = given.source) as records,
      (select count(*)::integer from refusal where refusal.source = given.source and resolved_at is null) as refusals,
      exists (
        select from refusal where refusal.source = given.source and resolved_at is null and code = 'input-suspect'
      ) as quarantined,
      (
        select jsonb_build_object('code', code, 'message', message) from refusal
        where refusal.source = given.source and resolved_at is null order by id desc limit 1
      ) as "lastRefusal",
      (select max(fetched_at) from snapshot where snapshot.source = given.source) as "lastFetchedAt"
    from unnest(${[...sources]}::text[]) as given (source)`.execute(tx);
  return rows.map((row) => ({ ...row, lastFetchedAt: row.lastFetchedAt?.toISOString() ?? null }));
}

/** Bytes of the snapshots of a source that were opened from `from` to `to`, both ISO 8601. */
export async function readFetchedBytes(tx: Tx, source: string, [from, to]: readonly [string, string]): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select coalesce(sum(size_bytes), 0)::text as bytes from snapshot
    where source = ${source} and opened_at between ${from}::timestamptz and ${to}::timestamptz`.execute(tx);
  return Number(rows[0]!.bytes);
}
