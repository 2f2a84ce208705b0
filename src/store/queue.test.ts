import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { DataSensError } from '../model/error.ts';
import type { Database } from './database.ts';
import { openQueue, type Queue } from './queue.ts';

async function opened(): Promise<{ readonly database: Database; readonly queue: Queue }> {
  const database = await testDatabase();
  const queue = await openQueue(database.url);
  onTestFinished(() => queue.close());
  return { database, queue };
}

/** Resolves once `done` is called `n` times. */
function countdown(n: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let left = n;
  return { promise, done: () => void (--left === 0 && resolve()) };
}

test('jobs are sent with their transaction or not at all, and each is handled once', async () => {
  const { database, queue } = await opened();
  await database
    .transaction(async (tx) => {
      await queue.send(tx, 'refine', [{ n: -1 }]);
      throw new Error('undo');
    })
    .catch(() => undefined);
  await database.transaction(async (tx) => {
    await queue.send(
      tx,
      'refine',
      Array.from({ length: 50 }, (_, n) => ({ n })),
    );
    // The role is the one that owns nothing again.
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(tx);
    expect(rows).toEqual([{ role: 'datasens_app' }]);
    await expect(sql`savepoint s`.execute(tx).then(() => sql`select from pgboss.job`.execute(tx))).rejects.toThrow();
    await sql`rollback to s`.execute(tx);
  });
  expect(await queue.pending('refine')).toBe(50);
  const all = countdown(50);
  const handled: number[] = [];
  const stop = await queue.work<{ n: number }>('refine', { concurrency: 3, batchSize: 4 }, async ({ n }) => {
    handled.push(n);
    all.done();
  });
  await all.promise;
  await stop();
  expect(handled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(await queue.pending('refine')).toBe(0);
});

test('a worker that waits is woken by a job', async () => {
  const { database, queue } = await opened();
  const first = countdown(1);
  const second = countdown(1);
  const handle = async ({ n }: { n: number }) => (n === 1 ? first : second).done();
  // By looking alone it would come too late for this test.
  const stop = await queue.work('index', { concurrency: 1, batchSize: 1, pollMs: 600_000 }, handle);
  await database.transaction((tx) => queue.send(tx, 'index', [{ n: 1 }]));
  await first.promise;
  await database.transaction((tx) => queue.send(tx, 'index', [{ n: 2 }]));
  await second.promise;
  await stop();
});

test('a job that fails is tried again, and what is kept of its failure holds no words', async () => {
  const { database, queue } = await opened();
  const tries = countdown(2);
  let attempts = 0;
  const stop = await queue.work('annotate', { concurrency: 1, batchSize: 1 }, async () => {
    attempts += 1;
    tries.done();
    if (attempts === 1) throw new Error('Jeanne Exemple');
  });
  await database.transaction((tx) => queue.send(tx, 'annotate', [{}]));
  await tries.promise;
  await stop();
  expect(await queue.pending('annotate')).toBe(0);
  const kept = await database.transaction(async (tx) => {
    await sql`select set_config('role', 'none', true)`.execute(tx);
    return (await sql`select data, output, state from pgboss.job where name = 'annotate'`.execute(tx)).rows;
  });
  expect(JSON.stringify(kept)).not.toContain('Jeanne');
});

test('stopping waits for the job in hand and gives back the others', async () => {
  const { database, queue } = await opened();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  let ended = 0;
  const stop = await queue.work('clear', { concurrency: 1, batchSize: 5 }, async () => {
    begun.resolve();
    await finish.promise;
    ended += 1;
  });
  await database.transaction((tx) => queue.send(tx, 'clear', [{}, {}, {}]));
  await begun.promise;
  const stopping = stop();
  finish.resolve();
  await stopping;
  expect(ended).toBe(1);
  expect(await queue.pending('clear')).toBe(2);
});

test('a database that is not there is unavailable', async () => {
  await expect(openQueue('postgres://nobody@127.0.0.1:1/none')).rejects.toBeInstanceOf(DataSensError);
});

test('the job of a worker that was killed comes back to another', async () => {
  const { database, queue } = await opened();
  const program = `
    const { openQueue } = await import(${JSON.stringify(join(import.meta.dirname, 'queue.ts'))});
    const queue = await openQueue(process.argv[1]);
    await queue.work('refine', { concurrency: 1, batchSize: 1 }, async () => {
      console.log('taken');
      await new Promise(() => setInterval(() => {}, 1000));
    });`;
  const worker: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', program, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void worker.kill('SIGKILL'));
  await database.transaction((tx) => queue.send(tx, 'refine', [{ n: 1 }]));
  await once(worker.stdout!, 'data');
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  // As if the ten seconds after its last sign of life had passed.
  await database.transaction(async (tx) => {
    await sql`select set_config('role', 'none', true)`.execute(tx);
    await sql`update pgboss.job set heartbeat_on = heartbeat_on - interval '10 seconds' where state = 'active'`.execute(
      tx,
    );
  });
  const again = countdown(1);
  const stop = await queue.work('refine', { concurrency: 1, batchSize: 1 }, async () => again.done());
  await again.promise;
  await stop();
  expect(await queue.pending('refine')).toBe(0);
}, 60_000);
