// MySQL and MariaDB: one read-only transaction, rows streamed while they are taken, values as the server writes them.

import { connect as dial, isIP } from 'node:net';
import type { Readable } from 'node:stream';
import mysql, { type FieldPacket, type RowDataPacket } from 'mysql2';
import { mysqlColumn, tellerOf } from './mysql-cells.ts';
import { mysqlTrouble } from './mysql-trouble.ts';
import { sqlError } from './sql-failure.ts';
import {
  nextBatch,
  type Relation,
  type Selection,
  type SqlColumn,
  type SqlRow,
  type SqlRows,
  type SqlServer,
  type SqlSession,
  type TableName,
} from './sql-session.ts';
import { tlsOptions } from './tls.ts';

const CONNECT_MS = 15_000;
const LOCK_SECONDS = 10;
/** The server keeps a stream that is not read for a while (the reader stores what it took). */
const WRITE_SECONDS = 3600;
const FIRST_BATCH = 50;
/** Rows that wait in the stream. */
const STREAM_ROWS = 64;

/** Opens a read-only session. @throws remote-refused, remote-unavailable */
export async function openMysql(server: SqlServer): Promise<SqlSession> {
  const where = `${server.servername}:${server.port}/${server.database}`;
  let rowsBegun = false;
  if (server.tls === 'verify' && isIP(server.servername) !== 0) {
    // The driver checks a certificate against a name, and against nothing where there is none.
    throw sqlError({ trouble: 'tls', server: where, code: 'an address in place of a name', name: null });
  }
  const connection = connect(server);
  const stop = () => {
    killQuery();
    connection.destroy();
  };
  server.signal.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    server.signal.removeEventListener('abort', stop);
    connection.destroy();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    await ask(`set session time_zone = '+00:00', session lock_wait_timeout = ${LOCK_SECONDS},
      session net_write_timeout = ${WRITE_SECONDS}, session group_concat_max_len = 1048576`);
    await ask('set session transaction read only');
    await ask('start transaction with consistent snapshot, read only');
    const [version] = await ask('select version() as version');
    return { server: named(String(version!.version)), tables, primaryKey, columns, estimate, countEmpty, read, close };
  } catch (error) {
    await close();
    throw failed(error);
  }

  function failed(error: unknown, known: readonly string[] = []): Error {
    server.signal.throwIfAborted();
    const found = mysqlTrouble(error, rowsBegun);
    if (found === null) return error as Error;
    const name = found.trouble === 'credentials' ? server.user : found.name;
    return sqlError({ ...found, name, server: where, known, waitedSeconds: server.timeoutMs / 1000 });
  }

  /** Asks a question of the catalogue; values are bound by the server. */
  function ask(text: string, values: string[] = []): Promise<RowDataPacket[]> {
    return new Promise((resolve, reject) => {
      const answer = (error: Error | null, rows: unknown) =>
        error ? reject(failed(error)) : resolve(rows as RowDataPacket[]);
      if (values.length > 0) connection.execute({ sql: text, timeout: server.timeoutMs }, values, answer);
      else connection.query({ sql: text, timeout: server.timeoutMs }, answer);
    });
  }

  async function tables(): Promise<readonly TableName[]> {
    const rows = await ask(`select table_schema as \`schema\`, table_name as name from information_schema.tables
      where table_schema not in ('information_schema', 'performance_schema', 'mysql', 'sys')
      order by table_schema <> database(), 1, 2`);
    return rows as (RowDataPacket & TableName)[];
  }

  async function primaryKey({ schema, name }: TableName): Promise<readonly string[]> {
    const rows = await ask(
      `select column_name as name from information_schema.statistics
       where table_schema = ? and table_name = ? and index_name = 'PRIMARY' order by seq_in_index`,
      [schema, name],
    );
    return rows.map((row) => String(row.name));
  }

  async function columns(relation: Relation): Promise<readonly SqlColumn[]> {
    const { columns: found, batches } = await rowsOf(`select * from ${sourceOf(relation)} limit 0`);
    for await (const _ of batches);
    return found;
  }

  async function estimate({ schema, name }: TableName): Promise<number | null> {
    const rows = await ask(
      `select table_rows as n from information_schema.tables where table_schema = ? and table_name = ?`,
      [schema, name],
    );
    return rows[0]?.n === undefined || rows[0].n === null ? null : Number(rows[0].n);
  }

  async function countEmpty(relation: Relation, column: string): Promise<number> {
    const [row] = await ask(`select count(*) as n from ${sourceOf(relation)} where ${quoted(column)} is null`);
    return Number(row!.n);
  }

  async function read(selection: Selection): Promise<SqlRows> {
    const rows = await rowsOf(statementOf(selection));
    rowsBegun = true;
    return rows;
  }

  async function rowsOf(text: string): Promise<SqlRows> {
    const stream = connection
      .query({ sql: text, rowsAsArray: true, typeCast: false })
      .stream({ highWaterMark: STREAM_ROWS });
    // The driver tells a lost connection to the connection alone.
    const lost = (error: Error) => void stream.destroy(error);
    connection.once('error', lost);
    const fields = await withinTime(fieldsOf(stream)).catch(async (error) => {
      throw await explained(error);
    });
    const tellers = fields.map(tellerOf);
    return { columns: fields.map(mysqlColumn), batches: batches() };

    async function* batches(): AsyncIterable<readonly SqlRow[]> {
      const rows = stream[Symbol.asyncIterator]() as AsyncIterator<(Buffer | null)[]>;
      let batch: SqlRow[] = [];
      let wanted = FIRST_BATCH;
      let count = 0;
      let length = 0;
      try {
        for (;;) {
          const next = await withinTime(rows.next());
          if (next.done) break;
          const row = next.value.map((cell, at) => (cell === null ? 'null' : tellers[at]!(cell)));
          for (const cell of row) length += cell.length;
          count += 1;
          batch.push(row);
          if (batch.length < wanted) continue;
          yield batch;
          batch = [];
          wanted = nextBatch(count, length);
        }
      } catch (error) {
        throw failed(error);
      } finally {
        connection.removeListener('error', lost);
      }
      if (batch.length > 0) yield batch;
    }
  }

  /** The server has no limit of its own for a result that is read slowly: only its silence counts. */
  function withinTime<Value>(answer: Promise<Value>): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const timer = setTimeout(() => {
      killQuery();
      reject(Object.assign(new Error('no row came'), { code: 'ER_QUERY_TIMEOUT' }));
    }, server.timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
    return promise;
  }

  /** Asks the server to leave a query that nobody waits for any more; not done is no harm. */
  function killQuery(): void {
    if (!connection.threadId) return;
    const second = connect(server);
    second.on('error', () => undefined);
    second.query(`kill query ${Number(connection.threadId)}`, () => second.destroy());
  }

  async function explained(error: unknown): Promise<Error> {
    const found = mysqlTrouble(error, rowsBegun);
    if (found?.trouble !== 'table') return failed(error);
    const known = await tables().catch(() => []);
    return failed(
      error,
      known.map(({ schema, name }) => (schema === server.database ? name : `${schema}.${name}`)),
    );
  }
}

