import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { bringDocuments, bringSnapshot, documentOf, hashOf, openingOf, RECIPE, SOURCE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { BatchId, PackId, RecordId, SnapshotId } from '../model/identity.ts';
import { countProgress, isDone, missingBatches, recordProgress, tryBatch } from './batches.ts';
import { readState, saveState } from './collect-states.ts';
import { documentRows } from './document-rows.ts';
import { insertDocuments, knownDocuments, moveDocuments, readDocumentsOfBatch } from './documents.ts';
import { insertBatches, insertPack, insertSnapshotRecords, knownRecords, readBatch } from './records.ts';
import {
  abandonSnapshot,
  closeSnapshot,
  interruptedSnapshots,
  isReadAs,
  openSnapshot,
  snapshotRecordIds,
} from './snapshots.ts';

test('identical records of a snapshot are numbered, within a call and across calls', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const snapshot = randomUUID() as SnapshotId;
    await openSnapshot(tx, { id: snapshot, source: SOURCE, opening: openingOf() });
    const [same, other] = [hashOf('same') as RecordId, hashOf('other') as RecordId];
    const write = async (from: number, records: readonly RecordId[]) => {
      const batch = randomUUID() as BatchId;
      await insertBatches(tx, [{ id: batch, source: SOURCE, records: records.length }]);
      const rows = records.map((record, position) => ({ ordinal: from + position, record, key: null }));
      await insertSnapshotRecords(tx, [{ snapshot, batch, rows }]);
    };
    await write(0, [same, other, same]);
    await write(3, [same, other]);
    // The same again, as after an interruption: nothing moves.
    await write(3, [same, other]);
    const rows = await tx
      .selectFrom('snapshot_record')
      .select(['ordinal', 'copy'])
      .where('snapshot', '=', snapshot)
      .orderBy('ordinal')
      .execute();
    expect(rows.map((row) => row.copy)).toEqual([0, 0, 1, 2, 1]);
    expect(await snapshotRecordIds(tx, snapshot, 1, 3)).toEqual([other, same, same]);
  });
});

test('the documents of one record are told apart by their part, copies of a row by their number', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const parts = ['q1', 'q2', 'q1', 'q2'];
    const brought = await bringSnapshot(tx, { texts: ['row', 'row', 'row', 'row'], parts });
    const { rows } = await readBatch(tx, brought.batch);
    expect(rows.map(({ part, copy }) => `${part} ${copy}`)).toEqual(['q1 0', 'q2 0', 'q1 1', 'q2 1']);
    const documents = rows.map(({ ordinal, part, copy }) =>
      documentOf(brought, ordinal, { copy, part, text: `${part} ${copy}` }),
    );
    expect(new Set(documents.map(({ id }) => id)).size).toBe(4);
    await insertDocuments(tx, documentRows(documents));
    // One answer fewer in a newer snapshot: the others keep their documents.
    const newer = await bringSnapshot(tx, { texts: ['row'], parts: ['q2'], fetchedAt: '2026-04-01T00:00:00Z' });
    expect((await readDocumentsOfBatch(tx, newer.batch, RECIPE)).map(({ text }) => text)).toEqual(['q2 0']);
    // Counted across calls too, and apart from the record without a part.
    const batch = randomUUID() as BatchId;
    await insertBatches(tx, [{ id: batch, source: SOURCE, records: 2 }]);
    const record = hashOf('row') as RecordId;
    const more = [
      { ordinal: 1, record, key: null, part: 'q2' },
      { ordinal: 2, record, key: null },
    ];
    await insertSnapshotRecords(tx, [{ snapshot: newer.snapshot, batch, rows: more }]);
    expect((await readBatch(tx, batch)).rows.map(({ part, copy }) => `${part} ${copy}`)).toEqual(['q2 1', 'null 0']);
  });
});

test('a snapshot that another reading began is not gone on with', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { snapshot } = await bringSnapshot(tx, { texts: ['a'], open: true });
    const opening = openingOf();
    expect(await isReadAs(tx, snapshot, opening)).toBe(true);
    expect(await isReadAs(tx, snapshot, { ...opening, charset: 'windows-1252' })).toBe(false);
    expect(await isReadAs(tx, snapshot, { ...opening, context: { ...opening.context, columns: ['a'] } })).toBe(false);
  });
});

test('a record that two packs bring keeps its first place and key', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const record = hashOf('record') as RecordId;
    const pack = (wrapped: string) => ({
      id: randomUUID() as PackId,
      objectKey: `raw/${wrapped}`,
      sizeBytes: 10,
      sha256: hashOf(wrapped),
      records: [{ id: record, start: 0, length: 10, wrappedKey: Buffer.from(wrapped) }],
    });
    await insertPack(tx, pack('first'));
    await insertPack(tx, pack('second'));
    expect(await knownRecords(tx, [record, hashOf('absent') as RecordId])).toEqual(new Set([record]));
    const batch = randomUUID() as BatchId;
    const snapshot = randomUUID() as SnapshotId;
    await openSnapshot(tx, { id: snapshot, source: SOURCE, opening: openingOf() });
    await insertBatches(tx, [{ id: batch, source: SOURCE, records: 1 }]);
    await insertSnapshotRecords(tx, [{ snapshot, batch, rows: [{ ordinal: 0, record, key: 'k\0y' }] }]);
    const content = await readBatch(tx, batch);
    expect(content.rows).toMatchObject([
      { record, copy: 0, key: 'k\uFFFDy', ordinal: 0, snapshot, objectKey: 'raw/first', start: 0, length: 10 },
    ]);
    expect(Buffer.from(content.rows[0]!.wrappedKey).toString()).toBe('first');
    expect(content.snapshots).toMatchObject([{ id: snapshot, ...openingOf(), sha256: null }]);
  });
});

