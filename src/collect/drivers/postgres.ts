// PostgreSQL: one read-only transaction, a portal that rows are fetched from, values as the server writes them.

import pg from 'pg';
import Cursor from 'pg-cursor';
import { base64, exactNumber, floatNumber, isoMoment } from './cell-json.ts';
import { postgresTrouble } from './postgres-trouble.ts';
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
const LOCK_MS = 10_000;
const FIRST_BATCH = 50;

/** Types whose cells are not told as strings (pg_type.oid, the same in every database). */
const BYTEA = 17;
const TELLERS: ReadonlyMap<number, (text: string) => string> = new Map([
  [16, (text) => (text === 't' ? 'true' : 'false')],
  [BYTEA, (text) => base64(Buffer.from(text.slice(2), 'hex'))],
  ...[20, 21, 23, 26, 1700].map((oid) => [oid, exactNumber] as const),
  ...[700, 701].map((oid) => [oid, floatNumber] as const),
  ...[114, 3802].map((oid) => [oid, (text: string) => text] as const),
  [1114, (text) => isoMoment(text, '')],
  [1184, (text) => isoMoment(text, 'Z')],
]);

/** Values stay as the server wrote them. */
const RAW = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

/** Opens a read-only session. @throws remote-refused, remote-unavailable */
export async function openPostgres(server: SqlServer): Promise<SqlSession> {
  const where = `${server.servername}:${server.port}/${server.database}`;
  const client = new pg.Client({
    host: server.address,
    port: server.port,
    database: server.database,
    user: server.user,
    // A function, so that neither PGPASSWORD nor ~/.pgpass speaks for an account of the settings.
    password: () => server.password,
    ssl: server.tls === 'off' ? false : tlsOptions(server),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: 'datasens',
  });
  // A connection that breaks between two questions fails the next one.
  client.on('error', () => undefined);
  const stop = () => void client.end().catch(() => undefined);
  server.signal.addEventListener('abort', stop, { once: true });
  let rowsBegun = false;

  const close = async (): Promise<void> => {
    server.signal.removeEventListener('abort', stop);
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    // Everything is of the transaction: behind a pooler, a setting of the session would outlive us.
    await client.query(`begin isolation level repeatable read, read only;
      set local default_transaction_read_only = on;
      set local statement_timeout = ${server.timeoutMs};
      set local lock_timeout = ${LOCK_MS};
      set local timezone = 'UTC';
      set local datestyle = 'ISO, YMD';
      set local intervalstyle = 'iso_8601';
      set local bytea_output = 'hex';
      set local synchronize_seqscans = off`);
    // From its first snapshot on, a transaction can no longer be made to write.
    const version = await ask<{ version: string }>(`select current_setting('server_version') as version`);
    return {
      server: `PostgreSQL ${version[0]!.version.split(' ')[0]}`,
      tables,
      primaryKey,
      columns,
      estimate,
      countEmpty,
      read,
      close,
    };
  } catch (error) {
    await close();
    throw failed(error);
  }

  function failed(error: unknown, known: readonly string[] = []): Error {
    server.signal.throwIfAborted();
    const found = postgresTrouble(error, rowsBegun);
    if (found === null) return error as Error;
    const name = found.trouble === 'credentials' ? server.user : found.name;
    return sqlError({ ...found, name, server: where, known, waitedSeconds: server.timeoutMs / 1000 });
  }

  async function ask<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await client.query<Row>(text, values)).rows;
    } catch (error) {
      throw failed(error);
    }
  }

  function tables(): Promise<readonly TableName[]> {
    return ask(`select namespace.nspname as schema, class.relname as name
      from pg_catalog.pg_class class join pg_catalog.pg_namespace namespace on namespace.oid = class.relnamespace
      where class.relkind in ('r', 'p', 'v', 'm', 'f') and namespace.nspname !~ '^pg_'
        and namespace.nspname <> 'information_schema' order by 1, 2`);
  }

  async function primaryKey({ schema, name }: TableName): Promise<readonly string[]> {
    const rows = await ask<{ name: string }>(
      `select attribute.attname as name from pg_catalog.pg_index index
       join pg_catalog.pg_class class on class.oid = index.indrelid
       join pg_catalog.pg_namespace namespace on namespace.oid = class.relnamespace
       join lateral unnest(index.indkey) with ordinality as part (number, place) on true
       join pg_catalog.pg_attribute attribute
         on attribute.attrelid = index.indrelid and attribute.attnum = part.number
       where index.indisprimary and namespace.nspname = $1 and class.relname = $2 order by part.place`,
      [schema, name],
    );
    return rows.map((row) => row.name);
  }

  async function columns(relation: Relation): Promise<readonly SqlColumn[]> {
    try {
      const { fields } = await client.query({ text: `select * from ${sourceOf(relation)} limit 0`, rowMode: 'array' });
      return fields.map(columnOf);
    } catch (error) {
      throw await explained(error);
    }
  }

  async function estimate({ schema, name }: TableName): Promise<number | null> {
    const rows = await ask<{ rows: number }>(
      `select class.reltuples::float8 as rows from pg_catalog.pg_class class
       join pg_catalog.pg_namespace namespace on namespace.oid = class.relnamespace
       where class.relkind in ('r', 'm') and namespace.nspname = $1 and class.relname = $2`,
      [schema, name],
    );
    // Never analysed: -1.
    return rows[0] === undefined || rows[0].rows < 0 ? null : rows[0].rows;
  }

  async function countEmpty(relation: Relation, column: string): Promise<number> {
    const rows = await ask<{ n: string }>(
      `select count(*) as n from ${sourceOf(relation)} where ${quoted(column)} is null`,
    );
    return Number(rows[0]!.n);
  }

  async function read(selection: Selection): Promise<SqlRows> {
    const { text, values } = await statement(selection);
    const cursor = client.query(new Cursor<(string | null)[]>(text, values, { rowMode: 'array', types: RAW }));
    const fetch = (rows: number) =>
      new Promise<{ rows: (string | null)[][]; fields: pg.FieldDef[] }>((resolve, reject) => {
        // A cursor at its end answers without a result.
        cursor.read(rows, (error, fetched, result?: pg.QueryResult) =>
          error ? reject(error) : resolve({ rows: fetched, fields: result?.fields ?? [] }),
        );
      });
    const first = await fetch(FIRST_BATCH).catch(async (error) => {
      throw await explained(error);
    });
    rowsBegun = true;
    const tellers = first.fields.map(({ dataTypeID }) => TELLERS.get(dataTypeID) ?? JSON.stringify);
    return { columns: first.fields.map(columnOf), batches: batches() };

    async function* batches(): AsyncIterable<readonly SqlRow[]> {
      let rows = first.rows;
      let count = 0;
      let length = 0;
      while (rows.length > 0) {
        const told = rows.map((row) => row.map((cell, at) => (cell === null ? 'null' : tellers[at]!(cell))));
        count += told.length;
        for (const row of told) for (const cell of row) length += cell.length;
        yield told;
        try {
          ({ rows } = await fetch(nextBatch(count, length)));
        } catch (error) {
          throw failed(error);
        }
      }
    }
  }

  async function statement({ relation, orderBy, from }: Selection): Promise<{ text: string; values: string[] }> {
    if (relation.kind === 'query' && orderBy.length === 0 && from === null) return { text: relation.text, values: [] };
    const order = orderBy.length === 0 ? '' : ` order by ${orderBy.map(quoted).join(', ')}`;
    if (from === null) return { text: `select * from ${sourceOf(relation)}${order}`, values: [] };
    const column = quoted(from.column);
    if (from.value === null) {
      return { text: `select * from ${sourceOf(relation)} where ${column} is not null${order}`, values: [] };
    }
    const type = await typeOf(relation, from.column);
    return {
      text: `select * from ${sourceOf(relation)} where ${column} >= $1::${type}${order}`,
      values: [String(from.value)],
    };
  }

  /** The column's type as SQL writes it: a value compared as another type would compare otherwise, or not at all. */
  async function typeOf(relation: Relation, column: string): Promise<string> {
    const { fields } = await client.query(`select ${quoted(column)} from ${sourceOf(relation)} limit 0`);
    const field = fields[0]!;
    const rows = await ask<{ type: string }>(`select pg_catalog.format_type($1::oid, $2::integer) as type`, [
      field.dataTypeID,
      field.dataTypeModifier,
    ]);
    return rows[0]!.type;
  }

  /** A table that the query names and that is not there: the transaction is over, so the names can be asked for. */
  async function explained(error: unknown): Promise<Error> {
    if (postgresTrouble(error, rowsBegun)?.trouble !== 'table') return failed(error);
    await client.query('rollback; begin read only').catch(() => undefined);
    const known = await tables().catch(() => []);
    return failed(
      error,
      known.flatMap(({ schema, name }) => [name, `${schema}.${name}`]),
    );
  }
}

function columnOf({ name, dataTypeID }: pg.FieldDef): SqlColumn {
  return { name, binary: dataTypeID === BYTEA };
}

function sourceOf(relation: Relation): string {
  if (relation.kind === 'query') return `(${relation.text}\n) as datasens`;
  return `${quoted(relation.table.schema)}.${quoted(relation.table.name)}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
