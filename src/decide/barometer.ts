// The barometer of a release: volume, tone and themes by week and département, raw and deduplicated.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenDuckDb } from '../model/duckdb.ts';
import { DataSensError } from '../model/error.ts';
import type { Barometer, BarometerFilter, Counting } from '../model/indicator.ts';
import type { Release } from '../model/release.ts';
import { type CellCounts, countCells, type SeriesCell, type SeriesDimension } from './cells.ts';

/** A release whose files are in a local folder. */
export type LocalRelease = Release & { readonly folder: string };

export interface DecideEffects {
  readonly openDuckDb: OpenDuckDb;
}

/** A barometer that says how many documents its totals count and its weeks cannot. */
export type CountedBarometer = Barometer & Pick<CellCounts, 'undated'>;

export type Series = Omit<CountedBarometer, 'cells'> & { readonly cells: readonly SeriesCell[] };

export interface SeriesQuery {
  readonly filter: BarometerFilter;
  readonly by: readonly SeriesDimension[];
  readonly counting: Counting;
}

/** Every subset of week, theme and département: the cells and all their totals. */
const CUBE: readonly (readonly SeriesDimension[])[] = [
  [],
  ['week'],
  ['theme'],
  ['department'],
  ['week', 'theme'],
  ['week', 'department'],
  ['theme', 'department'],
  ['week', 'theme', 'department'],
];

/**
 * The barometer of a release, from its Parquet file alone. Documents without any label count under `non-annote`, those
 * without département under `inconnu`; those without week count in totals and in `undated`. `from` and `to` are days,
 * both included, and leave out documents whose day is not known. Cells without documents are absent.
 * @throws not-found where the release has no Parquet file
 */
export async function barometer(
  release: LocalRelease,
  filter: BarometerFilter,
  effects: DecideEffects,
): Promise<CountedBarometer> {
  const counts = await count(release, { filter, sets: CUBE, countings: ['raw', 'deduplicated'] }, effects);
  const cells = counts.cells.map(({ source: _source, tone: _tone, ...cell }) => cell);
  return { release: release.id, filter, ...counts, cells, ...saidBy(release) };
}

/** The cells of the dimensions asked for, and no total but the grand one where none is asked for. Rules as `barometer`. */
export async function queryBarometer(
  release: LocalRelease,
  { filter, by, counting }: SeriesQuery,
  effects: DecideEffects,
): Promise<Series> {
  const counts = await count(release, { filter, sets: [by], countings: [counting] }, effects);
  return { release: release.id, filter, ...counts, ...saidBy(release) };
}

/** What the manifest says of every figure. */
function saidBy(release: LocalRelease): Pick<Barometer, 'coverage' | 'severalThemes' | 'withheld'> {
  const { coverage, measured } = release.manifest;
  const severalThemes = hasSeveralThemes(release);
  return { coverage, severalThemes, ...(measured === undefined ? {} : { withheld: measured.withheld }) };
}

function hasSeveralThemes({ manifest }: LocalRelease): boolean {
  return manifest.labels?.some(({ task, type }) => task === 'theme' && type === 'list') ?? false;
}

async function count(
  release: LocalRelease,
  query: Omit<Parameters<typeof countCells>[2], 'severalThemes'>,
  { openDuckDb }: DecideEffects,
): Promise<CellCounts> {
  const file = join(release.folder, 'data/documents.parquet');
  if (!existsSync(file)) {
    throw new DataSensError('not-found', `release ${release.id} has no Parquet file to compute figures from`, {
      remedy: 'add parquet to the formats of this release in datasens.yaml, and publish again',
    });
  }
  const duckDb = await openDuckDb();
  try {
    return await countCells(duckDb.connection, file, { ...query, severalThemes: hasSeveralThemes(release) });
  } finally {
    duckDb.close();
  }
}
