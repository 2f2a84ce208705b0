// Runs a source's collector into the store: records sealed into packs, progress committed with what it describes.

import { hash, randomUUID } from 'node:crypto';
import type { CollectEffects, Collected, Succession } from '../collect/collector.ts';
import type { RecordId, SnapshotId } from '../model/identity.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import { readState } from '../store/collect-states.ts';
import { refusedLocations } from '../store/refusals.ts';
import { abandonSnapshot, interruptedSnapshots, isReadAs, snapshotRecordIds } from '../store/snapshots.ts';
import type { App } from './app.ts';
import { collectEffects } from './collect-effects.ts';
import { stopsRun } from './failure.ts';
import { type CollectCounts, type CollectedSource, openPackWriter } from './pack-writer.ts';
import type { Reporter } from './reporter.ts';

const RESUME_PAGE = 1000;

interface OpenSnapshot {
  readonly id: SnapshotId;
  readonly opening: SnapshotOpening;
  /** Records of this snapshot seen so far, in this run. */
  ordinal: number;
  /** What an interrupted run had already stored; null when there is nothing to catch up with. */
  resumed: { ids: readonly RecordId[]; from: number } | null;
}

/** What came of a source: what was stored of it, and what ended its collection before its end. */
export interface SourceOutcome {
  readonly counts: CollectCounts;
  readonly failure: {
    readonly error: unknown;
    /** The location that was being read and how many of its records were, or null before the first. */
    readonly place: string | null;
  } | null;
}

export interface CollectRun {
  readonly reporter: Reporter;
  /** Takes snapshots that hold far less than before for right, instead of quarantining them. */
  readonly accept?: boolean;
  /** Reads again, changed or not, the places that were refused. */
  readonly refused?: boolean;
}

/**
 * Collects one source to its end, or to where the signal or a failure stops it; what was stored before stays and is not
 * collected again.
 * @throws locked when another process collects this source
 */
