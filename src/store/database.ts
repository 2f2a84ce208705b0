// The connection to PostgreSQL: transactions bound to one organisation, named locks, and notifications.

import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { DataSensError } from '../model/error.ts';
import type { OrganisationId } from '../model/identity.ts';
import { translateFailure } from './failure.ts';
import { migrate } from './migrate.ts';
import { ensureOrganisation } from './organisation.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

interface DatabaseOptions {
  readonly url: string;
  /** Name of the organisation; its rows are the only ones seen and written. */
  readonly organisation: string;
  /** Once aborted, no new transaction begins. */
  readonly signal?: AbortSignal | undefined;
  /** Connections kept for transactions; 10 when absent. */
  readonly poolSize?: number | undefined;
}

interface TransactionOptions {
  /** Longest time of one statement; 0 for none, 120,000 when absent. */
  readonly statementTimeoutMs?: number;
}

export interface Database {
  readonly organisation: OrganisationId;
  readonly url: string;
  /**
   * Runs `work` in one transaction, as the role that owns nothing, seeing one organisation.
   * @throws store-unavailable (retryable) where the server cannot be reached or undid the transaction
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Lets the planner see what has grown, as the owner of the tables. Without it a first large run is planned as if the
   * organisation had one row. Changes nothing where the URL's role does not own them (autovacuum then comes later).
   */
  refreshStatistics(): Promise<void>;
  /** Holds a lock of this organisation while `work` runs; it dies with the process. @throws locked where another holds it */
  withLock<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * Calls `handler` with the payload of each notification of the channel, and with '' after a lost connection was made
   * again: something may have been missed. Returns what stops it.
   */
  listen(channel: string, handler: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Tables that a run fills. */
const GROWING = [
  'record',
  'record_key',
  'snapshot_record',
  'batch',
  'progress',
  'document',
  'annotation',
  'clearance',
  'document_cluster',
  'copy_document',
  'copy_wording',
  'copy_group',
  'document_search',
];
/**
 * 7,500 rows of each table are looked at, a quarter of what PostgreSQL does: most columns are hashes, whose share of a plan
 * is only that there are many. Autovacuum looks again, more closely, in its own time.
 */
const STATISTICS_TARGET = 25;
const STATEMENT_TIMEOUT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 15_000;

/** Connects, migrates and creates the organisation if need be. Several processes may do so at once. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const organisation = await withClient(options.url, 'datasens', async (client) => {
    await migrate(client);
    return await ensureOrganisation(client, options.organisation);
  });
  return connect(organisation, options);
}

/** The same database through connections of its own: what must not wait behind those that work. */
export function openBeside({ organisation, url }: Database, poolSize: number): Database {
  return connect(organisation, { url, poolSize });
}

function connect(organisation: OrganisationId, options: Omit<DatabaseOptions, 'organisation'>): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'datasens',
  });
  // An idle connection that breaks is replaced at the next use, which is where a failure matters.
  pool.on('error', () => undefined);
  // One that breaks while in use, between two statements, must not end the process: its next statement fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });

  return {
    organisation,
    url: options.url,
    async transaction(work, { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = {}) {
      if (options.signal?.aborted) throw new DataSensError('cancelled', 'Stopped before a transaction began');
      try {
        return await kysely.transaction().execute(async (tx) => {
          await sql`
            select set_config('role', 'datasens_app', true),
              set_config('datasens.organisation', ${organisation}, true),
              set_config('statement_timeout', ${String(statementTimeoutMs)}, true)`.execute(tx);
          return await work(tx);
        });
      } catch (error) {
        throw translateFailure(error);
      }
    },
    async refreshStatistics() {
      // One text of two statements is one transaction.
      const sampling = `set local default_statistics_target = ${STATISTICS_TARGET}`;
      await pool.query(`${sampling}; analyze ${GROWING.join(', ')}`).catch((error) => {
        throw translateFailure(error);
      });
    },
    withLock: (name, work) => withLock(options.url, `${organisation} ${name}`, name, work),
    listen: (channel, handler) => listen(options.url, channel, handler),
    async close() {
      await kysely.destroy();
    },
  };
}

/** For example `PostgreSQL 18.4`. */
export async function serverVersion(tx: Tx): Promise<string> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(tx);
  return `PostgreSQL ${rows[0]!.version}`;
}

async function withLock<T>(
  url: string,
  key: string,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return await withClient(url, 'datasens lock', async (client) => {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [key],
    );
    if (!rows[0]!.taken) {
      throw new DataSensError('locked', `Another process is doing this work (${name})`, {
        retryable: true,
        remedy: 'Wait for it to end, then try again.',
      });
    }
    // A lost connection has lost the lock too: the work is told.
    const lost = new AbortController();
    const tell = () =>
      lost.abort(new DataSensError('store-unavailable', `The lock of ${name} was lost`, { retryable: true }));
    client.once('end', tell);
    try {
      return await work(lost.signal);
    } finally {
      client.off('end', tell);
    }
  });
}

/** `Database.listen`, for what has only a URL. */
export async function listen(
  url: string,
  channel: string,
  handler: (payload: string) => void,
): Promise<() => Promise<void>> {
  const stopped = new AbortController();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url, application_name: 'datasens listen', keepAlive: true });
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => handler(payload ?? ''));
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    client.once('end', () => void reconnect());
    return client;
  };
  let client = await connect().catch((error) => {
    throw translateFailure(error);
  });
  const reconnect = async () => {
    for (let delayMs = 100; !stopped.signal.aborted; delayMs = Math.min(delayMs * 2, 5000)) {
      await wait(delayMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const fresh = await connect().catch(() => null);
      if (fresh === null) continue;
      client = fresh;
      if (stopped.signal.aborted) await fresh.end();
      else handler('');
      return;
    }
  };
  return async () => {
    stopped.abort();
    await client.end();
  };
}

async function withClient<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: name,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw translateFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
