// Fetches: opened before their records, closed with the hash of the whole, abandoned or superseded later.

import { sql } from 'kysely';
import type { RecordId, RunId, SnapshotId, SourceName } from '../model/identity.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText, storable } from './values.ts';

export async function openSnapshot(
  tx: Tx,
  snapshot: {
    readonly id: SnapshotId;
    readonly source: SourceName;
    readonly opening: SnapshotOpening;
    /** The run that fetched it. */
    readonly run?: RunId;
  },
): Promise<void> {
  const { id, source, opening, run = null } = snapshot;
  await tx
    .insertInto('snapshot')
    .values({
      id,
      source,
      run,
      location: storable(opening.location),
      fetched_at: opening.fetchedAt,
      media_type: storable(opening.mediaType),
      charset: opening.charset,
      headers: jsonText(opening.headers),
      context: jsonText(opening.context),
      sha256: null,
      size_bytes: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Snapshots of a source that an interrupted run left open, by location; the newest where there are several. */
export async function interruptedSnapshots(tx: Tx, source: SourceName): Promise<Map<string, SnapshotId>> {
  const rows = await tx
    .selectFrom('snapshot')
    .select(['id', 'location'])
    .where('source', '=', source)
    .where('state', '=', 'open')
    .orderBy('opened_at')
    .execute();
  return new Map(rows.map((row) => [row.location, row.id as SnapshotId]));
}

export interface ClosedSnapshot {
  readonly location: string;
  readonly records: number;
  /** Records of the snapshot that stood for this place before; null where there was none, or it was not counted. */
  readonly before: number | null;
  /** `quarantined`: kept apart, and what stood before still stands. */
  readonly state: 'complete' | 'quarantined';
}

/**
 * Ends a snapshot. With `supersede`, earlier ones of the same place are marked superseded: this one stands for the whole of
 * it, unless `isSuspect` says that it holds too little beside the one before.
 * @returns null where it was ended before
 */
export async function closeSnapshot(
  tx: Tx,
  closing: {
    readonly id: SnapshotId;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly records: number;
    readonly supersede: boolean;
    /** The run that ends it: another one than opened it, where that one was interrupted. */
    readonly run?: RunId;
    readonly isSuspect: (records: number, before: number) => boolean;
  },
): Promise<ClosedSnapshot | null> {
  const { rows } = await sql<{ source: string; location: string; fetchedAt: Date; before: number | null }>`
    select source, location, fetched_at as "fetchedAt", (
      select records from snapshot before
      where before.source = snapshot.source and before.location = snapshot.location and before.state = 'complete'
      order by fetched_at desc limit 1
    ) as before
    from snapshot where id = ${closing.id}::uuid and state = 'open'`.execute(tx);
  const [open] = rows;
  if (open === undefined) return null;
  const { location, before } = open;
  const suspect = closing.supersede && before !== null && closing.isSuspect(closing.records, before);
  const state = suspect ? 'quarantined' : 'complete';
  await sql`
    update snapshot set state = ${state}, sha256 = ${bytesOf(closing.sha256)}, size_bytes = ${closing.sizeBytes},
      records = ${closing.records}, run = coalesce(${closing.run ?? null}::uuid, run)
    where id = ${closing.id}::uuid`.execute(tx);
  if (closing.supersede && !suspect) {
    await sql`
      update snapshot set state = 'superseded'
      where source = ${open.source} and location = ${location} and state in ('complete', 'quarantined')
        and id <> ${closing.id}::uuid and fetched_at <= ${open.fetchedAt}`.execute(tx);
  }
  return { location, records: closing.records, before, state };
}

/** True where the records of a snapshot are read as those of this opening would be: same charset, same context. */
export async function isReadAs(tx: Tx, id: SnapshotId, opening: SnapshotOpening): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`
    select charset is not distinct from ${opening.charset} and context = ${jsonText(opening.context)}::jsonb as same
    from snapshot where id = ${id}::uuid`.execute(tx);
  return rows[0]?.same ?? false;
}

/** Gives up a snapshot whose place changed before it could be read to its end. Its records stay as fetched. */
export async function abandonSnapshot(tx: Tx, id: SnapshotId): Promise<void> {
  await tx
    .updateTable('snapshot')
    .set({ state: 'abandoned' })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .execute();
}

/** Records of a snapshot in order, from an ordinal, at most `limit`. */
export async function snapshotRecordIds(
  tx: Tx,
  snapshot: SnapshotId,
  fromOrdinal: number,
  limit: number,
): Promise<readonly RecordId[]> {
  const rows = await tx
    .selectFrom('snapshot_record')
    .select('record')
    .where('snapshot', '=', snapshot)
    .where('ordinal', '>=', fromOrdinal)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map((row) => row.record.toString('hex') as RecordId);
}

export interface SnapshotSummary {
  readonly source: SourceName;
  readonly location: string;
  readonly state: string;
  readonly fetchedAt: string;
  readonly mediaType: string;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  readonly records: number;
}

/** Captures that a run fetched or ended, by source, place and time. */
export async function snapshotsOfRun(tx: Tx, run: RunId): Promise<readonly SnapshotSummary[]> {
  const { rows } = await sql<Omit<SnapshotSummary, 'fetchedAt'> & { fetchedAt: Date }>`
    select source, location, case state when 'superseded' then 'complete' else state end as state,
      fetched_at as "fetchedAt", media_type as "mediaType", encode(sha256, 'hex') as sha256,
      size_bytes::float8 as "sizeBytes",
      (select count(*)::integer from snapshot_record where snapshot_record.snapshot = snapshot.id) as records
    from snapshot where run = ${run}::uuid
    order by source collate "C", location collate "C", opened_at, id`.execute(tx);
  return rows.map((row) => ({ ...row, fetchedAt: row.fetchedAt.toISOString() }));
}
