import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabaseUrl } from '../../test/database.ts';
import { dumpSchema } from '../../test/schema-dump.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { openQueue } from './queue.ts';

const GOLDEN = join(import.meta.dirname, 'schema.sql');

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await testDatabaseUrl() });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function namesOf(client: pg.Client, query: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(query);
  return rows.map((row) => row.name);
}

test('the migrations make the schema of schema.sql, on any server', async () => {
  const dump = await dumpSchema(await connect());
  // Written by hand only: DATASENS_WRITE_SCHEMA=1 npx vitest run src/store/schema.test.ts
  if (process.env.DATASENS_WRITE_SCHEMA === '1') await writeFile(GOLDEN, dump);
  expect(dump).toBe(await readFile(GOLDEN, 'utf8'));
});

test('every table forces row-level security and names its organisation', async () => {
  const client = await connect();
  const tables = `from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
  expect(
    await namesOf(client, `select relname as name ${tables} and not (relrowsecurity and relforcerowsecurity)`),
  ).toEqual(['migration']);
  expect(
    await namesOf(
      client,
      `select relname as name ${tables} and relname not in ('migration', 'organisation') and not exists (
         select from pg_attribute where attrelid = pg_class.oid and attname = 'organisation' and attnotnull)`,
    ),
  ).toEqual([]);
  expect(
    await namesOf(
      client,
      `select relname as name ${tables} and relname <> 'migration' and not exists (
         select from pg_policy where polrelid = pg_class.oid
           and pg_get_expr(polqual, polrelid) like '%current_setting(''datasens.organisation''%')`,
    ),
  ).toEqual([]);
  expect(
    await namesOf(client, `select relname as name ${tables} and has_table_privilege('datasens_app', oid, 'truncate')`),
  ).toEqual([]);
});

test('nothing goes around row-level security', async () => {
  const client = await connect();
  await (await openQueue(clientUrl(client))).close();
  const reachable = `has_schema_privilege('datasens_app', nspname, 'usage') and nspname not in ('pg_catalog', 'information_schema')`;
  expect(
    await namesOf(
      client,
      `select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('v', 'm') and ${reachable}`,
    ),
  ).toEqual([]);
  expect(
    await namesOf(
      client,
      `select proname as name from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
       where prosecdef and ${reachable}`,
    ),
  ).toEqual([]);
  expect(
    await namesOf(client, `select relname as name from pg_class where relowner = 'datasens_app'::regrole`),
  ).toEqual([]);
  expect(
    await namesOf(
      client,
      `select rolname as name from pg_roles where rolname = 'datasens_app'
       and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)`,
    ),
  ).toEqual([]);
  expect(
    await namesOf(
      client,
      `select table_name as name from information_schema.role_table_grants
       where grantee = 'datasens_app' and privilege_type in ('UPDATE', 'DELETE')
         and table_name in ('annotation', 'act', 'record', 'snapshot_record')`,
    ),
  ).toEqual([]);
  // pg-boss holds jobs of every organisation: the role does not even see its schema.
  expect(
    await namesOf(client, `select nspname as name from pg_namespace where nspname = 'pgboss' and ${reachable}`),
  ).toEqual([]);
});

test('several processes migrate an empty database at once', async () => {
  const client = await connect();
  await client.query('drop schema public cascade; create schema public');
  const url = clientUrl(client);
  const opened = await Promise.all(
    ['une', 'deux', 'trois', 'une'].map((organisation) => openDatabase({ url, organisation, poolSize: 1 })),
  );
  await Promise.all(opened.map((database) => database.close()));
  expect(await namesOf(client, 'select name from organisation order by name')).toEqual(['deux', 'trois', 'une']);
});

test('a migration edited after it was applied is refused', async () => {
  const client = await connect();
  await client.query(`update migration set sha256 = 'other' where version = 2`);
  await expect(migrate(client)).rejects.toMatchObject({ code: 'store-corrupt' });
});

test('a database of a later version is refused', async () => {
  const client = await connect();
  await client.query(`insert into migration (version, name, sha256) values (9999, 'later', '')`);
  await expect(migrate(client)).rejects.toMatchObject({ code: 'refused' });
});

function clientUrl(client: pg.Client): string {
  const { user, host, port, database, password } = client;
  const secret = typeof password === 'string' && password !== '' ? `:${encodeURIComponent(password)}` : '';
  return `postgres://${user}${secret}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}
