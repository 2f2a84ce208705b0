// Records: where their sealed bytes are, which snapshot and batch they came in, and what a batch needs to be refined.

import { sql } from 'kysely';
import type { BatchId, PackId, RecordId, RunId, SnapshotId, SourceName } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { bytesColumn, integerColumn, rawColumn, textColumn, uuidColumn } from './columns.ts';
import type { Tx } from './database.ts';
import { bytesOf, storable, storableOrNull } from './values.ts';

export interface StoredPack {
  readonly id: PackId;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Where each sealed record is in the pack, in bytes. */
  readonly records: readonly {
    readonly id: RecordId;
    readonly start: number;
    readonly length: number;
    readonly wrappedKey: Uint8Array;
  }[];
}

export interface SnapshotRecords {
  readonly snapshot: SnapshotId;
  readonly batch: BatchId;
  readonly rows: readonly {
    readonly ordinal: number;
    readonly record: RecordId;
    readonly key: string | null;
    /** Which document of its record, where the record holds several. */
    readonly part?: string | null;
  }[];
}

export interface BatchRow {
  readonly record: RecordId;
  /** 0 for the first of several identical records of a snapshot, of the same part; 1 for the second … */
  readonly copy: number;
  readonly key: string | null;
  readonly part: string | null;
  readonly ordinal: number;
  readonly snapshot: SnapshotId;
  readonly pack: PackId;
  readonly objectKey: string;
  readonly start: number;
  readonly length: number;
  readonly wrappedKey: Uint8Array;
}

export interface BatchContent {
  readonly rows: readonly BatchRow[];
  /** Every snapshot that a row names, once. */
  readonly snapshots: readonly Snapshot[];
}

/** Keeps a pack and its records. A record that another pack brought meanwhile keeps its first place and key. */
export async function insertPack(tx: Tx, pack: StoredPack): Promise<void> {
  await sql`insert into pack (id, object_key, size_bytes, sha256)
    values (${pack.id}, ${pack.objectKey}, ${pack.sizeBytes}, ${bytesOf(pack.sha256)})
    on conflict do nothing`.execute(tx);
  const records = {
    id: bytesColumn(pack.records.map(({ id }) => id)),
    start: integerColumn(pack.records.map(({ start }) => start)),
    length: integerColumn(pack.records.map(({ length }) => length)),
    wrapped: rawColumn(pack.records.map(({ wrappedKey }) => wrappedKey)),
  };
  await sql`
    with given as materialized (
      select id, start, length, wrapped from unnest(
        ${records.id}::bytea[], ${records.start}::integer[], ${records.length}::integer[], ${records.wrapped}::bytea[]
      ) as given (id, start, length, wrapped)
    ), inserted as (
      insert into record (id, pack, start, length) select id, ${pack.id}::uuid, start, length from given
      on conflict do nothing returning id
    )
    insert into record_key (record, wrapped)
    select given.id, given.wrapped from given join inserted using (id)
    on conflict do nothing`.execute(tx);
}

/** Those of the ids that the store holds. */
export async function knownRecords(tx: Tx, ids: readonly RecordId[]): Promise<Set<RecordId>> {
  const { rows } = await sql<{ id: Buffer }>`
    select id from record where id = any (${bytesColumn(ids)}::bytea[])`.execute(tx);
  return new Set(rows.map((row) => row.id.toString('hex') as RecordId));
}

export async function insertBatches(
  tx: Tx,
  batches: readonly { readonly id: BatchId; readonly source: SourceName; readonly records: number }[],
  run: RunId | null = null,
): Promise<void> {
  await sql`
    insert into batch (id, source, records, run)
    select id, source, records, ${run}::uuid from unnest(
      ${batches.map(({ id }) => id)}::uuid[],
      ${batches.map(({ source }) => source)}::text[],
      ${batches.map(({ records }) => records)}::integer[]
    ) as given (id, source, records)
    on conflict do nothing`.execute(tx);
}

/**
 * Appends records to their snapshots; those already there are left as they are. `copy` counts the identical records of the
 * same part with a smaller ordinal in the same snapshot, so ordinals must come in order. `known` are the records that the store held before
 * this call (any may be, where it is null): only they can have earlier occurrences.
 */
export async function insertSnapshotRecords(
  tx: Tx,
  groups: readonly SnapshotRecords[],
  known: ReadonlySet<RecordId> | null = null,
): Promise<void> {
  const rows = groups.flatMap(({ snapshot, batch, rows }) => rows.map((row) => ({ ...row, snapshot, batch })));
  const earlier = await countOccurrences(
    tx,
    rows.filter(({ record }) => known === null || known.has(record)),
  );
  const copies = rows.map((row) => {
    const place = placeOf(row);
    const copy = earlier.get(place) ?? 0;
    earlier.set(place, copy + 1);
    return copy;
  });
  await sql`
    insert into snapshot_record (snapshot, ordinal, record, copy, key, part, batch)
    select snapshot, ordinal, record, copy, key, part, batch from unnest(
      ${uuidColumn(rows.map(({ snapshot }) => snapshot))}::uuid[],
      ${integerColumn(rows.map(({ ordinal }) => ordinal))}::integer[],
      ${bytesColumn(rows.map(({ record }) => record))}::bytea[],
      ${integerColumn(copies)}::integer[],
      ${textColumn(rows.map(({ key }) => storableOrNull(key)))}::text[],
      ${textColumn(rows.map(({ part }) => storableOrNull(part ?? null)))}::text[],
      ${uuidColumn(rows.map(({ batch }) => batch))}::uuid[]
    ) as given (snapshot, ordinal, record, copy, key, part, batch)
    on conflict do nothing`.execute(tx);
}

