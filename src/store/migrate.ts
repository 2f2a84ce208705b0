// Brings a database to the schema of this version: numbered SQL files, forward only, each once, whole or not at all.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { DataSensError } from '../model/error.ts';

const FOLDER = join(import.meta.dirname, 'migrations');
/** Any number, the same in every process: only one migrates at a time. */
const LOCK = 7_239_104_551;

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Applies what is missing, under a lock that several processes may wait for.
 * @throws store-corrupt where an applied migration was edited since, refused where the database is of a later version
 */
export async function migrate(client: Client): Promise<void> {
  const migrations = await readMigrations();
  if (await isCurrent(client, migrations)) return;
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(`create table if not exists migration (
      version integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now()
    )`);
    const applied = await readApplied(client);
    const unknown = [...applied.keys()].find((version) => !migrations.some((known) => known.version === version));
    if (unknown !== undefined) {
      throw new DataSensError('refused', `The database has migration ${unknown}, which this DataSens does not know`, {
        remedy: 'Use the DataSens version that made it, or a later one.',
      });
    }
    for (const migration of migrations) await apply(client, migration, applied.get(migration.version));
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/** sha256 of all migrations: names the template database of the tests. */
export async function migrationsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const { sha256 } of await readMigrations()) hash.update(sha256);
  return hash.digest('hex');
}

async function isCurrent(client: Client, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass('migration') is not null as found`);
  if (!rows[0]!.found) return false;
  const applied = await readApplied(client);
  return (
    applied.size === migrations.length &&
    migrations.every((migration) => applied.get(migration.version) === migration.sha256)
  );
}

async function readApplied(client: Client): Promise<ReadonlyMap<number, string>> {
  const { rows } = await client.query<{ version: number; sha256: string }>('select version, sha256 from migration');
  return new Map(rows.map((row) => [row.version, row.sha256]));
}

async function apply(client: Client, migration: Migration, applied: string | undefined): Promise<void> {
  if (applied === migration.sha256) return;
  if (applied !== undefined) {
    throw new DataSensError('store-corrupt', `Migration ${migration.name} changed after it was applied`, {
      remedy: 'Restore the file as released; put changes in a new migration.',
    });
  }
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (version, name, sha256) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new DataSensError('store-unavailable', `Migration ${migration.name} failed: ${(cause as Error).message}`, {
      cause,
      remedy: 'PostgreSQL 15 or later with its contrib extensions (unaccent) and the right to create roles are needed.',
    });
  }
}

async function readMigrations(): Promise<readonly Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(FOLDER, name), 'utf8');
      return { version: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
