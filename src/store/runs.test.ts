import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { hashOf, newRun, SOURCE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { ReleaseId, RunId } from '../model/identity.ts';
import type { Manifest } from '../model/release.ts';
import { appendAct, verifyActs } from './acts.ts';
import { serverVersion } from './database.ts';
import { saveRefusals } from './refusals.ts';
import {
  latestRelease,
  listReleases,
  readMeasurements,
  readRelease,
  saveIndicator,
  saveMeasurement,
  saveRelease,
} from './releases.ts';
import { appendRunEvent, finishRun, listRuns, RUN_CHANNEL, readRun, runEventsAfter, startRun } from './runs.ts';
import { latestCodebook, listSources, saveCodebook, saveSources } from './sources.ts';

test('a run is started, told of and finished', async () => {
  const database = await testDatabase();
  const run = newRun();
  const heard = Promise.withResolvers<string>();
  const stop = await database.listen(RUN_CHANNEL, heard.resolve);
  onTestFinished(stop);
  await database.transaction((tx) => startRun(tx, { id: run, command: 'run' }));
  expect(await heard.promise).toBe(run);
  for (const n of [1, 2, 3]) {
    await database.transaction((tx) => appendRunEvent(tx, run, { stage: 'collect', kind: 'progress', body: { n } }));
  }
  await database.transaction(async (tx) => {
    const events = await runEventsAfter(tx, run, 0, 10);
    expect(events.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await runEventsAfter(tx, run, events[1]!.seq, 10)).toEqual([events[2]]);
    await finishRun(tx, { id: run, state: 'failed', counts: { a: 1 }, error: { code: 'internal' } });
    expect(await readRun(tx, run)).toMatchObject({ state: 'failed', counts: { a: 1 }, error: { code: 'internal' } });
    await startRun(tx, { id: newRun(), command: 'later' });
    expect((await listRuns(tx, 10)).map(({ command }) => command)).toEqual(['later', 'run']);
    expect(await readRun(tx, randomUUID() as RunId)).toBeNull();
    await saveRefusals(tx, run, SOURCE, [{ location: 'a.csv', at: 'line 3', code: 'input-unreadable', message: 'x' }]);
    expect(await serverVersion(tx)).toMatch(/^PostgreSQL 1[5-9]/);
  });
});

test('events written at once are read in order, none missed by who reads meanwhile', async () => {
  const database = await testDatabase();
  const run = newRun();
  await database.transaction((tx) => startRun(tx, { id: run, command: 'run' }));
  const seen: number[] = [];
  const read = async () => {
    const fresh = await database.transaction((tx) => runEventsAfter(tx, run, seen.at(-1) ?? 0, 1000));
    seen.push(...fresh.map(({ seq }) => seq));
  };
  const writing = Array.from({ length: 40 }, (_, n) =>
    database.transaction(async (tx) => {
      await appendRunEvent(tx, run, { stage: 's', kind: 'progress', body: { n } });
      await sql`select pg_sleep(${(n % 4) / 1000})`.execute(tx);
    }),
  );
  let writes = 0;
  for (const write of writing) void write.then(() => (writes += 1));
  while (writes < writing.length) await read();
  await read();
  expect(seen).toHaveLength(40);
});

test('acts are chained: what is changed, removed or exchanged shows, with its place', async () => {
  const database = await testDatabase();
  const act = (object: string) =>
    ({ actor: 'system', verb: 'collect', object, why: 'essai', detail: { n: 1 } }) as const;
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => database.transaction((tx) => appendAct(tx, act(`source:${n}\0`)))),
  );
  expect(await database.transaction(verifyActs)).toEqual({ count: 12, broken: null });
  await expect(
    database.transaction((tx) => sql`update act set why = 'autre' where seq = 3`.execute(tx)),
  ).rejects.toMatchObject({ code: 'internal' });
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  onTestFinished(() => owner.end());
  await owner.query(`select set_config('datasens.organisation', $1, false)`, [database.organisation]);
  const breakings = [
    [`update act set why = 'autre' where seq = 3`, 3],
    [`update act set detail = '{"n": 2}' where seq = 12`, 12],
    [`update act set at = at + interval '1 ms' where seq = 1`, 1],
    ['delete from act where seq = 5', 5],
    ['update act set seq = -seq where seq in (7, 8); update act set seq = 15 + seq where seq < 0', 7],
  ] as const;
  for (const [breaking, place] of breakings) {
    await owner.query('create table kept as table act');
    await owner.query(breaking);
    expect(await database.transaction(verifyActs)).toMatchObject({ broken: place });
    await owner.query('delete from act; insert into act table kept; drop table kept');
  }
  expect(await database.transaction(verifyActs)).toEqual({ count: 12, broken: null });
});

test('releases, indicators and figures are read back, the latest first', async () => {
  const database = await testDatabase();
  const release = (name: string) => ({
    id: hashOf(name) as ReleaseId,
    manifest: { name, title: name, documents: 1 } as unknown as Manifest,
    objectPrefix: `releases/${name}`,
  });
  await database.transaction(async (tx) => {
    expect(await latestRelease(tx)).toBeNull();
    for (const name of ['a', 'b', 'a']) await saveRelease(tx, release(name));
    expect(await latestRelease(tx)).toMatchObject(release('a'));
    expect(await latestRelease(tx, 'b')).toMatchObject(release('b'));
    expect((await listReleases(tx, { limit: 9 })).map(({ manifest }) => manifest.name)).toEqual(['a', 'b']);
    expect(await readRelease(tx, hashOf('b') as ReleaseId)).toMatchObject(release('b'));
    for (const n of [1, 2]) {
      await saveIndicator(tx, { release: hashOf('a') as ReleaseId, name: 'barometer', body: { n } });
      await saveMeasurement(tx, { name: 'tone.accuracy', body: { value: n } });
    }
    expect(await readMeasurements(tx)).toMatchObject([{ name: 'tone.accuracy', body: { value: 2 } }]);
    await saveSources(tx, [{ name: 'b', collector: 'rss', settings: {} }]);
    await saveSources(tx, [{ name: 'a', collector: 'file', settings: { clé: ['"', '\\', null] } }]);
    expect(await listSources(tx)).toEqual([
      { name: 'a', collector: 'file', settings: { clé: ['"', '\\', null] } },
      { name: 'b', collector: 'rss', settings: {} },
    ]);
    for (const version of ['b@1', 'b@2', 'b@1'] as never[]) await saveCodebook(tx, version, {});
    expect(await latestCodebook(tx)).toEqual({ version: 'b@1', body: {} });
  });
});
