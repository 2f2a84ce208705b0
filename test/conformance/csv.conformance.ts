// Tables of other projects, read as `datasens inspect` reads them, against an independent reader (papaparse) told the
// charset and delimiter of each file, or against rows written here by hand where that reader has no opinion.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { type Inspected, inspect } from '../../src/run/inspect.ts';
import { loadCollectors } from '../../src/run/plugins.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

type Row = readonly string[];

interface Table {
  /** Null where the file names no column. */
  readonly header: Row | null;
  readonly rows: readonly Row[];
}

/** How a file is written and what is odd about it, as its maker meant it; nothing said means UTF-8, `,`, a header. */
interface Description {
  readonly charset?: string;
  readonly delimiter?: string;
  readonly header?: boolean;
  /** Lines above the table. */
  readonly above?: number;
  /** What a steward has to say in the settings because no reader could find it. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Rows written by hand, where papaparse does not read what the file means. */
  readonly table?: Table;
}

const verbose = process.argv.includes('--verbose');

/** The files of frictionless that are no plain UTF-8 table with commas. */
const FRICTIONLESS: Readonly<Record<string, Description>> = {
  'accent.csv': { delimiter: ';' },
  'delimiter.csv': { delimiter: ';' },
  'table-delimiter.csv': { delimiter: ';' },
  'country-2.csv': { delimiter: ';', above: 1 },
  'issue-1009-semicolon.csv': { delimiter: ';' },
  'issue-1100.csv': { delimiter: ';' },
  'issue-1105-timezone.csv': { delimiter: ';' },
  'issue-1138.csv': { delimiter: ';' },
  'issue-1232.csv': { delimiter: ';' },
  'vix.csv': { delimiter: ';' },
  'countries.csv': { above: 1 },
  'matrix-with-comment.csv': { above: 1 },
  'skip-rows-before-headers.csv': { above: 1 },
  // A comment amid the rows stays: nobody can tell it from what a person wrote.
  'skip-rows.csv': { above: 1 },
  'latin1.csv': { charset: 'iso-8859-1' },
  // Greek in one byte a letter reads as well in other charsets: its charset must be said.
  'table-infer-iso-8859-7.csv': { charset: 'iso-8859-7', settings: { encoding: 'iso-8859-7' } },
  'chunk2.headless.csv': { header: false },
  'chunk3.csv': { header: false },
  'without-headers.csv': { header: false },
  'without-headers-extra.csv': { header: false },
  // Quotes are `#`, which must be said. A space before a cell without quotes is the cell's; a blank cell beyond the last
  // column is nobody's.
  'dialect.csv': {
    settings: { quote: '#' },
    table: {
      header: ['id', 'name'],
      rows: [
        ['1', 'english'],
        ['2', ' -'],
      ],
    },
  },
  // Spaces before quotes are no part of a cell, and a quote after a backslash is a quote.
  'escaping.csv': {
    table: {
      header: ['ID', ' Test'],
      rows: [
        ['1', 'Test line 1'],
        ['2', 'Test " line 2'],
        ['3', 'Test " line 3'],
      ],
    },
  },
  'issue-1109.csv': {
    table: {
      header: ['int', 'number', 'string'],
      rows: [
        ['1', '2.3', 'string'],
        ['', '4.3', 'string'],
        ['3', '3.14', 'string'],
      ],
    },
  },
  // No byte at all: no column and no row, and no error.
  'empty.csv': { table: { header: [], rows: [] } },
};

const csv: Conformance = async (data) => {
  const folder = join(data, 'csv');
  return [
    await spectrum(join(folder, 'csv-spectrum')),
    await tables('csv: frictionless', join(folder, 'frictionless'), (file) => FRICTIONLESS[file] ?? {}),
    // Its first file repeats the header three times: it is one header.
    await tables('csv: csv-detective', join(folder, 'csv-detective'), (file) =>
      file === 'a_test_file.csv' ? { delimiter: ';', above: 2 } : {},
    ),
    await tables('csv: nsppolls', join(folder, 'nsppolls'), () => ({})),
    await departments(data),
  ];
};

export default csv;

