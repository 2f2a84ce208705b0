import { statSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { sourceOf, testProject } from '../../test/project.ts';
import type { JsonObject } from '../model/json.ts';
import { listRuns, readRun } from '../store/runs.ts';
import { runJourney } from './journey.ts';
import { JOURNEY_STEPS } from './journey-request.ts';
import type { RunStage } from './reader.ts';
import { retryRequest } from './retry.ts';
import { readDetail } from './run-detail.ts';
import { stagesOfCounts } from './run-progress.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/concertation');
const WHOLE = { command: 'run', steps: JOURNEY_STEPS };
const FEED = `<rss version="2.0"><channel><title>Écho</title><item><title>Le marché</title><description>Le marché
  déménage.</description><guid>1</guid></item></channel></rss>`;
const silent = () => undefined;

const sum = ({ done, known, refused, empty, failed, left }: RunStage) => done + known + refused + empty + failed + left;

/** Counts as the database has them, over everything it holds. */
async function counted(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(query);
    return rows[0]!.n;
  } finally {
    await client.end();
  }
}

test('the counts of the example reconcile at every stage, in all and by source, and again when it is run again', {
  timeout: 120_000,
}, async () => {
  const project = await testProject(sourceOf('avis', 'file', '{ path: avis.csv }'));
  const { app } = project;
  await cp(EXAMPLE, project.root, { recursive: true, filter: (path) => !/\.datasens|fabrique/.test(path) });
  const settings = await readFile(join(EXAMPLE, 'datasens.yaml'), 'utf8');
  project.put('datasens.yaml', settings.replace('database: embedded', `database: "${project.database}"`));
  await app.reload();
  const { run, counts } = await runJourney(app, WHOLE, silent);
  const stored = (await app.database.transaction((tx) => readRun(tx, run)))!;
  expect(stored.counts).toEqual(counts);
  const detail = await app.database.transaction((tx) => readDetail(tx, stored, { now: new Date() }));
  expect(detail.stages.map(({ stage }) => stage)).toEqual([...JOURNEY_STEPS]);
  const stage = (name: string) => detail.stages.find((entry) => entry.stage === name)!;
  for (const entry of detail.stages) expect([entry.stage, entry.total]).toEqual([entry.stage, sum(entry)]);
  // Against what the tables hold, not against the counters.
  const rows = (query: string) => counted(project.database, query);
  // Records of context are counted apart: they are no texts.
  const texts = `snapshot_record join snapshot on snapshot.id = snapshot_record.snapshot
    where source in ('${app.sources.map(({ name }) => name).join("', '")}')`;
  expect(stage('collect').done).toBe(await rows(`select count(distinct record)::int as n from ${texts}`));
  expect(stage('collect').done + stage('collect').known).toBe(await rows(`select count(*)::int as n from ${texts}`));
  expect(stage('refine')).toMatchObject({
    done: await rows('select count(*)::int as n from document'),
    failed: 0,
    left: 0,
  });
  expect(stage('refine').total).toBe(stage('collect').done + stage('collect').known);
  expect(stage('annotate').total).toBe(stage('refine').done);
  expect(stage('annotate').empty).toBeGreaterThanOrEqual(
    await rows(`select count(*)::int as n from document where text = ''`),
  );
  expect(stage('govern')).toMatchObject({
    total: stage('refine').done,
    done: await rows('select count(*)::int as n from clearance where cleared'),
    refused: await rows('select count(*)::int as n from clearance where not cleared'),
  });
  expect(Object.values(detail.reasons).reduce((total, n) => total + n, 0)).toBe(stage('govern').refused);
  expect(stage('publish').done).toBe(stage('govern').done);
  expect(detail.copies!.documents).toBe(detail.copies!.distinct + detail.copies!.copies);
  for (const name of ['collect', 'refine', 'annotate', 'govern']) {
    const ofSources = detail.sources.map(({ stages }) => stages.find((entry) => entry.stage === name)!);
    for (const part of ['total', 'done', 'known', 'refused', 'empty'] as const) {
      expect([name, part, ofSources.reduce((total, entry) => total + entry[part]!, 0)]).toEqual([
        name,
        part,
        stage(name)[part],
      ]);
    }
  }

  const again = await runJourney(app, WHOLE, silent);
  const stages = stagesOfCounts(again.counts);
  expect(stages.find((entry) => entry.stage === 'collect')).toMatchObject({ total: 0, done: 0 });
  expect(stages.find((entry) => entry.stage === 'refine')).toMatchObject({ total: 0 });
  expect(stages.find((entry) => entry.stage === 'govern')).toMatchObject({ total: stage('govern').total });

  // A row that comes once more is a new document; what was annotated with the earlier rows is not annotated again.
  const inputs = join(project.root, 'inputs/reclamations.csv');
  const lines = (await readFile(inputs)).toString('latin1').trimEnd().split('\n');
  await writeFile(inputs, [...lines, lines.at(-1)].join('\n'), 'latin1');
  const grown = stagesOfCounts((await runJourney(app, WHOLE, silent)).counts);
  const [collect, refine, annotate] = grown;
  for (const entry of grown) expect(entry.total).toBe(sum(entry));
  expect(refine!.done).toBe(1);
  expect(annotate!.done + annotate!.empty).toBe(1);
  expect(annotate!.known).toBe(refine!.known);
  expect([refine!.total, annotate!.total]).toEqual([collect!.total, collect!.total]);
});

