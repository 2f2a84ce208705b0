// Writes a release of what the policy clears, keeps it in the object store, and remembers it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleared } from '../govern/clear.ts';
import { ABSTAINED } from '../model/annotation.ts';
import type { Cleared } from '../model/clearance.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { recipeId } from '../model/recipe.ts';
import type { Manifest, Release, ReleaseRow } from '../model/release.ts';
import { publish } from '../publish/publish.ts';
import { readCoverage } from '../store/coverage.ts';
import { pageReleasable } from '../store/documents.ts';
import { saveRelease } from '../store/releases.ts';
import type { App } from './app.ts';
import { openDuckDb } from './duckdb.ts';
import { holdToBars, maskLabels } from './gate.ts';
import { loadExporters, pick } from './plugins.ts';
import { releaseContext } from './release-context.ts';
import { keepLocally, releasePrefix, storeRelease } from './release-folder.ts';
import type { Reporter } from './reporter.ts';
import { version } from './version.ts';

const PAGE = 2000;

export interface Published {
  readonly release: Release;
  /** Local folder that holds its files. */
  readonly folder: string;
}

/**
 * Publishes one release of the settings, without the labels that its bars keep back.
 * @throws refused when nothing is cleared, quality-gate when a bar forbids the whole
 */
export function publishRelease(app: App, name: string, reporter: Reporter): Promise<Published> {
  return app.database.withLock(`publish:${name}`, async () => {
    reporter.started('publish', { release: name });
    const folder = await mkdtemp(join(tmpdir(), 'datasens-release-'));
    try {
      const published = await write(app, name, folder, reporter);
      reporter.finished('publish', {
        release: name,
        id: published.release.id,
        documents: published.release.manifest.documents,
      });
      return published;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function write(app: App, name: string, folder: string, reporter: Reporter): Promise<Published> {
  const settings = app.project.settings.publish[name]!;
  const scope = { recipes: app.recipes, codebook: app.codebookVersion, policy: app.policyId };
  const coverage = await app.database.transaction((tx) => readCoverage(tx, scope));
  if (coverage.published === 0) {
    throw new DataSensError('refused', `release ${name}: no document is cleared for publication`, {
      remedy: 'run `datasens run`, then look at the reasons in `datasens check` or on the home page',
    });
  }
  const measured = await holdToBars(app, name);
  const exporters = await loadExporters();
  const context = releaseContext(app);
  const release = await publish(
    releasableRows(app, measured, reporter),
    {
      folder,
      name,
      title: settings.title ?? name,
      organisation: app.project.settings.organisation,
      contact: app.project.settings.contact ?? null,
      formats: settings.formats.map((format) => pick(exporters, format, 'format')),
      coverage,
      sources: app.sources.map(describeForRelease),
      codebook: app.codebook,
      policy: { ...app.policy } as unknown as JsonObject,
      recipe: { sources: Object.fromEntries(app.sources.map((source) => [source.name, { ...source.recipe }])) },
      ...(measured === null ? {} : { measured }),
      generator: `datasens ${version()}`,
      ...(context === undefined ? {} : { context }),
    },
    { signal: app.signal, openDuckDb },
  );
  await storeRelease(app, release, folder);
  const local = await keepLocally(app, release, folder);
  await app.database.transaction((tx) => saveRelease(tx, { ...release, objectPrefix: releasePrefix(release) }));
  return { release, folder: local };
}

/** Rows in id order, each handed out by the policy's own hand. */
async function* releasableRows(
  app: App,
  measured: NonNullable<Manifest['measured']> | null,
  reporter: Reporter,
): AsyncIterable<Cleared<ReleaseRow>> {
  const licences = new Map<string, string>(app.sources.map((source) => [source.name, source.settings.licence]));
  const scope = { recipes: app.recipes, codebook: app.codebookVersion, policy: app.policyId };
  let written = 0;
  for (let after: string | null = null; ; ) {
    app.signal.throwIfAborted();
    const page = await app.database.transaction((tx) => pageReleasable(tx, { ...scope, after, limit: PAGE }));
    for (const { row, clearance } of page) {
      const judged = judgedOnly(row);
      const shown = measured === null ? judged : maskLabels(judged, measured);
      const released = cleared({ ...shown, licence: licences.get(row.source) ?? '' }, clearance);
      if (released !== null) yield released;
    }
    written += page.length;
    reporter.progress('publish', { documents: written });
    if (page.length < PAGE) return;
    after = page.at(-1)!.row.document;
  }
}

/** An abstention is no tone: its cells are empty. */
function judgedOnly<Row extends Pick<ReleaseRow, 'theme' | 'themeScore' | 'tone' | 'toneScore'>>(row: Row): Row {
  const theme = row.theme === ABSTAINED ? { theme: null, themeScore: null } : {};
  const tone = row.tone === ABSTAINED ? { tone: null, toneScore: null } : {};
  return { ...row, ...theme, ...tone };
}

function describeForRelease(source: App['sources'][number]): JsonObject {
  const { title, collector, licence, purpose, legalBasis, retention } = source.settings;
  return {
    name: source.name,
    title: title ?? source.name,
    collector,
    licence,
    purpose,
    legalBasis,
    retention,
    recipe: recipeId(source.recipe),
  };
}
