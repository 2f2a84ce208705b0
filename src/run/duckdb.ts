// Opens DuckDB with bounded memory and nothing that reaches out: extensions are never fetched nor loaded by themselves.

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDb, DuckDbOptions } from '../model/duckdb.ts';

const MEMORY = '512MB';

/** A database of its own; what does not fit in memory goes to a temporary folder, beside its file if it has one. */
export async function openDuckDb({ path, threads }: DuckDbOptions = {}): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(path ?? ':memory:', {
    memory_limit: MEMORY,
    ...(path === undefined ? { temp_directory: join(tmpdir(), `datasens-duckdb-${randomUUID()}`) } : {}),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