test('hostile input reconciles too: refusals, copies, a row that comes twice, empty texts, a file that changes', {
  timeout: 120_000,
}, async () => {
  const row = (id: number) => `${id};L’avis numéro ${id} parle de la piscine et du bus.`;
  const csv = ['id;avis', ...[1, 2, 3, 4, 5].map(row), row(5), '7;', '8;   '].join('\n');
  const project = await testProject(
    sourceOf('avis', 'file', '{ path: ["inputs/*.csv", absent.csv], map: { text: avis, id: id } }'),
    { 'inputs/a.csv': csv, 'inputs/b.csv': '\u0000\u0001\u0002', 'inputs/c.csv': `id;avis\n9;"jamais fermé\n10;x\n` },
  );
  const { app } = project;
  const first = await runJourney(app, { command: 'run', steps: ['collect', 'refine', 'govern'] }, silent);
  expect(first.state).toBe('partial');
  const collect = first.counts.collect as Record<string, number>;
  expect(collect.refusals).toBeGreaterThan(0);
  expect(collect.known).toBe(1);
  expect(collect.received).toBe(collect.kept! + collect.known! + collect.refusals!);
  for (const stage of stagesOfCounts(first.counts)) expect(stage.total).toBe(sum(stage));
  expect((first.counts.refine as JsonObject).received).toBe(collect.records);
  expect((first.counts.govern as { reasons: object }).reasons).toMatchObject({ 'text-empty': 2 });

  project.put('inputs/a.csv', csv.replace('numéro 2', 'numéro deux'));
  const second = await runJourney(app, { command: 'run', steps: ['collect', 'refine', 'govern'] }, silent);
  expect(second.counts.collect).toMatchObject({ newRecords: 1 });
  const refine = second.counts.refine as Record<string, number>;
  expect(refine).toMatchObject({ documents: 1, failed: 0, left: 0 });
  expect(refine.received).toBe(refine.documents! + refine.known!);
  for (const stage of stagesOfCounts(second.counts)) expect(stage.total).toBe(sum(stage));
});