/** Pairs of a table and its JSON. The copies of two tables lost the CR of their line ends, their JSON did not. */
async function spectrum(folder: string): Promise<ConformanceLine> {
  const names = filesOf(join(folder, 'csvs'));
  return compared('csv: csv-spectrum', names, async (name) => {
    const path = join(folder, 'csvs', name);
    const json = readFileSync(join(folder, 'json', name.replace('.csv', '.json')), 'utf8');
    const hasReturns = readFileSync(path).includes(0x0d);
    const expected = (JSON.parse(json) as Readonly<Record<string, string>>[]).map((row) =>
      Object.entries(row).map(([column, cell]) => [column, hasReturns ? cell : cell.replaceAll('\r\n', '\n')]),
    );
    return same(fieldsOf(await read(path)), expected);
  });
}

function tables(name: string, folder: string, describe: (file: string) => Description): Promise<ConformanceLine> {
  return compared(name, filesOf(folder), async (file) => {
    const description = describe(file);
    const path = join(folder, file);
    const expected = description.table ?? parsed(path, description);
    return same(fieldsOf(await read(path, description.settings)), named(expected));
  });
}

/** The same list in four charsets and delimiters, against the JSON they were made from. */
async function departments(data: string): Promise<ConformanceLine> {
  const folder = join(data, 'csv/made-from-open-data');
  const json = readFileSync(join(data, 'reference/decoupage-administratif/departements.json'), 'utf8');
  const expected = (JSON.parse(json) as Readonly<Record<string, string | number>>[]).map((row) =>
    Object.entries(row).map(([column, cell]) => [column, String(cell)]),
  );
  return compared('csv: départements, four charsets', filesOf(folder), async (file) =>
    same(fieldsOf(await read(join(folder, file))), expected),
  );
}

function parsed(path: string, { charset = 'utf-8', delimiter = ',', header = true, above = 0 }: Description): Table {
  const text = new TextDecoder(charset).decode(readFileSync(path));
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // The last line of some files ends otherwise than the others.
  const lines = text
    .replace(/\r?\n$/, '')
    .split(newline)
    .slice(above);
  const { data } = Papa.parse<string[]>(lines.join(newline), { delimiter, newline, skipEmptyLines: true });
  return header ? { header: data[0] ?? [], rows: data.slice(1) } : { header: null, rows: data };
}

/** Cells under their names: blank names are numbered, repeated ones ranked, and the cells of no column numbered. */
function named({ header, rows }: Table): readonly (readonly (readonly [string, string])[])[] {
  const columns = (header ?? []).map((given, at, all) => {
    const rank = all.slice(0, at).filter((other) => other === given).length + 1;
    if (given.trim() === '') return `column ${at + 1}`;
    return rank === 1 ? given : `${given} (${rank})`;
  });
  return rows.map((row) => row.map((cell, at) => [columns[at] ?? `column ${at + 1}`, cell] as const));
}

async function read(path: string, set: Readonly<Record<string, unknown>> = {}): Promise<readonly Inspected[]> {
  const effects = {
    collectors: await loadCollectors(),
    annotator: null,
    clock: () => new Date(0),
    signal: AbortSignal.timeout(60_000),
    root: '/',
  };
  return Array.fromAsync(inspect({ paths: [path], as: 'file', set, until: 'collect' }, effects));
}

function fieldsOf(found: readonly Inspected[]) {
  return found.map((inspected) => (inspected.kind === 'record' ? inspected.item.fields : inspected.error.message));
}

const same = (found: unknown, expected: unknown) => JSON.stringify(found) === JSON.stringify(expected);

async function compared(
  name: string,
  files: readonly string[],
  isExact: (file: string) => Promise<boolean>,
): Promise<ConformanceLine> {
  let passed = 0;
  for (const file of files) {
    const exact = await isExact(file);
    passed += exact ? 1 : 0;
    if (!exact && verbose) console.error(`${name}: ${file}`);
  }
  const figure = `${((100 * passed) / Math.max(1, files.length)).toFixed(1)} % exact, every cell`;
  return { name, passed, total: files.length, figure };
}

function filesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.csv')) : [];
}
