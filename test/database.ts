// A PostgreSQL database for one test, copied from the migrated template and dropped after it.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../src/store/database.ts';

/** The test server's maintenance URL, and the URL of one database of it. */
function serverUrl(name: string | null): string {
  const url = new URL(inject('datasensTestServer').url);
  if (name !== null) url.pathname = `/${name}`;
  return url.href;
}

/** An empty database, migrated, without organisation; its URL. Call it inside a test. */
export async function testDatabaseUrl(): Promise<string> {
  const name = `datasens_test_${Date.now()}_${randomBytes(4).toString('hex')}`;
  await administer(`create database ${name} template ${inject('datasensTestServer').template}`);
  onTestFinished(() => administer(`drop database if exists ${name} with (force)`));
  return serverUrl(name);
}

/** A database open for an organisation. Call it inside a test: it is closed and dropped when the test ends. */
export async function testDatabase(organisation = 'Commune d’essai'): Promise<Database> {
  const database = await openDatabase({ url: await testDatabaseUrl(), organisation, poolSize: 4 });
  // Handlers run last first: the database is closed before it is dropped.
  onTestFinished(() => database.close());
  return database;
}

/** Runs one statement as the owner of the server. */
async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl(null) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
