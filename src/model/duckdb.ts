// The figures' engine as stages are handed it: open, used, closed. `run` decides its limits.

import type { DuckDBConnection } from '@duckdb/node-api';

export interface DuckDb {
  readonly connection: DuckDBConnection;
  close(): void;
}

export interface DuckDbOptions {
  /** File of the database; in memory when absent. */
  readonly path?: string;
  /** 1 where the order of bytes matters; all cores when absent. */
  readonly threads?: number;
}

export type OpenDuckDb = (options?: DuckDbOptions) => Promise<DuckDb>;
