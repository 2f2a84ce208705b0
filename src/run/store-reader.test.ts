import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { annotationOf, bringDocuments, CODEBOOK, RECIPE, SOURCE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import { DEFAULT_POLICY, policyId } from '../govern/policy.ts';
import type { Codebook } from '../model/codebook.ts';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { DEFAULT_RECIPE } from '../model/recipe.ts';
import type { PlaceMention, Territory } from '../model/territory.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { recordProgress } from '../store/batches.ts';
import { openObjects } from '../store/open-objects.ts';
import { saveMeasurement } from '../store/releases.ts';
import { appendRunEvent, finishRun, startRun } from '../store/runs.ts';
import { indexDocumentsOfBatch } from '../store/search.ts';
import { saveCodebook, savePolicy, saveRecipe } from '../store/sources.ts';
import type { App } from './app.ts';
import { progressKey } from './batch-job.ts';
import { clearDocuments } from './clear.ts';
import { publishRelease } from './publish.ts';
import type { SearchQuery } from './reader.ts';
import { openReporter } from './reporter.ts';
import { requireSettings } from './settings.ts';
import { openStoreReader } from './store-reader.ts';

const SETTINGS = `
organisation: Commune d’essai
sources:
  ${SOURCE}: { collector: file, with: { path: a.csv }, licence: lov2, purpose: essai, legalBasis: consentement, retention: 3 years }
annotate: { codebook: grille.yaml }
publish: { opinion: { title: Essai } }
`;

const CATEGORY = { definition: '', includes: [], excludes: [], examples: [] };
const codebook: Codebook = {
  name: 'essai',
  version: 1,
  title: { fr: 'Essai', en: 'Trial' },
  tasks: ['theme', 'tone'].map((id) => ({
    id,
    title: { fr: id, en: id },
    kind: 'one-label',
    categories: [{ id: 'ecologie', title: { fr: 'Écologie', en: 'Ecology' }, ...CATEGORY }],
    none: null,
    abstention: true,
  })),
};

const GRENOBLE: Territory = {
  ...{ commune: '38185', epci: '200040715', department: '38', region: '84' },
  ...({ role: 'author', score: 0.5, rule: 'postal-code', candidates: ['26002'] } as const),
};

const PLACES: readonly PlaceMention[] = [
  {
    ...({ at: 'text', start: 0, end: 2, role: 'mention', score: 0.5, rule: 'ambigu', place: null } as const),
    candidates: [{ kind: 'commune', code: '97411' }],
  },
  {
    ...({ at: 'text', start: 3, end: 10, role: 'subject', score: 0.95, rule: 'only-bearer', candidates: [] } as const),
    place: { kind: 'arrondissement', code: '75112' },
  },
];

const ALL: SearchQuery = {
  q: '',
  source: null,
  theme: null,
  tone: null,
  department: null,
  language: null,
  from: null,
  to: null,
  duplicates: 'all',
  cursor: null,
  limit: 10,
};

/** An app on a database of its own, without what reading does not need. */
async function openTestApp(): Promise<App> {
  const root = await mkdtemp(join(tmpdir(), 'datasens-reader-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const settings = requireSettings(SETTINGS, 'datasens.yaml');
  const app = {
    project: { root, settings, private: join(root, '.datasens') },
    database: await testDatabase(),
    objects: await openObjects('./objects', { root }),
    sources: [{ name: SOURCE, settings: settings.sources[SOURCE]!, recipe: DEFAULT_RECIPE, recipeId: RECIPE }],
    recipes: [RECIPE],
    context: null,
    threadAnnotators: ['lexical'],
    models: [],
    students: [],
    codebook,
    codebookVersion: CODEBOOK,
    policy: DEFAULT_POLICY,
    policyId: policyId(DEFAULT_POLICY),
    clock: () => new Date('2026-06-01T00:00:00Z'),
    signal: new AbortController().signal,
  } as unknown as App;
  await app.database.transaction(async (tx) => {
    await saveRecipe(tx, RECIPE, { version: 1 });
    await saveCodebook(tx, CODEBOOK, codebook as unknown as JsonObject);
    await savePolicy(tx, app.policyId, {});
  });
  return app;
}

test('before anything was collected, everything is empty and nothing fails', async () => {
  const reader = await openStoreReader(await openTestApp());
  const journey = await reader.journey();
  expect(journey).toMatchObject({ empty: true, latestRelease: null, organisation: 'Commune d’essai' });
  expect(journey.stages.map(({ state }) => state)).toEqual(Array(6).fill('empty'));
  expect(await reader.barometer({}, 'raw', ['week'])).toBeNull();
  expect(await reader.search(ALL)).toMatchObject({ total: 0, items: [], nextCursor: null });
  expect(await reader.document('0'.repeat(64))).toBeNull();
  expect(await reader.runs()).toEqual([]);
  expect(await reader.run('not-a-run')).toBeNull();
  expect(await reader.releases()).toEqual([]);
});

test('a published corpus is read from its figures down to its bytes', async () => {
  const app = await openTestApp();
  const run = randomUUID() as RunId;
  const texts = ['La piscine est fermée, quel dommage.', 'Bravo pour la piscine !', ''];
  const source = app.sources[0]!;
  const ids = await app.database.transaction(async (tx) => {
    await startRun(tx, { id: run, command: 'run' });
    const { brought, documents } = await bringDocuments(tx, texts, {
      week: '2026-03-02',
      published: { value: '2026-03-03', precision: 'day' },
      territory: GRENOBLE,
      places: PLACES,
    });
    const key = progressKey(app, 'refine', source);
    await recordProgress(tx, brought.batch, { stage: 'refine', key, counts: { documents: texts.length } });
    await insertAnnotations(
      tx,
      annotationRows([
        annotationOf(documents[0]!.id, { label: 'negatif', evidence: [{ start: 3, end: 10, label: 'x', weight: 1 }] }),
        annotationOf(documents[0]!.id, { task: 'theme', label: 'ecologie' }),
      ]),
    );
    await indexDocumentsOfBatch(tx, brought.batch, RECIPE);
    await saveMeasurement(tx, { name: 'tone.accuracy', body: { value: 0.7, n: 10, interval: null, detail: {} } });
    return documents.map(({ id }) => id);
  });
  const reporter = openReporter(app.database, run, () => undefined);
  await clearDocuments(app, reporter);
  await publishRelease(app, 'opinion', reporter);
  await reporter.settle();
  const reader = await openStoreReader(app);

  const journey = await reader.journey();
  expect(journey.coverage).toMatchObject({ collected: 3, readable: 2, annotated: 1, published: 2 });
  for (const { received, done, refused, waiting } of journey.stages) expect(received).toBe(done + refused + waiting);
  expect(journey.stages.map(({ done }) => done)).toEqual([3, 2, 1, 2, 2, 2]);
  expect(journey.stages[3]).toMatchObject({ refused: 1, waiting: 0 });
  expect(journey.measurements).toEqual([{ name: 'tone.accuracy', value: 0.7, n: 10, interval: null }]);
  expect(journey.sources[0]).toMatchObject({ name: SOURCE, licence: 'lov2', documents: 3 });

  const barometer = (await reader.barometer({}, 'raw', ['week']))!;
  expect(barometer.cells).toMatchObject([{ week: '2026-03-02', n: 2, judged: 1, negative: 1 }]);
  expect(barometer.provisional).toBe(true);

  const found = await reader.search({ ...ALL, q: 'piscine', tone: 'negatif' });
  expect(found.items.map(({ id }) => id)).toEqual([ids[0]]);
  expect(found.items[0]!.excerpt.filter(({ match }) => match).map(({ text }) => text)).toEqual(['piscine']);

  const page = (await reader.document(ids[0]!))!;
  expect(page.annotations.find(({ task }) => task === 'tone')?.evidence[0]).toMatchObject({ start: 3, end: 10 });
  expect(page).toMatchObject({ legalBasis: '', clearance: { kind: 'cleared' } });
  expect(page.territory).toEqual({
    places: [
      { kind: 'commune', code: '38185', name: 'Grenoble' },
      { kind: 'epci', code: '200040715', name: 'Grenoble-Alpes-Métropole' },
      { kind: 'department', code: '38', name: 'Isère' },
      { kind: 'region', code: '84', name: 'Auvergne-Rhône-Alpes' },
    ],
    ...{ role: 'author', score: 0.5, rule: 'postal-code', gazetteer: '2026' },
    candidates: [{ kind: 'commune', code: '26002', name: 'Albon' }],
  });
  expect(page.places.map(({ place, candidates }) => [place?.name ?? null, candidates.length])).toEqual([
    [null, 1],
    ['Paris 12e', 0],
  ]);
  expect(page.provenance).toMatchObject({ ordinal: 0, snapshot: { location: 'inputs/a.csv' } });
  expect((await reader.codebook())?.tasks[0]?.categories[0]?.title.en).toBe('Ecology');

  const [release] = await reader.releases();
  const file = (await reader.releaseFile(release!.id, 'manifest.json'))!;
  let sizeBytes = 0;
  for await (const chunk of file.body) sizeBytes += chunk.length;
  expect(sizeBytes).toBe(file.sizeBytes);
  expect(await reader.releaseFile(release!.id, '../../keys/master')).toBeNull();
});

test('a facet in force still shows what its other values would give', async () => {
  const app = await openTestApp();
  await app.database.transaction(async (tx) => {
    const { brought, documents } = await bringDocuments(tx, ['un', 'deux', 'trois']);
    await insertAnnotations(
      tx,
      annotationRows(
        documents.map(({ id }, position) => annotationOf(id, { label: position === 0 ? 'positif' : 'negatif' })),
      ),
    );
    await indexDocumentsOfBatch(tx, brought.batch, RECIPE);
  });
  const answer = await (await openStoreReader(app)).search({ ...ALL, tone: 'positif' });
  expect(answer.total).toBe(1);
  expect(answer.facets.tone).toEqual([
    { value: 'negatif', n: 2 },
    { value: 'positif', n: 1 },
  ]);
});

test('a run is followed from wherever the reader stopped to its end', async () => {
  const app = await openTestApp();
  const reader = await openStoreReader(app);
  const run = randomUUID() as RunId;
  const { database } = app;
  const tell = (stage: string, kind: string, body: JsonObject) =>
    database.transaction((tx) => appendRunEvent(tx, run, { stage, kind, body }));
  await database.transaction((tx) => startRun(tx, { id: run, command: 'run' }));
  const rang = Promise.withResolvers<void>();
  const left = new AbortController();
  onTestFinished(() => left.abort());
  await reader.subscribe(run, rang.resolve, left.signal);
  await tell('collect', 'started', {});
  await tell('collect', 'progress', { source: 'a', records: 5, refusals: 1 });
  await tell('collect', 'progress', { source: 'b', records: 3, refusals: 0 });
  await rang.promise;
  const first = await reader.runEvents(run, 0);
  expect(first.map(({ kind }) => kind)).toEqual(['started', 'progress', 'progress']);
  expect(first.at(-1)?.stages).toMatchObject([{ stage: 'collect', total: null, done: 8, refused: 1 }]);
  expect((await reader.journey()).stages[0]?.state).toBe('running');
  await tell('collect', 'finished', { records: 8, refusals: 1 });
  await tell('copies', 'finished', { clusters: 2 });
  const counts = { collect: { records: 8, refusals: 1 }, 'publish opinion': { documents: 7 } };
  await database.transaction((tx) => finishRun(tx, { id: run, state: 'partial', counts, error: null }));
  const second = await reader.runEvents(run, first.at(-1)!.seq);
  expect(second.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'progress running',
    'progress running',
    'ended partial',
  ]);
  expect(second[0]?.stages).toMatchObject([{ stage: 'collect', total: 9, done: 8, refused: 1 }]);
  expect(await reader.runEvents(run, second[1]!.seq)).toEqual([second[2]]);
  expect(await reader.runEvents(run, second[2]!.seq)).toEqual([]);
  expect((await reader.run(run))?.stages).toMatchObject([
    { stage: 'collect', total: 9, done: 8, refused: 1 },
    { stage: 'publish', total: 7, done: 7, refused: 0 },
  ]);
});
