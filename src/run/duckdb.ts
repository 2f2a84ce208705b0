// Opens DuckDB with bounded memory and nothing that reaches out: extensions are never fetched nor loaded by themselves.

import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDb, DuckDbOptions } from '../model/duckdb.ts';

const MEMORY = '512MB';

/** A database of its own; what does not fit in memory goes to a temporary folder beside its file. */
export async function openDuckDb({ path, threads }: DuckDbOptions = {}): Promise<DuckDb> {
  const instance = await DuckDBInstance.create(path ?? ':memory:', {
    memory_limit: MEMORY,
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
