// SQLite: a file of the project, opened read-only, its rows read one after the other.

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { DataSensError } from '../../model/error.ts';
import { base64, exactNumber, floatNumber } from './cell-json.ts';
import { type SqlTrouble, sqlFileError } from './sql-failure.ts';
import {
  nextBatch,
  type Relation,
  type Selection,
  type SqlColumn,
  type SqlRow,
  type SqlRows,
  type SqlSession,
  type TableName,
} from './sql-session.ts';

const BUSY_MS = 5000;
const FIRST_BATCH = 50;

type Cell = null | bigint | number | string | Uint8Array;

/**
 * Opens a database file read-only. `location` is the path as people know it.
 * @throws input-unreadable
 */
export function openSqlite(path: string, location: string): SqlSession {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, {
      readOnly: true,
      allowExtension: false,
      timeout: BUSY_MS,
      readBigInts: true,
      returnArrays: true,
    });
    database.enableDefensive(true);
    // The schema is the file's: what it calls must be harmless.
    database.exec('pragma query_only = on; pragma trusted_schema = off; begin');
    const version = database.prepare('select sqlite_version()').get() as unknown as [string];
    return sessionOf(database, location, `SQLite ${version[0]}`);
  } catch (error) {
    database?.close();
    throw failed(error, location);
  }
}

function sessionOf(database: DatabaseSync, location: string, server: string): SqlSession {
  return {
    server,
    tables: async () => tables(),
    async primaryKey({ name }) {
      return all<[string]>('select name from pragma_table_xinfo(?) where pk > 0 order by pk', [name]).map(
        ([column]) => column,
      );
    },
    columns: async (relation) => columnsOf(prepare(`select * from ${sourceOf(relation)} limit 0`)),
    // Not without counting.
    estimate: async () => null,
    async countEmpty(relation, column) {
      const text = `select count(*) from ${sourceOf(relation)} where ${quoted(column)} is null`;
      return Number(all<[bigint]>(text)[0]![0]);
    },
    read: async (selection) => read(selection),
    close: async () => database.close(),
  };

  function tables(): readonly TableName[] {
    return all<[string]>(
      `select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by 1`,
    ).map(([name]) => ({ schema: 'main', name }));
  }

  function prepare(text: string): StatementSync {
    try {
      return database.prepare(text);
    } catch (error) {
      throw failed(
        error,
        location,
        tables().map(({ name }) => name),
      );
    }
  }

  function all<Row>(text: string, values: string[] = []): Row[] {
    try {
      return database.prepare(text).all(...values) as unknown as Row[];
    } catch (error) {
      throw failed(error, location);
    }
  }

  function read(selection: Selection): SqlRows {
    const statement = prepare(statementOf(selection));
    const value = selection.from?.value ?? null;
    const values = value === null ? [] : [typeof value === 'number' ? value : String(value)];
    return { columns: columnsOf(statement), batches: batches() };

    async function* batches(): AsyncIterable<readonly SqlRow[]> {
      let batch: SqlRow[] = [];
      let wanted = FIRST_BATCH;
      let count = 0;
      let length = 0;
      try {
        for (const cells of statement.iterate(...values) as unknown as Iterable<readonly Cell[]>) {
          const row = cells.map(cellJson);
          for (const cell of row) length += cell.length;
          count += 1;
          batch.push(row);
          if (batch.length < wanted) continue;
          yield batch;
          batch = [];
          wanted = nextBatch(count, length);
        }
      } catch (error) {
        throw failed(error, location);
      }
      if (batch.length > 0) yield batch;
    }
  }
}

function cellJson(cell: Cell): string {
  if (cell === null) return 'null';
  if (typeof cell === 'bigint') return exactNumber(String(cell));
  if (typeof cell === 'number') return floatNumber(String(cell));
  return typeof cell === 'string' ? JSON.stringify(cell) : base64(cell);
}

function columnsOf(statement: StatementSync): readonly SqlColumn[] {
  return statement.columns().map(({ name, type }) => ({ name, binary: /blob/i.test(type ?? '') }));
}

function statementOf({ relation, orderBy, from }: Selection): string {
  if (relation.kind === 'query' && orderBy.length === 0 && from === null) return relation.text;
  const order = orderBy.length === 0 ? '' : ` order by ${orderBy.map(quoted).join(', ')}`;
  if (from === null) return `select * from ${sourceOf(relation)}${order}`;
  const condition = from.value === null ? 'is not null' : '>= ?';
  return `select * from ${sourceOf(relation)} where ${quoted(from.column)} ${condition}${order}`;
}

/** SQLite has one code for what is wrong in a statement; its words quote names of the statement, never a row. */
function failed(error: unknown, location: string, known: readonly string[] = []): Error {
  if (!(error instanceof Error) || error instanceof DataSensError) return error as Error;
  const { errcode, message } = error as Error & { readonly errcode?: number };
  if (errcode === undefined) return error;
  const primary = errcode & 0xff;
  const code = `SQLite ${errcode}`;
  if (primary === 26 || primary === 11 || primary === 14) {
    return new DataSensError('input-unreadable', `${location} is not an SQLite database that can be read (${code})`, {
      remedy: 'copy the file again, once the program that writes it has closed it',
    });
  }
  const named = /^no such (table|column): (?:main\.)?"?([^"]+?)"?$/.exec(message);
  const trouble: SqlTrouble =
    primary === 8
      ? 'writing'
      : primary === 5 || primary === 6
        ? 'locked'
        : named !== null
          ? (named[1] as 'table' | 'column')
          : /syntax error|^incomplete input|^no such function/.test(message)
            ? 'syntax'
            : 'other';
  return sqlFileError({ trouble, server: location, code, name: named?.[2] ?? null, known });
}

function sourceOf(relation: Relation): string {
  return relation.kind === 'query' ? `(${relation.text}\n) as datasens` : quoted(relation.table.name);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
