// Opens the database that the settings name, and finds in it what they ask for.

import { realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import { readAuthority } from './authority.ts';
import type { CollectEffects } from './collector.ts';
import { openMysql } from './drivers/mysql.ts';
import { openPostgres } from './drivers/postgres.ts';
import type { Relation, SqlServer, SqlSession, TableName } from './drivers/sql-session.ts';
import { openSqlite } from './drivers/sqlite.ts';
import { isThisMachine } from './drivers/tls.ts';
import type { SqlConfig } from './sql-config.ts';

export interface SqlPlace {
  /** `postgres://host:5432/base`, without account; or the path of a file. */
  readonly location: string;
  /** Absolute, followed to where it is; null for a server. */
  readonly file: string | null;
  open(): Promise<SqlSession>;
}

/** Where the settings point to; nothing is opened yet. @throws input-missing, input-unreadable, egress-refused, secret-missing */
export async function sqlPlace(config: SqlConfig, effects: CollectEffects): Promise<SqlPlace> {
  if (config.path !== undefined) {
    const path = config.path;
    const file = insideRoot(effects.root, path);
    return { location: path, file, open: async () => openSqlite(file, path) };
  }
  const url = new URL(config.url!);
  const { address, port, servername } = await effects.endpoint(config.url!);
  const database = decodeURIComponent(url.pathname.slice(1));
  const server: SqlServer = {
    address,
    port,
    servername,
    database,
    user: config.user ?? decodeURIComponent(url.username),
    password: config.password === undefined ? '' : effects.secret(config.password),
    tls: config.tls ?? (isThisMachine(servername) ? 'off' : 'verify'),
    authority: config.ca === undefined ? null : readAuthority(effects.root, config.ca),
    timeoutMs: config.timeoutSeconds * 1000,
    signal: effects.signal,
  };
  if (server.user === '') {
    throw new DataSensError('settings-invalid', `no account for ${servername}/${database}`, {
      remedy: `write \`user\`, and \`password: "\${NAME_OF_A_VARIABLE}"\``,
    });
  }
  const open = url.protocol.startsWith('postgres') ? openPostgres : openMysql;
  return { location: `${url.protocol}//${url.hostname}:${port}/${database}`, file: null, open: () => open(server) };
}

/** What the settings read of a database, with the name it has in locations. @throws remote-refused, input-unreadable */
export async function findRelation(
  session: SqlSession,
  config: SqlConfig,
  place: SqlPlace,
): Promise<{ readonly relation: Relation; readonly name: string }> {
  if (config.query !== undefined) {
    const text = config.query.replace(/[\s;]+$/, '');
    return { relation: { kind: 'query', text }, name: 'query' };
  }
  const tables = await session.tables();
  const table = config.table === undefined ? onlyTable(tables, place) : findTable(config.table, tables, place);
  return { relation: { kind: 'table', table }, name: nameOf(table, place) };
}

function findTable(wanted: string, tables: readonly TableName[], place: SqlPlace): TableName {
  const named = (table: TableName) => [`${table.schema}.${table.name}`, table.name];
  const folded = wanted.toLowerCase();
  const exact = tables.filter((table) => named(table).includes(wanted));
  const found =
    exact.length > 0 ? exact : tables.filter((table) => named(table).some((n) => n.toLowerCase() === folded));
  // Of namesakes, the one that a bare name means to the server.
  const preferred = found.length > 1 ? found.filter(({ schema }) => isUsual(schema, place)) : found;
  if (preferred.length === 1) return preferred[0]!;
  if (found.length > 1) {
    const schemas = found.map(({ schema }) => schema).join(', ');
    throw unfound(place, `several tables \`${wanted}\` (in ${schemas})`, 'write `table` with its schema');
  }
  const close = nearest(wanted, tables.flatMap(named));
  throw unfound(
    place,
    `no table \`${wanted}\` that this account sees${close === null ? '' : `; did you mean \`${close}\`?`}`,
    'correct `table` in the settings of this source, or ask for the right to read it',
  );
}

function onlyTable(tables: readonly TableName[], place: SqlPlace): TableName {
  if (tables.length === 1) return tables[0]!;
  const names = tables.slice(0, 30).map(({ name }) => name);
  const held = tables.length === 0 ? 'no table' : `${tables.length} tables: ${names.join(', ')}`;
  throw unfound(place, held, 'name one of them in `table`');
}

function unfound({ location, file }: SqlPlace, what: string, remedy: string): DataSensError {
  const code = file === null ? 'remote-refused' : 'input-unreadable';
  return new DataSensError(code, `${location} has ${what}`, { remedy });
}

function nameOf({ schema, name }: TableName, place: SqlPlace): string {
  return place.file !== null || isUsual(schema, place) ? name : `${schema}.${name}`;
}

/** The schema that names without one belong to. */
function isUsual(schema: string, { location, file }: SqlPlace): boolean {
  if (file !== null) return true;
  return location.startsWith('postgres') ? schema === 'public' : location.endsWith(`/${schema}`);
}

/** The file that a path names inside the project folder, links followed. @throws input-missing, input-unreadable */
function insideRoot(root: string, path: string): string {
  const absolute = resolve(root, path);
  if (statSync(absolute, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new DataSensError('input-missing', `${path}: no such file`, {
      remedy: 'correct `path`, or put the file there',
    });
  }
  const real = realpathSync(absolute);
  if (real.startsWith(realpathSync(root) + sep)) return real;
  throw new DataSensError('input-unreadable', `${path} is outside of the project folder`, {
    remedy: 'put a copy of the file inside the project folder',
  });
}
