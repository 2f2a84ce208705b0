import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import { listActs } from '../store/acts.ts';
import { listRuns } from '../store/runs.ts';
import type { App } from './app.ts';
import { runJourney } from './journey.ts';
import { openStoreReader } from './store-reader.ts';
import { openRunDesk } from './store-run-desk.ts';

const DATASENS = resolve(import.meta.dirname, '../../bin/datasens');
const ROWS = 3000;
/** Enough batches that many are left when the first is refined, however fast the machine. */
const LONG = 10_000;
const BATCHES = { steps: ['collect', 'refine'] } as const;
const ASKER = { by: 'person:abcdefghijkl', requestId: 'r' } as const;
const silent = () => undefined;

const csv = (rows: number, word = 'piscine') =>
  [
    'avis',
    ...Array.from({ length: rows }, (_, n) => `L’avis numéro ${n} parle de la ${word} et du bus de ${n} heures.`),
  ].join('\n');

const projectOf = (rows: number): Promise<TestProject> =>
  testProject(sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }'), { 'avis.csv': csv(rows) });

async function deskOf({ app }: TestProject) {
  const desk = openRunDesk(app);
  onTestFinished(() => desk.settle());
  return { app, desk };
}

async function until<Value>(look: () => Promise<Value | null | false>): Promise<Value> {
  for (const end = performance.now() + 60_000; performance.now() < end; await wait(25)) {
    const value = await look();
    if (value !== null && value !== false) return value;
  }
  throw new Error('it never came');
}

const ended = (app: App, id: string) =>
  until(async () => {
    const run = (await app.database.transaction((tx) => listRuns(tx, 9))).find((each) => each.id === id);
    return run?.finishedAt != null && run;
  });

test('a run begun here keeps others away, stops when asked, and is taken up to the same end', {
  timeout: 120_000,
}, async () => {
  const { app, desk } = await deskOf(await projectOf(LONG));
  expect(await desk.choices()).toEqual({ steps: expect.any(Array), sources: ['avis'], busy: null });
  await expect(desk.start({ ...BATCHES, sources: ['avi'] }, ASKER)).rejects.toMatchObject({
    code: 'not-found',
    remedy: 'did you mean avis?',
  });
  const id = await desk.start(BATCHES, { ...ASKER, requestId: randomUUID() });
  expect((await desk.choices()).busy).toBe(id);
  await expect(desk.start(BATCHES, ASKER)).rejects.toMatchObject({
    code: 'locked',
    remedy: expect.stringContaining(`datasens runs cancel ${id.slice(0, 8)}`),
  });
  await expect(desk.retry(id, ASKER)).rejects.toMatchObject({ code: 'locked' });
  await until(async () => ((await desk.detail(id))!.stages.find(({ stage }) => stage === 'refine')?.done ?? 0) > 0);
  expect(await desk.cancel(id, ASKER.by)).toBe('cancelled');
  const stopped = (await desk.detail(id))!;
  expect(stopped).toMatchObject({ state: 'cancelled', retry: 'rest', failure: { code: 'cancelled' } });
  for (const stage of stopped.stages) {
    const { total, done, known, refused, empty, failed, left } = stage;
    expect([stage.stage, total]).toEqual([stage.stage, done + known + refused + empty + failed + left]);
  }
  expect(stopped.stages.find(({ stage }) => stage === 'refine')!.left).toBeGreaterThan(0);
  // Those in hand are finished; nobody takes the others.
  expect(await app.queue.pending('refine')).toBeLessThanOrEqual(app.threads.size + 1);

  const retried = await desk.retry(id, { ...ASKER, requestId: randomUUID() });
  expect(await ended(app, retried)).toMatchObject({ state: 'done', request: { retryOf: id } });
  const journey = await (await openStoreReader(app)).journey();
  expect(journey.stages[1]).toMatchObject({ done: LONG, waiting: 0 });
  expect((await desk.detail(id))!.retry).toBeNull();
  await expect(desk.cancel(randomUUID(), ASKER.by)).rejects.toMatchObject({ code: 'not-found' });
  expect(await desk.cancel(retried, ASKER.by)).toBe('done');
  const page = { before: null, actor: ASKER.by, limit: 10 };
  const acts = await app.database.transaction((tx) => listActs(tx, page));
  expect(acts.map(({ verb, object }) => [verb, object])).toEqual([
    ['cancel', `run:${retried}`],
    ['start', `run:${retried}`],
    ['cancel', `run:${id}`],
    ['start', `run:${id}`],
  ]);
});