export function collectSource(
  app: App,
  source: CollectedSource,
  { reporter, accept = false, refused = false }: CollectRun,
): Promise<SourceOutcome> {
  return app.database.withLock(`collect:${source.name}`, async () => {
    const writer = openPackWriter(app, source, { reporter, accept });
    const again = refused
      ? await app.database.transaction((tx) => refusedLocations(tx, source.name))
      : new Set<string>();
    const effects = effectsOf(app, source);
    const forgetful: CollectEffects = {
      ...effects,
      state: async (key) => (again.has(key) ? undefined : await effects.state(key)),
    };
    const recordIdOf = openRecordIds();
    let current: OpenSnapshot | null = null;
    try {
      while ((await collectOnce()) === 'changed') {
        // The place changed since an interruption: what was stored stays as fetched, and it is read again from its start.
      }
      return { counts: writer.counts(), failure: null };
    } catch (error) {
      const place = placeOf(current);
      // What came before the trouble is kept, refusals above all: they may say why.
      if (!app.signal.aborted && !stopsRun(error)) await writer.flush();
      return { counts: writer.counts(), failure: { error, place } };
    }

    async function collectOnce(): Promise<'collected' | 'changed'> {
      current = null;
      const interrupted = await app.database.transaction((tx) => interruptedSnapshots(tx, source.name));
      for await (const event of source.collector.collect(source.config, forgetful)) {
        app.signal.throwIfAborted();
        if (event.kind === 'opening') await leaveOtherReading(event.opening, interrupted);
        if (event.kind === 'record' && current !== null && (await differs(current, event.bytes))) {
          const changed: OpenSnapshot = current;
          await writer.flush();
          await app.database.transaction((tx) => abandonSnapshot(tx, changed.id));
          return 'changed';
        }
        current = take(event, current, interrupted);
        if (writer.isFull()) await writer.flush();
      }
      await writer.flush();
      return 'collected';
    }

    function take(
      event: Collected,
      open: OpenSnapshot | null,
      interrupted: Map<string, SnapshotId>,
    ): OpenSnapshot | null {
      switch (event.kind) {
        case 'opening':
          return beginSnapshot(event.opening, interrupted);
        case 'record':
          return addRecord(open!, event);
        case 'refusal':
          writer.addRefusal(event);
          return open;
        case 'evidence':
          writer.addEvidence(event);
          return open;
        case 'state':
          writer.addState(event.key, event.value);
          return open;
        case 'closing':
          writer.addClosing({
            snapshot: open!.id,
            sha256: event.sha256,
            sizeBytes: event.sizeBytes,
            records: open!.ordinal,
            state: event.state,
            supersede: successionOf(source) === 'replace',
          });
          return null;
        default:
          return event satisfies never;
      }
    }

    function beginSnapshot(opening: SnapshotOpening, interrupted: Map<string, SnapshotId>): OpenSnapshot {
      const known = interrupted.get(opening.location);
      interrupted.delete(opening.location);
      if (known) return { id: known, opening, ordinal: 0, resumed: { ids: [], from: 0 } };
      const id = randomUUID() as SnapshotId;
      writer.addOpening(id, opening);
      return { id, opening, ordinal: 0, resumed: null };
    }

    /** What was stored before an interruption is not gone on with where settings or file now give it another meaning. */
    async function leaveOtherReading(opening: SnapshotOpening, interrupted: Map<string, SnapshotId>): Promise<void> {
      const known = interrupted.get(opening.location);
      if (known === undefined) return;
      await app.database.transaction(async (tx) => {
        if (await isReadAs(tx, known, opening)) return;
        await abandonSnapshot(tx, known);
        interrupted.delete(opening.location);
      });
    }

    function addRecord(open: OpenSnapshot, event: Extract<Collected, { kind: 'record' }>): OpenSnapshot {
      if (open.resumed === null) {
        const { bytes, key, part = null } = event;
        writer.addRecord({ snapshot: open.id, ordinal: open.ordinal, id: recordIdOf(bytes), bytes, key, part });
      } else writer.addSeen(event.bytes.byteLength);
      open.ordinal += 1;
      return open;
    }

    /** True where an interrupted run stored another record at this ordinal. Ends the catching up where it stored none. */
    async function differs(open: OpenSnapshot, bytes: Uint8Array): Promise<boolean> {
      if (open.resumed === null) return false;
      let { ids, from } = open.resumed;
      if (open.ordinal >= from + ids.length) {
        from = open.ordinal;
        ids = await app.database.transaction((tx) => snapshotRecordIds(tx, open.id, from, RESUME_PAGE));
        open.resumed = ids.length === 0 ? null : { ids, from };
      }
      return ids.length > 0 && ids[open.ordinal - from] !== recordIdOf(bytes);
    }
  });
}

function successionOf({ collector, config }: CollectedSource): Succession {
  return typeof collector.snapshots === 'function' ? collector.snapshots(config) : collector.snapshots;
}

/** Ids of records by their bytes; pages of one file are handed over as the same object, and are hashed once. */
function openRecordIds(): (bytes: Uint8Array) => RecordId {
  const known = new WeakMap<Uint8Array, RecordId>();
  return (bytes) => {
    const id = known.get(bytes) ?? (hash('sha256', bytes) as RecordId);
    known.set(bytes, id);
    return id;
  };
}

function placeOf(open: OpenSnapshot | null): string | null {
  return open === null ? null : `${open.opening.location}, after ${open.ordinal} record(s)`;
}

/** What a collector may do to the world when it works for this source. */
function effectsOf(app: App, source: CollectedSource): CollectEffects {
  return collectEffects({
    egress: app.egress,
    clock: app.clock,
    signal: app.signal,
    state: (key) => app.database.transaction((tx) => readState(tx, source.name, key)),
    root: app.project.root,
  });
}
