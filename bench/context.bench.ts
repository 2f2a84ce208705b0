// Context: ten series over two years joined to 100,000 documents by day and place, document by document, and read for a release.
// DATASENS_BENCH_ROWS chooses the number of documents.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContextPlace } from '../src/model/context.ts';
import type { RecordId } from '../src/model/identity.ts';
import { streamContext } from '../src/store/context-join.ts';
import { type ReadObservation, upsertContext } from '../src/store/context-values.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { documentRows } from '../src/store/document-rows.ts';
import { insertDocuments } from '../src/store/documents.ts';
import { startServer, stopServer } from '../src/store/server.ts';
import { bringSnapshot, documentOf, hashOf, RECIPE } from '../test/corpus.ts';
import { report } from './report.ts';

const ROWS = Number(process.env.DATASENS_BENCH_ROWS ?? '100000');
const BATCH = 2_000;
const DAYS = 730;
const FIRST = Date.parse('2024-07-01');
const COMMUNES = Array.from({ length: 50 }, (_, at) => `38${String(at + 1).padStart(3, '0')}`);
const READING = { source: 'context:essai', reading: hashOf('essai') };
const dayOf = (at: number) => new Date(FIRST + at * 86_400_000).toISOString().slice(0, 10);

const folder = await mkdtemp(join(tmpdir(), 'datasens-context-'));
const postgres = join(folder, 'postgres');
try {
  const { url } = await startServer(postgres);
  const database = await openDatabase({ url, organisation: 'bench' });
  await bringDocuments(database);
  await timed('values', () => bringValues(database));
  await database.refreshStatistics();
  const before = process.memoryUsage().rss;
  let peak = before;
  await timed('join', async () => {
    let [documents, values] = [0, 0];
    await database.transaction(async (tx) => {
      for await (const { context } of streamContext(tx, [RECIPE], [READING])) {
        documents += 1;
        values += context.length;
        if (documents % 5000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
      }
    });
    report({ name: 'context.join.values', value: values, unit: 'values', n: documents });
    return documents;
  });
  report({ name: 'context.join.memory', value: (peak - before) / 2 ** 20, unit: 'MiB above', n: ROWS });
  await database.close();
} finally {
  await stopServer(postgres);
  await rm(folder, { recursive: true, force: true });
}

async function bringDocuments(database: Database): Promise<void> {
  for (let start = 0; start < ROWS; start += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, ROWS - start) }, (_, at) => `avis ${start + at}`);
    await database.transaction(async (tx) => {
      const brought = await bringSnapshot(tx, { texts, location: `inputs/${start}.csv` });
      const documents = texts.map((text, at) => {
        const published = { value: dayOf((start + at * 7) % DAYS), precision: 'day' } as const;
        const commune = COMMUNES[(start + at) % COMMUNES.length]!;
        const place = { commune, epci: '200040715', department: '38', region: '84', candidates: [] };
        const territory = { ...place, role: 'author', score: 1, rule: 'postal-code' } as const;
        return documentOf(brought, at, { text, published, territory });
      });
      await insertDocuments(tx, documentRows(documents));
    });
  }
}

/** Five series by commune, three by département, one for the country by month, one of events. */
async function bringValues(database: Database): Promise<number> {
  const record = hashOf('essai') as RecordId;
  const days = Array.from({ length: DAYS }, (_, at) => dayOf(at));
  const daily = (series: string, place: ContextPlace) =>
    days.map((day, at) => ({
      series,
      place,
      firstDay: day,
      lastDay: day,
      value: at,
      label: null,
      isEvent: false,
      record,
    }));
  const department: ContextPlace = { kind: 'department', code: '38' };
  const country: ContextPlace = { kind: 'country', code: 'FR' };
  const observations: ReadObservation[][] = [
    ...COMMUNES.flatMap((code) => [1, 2, 3, 4, 5].map((at) => daily(`commune-${at}`, { kind: 'commune', code }))),
    ...[1, 2, 3].map((at) => daily(`departement-${at}`, department)),
    days
      .filter((day) => day.endsWith('-01'))
      .map((day, at) => {
        const lastDay = dayOf((Date.parse(day) - FIRST) / 86_400_000 + 27);
        return {
          series: 'mois',
          place: country,
          firstDay: day,
          lastDay,
          value: at,
          label: null,
          isEvent: false,
          record,
        };
      }),
    days
      .filter((_, at) => at % 20 === 0)
      .map((day) => {
        return {
          series: 'fetes',
          place: country,
          firstDay: day,
          lastDay: day,
          value: null,
          label: day,
          isEvent: true,
          record,
        };
      }),
  ];
  const { snapshot } = await database.transaction((tx) =>
    bringSnapshot(tx, { texts: ['contexte'], location: 'essai' }),
  );
  for (const rows of observations) await database.transaction((tx) => upsertContext(tx, READING, snapshot, rows));
  return observations.reduce((sum, rows) => sum + rows.length, 0);
}

async function timed(name: string, work: () => Promise<number>): Promise<void> {
  const started = performance.now();
  const n = await work();
  report({ name: `context.${name}`, value: (performance.now() - started) / 1000, unit: 's', n });
}
