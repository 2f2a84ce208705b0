// What the SQL collector asks of a database, whichever it is: a read-only session, names, and rows as they come.

import type { Json } from '../../model/json.ts';

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export type Relation =
  | { readonly kind: 'table'; readonly table: TableName }
  | { readonly kind: 'query'; readonly text: string };

export interface Selection {
  readonly relation: Relation;
  /** Columns that rows come in the order of; none leaves it to the database. */
  readonly orderBy: readonly string[];
  /** Only rows whose column is filled, and at or after the value where there is one. */
  readonly from: { readonly column: string; readonly value: Json } | null;
}

export interface SqlColumn {
  readonly name: string;
  /** Bytes, which a record keeps as base64. */
  readonly binary: boolean;
}

/** A row: the JSON text of each cell, in the order of the columns. */
export type SqlRow = readonly string[];

export interface SqlRows {
  readonly columns: readonly SqlColumn[];
  /** Rows from the server’s cursor, some at a time; the session answers nothing else until they end. */
  readonly batches: AsyncIterable<readonly SqlRow[]>;
}

/** A session that cannot write. Every method throws a DataSensError without a value of a row in it. */
export interface SqlSession {
  /** Program and version, e.g. `PostgreSQL 18.4`. */
  readonly server: string;
  /** Tables and views that this account sees, those of the system left aside. */
  tables(): Promise<readonly TableName[]>;
  /** Columns of the primary key in its order; none where there is no such key. */
  primaryKey(table: TableName): Promise<readonly string[]>;
  columns(relation: Relation): Promise<readonly SqlColumn[]>;
  /** Rows of a table as the database estimates them; null where it does not. */
  estimate(table: TableName): Promise<number | null>;
  /** Rows whose column is null. */
  countEmpty(relation: Relation, column: string): Promise<number>;
  read(selection: Selection): Promise<SqlRows>;
  close(): Promise<void>;
}

/** Whom to connect to, already judged by egress. */
export interface SqlServer {
  readonly address: string;
  readonly port: number;
  readonly servername: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly tls: TlsMode;
  /** Certificates of the authority to trust, PEM; the system's where absent. */
  readonly authority: string | null;
  /** Longest wait for the next rows. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type TlsMode = 'verify' | 'require' | 'off';

/** Rows that a batch holds: as many as weigh this much, by what the rows before them weighed. */
const BATCH_LENGTH = 2 * 2 ** 20;
const LARGEST_BATCH = 2000;

/** How many rows to ask for after `rows` rows of `length` characters. */
export function nextBatch(rows: number, length: number): number {
  const average = Math.max(1, length / Math.max(1, rows));
  return Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_LENGTH / average)));
}
