// The rows of a table or a query as one snapshot: the whole of them, or what came since the last one.

import { createHash, hash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import { canonicalJson, type Json, type JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import type { CollectEffects, Collected } from './collector.ts';
import type { Relation, Selection, SqlSession } from './drivers/sql-session.ts';
import { mapColumns } from './mapping.ts';
import type { SqlConfig } from './sql-config.ts';
import { followColumn, type Reached, type WrittenRow } from './sql-increment.ts';
import { cellText, memberNames, rowKey, rowWriter, type SqlContext } from './sql-row.ts';

/** Rows that columns are told apart by. */
const SAMPLE_ROWS = 200;

export interface SqlReading {
  readonly session: SqlSession;
  readonly relation: Relation;
  /** Of the snapshot. */
  readonly location: string;
  readonly config: SqlConfig;
  /** Remembered when a whole reading ends; null where nothing tells that the source is unchanged. */
  readonly stamp: { readonly key: string; readonly value: Json } | null;
}

/**
 * Reads to the end, many events at a time: one by itself costs more than its row.
 * @throws what the session throws: records already yielded stay, and a new reading goes on after them
 */
export async function* collectRows(reading: SqlReading, effects: CollectEffects): AsyncIterable<readonly Collected[]> {
  const { session, location, config } = reading;
  const stateKey = stateKeyOf(reading);
  const before = stateKey === null ? null : (((await effects.state(stateKey)) ?? null) as Reached | null);
  const keyColumns = await keyOf(reading);
  if (config.incremental) yield await refuseEmpty(reading, config.incremental.column);
  // Asked before: a session answers nothing else while its rows are read.
  const headers = await headersOf(reading);
  const { columns, batches } = await session.read(selectionOf(reading, keyColumns, before));
  const names = memberNames(columns.map(({ name }) => name));
  requireColumns(keyColumns, names, location);
  const follower = config.incremental ? followColumn(before, names.indexOf(config.incremental.column)) : null;
  const write = rowWriter(names);
  const whole = createHash('sha256');
  const total = { rows: 0, bytes: 0 };
  let waiting: WrittenRow[] = [];
  let opened: { readonly context: SqlContext; readonly keyAt: readonly number[] } | null = null;

  for await (const rows of batches) {
    effects.signal.throwIfAborted();
    const written = rows.map((cells) => ({ cells, bytes: write(cells) }));
    const fresh = follower === null ? written : written.filter(follower.isNew);
    if (opened !== null) {
      yield records(fresh);
      continue;
    }
    waiting = waiting.concat(fresh);
    if (waiting.length >= SAMPLE_ROWS) yield open();
  }
  effects.signal.throwIfAborted();
  // A table that was emptied is said to be; nothing new is no snapshot.
  if (opened === null && (waiting.length > 0 || follower === null)) yield open();
  if (opened === null) return;
  yield [{ kind: 'closing', sha256: whole.digest('hex'), sizeBytes: total.bytes, state: stateAfter(opened) }];

  function open(): readonly Collected[] {
    const mapping = before !== null && isSameReading(before, names, config) ? before.mapping : mapped();
    opened = {
      context: { columns: names, mapping },
      keyAt: (keyColumns.length > 0 ? keyColumns : [mapping.id ?? []].flat()).map((name) => names.indexOf(name)),
    };
    const opening = {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: 'application/json',
      charset: 'utf-8',
      headers,
      context: opened.context as unknown as JsonObject,
    };
    const held = waiting;
    waiting = [];
    return [{ kind: 'opening', opening }, ...records(held)];
  }

  function mapped() {
    const rows = waiting.map(({ cells }) => cells.map((cell, at) => (columns[at]!.binary ? '' : cellText(cell))));
    return mapColumns({ columns: names, rows }, config.map, location);
  }

  function records(rows: readonly WrittenRow[]): readonly Collected[] {
    return rows.map(({ bytes, cells }) => {
      total.rows += 1;
      total.bytes += bytes.length;
      whole.update(bytes);
      return bytes.length > config.maximumRecordBytes
        ? tooLong(location, total.rows, config.maximumRecordBytes)
        : { kind: 'record', bytes, key: rowKey(cells, opened!.keyAt) };
    });
  }

  function stateAfter({ context }: { readonly context: SqlContext }): SqlReading['stamp'] {
    if (stateKey === null || follower === null) return reading.stamp;
    const { columns: kept, mapping } = context;
    const value: Reached = { ...follower.reached(), columns: kept, mapping, map: spelledMap(config) };
    return { key: stateKey, value: value as unknown as Json };
  }
}

function selectionOf({ relation, config }: SqlReading, key: readonly string[], before: Reached | null): Selection {
  const { incremental } = config;
  if (incremental === undefined) {
    // The order of a query is its own. That of a table lets a reading that was cut go on where it was.
    return { relation, orderBy: relation.kind === 'query' ? [] : key, from: null };
  }
  const orderBy = [...new Set([incremental.column, ...key])];
  return { relation, orderBy, from: { column: incremental.column, value: before?.value ?? null } };
}

/** Another query is another place to read from its start. */
function stateKeyOf({ relation, location, config: { incremental } }: SqlReading): string | null {
  if (incremental === undefined) return null;
  const query = relation.kind === 'query' ? `:${hash('sha256', relation.text).slice(0, 12)}` : '';
  return `sql:${location}${query}:${incremental.column}`;
}

/** Columns that name a row: the settings' own, else the primary key. */
async function keyOf({ session, relation, config, location }: SqlReading): Promise<readonly string[]> {
  const given = config.key === undefined ? [] : [config.key].flat();
  if (given.length > 0 || config.incremental) {
    const known = (await session.columns(relation)).map(({ name }) => name);
    requireColumns(given, known, location);
    if (config.incremental) requireColumns([config.incremental.column], known, location);
  }
  if (given.length > 0 || relation.kind === 'query') return given;
  return session.primaryKey(relation.table);
}

function requireColumns(wanted: readonly string[], known: readonly string[], location: string): void {
  for (const column of wanted) {
    if (known.includes(column)) continue;
    const close = nearest(column, known);
    const hint = close === null ? `its columns are ${known.slice(0, 30).join(', ')}` : `did you mean \`${close}\`?`;
    throw new DataSensError('input-unreadable', `${location} has no column \`${column}\`; ${hint}`, {
      remedy: 'correct `key` or `incremental.column` in the settings of this source',
    });
  }
}

/** Rows that no increment will ever hold are told, not passed over in silence. */
async function refuseEmpty({ session, relation, location }: SqlReading, column: string): Promise<readonly Collected[]> {
  const empty = await session.countEmpty(relation, column);
  if (empty === 0) return [];
  const message = `${empty} row(s) of ${location} have no \`${column}\`: reading by this column leaves them out`;
  return [{ kind: 'refusal', location, at: `column ${column}`, code: 'input-unreadable', message }];
}

/** Later increments keep the roles that columns had, however few their rows. */
function isSameReading(before: Reached, names: readonly string[], config: SqlConfig): boolean {
  return before.map === spelledMap(config) && JSON.stringify(before.columns) === JSON.stringify(names);
}

function spelledMap({ map }: SqlConfig): string {
  return canonicalJson(JSON.parse(JSON.stringify(map ?? null)));
}

async function headersOf({ session, relation }: SqlReading): Promise<Readonly<Record<string, string>>> {
  const rows = relation.kind === 'table' ? await session.estimate(relation.table) : null;
  return { server: session.server, ...(rows === null ? {} : { 'estimated-rows': String(Math.round(rows)) }) };
}

function tooLong(location: string, row: number, maximum: number): Collected {
  const message = `a row of ${location} is longer than ${maximum} bytes (maximumRecordBytes)`;
  return { kind: 'refusal', location, at: `row ${row}`, code: 'input-too-large', message };
}