interface Occurrence {
  readonly snapshot: SnapshotId;
  readonly record: RecordId;
  readonly part?: string | null;
}

const placeOf = ({ snapshot, record, part }: Occurrence) => `${snapshot} ${record} ${storable(part ?? '')}`;

/** How often each record is in its snapshot already, by `placeOf`. */
async function countOccurrences(
  tx: Tx,
  rows: readonly (Occurrence & { readonly ordinal: number })[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const first = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const place = placeOf(row);
    if (!first.has(place)) first.set(place, row);
  }
  const asked = [...first.values()];
  const { rows: counted } = await sql<Omit<Occurrence, 'record'> & { record: Buffer; n: number }>`
    select known.snapshot, known.record, known.part, count(*)::integer as n
    from unnest(
      ${asked.map(({ snapshot }) => snapshot)}::uuid[],
      ${asked.map(({ record }) => record)}::text[],
      ${asked.map(({ part }) => storableOrNull(part ?? null))}::text[],
      ${asked.map(({ ordinal }) => ordinal)}::integer[]
    ) as given (snapshot, record, part, ordinal)
    join snapshot_record known
      on known.snapshot = given.snapshot and known.record = decode(given.record, 'hex') and known.ordinal < given.ordinal
        and known.part is not distinct from given.part
    group by known.snapshot, known.record, known.part`.execute(tx);
  return new Map(
    counted.map(({ record, n, ...row }) => [placeOf({ ...row, record: record.toString('hex') as RecordId }), n]),
  );
}

/**
 * The records of a batch with what is needed to read them, in snapshot and ordinal order. One table at a time, by key: joined,
 * a planner without fresh statistics read whole tables for each batch (350 ms instead of 20).
 */
export async function readBatch(tx: Tx, batch: BatchId): Promise<BatchContent> {
  const { rows: members } = await sql<{
    record: Buffer;
    copy: number;
    key: string | null;
    part: string | null;
    ordinal: number;
    snapshot: SnapshotId;
  }>`select record, copy, key, part, ordinal, snapshot from snapshot_record where batch = ${batch}::uuid
    order by snapshot, ordinal`.execute(tx);
  const ids = [...new Set(members.map(({ record }) => record.toString('hex')))];
  const places = await readPlaces(tx, ids);
  const rows = members.map(({ record, ...member }) => {
    const id = record.toString('hex') as RecordId;
    return { record: id, ...member, ...places.get(id)! };
  });
  return { rows, snapshots: await readSnapshots(tx, [...new Set(rows.map((row) => row.snapshot))]) };
}

type Place = Pick<BatchRow, 'pack' | 'objectKey' | 'start' | 'length' | 'wrappedKey'>;

/** Where records are and how they open, by id. */
async function readPlaces(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const given = bytesColumn(ids);
  const { rows: records } = await sql<{ id: Buffer; pack: PackId; start: number; length: number }>`
    select id, pack, start, length from record where id = any (${given}::bytea[])`.execute(tx);
  const { rows: keys } = await sql<{ record: Buffer; wrapped: Buffer }>`
    select record, wrapped from record_key where record = any (${given}::bytea[])`.execute(tx);
  const { rows: packs } = await sql<{ id: PackId; objectKey: string }>`
    select id, object_key as "objectKey" from pack where id = any (${[...new Set(records.map(({ pack }) => pack))]}::uuid[])
    `.execute(tx);
  const objectKeys = new Map(packs.map(({ id, objectKey }) => [id, objectKey]));
  const wrapped = new Map(keys.map((key) => [key.record.toString('hex'), key.wrapped]));
  return new Map(
    records.map(({ id, pack, start, length }) => {
      const name = id.toString('hex');
      return [name, { pack, objectKey: objectKeys.get(pack)!, start, length, wrappedKey: wrapped.get(name)! }];
    }),
  );
}

async function readSnapshots(tx: Tx, ids: readonly SnapshotId[]): Promise<readonly Snapshot[]> {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('snapshot').selectAll().where('id', 'in', ids).execute();
  return rows.map((row) => ({
    id: row.id as SnapshotId,
    source: row.source as SourceName,
    location: row.location,
    fetchedAt: row.fetched_at.toISOString(),
    mediaType: row.media_type,
    charset: row.charset,
    headers: row.headers as Readonly<Record<string, string>>,
    context: row.context as JsonObject,
    sha256: row.sha256?.toString('hex') ?? null,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
  }));
}
