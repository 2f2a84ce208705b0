// What a run's captures hold that the captures of the same places before it did not, and the other way round.

import { sql } from 'kysely';
import type { RunId, SnapshotId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';

export interface CapturePair {
  readonly location: string;
  readonly now: SnapshotId;
  /** The capture of the same place before it; null where there is none. */
  readonly before: SnapshotId | null;
}

export interface RecordDifference {
  readonly added: number;
  readonly gone: number;
  /** Same key, other bytes: in neither of the others. Null where the records have no keys. */
  readonly changed: number | null;
}

/** Captures that a run brought to their end for a source, each with the one before it. */
export async function capturesOfRun(tx: Tx, run: RunId, source: SourceName): Promise<readonly CapturePair[]> {
  const { rows } = await sql<CapturePair>`
    select location, id as now, (
      select earlier.id from snapshot earlier
      where earlier.source = held.source and earlier.location = held.location and earlier.id <> held.id
        and earlier.state in ('complete', 'superseded') and earlier.opened_at < held.opened_at
      order by earlier.opened_at desc limit 1
    ) as before
    from snapshot held
    where run = ${run}::uuid and source = ${source} and state in ('complete', 'superseded')
    order by location collate "C", opened_at`.execute(tx);
  return rows;
}

/** Compares two captures record by record; the first alone where there is none before it. */
export async function compareCaptures(tx: Tx, { now, before }: CapturePair): Promise<RecordDifference> {
  const { rows } = await sql<{ added: number; gone: number; changed: number; keyed: boolean }>`
    with mine as materialized (select record, part, copy, key from snapshot_record where snapshot = ${now}::uuid),
    theirs as materialized (select record, part, copy, key from snapshot_record where snapshot = ${before}::uuid),
    fresh as (
      select key from mine where not exists (
        select from theirs where theirs.record = mine.record and theirs.copy = mine.copy and theirs.part is not distinct from mine.part)
    ),
    lost as (
      select key from theirs where not exists (
        select from mine where mine.record = theirs.record and mine.copy = theirs.copy and mine.part is not distinct from theirs.part)
    ),
    changed as (
      select count(*)::integer as n from (
        select key from fresh where key is not null intersect select key from lost
      ) as same
    )
    select (select count(*)::integer from fresh) - n as added, (select count(*)::integer from lost) - n as gone,
      n as changed, exists (select from mine where key is not null) as keyed
    from changed`.execute(tx);
  const { keyed, changed, ...row } = rows[0]!;
  return { ...row, changed: keyed ? changed : null };
}

/** Refusals of a source told by one run and not by the other: place, code and location make one. */
export async function compareRefusals(
  tx: Tx,
  source: SourceName,
  {
    now,
    before,
    locations,
  }: { readonly now: RunId; readonly before: RunId | null; readonly locations: readonly string[] },
): Promise<{ readonly added: number; readonly resolved: number }> {
  const { rows } = await sql<{ added: number; resolved: number }>`
    with mine as (select distinct location, place, code from refusal where run = ${now}::uuid and source = ${source}),
    theirs as (select distinct location, place, code from refusal where run = ${before}::uuid and source = ${source})
    select (select count(*)::integer from (table mine except table theirs) as fresh) as added,
      -- Only what was read again can be found whole.
      (select count(*)::integer from (table theirs except table mine) as past
        where location = any (${locations}::text[])) as resolved`.execute(tx);
  return rows[0]!;
}
