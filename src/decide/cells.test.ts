import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { releaseRow } from '../../test/release-rows.ts';
import type { DocumentId, ReleaseId } from '../model/identity.ts';
import type { Counting } from '../model/indicator.ts';
import type { Manifest, ReleaseRow } from '../model/release.ts';
import type { Column } from '../publish/columns.ts';
import parquet from '../publish/exporters/parquet.ts';
import { withLabels } from '../publish/label-columns.ts';
import { openDuckDb } from '../run/duckdb.ts';
import { barometer, type CountedBarometer, queryBarometer } from './barometer.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datasens-cells-'));
  await mkdir(join(folder, 'data'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const release = () => ({ id: 'r' as ReleaseId, folder, manifest: { coverage: {} } as Manifest });

async function writeRows(rows: readonly ReleaseRow[], columns?: readonly Column[]): Promise<void> {
  const writer = await parquet.open(join(folder, 'data/documents.parquet'), { openDuckDb, scratch: folder }, columns);
  for (const row of rows) await writer.write(row);
  await writer.close();
}

const clusterOf = (number: number) => String(number).padStart(64, 'f') as DocumentId;
const label = fc.record({
  week: fc.constantFrom('2026-05-11', '2026-05-18', null),
  theme: fc.constantFrom('sante', 'ecologie', 'abstention', null),
  department: fc.constantFrom('38', '2A', null),
  source: fc.constantFrom('avis', 'presse'),
  tone: fc.constantFrom('negatif', 'neutre', 'positif', 'abstention', null),
  cluster: fc.constantFrom(null, null, clusterOf(1), clusterOf(2)),
  representative: fc.boolean(),
  provisional: fc.boolean(),
});
const releases = fc.array(label, { minLength: 1, maxLength: 60 });

test('cells sum to their totals, and copies count once', async () => {
  await fc.assert(
    fc.asyncProperty(releases, async (labels) => {
      await writeRows(labels.map((given, at) => releaseRow(at, given)));
      const figures = await barometer(release(), {}, { openDuckDb });
      const clusters = new Set(labels.flatMap(({ cluster }) => cluster ?? []));
      const alone = labels.filter(({ cluster }) => cluster === null).length;
      expect(total(figures, 'raw')).toBe(labels.length);
      expect(total(figures, 'deduplicated')).toBe(alone + clusters.size);
      expect(figures.undated.raw).toBe(labels.filter(({ week }) => week === null).length);
      for (const counting of ['raw', 'deduplicated'] as const) {
        const whole = total(figures, counting);
        expect(sumOver(figures, counting, 'theme')).toBe(whole);
        expect(sumOver(figures, counting, 'department')).toBe(whole);
        expect(sumOver(figures, counting, 'week') + figures.undated[counting]).toBe(whole);
      }
      expect(figures.provisional).toBe(labels.some(({ provisional }) => provisional));
      for (const cell of figures.cells) {
        expect(cell.judged).toBe(cell.negative + cell.neutral + cell.positive);
        expect(cell.judged).toBeLessThanOrEqual(cell.n);
        expect(cell.shareInterval.low).toBeLessThanOrEqual(cell.share);
        expect(cell.shareInterval.high).toBeGreaterThanOrEqual(cell.share);
      }
    }),
    { numRuns: 8 },
  );
});

test('every dimension gives what a plain count of the rows gives', async () => {
  const dimensions = fc.subarray(['week', 'theme', 'department', 'source', 'tone'] as const);
  const filters = fc.record(
    {
      source: fc.constantFrom('avis', 'presse'),
      theme: fc.constantFrom('sante', 'non-annote'),
      department: fc.constantFrom('38', 'inconnu'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(releases, dimensions, filters, async (labels, by, filter) => {
      await writeRows(labels.map((given, at) => releaseRow(at, given)));
      const { cells } = await queryBarometer(release(), { filter, by, counting: 'raw' }, { openDuckDb });
      const named = labels.map((given) => ({
        ...given,
        theme: given.theme ?? 'non-annote',
        tone: given.tone ?? 'non-annote',
        department: given.department ?? 'inconnu',
      }));
      const kept = named
        .filter((row) => Object.entries(filter).every(([name, value]) => row[name as keyof typeof row] === value))
        .filter((row) => !by.includes('week') || row.week !== null);
      const groups = Map.groupBy(kept, (row) => JSON.stringify(by.map((name) => row[name])));
      const counted = cells.map((cell) => [JSON.stringify(by.map((name) => cell[name])), cell.n]);
      expect(new Map(counted as [string, number][])).toEqual(
        new Map([...groups].map(([group, rows]) => [group, rows.length])),
      );
    }),
    { numRuns: 8 },
  );
});

test('a document of several themes counts in each, copies once, and once in what themes do not tell apart', async () => {
  const given = fc.array(
    fc.record({
      themes: fc.subarray(['eau', 'gare', 'velo']),
      department: fc.constantFrom('38', '2A'),
      cluster: fc.constantFrom(null, clusterOf(1)),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const added = [{ name: 'labels_theme', task: 'theme', type: 'list' }] as const;
  const several = { ...release(), manifest: { coverage: {}, labels: added } as unknown as Manifest };
  await fc.assert(
    fc.asyncProperty(given, async (labels) => {
      // Of the copies the first represents them all.
      const first = labels.findIndex(({ cluster }) => cluster !== null);
      const rows = labels.map(({ themes, ...rest }, at) =>
        releaseRow(at, { ...rest, representative: at === first, labels: themes.length === 0 ? {} : { theme: themes } }),
      );
      await writeRows(rows, withLabels(added, null));
      for (const counting of ['raw', 'deduplicated'] as const) {
        const counted = labels.filter(({ cluster }, at) => counting === 'raw' || cluster === null || at === first);
        const { cells } = await queryBarometer(several, { filter: {}, by: ['theme'], counting }, { openDuckDb });
        const expected = ['eau', 'gare', 'velo'].map((theme) => [
          theme,
          counted.filter(({ themes }) => themes.includes(theme)).length,
        ]);
        const none = counted.filter(({ themes }) => themes.length === 0).length;
        expect(new Map(cells.map(({ theme, n }) => [theme, n]))).toEqual(
          new Map([...expected, ['non-annote', none]].filter(([, n]) => n !== 0) as [string, number][]),
        );
        expect(new Set(cells.map(({ base }) => base))).toEqual(new Set([counted.length]));
        const query = { filter: { theme: 'eau' }, by: ['department'], counting } as const;
        const places = await queryBarometer(several, query, { openDuckDb });
        // Copies are one among what a theme keeps as among the whole.
        expect(places.cells.reduce((sum, { n }) => sum + n, 0)).toBe(
          counted.filter(({ themes }) => themes.includes('eau')).length,
        );
      }
    }),
    { numRuns: 5 },
  );
});

function total({ cells }: CountedBarometer, counting: Counting): number {
  const whole = cells.filter((cell) => cell.week === null && cell.theme === null && cell.department === null);
  return whole.find((cell) => cell.counting === counting)?.n ?? 0;
}

function sumOver({ cells }: CountedBarometer, counting: Counting, dimension: 'week' | 'theme' | 'department'): number {
  return cells
    .filter((cell) => cell.counting === counting)
    .filter((cell) =>
      (['week', 'theme', 'department'] as const).every((name) => (cell[name] !== null) === (name === dimension)),
    )
    .reduce((sum, { n }) => sum + n, 0);
}
