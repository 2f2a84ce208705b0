import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { releaseRow } from '../../test/release-rows.ts';
import type { DocumentId, ReleaseId } from '../model/identity.ts';
import type { Barometer, BarometerCell } from '../model/indicator.ts';
import type { Manifest, ReleaseRow } from '../model/release.ts';
import parquet from '../publish/exporters/parquet.ts';
import { openDuckDb } from '../run/duckdb.ts';
import { barometer, queryBarometer } from './barometer.ts';
import { writeBarometer } from './barometer-files.ts';

const COVERAGE = { collected: 8, readable: 8, distinct: 6, annotated: 8, validated: 0, published: 8, excluded: {} };
const cluster = 'c'.repeat(64) as DocumentId;
const copies = { cluster, clusterSize: 3, theme: 'sante', tone: 'negatif' };

const ROWS: readonly ReleaseRow[] = [
  releaseRow(1, { tone: 'negatif' }),
  releaseRow(2, { tone: 'positif' }),
  releaseRow(3, { tone: null, department: null }),
  releaseRow(4, { ...copies, representative: true }),
  releaseRow(5, { ...copies, representative: false, source: 'courriers' }),
  releaseRow(6, { ...copies, representative: false, source: 'courriers' }),
  releaseRow(7, { week: '2026-05-18', published: '2026-05-20', department: '26', theme: null }),
  releaseRow(8, { week: null, published: '2026', tone: 'neutre' }),
];

let folder = '';
let release: Parameters<typeof barometer>[0];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datasens-barometer-'));
  const { mkdir } = await import('node:fs/promises');
  await mkdir(join(folder, 'data'));
  const writer = await parquet.open(join(folder, 'data/documents.parquet'), { openDuckDb, scratch: folder });
  for (const row of ROWS) await writer.write(row);
  await writer.close();
  release = { id: 'r' as ReleaseId, folder, manifest: { coverage: COVERAGE } as Manifest };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const find = ({ cells }: Barometer, place: Partial<BarometerCell>) =>
  cells.find((cell) => Object.entries(place).every(([name, value]) => cell[name as keyof BarometerCell] === value));

test('counts by hand what it counts by machine', async () => {
  const figures = await barometer(release, {}, { openDuckDb });
  const all = { week: null, theme: null, department: null };
  expect(find(figures, { ...all, counting: 'raw' })).toMatchObject({
    n: 8,
    judged: 7,
    negative: 4,
    neutral: 2,
    positive: 1,
    share: 1,
  });
  expect(find(figures, { ...all, counting: 'deduplicated' })).toMatchObject({ n: 6, judged: 5, negative: 2 });
  expect(find(figures, { week: '2026-05-11', theme: 'ecologie', department: '38', counting: 'raw' })).toMatchObject({
    n: 2,
    share: 2 / 5,
    balance: 0,
  });
  expect(find(figures, { week: null, theme: 'non-annote', department: '26', counting: 'raw' })).toMatchObject({ n: 1 });
  expect(find(figures, { week: null, theme: null, department: 'inconnu', counting: 'raw' })).toMatchObject({
    n: 1,
    judged: 0,
    balance: null,
    negativeInterval: null,
  });
  expect(figures.provisional).toBe(true);
  expect(figures.coverage).toEqual(COVERAGE);
});

test('weeks add up to the total, but for documents whose day is unknown', async () => {
  const { cells } = await queryBarometer(release, { filter: {}, counting: 'raw', by: ['week'] }, { openDuckDb });
  expect(cells.map(({ week, n }) => [week, n])).toEqual([
    ['2026-05-11', 6],
    ['2026-05-18', 1],
  ]);
});

test('deduplicates among what the filter keeps', async () => {
  const query = { filter: { source: 'courriers' }, counting: 'deduplicated', by: ['theme'] } as const;
  const { cells } = await queryBarometer(release, query, { openDuckDb });
  expect(cells).toMatchObject([{ theme: 'sante', n: 1, share: 1 }]);
});

test('a filtered theme keeps its share of everything said there', async () => {
  const query = { filter: { theme: 'sante' }, counting: 'raw', by: ['week'] } as const;
  const { cells } = await queryBarometer(release, query, { openDuckDb });
  expect(cells).toMatchObject([{ week: '2026-05-11', n: 3, share: 3 / 6 }]);
});

test('a hostile filter is a value, never a statement', async () => {
  const query = { filter: { source: "'; drop table x; --" }, counting: 'raw', by: [] } as const;
  expect((await queryBarometer(release, query, { openDuckDb })).cells).toEqual([]);
});

test('writes the same bytes for the same figures', async () => {
  const figures = await barometer(release, {}, { openDuckDb });
  await writeBarometer(figures, folder);
  const first = await readFile(join(folder, 'barometer.csv'), 'utf8');
  await writeBarometer(await barometer(release, {}, { openDuckDb }), folder);
  expect(await readFile(join(folder, 'barometer.csv'), 'utf8')).toBe(first);
  expect(first.split('\r\n')[0]).toBe(
    'week,theme,department,counting,n,judged,negative,neutral,positive,balance,share,share_low,share_high,negative_low,negative_high,base',
  );
});