test('a source that fails is told with cause, remedy and place; the others go on, and only it is tried again', {
  timeout: 120_000,
}, async () => {
  const project = await testProject(
    sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }') +
      sourceOf('presse', 'rss', '{ feeds: [flux.rss] }') +
      sourceOf('reste', 'file', '{ path: reste.csv, map: { text: avis } }'),
    { 'avis.csv': 'avis\nLa piscine est fermée.\n', 'reste.csv': 'avis\nLe bus est en retard.\n' },
  );
  // A folder in the place of a file: a failure of the world that no collector foresees.
  project.put('flux.rss/ici', '');
  const { app } = project;
  const { run, state, counts } = await runJourney(app, { command: 'run', steps: ['collect', 'refine'] }, silent);
  expect(state).toBe('partial');
  expect(counts.collect).toMatchObject({ newRecords: 2, failedSources: 1 });
  const stored = (await app.database.transaction((tx) => readRun(tx, run)))!;
  const detail = await app.database.transaction((tx) => readDetail(tx, stored, { now: new Date() }));
  expect(detail.sources.map(({ name, state }) => [name, state])).toEqual([
    ['avis', 'done'],
    ['presse', 'failed'],
    ['reste', 'done'],
  ]);
  expect(detail.sources[1]!.error!.remedy).not.toBeNull();
  expect(detail.retry).toBe('failed');
  expect(await app.database.transaction((tx) => retryRequest(tx, stored))).toMatchObject({
    steps: ['collect', 'refine'],
    sources: ['presse'],
    retry: { run, batches: [] },
  });
  await rm(join(project.root, 'flux.rss'), { recursive: true });
  project.put('flux.rss', FEED);
  project.put('avis.csv', 'avis\nLa piscine est rouverte.\n');
  const again = await runJourney(app, await app.database.transaction((tx) => retryRequest(tx, stored)), silent);
  expect(again).toMatchObject({ state: 'done', counts: { collect: { newRecords: 1 }, refine: { documents: 1 } } });
  await expect(app.database.transaction((tx) => retryRequest(tx, stored))).rejects.toMatchObject({ code: 'refused' });
});

test('where every source fails the run fails, with the cause of the first', { timeout: 120_000 }, async () => {
  const project = await testProject(sourceOf('presse', 'rss', '{ feeds: [flux.rss] }'), { 'flux.rss/ici': '' });
  const { app } = project;
  await expect(runJourney(app, WHOLE, silent)).rejects.toMatchObject({ code: 'EISDIR' });
  const [run] = await app.database.transaction((tx) => listRuns(tx, 1));
  expect(run).toMatchObject({
    state: 'failed',
    error: { code: 'internal', message: 'an unexpected failure (EISDIR)' },
  });
});

test('batches whose pack is damaged are told and left, the others go on; mended, only they are done again', {
  timeout: 120_000,
}, async () => {
  const rows = Array.from({ length: 1200 }, (_, n) => `L’avis numéro ${n} parle de la piscine.`);
  const files = { 'a/avis.csv': ['avis', ...rows].join('\n'), 'b/avis.csv': 'avis\nLe bus est en retard.' };
  const sources = ['a', 'b'].map((name) => sourceOf(name, 'file', `{ path: ${name}/avis.csv }`));
  const project = await testProject(sources.join(''), files);
  const { app } = project;
  await runJourney(app, { command: 'collect', steps: ['collect'] }, silent);
  const packs = await readdir(join(project.root, '.datasens/objects/raw'), { recursive: true, withFileTypes: true });
  const sizes = packs.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const largest = sizes.toSorted((left, right) => statSync(right).size - statSync(left).size)[0]!;
  const whole = await readFile(largest);
  await writeFile(largest, Buffer.from(whole).fill(0, 0, 200));
  const { run, state, counts } = await runJourney(app, { command: 'refine', steps: ['refine'] }, silent);
  expect(state).toBe('partial');
  expect(counts.refine).toMatchObject({ received: 1201, documents: 701, failed: 500, failedBatches: 1, left: 0 });
  const stored = (await app.database.transaction((tx) => readRun(tx, run)))!;
  const detail = await app.database.transaction((tx) => readDetail(tx, stored, { now: new Date() }));
  expect(detail.failedBatches).toMatchObject([{ source: 'a', stage: 'refine', batches: 1, records: 500, open: 1 }]);
  await writeFile(largest, whole);
  const request = await app.database.transaction((tx) => retryRequest(tx, stored));
  const again = await runJourney(app, request, silent);
  expect(again).toMatchObject({ state: 'done', counts: { refine: { received: 500, documents: 500, failed: 0 } } });
});
