// Fetches: opened before their records, closed with the hash of the whole, abandoned or superseded later.

import { sql } from 'kysely';
import type { RecordId, SnapshotId, SourceName } from '../model/identity.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText, storable } from './values.ts';

export async function openSnapshot(
  tx: Tx,
  snapshot: { readonly id: SnapshotId; readonly source: SourceName; readonly opening: SnapshotOpening },
): Promise<void> {
  const { id, source, opening } = snapshot;
  await tx
    .insertInto('snapshot')
    .values({
      id,
      source,
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

/**
 * Ends a snapshot. With `supersede`, earlier complete ones of the same place are marked superseded: this one stands for
 * the whole of it.
 */
export async function closeSnapshot(
  tx: Tx,
  closing: {
    readonly id: SnapshotId;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly supersede: boolean;
  },
): Promise<void> {
  const { rows } = await sql<{ source: string; location: string; fetchedAt: Date }>`
    update snapshot set state = 'complete', sha256 = ${bytesOf(closing.sha256)}, size_bytes = ${closing.sizeBytes}
    where id = ${closing.id}::uuid and state = 'open'
    returning source, location, fetched_at as "fetchedAt"`.execute(tx);
  const [closed] = rows;
  if (closed === undefined || !closing.supersede) return;
  await sql`
    update snapshot set state = 'superseded'
    where source = ${closed.source} and location = ${closed.location} and state = 'complete'
      and id <> ${closing.id}::uuid and fetched_at <= ${closed.fetchedAt}`.execute(tx);
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
