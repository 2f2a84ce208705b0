import { sql } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { streamRows } from './cursor.ts';
import { type Database, openDatabase } from './database.ts';

async function killConnections(database: Database, application: string): Promise<void> {
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
    [application],
  );
  await owner.end();
}

test('a transaction sees and writes its organisation and no other', async () => {
  const one = await testDatabase('Commune une');
  const two = await openDatabase({ url: one.url, organisation: 'Commune deux', poolSize: 1 });
  onTestFinished(() => two.close());
  const write = (database: Database, name: string) =>
    database.transaction((tx) => tx.insertInto('source').values({ name, collector: 'file', settings: '{}' }).execute());
  await write(one, 'même');
  await write(two, 'même');
  await write(two, 'deux');
  const read = (database: Database) =>
    database.transaction((tx) => tx.selectFrom('source').select('name').orderBy('name').execute());
  expect(await read(one)).toEqual([{ name: 'même' }]);
  expect(await read(two)).toEqual([{ name: 'deux' }, { name: 'même' }]);
  await expect(
    one.transaction((tx) =>
      sql`insert into source (organisation, name, collector, settings)
          values (${two.organisation}, 'volée', 'file', '{}')`.execute(tx),
    ),
  ).rejects.toMatchObject({ code: 'internal' });
  await one.transaction((tx) => sql`delete from source`.execute(tx));
  expect(await read(two)).toHaveLength(2);
});

test('without organisation nothing is seen', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    await tx.insertInto('source').values({ name: 'a', collector: 'file', settings: '{}' }).execute();
    for (const none of ['', null]) {
      await sql`select set_config('datasens.organisation', ${none}, true)`.execute(tx);
      expect(await tx.selectFrom('source').selectAll().execute()).toEqual([]);
    }
  });
});

test('a lock is held by one, released at the end, and lost with its connection', async () => {
  const database = await testDatabase();
  await database.withLock('publish', async () => {
    await expect(database.withLock('publish', async () => 'never')).rejects.toMatchObject({ code: 'locked' });
    expect(await database.withLock('another', async () => 'free')).toBe('free');
  });
  expect(await database.withLock('publish', async () => 'again')).toBe('again');
  await expect(
    database.withLock('publish', async (signal) => {
      const told = new Promise((resolve) => signal.addEventListener('abort', resolve));
      await killConnections(database, 'datasens lock');
      await told;
      signal.throwIfAborted();
    }),
  ).rejects.toMatchObject({ code: 'store-unavailable' });
  expect(await database.withLock('publish', async () => 'free')).toBe('free');
});

test('a listener hears commits only, and is told when its connection was lost', async () => {
  const database = await testDatabase();
  const heard: string[] = [];
  let wake = Promise.withResolvers<void>();
  const stop = await database.listen('essai', (payload) => {
    heard.push(payload);
    wake.resolve();
  });
  onTestFinished(stop);
  const say = (word: string) => database.transaction((tx) => sql`select pg_notify('essai', ${word})`.execute(tx));
  await database
    .transaction(async (tx) => {
      await sql`select pg_notify('essai', 'undone')`.execute(tx);
      throw new Error('undo');
    })
    .catch(() => undefined);
  await say('one');
  await wake.promise;
  wake = Promise.withResolvers();
  await killConnections(database, 'datasens listen');
  await wake.promise;
  wake = Promise.withResolvers();
  await say('two');
  await wake.promise;
  expect(heard).toEqual(['one', '', 'two']);
});

test('what the server refuses is told without the words of rows', async () => {
  const database = await testDatabase();
  const failure = await database
    .transaction((tx) =>
      sql`insert into run (id, command, state) values (gen_random_uuid(), 'Jeanne Exemple', 'x')`.execute(tx),
    )
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'internal', message: expect.stringContaining('run_state_check') });
  const told = JSON.stringify(failure, Object.getOwnPropertyNames(failure)) + String((failure as Error).cause);
  expect(told).not.toContain('Jeanne');
});

test('a server that cannot be reached, or that breaks off, is unavailable and may be tried again', async () => {
  const unavailable = { code: 'store-unavailable', retryable: true };
  await expect(openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', organisation: 'a' })).rejects.toMatchObject(
    unavailable,
  );
  const database = await testDatabase();
  await expect(
    database.transaction(async (tx) => {
      await killConnections(database, 'datasens');
      await sql`select 1`.execute(tx);
    }),
  ).rejects.toMatchObject(unavailable);
  expect(await database.transaction(async (tx) => (await sql`select 1`.execute(tx)).rows.length)).toBe(1);
  await expect(
    database.transaction((tx) => sql`select pg_sleep(5)`.execute(tx), { statementTimeoutMs: 20 }),
  ).rejects.toMatchObject(unavailable);
});

test('once stopped, no transaction begins', async () => {
  const { url } = await testDatabase();
  const stop = new AbortController();
  const database = await openDatabase({ url, organisation: 'a', signal: stop.signal });
  onTestFinished(() => database.close());
  stop.abort();
  await expect(database.transaction(async () => 1)).rejects.toMatchObject({ code: 'cancelled' });
});

test('a large result is read in order, in parts, and may be left early', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const query = sql<{ n: number }>`select n from generate_series(1, 2500) as n`;
    let last = 0;
    for await (const { n } of streamRows(tx, query, 1000)) expect(n).toBe(++last);
    expect(last).toBe(2500);
    for await (const { n } of streamRows(tx, query, 10)) if (n === 15) break;
    expect((await sql`select 1`.execute(tx)).rows).toHaveLength(1);
  });
});