function connect(server: SqlServer): mysql.Connection {
  const { address, tls } = server;
  return mysql.createConnection({
    // The name is the certificate's; the socket goes to the judged address.
    host: server.servername,
    stream: () => dial({ host: address, port: server.port, keepAlive: true }),
    port: server.port,
    user: server.user,
    password: server.password,
    database: server.database,
    charset: 'utf8mb4',
    connectTimeout: CONNECT_MS,
    multipleStatements: false,
    // A server may ask for a local file while it answers a query: never.
    flags: ['-LOCAL_FILES'],
    ...(tls === 'off' ? {} : { ssl: { ...sslOf(server), verifyIdentity: tls === 'verify' } }),
  });
}

function sslOf(server: SqlServer): mysql.SslOptions {
  const { rejectUnauthorized, ca } = tlsOptions(server);
  return { rejectUnauthorized: rejectUnauthorized === true, ...(ca === undefined ? {} : { ca: String(ca) }) };
}

function fieldsOf(stream: Readable): Promise<FieldPacket[]> {
  return new Promise((resolve, reject) => {
    stream.once('fields', (fields: FieldPacket[] | undefined) => resolve(fields ?? []));
    stream.once('error', reject);
  });
}

function statementOf({ relation, orderBy, from }: Selection): string {
  if (relation.kind === 'query' && orderBy.length === 0 && from === null) return relation.text;
  const order = orderBy.length === 0 ? '' : ` order by ${orderBy.map(quoted).join(', ')}`;
  if (from === null) return `select * from ${sourceOf(relation)}${order}`;
  const column = quoted(from.column);
  const condition = from.value === null ? `${column} is not null` : `${column} >= ${literal(from.value)}`;
  return `select * from ${sourceOf(relation)} where ${condition}${order}`;
}

/**
 * A value as a literal that no mode of the server reads otherwise: digits, or the bytes of a text. Streams are of the text
 * protocol, which binds nothing; the binary one rounds FLOAT and drops the fractions of times.
 */
function literal(value: unknown): string {
  const text = String(value);
  if (/^-?\d{1,65}(?:\.\d{1,30})?$/.test(text)) return text;
  return `_utf8mb4 x'${Buffer.from(text.replace(/^(\d{4}-\d\d-\d\dT\S+)Z$/, '$1'), 'utf8').toString('hex')}'`;
}

function named(version: string): string {
  const number = /^(?:5\.5\.5-)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version;
  return `${/mariadb/i.test(version) ? 'MariaDB' : 'MySQL'} ${number}`;
}

function sourceOf(relation: Relation): string {
  if (relation.kind === 'query') return `(${relation.text}\n) as datasens`;
  return `${quoted(relation.table.schema)}.${quoted(relation.table.name)}`;
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
