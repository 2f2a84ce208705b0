// Gathers what a collector yields and commits it: one pack of sealed records, and in one transaction everything about it.

import { createHash, randomUUID } from 'node:crypto';
import type { Collected } from '../collect/collector.ts';
import type { BatchId, PackId, RecordId, SnapshotId } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import { appendAct } from '../store/acts.ts';
import { saveState } from '../store/collect-states.ts';
import type { Tx } from '../store/database.ts';
import { insertBatches, insertPack, insertSnapshotRecords, knownRecords } from '../store/records.ts';
import { resolveRefusals, saveRefusals } from '../store/refusals.ts';
import { sealRecords } from '../store/seal.ts';
import { type ClosedSnapshot, closeSnapshot, openSnapshot } from '../store/snapshots.ts';
import type { App, ConfiguredSource } from './app.ts';
import { sendRefineJobs } from './batch-job.ts';
import type { Reporter } from './reporter.ts';

/** Packs hold at most 16 MiB; flushing at 4 MiB or 4,000 records keeps little to redo after a crash. */
const FLUSH_BYTES = 4 * 1024 * 1024;
const FLUSH_RECORDS = 4000;
/** Records that one job refines together. */
const BATCH_RECORDS = 500;

export interface CollectCounts {
  readonly snapshots: number;
  readonly records: number;
  /** Everything the source gave: `received = kept + known + refusals`. */
  readonly received: number;
  /** Records whose bytes were not in the store yet. */
  readonly newRecords: number;
  /** The same, each part of a record counted: one row of a questionnaire may be several answers. */
  readonly kept: number;
  /** Records and parts that were there: of an earlier collection, or twice in this one. */
  readonly known: number;
  readonly refusals: number;
  /** Bytes of the records received. */
  readonly sizeBytes: number;
}

interface PendingRecord {
  readonly snapshot: SnapshotId;
  readonly ordinal: number;
  readonly id: RecordId;
  readonly bytes: Uint8Array;
  readonly key: string | null;
  readonly part: string | null;
}

interface PendingClosing {
  readonly snapshot: SnapshotId;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly state: { readonly key: string; readonly value: Json } | null;
  readonly records: number;
  readonly supersede: boolean;
}

interface Committed {
  readonly fresh: number;
  readonly kept: number;
  readonly refused: number;
}

type Refusal = Extract<Collected, { kind: 'refusal' }>;
type Evidence = Extract<Collected, { kind: 'evidence' }>;

export interface PackWriter {
  addOpening(id: SnapshotId, opening: SnapshotOpening): void;
  addRecord(record: PendingRecord): void;
  /** Counts a record that an interrupted run stored already. */
  addSeen(sizeBytes: number): void;
  addClosing(closing: PendingClosing): void;
  addRefusal(refusal: Refusal): void;
  addState(key: string, value: Json): void;
  addEvidence(evidence: Evidence): void;
  isFull(): boolean;
  flush(): Promise<void>;
  counts(): CollectCounts;
}

/** A source as it is collected: of texts, whose batches are then refined, or of context, which has no recipe. */
export type CollectedSource = Pick<ConfiguredSource, 'name' | 'collector' | 'config'> | ConfiguredSource;

/**
 * A writer for one collection of one source. Nothing is kept until `flush`, and everything of a flush or nothing. Without
 * `accept`, a snapshot that holds far less than the one before is quarantined: an empty answer is no reason to forget.
 */
