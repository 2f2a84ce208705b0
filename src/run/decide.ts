// Computes the barometer of a release, from its files alone, and keeps it beside them.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { barometer } from '../decide/barometer.ts';
import { writeBarometer } from '../decide/barometer-files.ts';
import { contextSeries } from '../decide/context.ts';
import type { Barometer } from '../model/indicator.ts';
import type { Release } from '../model/release.ts';
import { saveIndicator } from '../store/releases.ts';
import type { App } from './app.ts';
import { openDuckDb } from './duckdb.ts';
import { localRelease } from './release-folder.ts';
import type { Reporter } from './reporter.ts';

export interface Decided {
  readonly barometer: Barometer;
  /** Folder that holds barometer.json, barometer.csv and, where the release has context, barometer-context.csv. */
  readonly folder: string;
}

/** The barometer of a release: volume, tone and themes by week and département, raw and deduplicated. */
export async function decideRelease(app: App, release: Release, reporter: Reporter): Promise<Decided> {
  reporter.started('decide');
  const files = await localRelease(app, release);
  const figures = await barometer({ ...release, folder: files }, {}, { openDuckDb });
  const folder = join(app.project.private, 'indicators', release.id);
  await mkdir(folder, { recursive: true });
  const context = await contextSeries({ ...release, folder: files }, {}, { openDuckDb });
  const written = await writeBarometer(figures, folder, context);
  for (const file of written) {
    await app.objects.putFile(`indicators/${release.id}/${file}`, join(folder, file));
  }
  await app.database.transaction((tx) =>
    saveIndicator(tx, { release: release.id, name: 'barometer', body: { cells: figures.cells.length } }),
  );
  reporter.finished('decide', { cells: figures.cells.length });
  return { barometer: figures, folder };
}
