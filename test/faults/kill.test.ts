import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { seeded } from '../../examples/concertation/fabrique/random.ts';
import { testDatabaseUrl } from '../database.ts';
import { rounds } from '../thoroughness.ts';
import { readOutcome, writeKillProject } from './kill-project.ts';
import { killRepeatedly } from './killing.ts';

const datasens = resolve(import.meta.dirname, '../../bin/datasens');
const ROWS = 1200;

async function project(database: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datasens-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeKillProject(folder, database, ROWS);
  return folder;
}

const run = (folder: string) => () => ({ command: datasens, arguments: ['--project', folder, 'run', '--quiet'] });

test('a run killed again and again ends as if it had never been: nothing lost, nothing doubled', {
  timeout: 120_000,
}, async () => {
  const [calm, stormy] = [await testDatabaseUrl(), await testDatabaseUrl()];
  const never = { kills: 0, betweenMs: [0, 0] as const, random: () => 0, onCompletion: async () => undefined };
  await killRepeatedly(run(await project(calm)), never);
  const kills = rounds(6, 2);
  await killRepeatedly(run(await project(stormy)), {
    kills,
    betweenMs: [400, 2200],
    random: seeded(7).next,
    onCompletion: async () => undefined,
  });
  const expected = await readOutcome(calm);
  expect(expected).toMatchObject({ occurrences: ROWS, documents: ROWS, annotations: 2 * ROWS, openSnapshots: 0 });
  expect(await readOutcome(stormy)).toEqual(expected);
});

test('the harness catches a subject that commits its progress apart from its work', { timeout: 120_000 }, async () => {
  const url = await testDatabaseUrl();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const random = seeded(3);
  let doubled = 0;
  for (let round = 0; round < 40 && doubled === 0; round += 1) {
    await killRepeatedly(
      () => ({ command: process.execPath, arguments: [join(import.meta.dirname, 'naive-subject.ts'), url, '60000'] }),
      { kills: 3, betweenMs: [250, 500], random: random.next, onCompletion: async () => undefined },
    );
    const { rows } = await client.query<{ n: number; distinct: number }>(
      'select count(*)::int as n, count(distinct text)::int as distinct from naive_document',
    );
    doubled = rows[0]!.n - rows[0]!.distinct;
    await client.query('truncate naive_document, naive_progress');
  }
  expect(doubled).toBeGreaterThan(0);
});