export function openPackWriter(
  app: App,
  source: CollectedSource,
  { reporter, accept }: { readonly reporter: Reporter; readonly accept: boolean },
): PackWriter {
  let openings: { id: SnapshotId; opening: SnapshotOpening }[] = [];
  let records: PendingRecord[] = [];
  let closings: PendingClosing[] = [];
  let refusals: Refusal[] = [];
  let states: { key: string; value: Json }[] = [];
  let evidences: Evidence[] = [];
  let pendingBytes = 0;
  const total = { snapshots: 0, records: 0, received: 0, newRecords: 0, kept: 0, known: 0, refusals: 0, sizeBytes: 0 };

  return {
    addOpening: (id, opening) => void openings.push({ id, opening }),
    addRecord(record) {
      // Pages of one file are the same record many times over, and are held and sealed once.
      if (records.at(-1)?.id !== record.id) pendingBytes += record.bytes.byteLength;
      records.push(record);
    },
    addSeen(sizeBytes) {
      total.received += 1;
      total.known += 1;
      total.sizeBytes += sizeBytes;
    },
    addClosing: (closing) => void closings.push(closing),
    addRefusal: (refusal) => void refusals.push(refusal),
    addEvidence: (evidence) => void evidences.push(evidence),
    addState: (key, value) => void states.push({ key, value }),
    isFull: () => pendingBytes >= FLUSH_BYTES || records.length >= FLUSH_RECORDS || closings.length >= FLUSH_RECORDS,
    flush,
    counts: () => ({ ...total }),
  };

  async function flush(): Promise<void> {
    const pending = [openings, records, closings, refusals, states, evidences];
    if (pending.every((list) => list.length === 0)) return;
    const { fresh, kept, refused } = await app.database.transaction(commit);
    app.statistics.grew(records.length);
    total.snapshots += closings.length;
    total.records += records.length;
    total.received += records.length + refused;
    total.newRecords += fresh;
    total.kept += kept;
    total.known += records.length - kept;
    total.refusals += refused;
    total.sizeBytes += pendingBytes;
    openings = [];
    records = [];
    closings = [];
    refusals = [];
    states = [];
    evidences = [];
    pendingBytes = 0;
    reporter.progress('collect', { source: source.name, ...total });
  }

  async function commit(tx: Tx): Promise<Committed> {
    for (const { id, opening } of openings) {
      await openSnapshot(tx, { id, source: source.name, opening, run: reporter.run });
    }
    const known = await knownRecords(tx, [...new Set(records.map((record) => record.id))]);
    const fresh = await writePack(tx, known);
    await writeBatches(tx, known);
    const closed = await closeSnapshots(tx);
    for (const state of states) await saveState(tx, source.name, state.key, state.value);
    const suspects = closed.filter(({ state }) => state === 'quarantined').map(refusalOf);
    const refused = [...refusals, ...suspects];
    const reread = new Set([...closed, ...refused].map(({ location }) => location));
    await resolveRefusals(tx, reporter.run, source.name, [...reread]);
    if (refused.length > 0) await saveRefusals(tx, reporter.run, source.name, refused);
    for (const { subject, why, detail } of evidences) {
      const object = `source:${source.name}`;
      await appendAct(tx, { actor: 'system', verb: 'attest', object, why, detail: { subject, ...detail } });
    }
    return { fresh, kept: countParts(records, known), refused: refused.length };
  }

  async function closeSnapshots(tx: Tx): Promise<readonly ClosedSnapshot[]> {
    const closed: ClosedSnapshot[] = [];
    for (const closing of closings) {
      const isSuspect = accept ? () => false : isFarLess;
      const snapshot = await closeSnapshot(tx, { ...closing, id: closing.snapshot, isSuspect, run: reporter.run });
      if (snapshot !== null) closed.push(snapshot);
      // What is quarantined is looked at again by the next collection, changed or not.
      if (closing.state === null || snapshot?.state === 'quarantined') continue;
      await saveState(tx, source.name, closing.state.key, closing.state.value);
    }
    return closed;
  }

  /** Seals the records the store does not hold yet. The pack is written before its rows: a crash leaves an unused object. */
  async function writePack(tx: Tx, known: ReadonlySet<RecordId>): Promise<number> {
    const fresh = new Map<RecordId, PendingRecord>();
    for (const record of records) if (!known.has(record.id)) fresh.set(record.id, record);
    const sealed = sealRecords([...fresh.values()], app.keyring.organisationKey);
    let offset = 0;
    const rows = [...fresh.keys()].map((id, at) => {
      const { sealed: bytes, wrappedKey } = sealed[at]!;
      const row = { id, start: offset, length: bytes.byteLength, wrappedKey };
      offset += bytes.byteLength;
      return row;
    });
    if (rows.length === 0) return 0;
    const pack = Buffer.concat(
      sealed.map(({ sealed: bytes }) => bytes),
      offset,
    );
    const id = randomUUID() as PackId;
    const objectKey = `raw/${id.slice(0, 2)}/${id}.pack`;
    await app.objects.put(objectKey, pack);
    const sha256 = createHash('sha256').update(pack).digest('hex');
    await insertPack(tx, { id, objectKey, sizeBytes: offset, sha256, records: rows });
    return rows.length;
  }

  async function writeBatches(tx: Tx, known: ReadonlySet<RecordId>): Promise<void> {
    const batches: { id: BatchId; source: CollectedSource['name']; records: number }[] = [];
    const groups = new Map<string, { snapshot: SnapshotId; batch: BatchId; rows: PendingRecord[] }>();
    records.forEach((record, position) => {
      if (position % BATCH_RECORDS === 0) {
        const size = Math.min(BATCH_RECORDS, records.length - position);
        batches.push({ id: randomUUID() as BatchId, source: source.name, records: size });
      }
      const batch = batches.at(-1)!.id;
      const key = `${record.snapshot}/${batch}`;
      const group = groups.get(key) ?? { snapshot: record.snapshot, batch, rows: [] };
      group.rows.push(record);
      groups.set(key, group);
    });
    if (batches.length === 0) return;
    await insertBatches(tx, batches, reporter.run);
    const rows = [...groups.values()].map((group) => ({
      snapshot: group.snapshot,
      batch: group.batch,
      rows: group.rows.map(({ ordinal, id, key, part }) => ({ ordinal, record: id, key, part })),
    }));
    await insertSnapshotRecords(tx, rows, known);
    if (!('recipe' in source)) return;
    await sendRefineJobs(
      app,
      tx,
      source,
      batches.map((batch) => batch.id),
    );
  }
}

/** A place that held fifty records and now holds less than a tenth of them, or none: a silent failure more often than news. */
function isFarLess(records: number, before: number): boolean {
  return before > 0 && (records === 0 || (before >= 50 && records < before / 10));
}

function refusalOf({ location, records, before }: ClosedSnapshot): Refusal {
  return {
    kind: 'refusal',
    location,
    at: '',
    code: 'input-suspect',
    message: `${location} holds ${records} records where it held ${before}: kept apart, and what it held before still stands. Look at the place; if it is right, collect with --accept`,
  };
}

/** Parts of records that neither the store nor these same rows hold already. */
function countParts(records: readonly PendingRecord[], known: ReadonlySet<RecordId>): number {
  return new Set(records.filter(({ id }) => !known.has(id)).map(({ id, part }) => `${id} ${part ?? ''}`)).size;
}