test('a newer complete snapshot supersedes the earlier ones of its place, and only those', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    await bringSnapshot(tx, { texts: ['a'], fetchedAt: '2026-01-01T00:00:00Z' });
    await bringSnapshot(tx, { texts: ['b'], location: 'inputs/b.csv', fetchedAt: '2026-01-01T00:00:00Z' });
    const open = await bringSnapshot(tx, { texts: ['c'], fetchedAt: '2026-02-01T00:00:00Z', open: true });
    expect(await interruptedSnapshots(tx, SOURCE)).toEqual(new Map([['inputs/a.csv', open.snapshot]]));
    await closeSnapshot(tx, {
      id: open.snapshot,
      sha256: hashOf('c'),
      sizeBytes: 1,
      records: 1,
      supersede: true,
      isSuspect: () => false,
    });
    const states = await tx.selectFrom('snapshot').select(['location', 'state']).orderBy('fetched_at').execute();
    expect(states.map((row) => `${row.location} ${row.state}`).sort()).toEqual([
      'inputs/a.csv complete',
      'inputs/a.csv superseded',
      'inputs/b.csv complete',
    ]);
    const changed = await bringSnapshot(tx, { texts: ['d'], open: true });
    await abandonSnapshot(tx, changed.snapshot);
    expect(await interruptedSnapshots(tx, SOURCE)).toEqual(new Map());
  });
});

test('a batch is taken by one transaction, and found done by the next', async () => {
  const database = await testDatabase();
  const { batch } = await database.transaction((tx) => bringSnapshot(tx, { texts: ['a', 'b'] }));
  await database.transaction(async (tx) => {
    expect(await missingBatches(tx, 'refine', 'r', SOURCE)).toMatchObject([{ id: batch, run: null }]);
    expect(await tryBatch(tx, batch, 'refine', 'r')).toBe('taken');
    const other = await database.transaction((rival) => tryBatch(rival, batch, 'refine', 'r'));
    expect(other).toBe('busy');
    await recordProgress(tx, batch, { stage: 'refine', key: 'r', counts: { documents: 1 } });
  });
  await database.transaction(async (tx) => {
    expect(await tryBatch(tx, batch, 'refine', 'r')).toBe('done');
    expect(await tryBatch(tx, batch, 'refine', 'another recipe')).toBe('taken');
    expect(await isDone(tx, batch, 'refine', 'r')).toBe(true);
    expect(await missingBatches(tx, 'refine', 'r', SOURCE)).toEqual([]);
    expect(await countProgress(tx, 'refine', 'r', SOURCE)).toEqual({
      batches: { done: 1, total: 1 },
      documents: { done: 2, total: 2 },
    });
  });
});

test('documents are kept once, and move to the newer snapshot that brings them again', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { brought, documents } = await bringDocuments(tx, ['un', 'deux']);
    const newer = await bringSnapshot(tx, { texts: ['deux', 'un'], fetchedAt: '2026-04-01T00:00:00Z' });
    const older = await bringSnapshot(tx, { texts: ['deux', 'un'], fetchedAt: '2025-04-01T00:00:00Z' });
    const ids = documents.map(({ id }) => id);
    expect(await knownDocuments(tx, ids)).toEqual(new Set(ids));
    await insertDocuments(tx, documentRows([documentOf(newer, 0, { text: 'ignored' })]));
    await moveDocuments(tx, [
      { document: ids[0]!, snapshot: older.snapshot, ordinal: 1 },
      { document: ids[0]!, snapshot: newer.snapshot, ordinal: 1 },
    ]);
    const rows = await tx.selectFrom('document').select(['id', 'text', 'snapshot', 'ordinal']).execute();
    const byId = new Map(rows.map((row) => [row.id.toString('hex'), row]));
    expect(byId.get(ids[0]!)).toMatchObject({ text: 'un', snapshot: newer.snapshot, ordinal: 1 });
    expect(byId.get(ids[1]!)).toMatchObject({ text: 'deux', snapshot: newer.snapshot, ordinal: 0 });
    // Found through the records of any batch that brought them, not only the first.
    for (const batch of [brought.batch, newer.batch]) {
      const texts = (await readDocumentsOfBatch(tx, batch, RECIPE)).map(({ text }) => text);
      expect(texts.sort()).toEqual(['deux', 'un']);
    }
  });
});

test('text that PostgreSQL cannot hold is replaced, not refused', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const brought = await bringSnapshot(tx, { texts: ['a'] });
    const hostile = documentOf(brought, 0, {
      key: 'k\0\uD800',
      title: '\uDC00"\\{,}',
      text: 'a\0b\uD83Dc \\N NULL "',
      attributes: { 'colonne\0': 'v\0\uDFFF', '\\u0000': 'NULL' },
      findings: [{ code: 'control-removed', at: 'text', evidence: 'U+0000 \\u0000' }],
      bands: [0xffff_ffff, 1],
      published: { value: '2026-05', precision: 'month' },
    });
    await insertDocuments(tx, documentRows([hostile]));
    await saveState(tx, SOURCE, 'etag\0', { 'a\0': ['\uD800'] });
    expect(await readState(tx, SOURCE, 'etag\0')).toEqual({ 'a\uFFFD': ['\uFFFD'] });
    const row = await tx.selectFrom('document').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      key: 'k\uFFFD\uFFFD',
      title: '\uFFFD"\\{,}',
      text: 'a\uFFFDb\uFFFDc \\N NULL "',
      attributes: { 'colonne\uFFFD': 'v\uFFFD\uFFFD', '\\u0000': 'NULL' },
      findings: [{ evidence: 'U+0000 \\u0000' }],
      bands: [-1, 1],
      published: '2026-05',
    });
  });
});
