// An app over a small corpus with a codebook of the test's own, and its release.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_POLICY, policyId } from '../src/govern/policy.ts';
import type { Codebook } from '../src/model/codebook.ts';
import type { RunId } from '../src/model/identity.ts';
import { DEFAULT_RECIPE } from '../src/model/recipe.ts';
import type { App } from '../src/run/app.ts';
import { clearDocuments } from '../src/run/clear.ts';
import { publishRelease } from '../src/run/publish.ts';
import { openReporter } from '../src/run/reporter.ts';
import { requireSettings } from '../src/run/settings.ts';
import { openObjects } from '../src/store/open-objects.ts';
import { startRun } from '../src/store/runs.ts';
import { saveCodebook, savePolicy, saveRecipe } from '../src/store/sources.ts';
import { CODEBOOK, RECIPE, SOURCE } from './corpus.ts';
import { testDatabase } from './database.ts';

/** An app over a database of its own, with a release `opinion` under what `publish` adds to its settings. */
export async function openCodedApp(codebook: Codebook, publish = ''): Promise<App> {
  const root = await mkdtemp(join(tmpdir(), 'datasens-coded-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const settings = requireSettings(
    `
organisation: Commune d’essai
sources:
  ${SOURCE}: { collector: file, with: { path: a.csv }, licence: lov2, purpose: essai, legalBasis: consentement, retention: 30 years }
annotate: { codebook: grille.yaml }
publish: { opinion: { formats: [csv, parquet] ${publish} } }
evaluate: { groups: [age] }
`,
    'datasens.yaml',
  );
  const database = await testDatabase();
  const app = {
    project: { root, settings, private: join(root, '.datasens') },
    database,
    control: database,
    objects: await openObjects('./objects', { root }),
    sources: [{ name: SOURCE, settings: settings.sources[SOURCE]!, recipe: DEFAULT_RECIPE, recipeId: RECIPE }],
    recipes: [RECIPE],
    codebook,
    codebookVersion: CODEBOOK,
    context: null,
    policy: DEFAULT_POLICY,
    policyId: policyId(DEFAULT_POLICY),
    clock: () => new Date('2026-06-01T00:00:00Z'),
    signal: new AbortController().signal,
  } as unknown as App;
  await database.transaction(async (tx) => {
    await saveRecipe(tx, RECIPE, { version: 1 });
    await saveCodebook(tx, CODEBOOK, JSON.parse(JSON.stringify(codebook)));
    await savePolicy(tx, app.policyId, {});
  });
  return app;
}

/** Clears every document and publishes `opinion`. */
export async function publishApp(app: App) {
  const run = '00000000-0000-4000-8000-000000000001' as RunId;
  await app.database.transaction((tx) => startRun(tx, { id: run, command: 'run' }));
  const reporter = openReporter(app.database, run, () => undefined);
  await clearDocuments(app, reporter);
  const published = await publishRelease(app, 'opinion', reporter);
  await reporter.end();
  return published;
}
