// The house keeps its shape: who may import whom, where SQL and sockets live, and who may clear a document.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

interface SourceFile {
  /** Path below src, e.g. `refine/date.ts`. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** Paths below src that it imports, types included, dynamic imports too. */
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

const files = listFiles();
const productFiles = files.filter((file) => !file.path.includes('.test.') && !file.path.includes('.contract.'));

const STAGES = ['collect', 'refine', 'annotate', 'govern', 'publish', 'decide', 'share', 'egress'];

/** What each folder may import besides itself; `web` imports types of the api only. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ...Object.fromEntries(STAGES.map((stage) => [stage, ['model']])),
  store: ['model'],
  run: ['model', 'store', ...STAGES],
  cli: ['model', 'run', 'api'],
  api: ['model', 'run'],
  web: ['api'],
};

test('folders import only what the map allows', () => {
  const trespasses = productFiles.flatMap((file) =>
    file.imports
      .map((target) => target.split('/')[0]!)
      .filter((folder) => folder !== file.folder && !MAY_IMPORT[file.folder]?.includes(folder))
      .map((folder) => `${file.path} imports ${folder}`),
  );
  expect(trespasses).toEqual([]);
});

test('the command line opens the api only to serve it', () => {
  const importers = productFiles.filter(
    (file) => file.folder === 'cli' && file.imports.some((target) => target.startsWith('api/')),
  );
  expect(importers.map((file) => file.path)).toEqual(['cli/serve.ts']);
});

test('the web imports nothing but types from the api', () => {
  const values = productFiles
    .filter((file) => file.folder === 'web')
    .flatMap((file) =>
      [...file.text.matchAll(/^(import (?!type)[^;]*from '[^']*\/api\/[^']*')/gm)].map(
        (match) => `${file.path}: ${match[1]}`,
      ),
    )
    .filter((line) => !line.includes('/web/'));
  expect(
    values.filter((line) => !/from '\.\.?\/api\//.test(line) || /from '(\.\.\/)+api\/[a-z-]+\.ts'/.test(line)),
  ).toEqual([]);
});

test('no import goes round in a circle, type imports included', () => {
  const graph = new Map(files.map((file) => [file.path, file.imports]));
  expect(findCycle(graph)).toBeNull();
});

/** Drivers of sources that are servers: they dial what `effects.endpoint` approved, and ask for what the settings say. */
const DRIVERS = 'collect/drivers/';

test('SQL is written in the store only, and DuckDB SQL where releases and Parquet are read', () => {
  const statement =
    /(?:sql`|["'`]\s*(?:select\s[\s\S]{0,200}?\sfrom\s|insert into\s|update\s+\w+\s+set\s|delete from\s|create table\s))/i;
  const writers = productFiles.filter((file) => !['store', 'web'].includes(file.folder) && statement.test(file.text));
  const duckDb = new Set(['decide', 'publish']);
  const strangers = writers.filter(
    (file) =>
      !file.path.startsWith(DRIVERS) &&
      !duckDb.has(file.folder) &&
      !file.path.includes('parquet') &&
      !file.path.includes('duckdb'),
  );
  expect(strangers.map((file) => file.path)).toEqual([]);
});

test('sockets are opened by egress and by the database and object drivers only', () => {
  const networking = new Set([
    'undici',
    'pg',
    'pg-boss',
    'pg-cursor',
    'mysql2',
    'mysql2/promise',
    'imapflow',
    'aws4fetch',
    'node:net',
    'node:tls',
    'node:http',
    'node:https',
    'node:dgram',
    'node:dns',
    'node:http2',
  ]);
  const users = productFiles.filter(
    (file) =>
      !['egress', 'store', 'web'].includes(file.folder) &&
      !file.path.startsWith(DRIVERS) &&
      (file.packages.some((name) => networking.has(name)) ||
        /(?<![\w.])fetch\(|new WebSocket|globalThis\.fetch/.test(file.text)),
  );
  expect(users.map((file) => file.path)).toEqual([]);
});

test('only govern/clear.ts says that something is cleared', () => {
  const makers = productFiles
    .filter((file) => /\bas (?:unknown as )?Cleared\b/.test(file.text))
    .map((file) => file.path);
  expect(makers.filter((path) => path !== 'govern/clear.ts')).toEqual([]);
});

test('files are kebab-case nouns, and none is a drawer for odds and ends', () => {
  const banned = /^(?:utils?|helpers?|common|misc|lib|shared|manager|service|handler|data|info)$/;
  const bad = files.filter((file) => {
    const name = file.path.split('/').at(-1)!.replace(/\..*$/, '');
    const drawer = banned.test(name) || (name === 'index' && file.folder !== 'web');
    return drawer || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
  });
  expect(bad.map((file) => file.path)).toEqual([]);
});

test('no file outgrows one idea', () => {
  const long = productFiles.filter(
    (file) => !/lexicon|names|messages|departments/.test(file.path) && file.text.split('\n').length > 350,
  );
  expect(long.map((file) => `${file.path} (${file.text.split('\n').length} lines)`)).toEqual([]);
});

function listFiles(): readonly SourceFile[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => readSource(join(entry.parentPath, entry.name)));
}

function readSource(absolute: string): SourceFile {
  const text = readFileSync(absolute, 'utf8');
  const path = relative(source, absolute);
  const specifiers = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3]!);
  const own = specifiers
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(source, resolve(dirname(absolute), name)));
  return {
    path,
    folder: path.split('/')[0]!,
    text,
    imports: own.filter((target) => !target.startsWith('..')),
    packages: specifiers.filter((name) => !name.startsWith('.')),
  };
}

/** The first circle found, as the paths along it; null when there is none. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const state = new Map<string, 'open' | 'closed'>();
  const trail: string[] = [];
  const visit = (node: string): readonly string[] | null => {
    if (state.get(node) === 'closed') return null;
    if (state.get(node) === 'open') return [...trail.slice(trail.indexOf(node)), node];
    state.set(node, 'open');
    trail.push(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = graph.has(next) ? visit(next) : null;
      if (cycle) return cycle;
    }
    trail.pop();
    state.set(node, 'closed');
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return null;
}
