// One PostgreSQL for the whole test run: the embedded one, Debian's (DATASENS_TEST_SERVER=debian), or any
// (DATASENS_TEST_DATABASE=postgres://…), with a migrated template that each test copies.

import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate, migrationsHash } from '../src/store/migrate.ts';
import { startServer, stopServer } from '../src/store/server.ts';
import { installedPostgres } from './services/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    datasensTestServer: { readonly url: string; readonly template: string };
  }
}

/** Held shared by every test run that uses the server: the last one to leave stops it. */
const USERS_LOCK = 815_001;
const TEMPLATE_LOCK = 815_002;
/** Databases of runs that were killed are dropped after this long. */
const FORGOTTEN_MS = 3_600_000;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = serverFolder();
  const { url, client } = await enter(folder);
  const template = `datasens_template_${(await migrationsHash()).slice(0, 16)}`;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  await prepareTemplate(client, url, template);
  await dropForgotten(client);
  await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  project.provide('datasensTestServer', { url, template });
  return async () => {
    await client.query('select pg_advisory_unlock_shared($1)', [USERS_LOCK]);
    const { rows } = await client.query('select pg_try_advisory_lock($1) as last', [USERS_LOCK]);
    if (folder !== null && rows[0].last) await stopServer(folder);
    await client.end().catch(() => undefined);
  };
}

function serverFolder(): string | null {
  if (process.env.DATASENS_TEST_DATABASE) return null;
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8);
  const kind = process.env.DATASENS_TEST_SERVER === 'debian' ? 'debian' : 'embedded';
  const parent = join(tmpdir(), `datasens-tests-${userInfo().uid}-${checkout}`);
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  return join(parent, kind);
}

/** Connects as a user of the server; starts it again where the last user was just stopping it. */
async function enter(folder: string | null): Promise<{ readonly url: string; readonly client: pg.Client }> {
  for (let attempt = 1; ; attempt += 1) {
    const url =
      folder === null ? process.env.DATASENS_TEST_DATABASE! : (await startServer(folder, serverOptions())).url;
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [USERS_LOCK]);
      return { url, client };
    } catch (error) {
      await client.end().catch(() => undefined);
      if (folder === null || attempt === 5) throw error;
    }
  }
}

function serverOptions(): { readonly binaries?: string } {
  if (process.env.DATASENS_TEST_SERVER !== 'debian') return {};
  const binaries = installedPostgres();
  if (binaries === null) throw new Error('DATASENS_TEST_SERVER=debian, and no PostgreSQL is installed');
  return { binaries };
}

async function prepareTemplate(client: pg.Client, url: string, template: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
  if (rowCount === 1) return;
  const draft = `${template}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft} template template0`);
  const inside = new pg.Client({ connectionString: databaseUrl(url, draft) });
  await inside.connect();
  await migrate(inside);
  await inside.end();
  await client.query(`alter database ${draft} rename to ${template}`);
}

async function dropForgotten(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^datasens_test_[0-9]+_'
       and split_part(datname, '_', 3)::bigint < $1`,
    [Date.now() - FORGOTTEN_MS],
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
}

/** The same server, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