test('a run that another process holds is stopped from here, and ends with 130', {
  timeout: 120_000,
}, async () => {
  const project = await projectOf(ROWS);
  const { app, desk } = await deskOf(project);
  const child = spawn(DATASENS, ['--project', project.root, 'run', '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const id = await until(async () => (await desk.choices()).busy);
  await until(async () => (await desk.detail(id))!.stages.length > 0);
  expect(await desk.cancel(id, ASKER.by)).toBe('cancelled');
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(130);
  expect(JSON.parse(said)).toMatchObject({
    ok: false,
    error: { code: 'cancelled', message: 'the run was stopped on request' },
  });
  const retried = await desk.retry(id, { ...ASKER, requestId: randomUUID() });
  expect(await ended(app, retried)).toMatchObject({ state: 'done', counts: { govern: { judged: ROWS } } });
});

test('a run whose process was killed is found dead, and taken up', { timeout: 120_000 }, async () => {
  const project = await projectOf(ROWS);
  const { app, desk } = await deskOf(project);
  const child = spawn(DATASENS, ['--project', project.root, 'run', '--quiet'], { stdio: 'ignore' });
  const id = await until(async () => (await desk.choices()).busy);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await until(async () => (await desk.cancel(id, ASKER.by)) === 'failed' && 'failed')).toBe('failed');
  expect(await desk.detail(id)).toMatchObject({
    retry: 'rest',
    failure: { remedy: expect.stringContaining('datasens runs retry') },
  });
  expect(await ended(app, await desk.retry(id, { ...ASKER, requestId: randomUUID() }))).toMatchObject({
    state: 'done',
  });
});

test('without history there is no estimate; with it there is one, kept with the run beside what it took', {
  timeout: 120_000,
}, async () => {
  const project = await projectOf(500);
  const { app, desk } = await deskOf(project);
  expect(await desk.estimate(BATCHES)).toBeNull();
  await runJourney(app, { command: 'run', ...BATCHES }, silent);
  const estimate = (await desk.estimate(BATCHES))!;
  expect(estimate).toMatchObject({ runs: 1, backlog: 0, unknown: [], records: { low: 500, middle: 500, high: 500 } });
  expect(estimate.seconds.middle).toBeGreaterThan(0.05);
  project.put('avis.csv', csv(1500, 'patinoire'));
  const { run } = await runJourney(app, { command: 'run', ...BATCHES }, silent);
  const detail = (await desk.detail(run))!;
  expect(detail.estimate).toEqual(estimate);
  expect(detail.seconds).toBeGreaterThan(0);
  expect((await desk.estimate(BATCHES))!).toMatchObject({ runs: 2, records: { low: 500, middle: 1000, high: 1500 } });
  expect(await desk.estimate({ steps: ['publish'] })).toBeNull();
});

test('a run is compared with the one before it: records new, changed and gone, refusals new and resolved', {
  timeout: 120_000,
}, async () => {
  const lines = (...given: readonly (readonly [string, string])[]) =>
    given.map(([id, avis]) => JSON.stringify({ id, avis })).join('\n');
  const project = await testProject(sourceOf('avis', 'file', '{ path: "*.jsonl", map: { id: id, text: avis } }'), {
    'a.jsonl': `${lines(['1', 'La piscine.'], ['2', 'Le bus.'], ['3', 'La gare.'])}\n{"id": "4", "avis`,
    'b.jsonl': lines(['9', 'Le parc.']),
  });
  const { app, desk } = await deskOf(project);
  const first = await runJourney(app, { command: 'run', ...BATCHES }, silent);
  expect(await desk.difference(first.run)).toMatchObject({
    previous: null,
    sources: [{ source: 'avis', added: 4, gone: 0 }],
  });
  project.put(
    'a.jsonl',
    lines(['1', 'La piscine.'], ['2', 'Le bus de nuit.'], ['5', 'La mairie.'], ['6', 'Le stade.']),
  );
  const second = await runJourney(app, { command: 'run', ...BATCHES }, silent);
  const difference = (await desk.difference(second.run))!;
  expect(difference.previous!.id).toBe(first.run);
  const [source] = difference.sources;
  expect(source).toMatchObject({ captured: true, refusals: { added: 0, resolved: 1 } });
  // Where the source gives no key, a record that changed is one that came and one that went.
  const { added, changed, gone } = source!;
  expect([added + (changed ?? 0), gone! + (changed ?? 0)]).toEqual([3, 2]);
  expect(difference.stages).toContainEqual({ stage: 'collect', now: 3, before: 4 });
  const third = await runJourney(app, { command: 'run', ...BATCHES }, silent);
  expect((await desk.difference(third.run))!.sources).toEqual([
    { source: 'avis', added: 0, changed: 0, gone: 0, captured: false, refusals: { added: 0, resolved: 0 } },
  ]);
});

test('the manifest of a run says what ran on what, the same bytes each time, whatever came later', {
  timeout: 120_000,
}, async () => {
  const project = await projectOf(20);
  const { app, desk } = await deskOf(project);
  const { run } = await runJourney(app, { command: 'run', ...BATCHES }, silent);
  const manifest = JSON.stringify(await desk.manifest(run));
  project.put('avis.csv', csv(30));
  await runJourney(app, { command: 'run', ...BATCHES }, silent);
  expect(JSON.stringify(await desk.manifest(run))).toBe(manifest);
  expect(JSON.parse(manifest)).toMatchObject({
    format: 'datasens-run@1',
    id: run,
    request: { steps: ['collect', 'refine'], sources: null },
    context: {
      settingsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      generator: expect.stringContaining('datasens '),
    },
    sources: [
      {
        name: 'avis',
        state: 'done',
        captures: [
          { location: 'avis.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), records: 20, state: 'complete' },
        ],
      },
    ],
    counts: { collect: { newRecords: 20 }, refine: { documents: 20 } },
    acts: { first: 1, last: 2 },
  });
  expect(await desk.manifest(randomUUID())).toBeNull();
});
