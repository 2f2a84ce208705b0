// Workbooks: every sheet is a snapshot, every row a record. A record's bytes are the JSON list of the row's cells.

import { DataSensError } from '../../model/error.ts';
import type { Finding } from '../../model/finding.ts';
import type { Item } from '../../model/item.ts';
import { canonicalJson, type JsonObject } from '../../model/json.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent, ReadOpening } from '../format.ts';
import { type Fields, itemOf, plainItem } from '../item-fields.ts';
import { type Mapping, mapColumns } from '../mapping.ts';
import { sheetRows } from '../sheet-rows.ts';
import { columnName, findHead } from '../table-head.ts';
import { readWorkbook, type Sheet } from '../workbook.ts';
import { openArchive } from '../zip-archive.ts';

export const xlsx: Format = { name: 'xlsx', collect, read };

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SAMPLE_ROWS = 200;

interface SheetContext {
  readonly format: 'xlsx';
  readonly sheet: string;
  readonly columns: readonly string[];
  readonly mapping: Mapping;
}

type Rows = readonly (readonly string[])[];

async function* collect(
  source: FileSource,
  config: FileConfig,
  signal: AbortSignal,
): AsyncIterable<readonly FormatEvent[]> {
  if (!source.plain) throw new DataSensError('input-unsupported', `${source.location} must be unpacked to be read`);
  const archive = await openArchive(source, { maximumBytes: config.maximumBytes, signal });
  try {
    const workbook = await readWorkbook(archive, source.location);
    for (const sheet of chosen(workbook.sheets, config, source.location)) {
      const place = { sheet: sheet.name, location: source.location };
      try {
        yield* collectSheet(sheetRows(archive, sheet, workbook), place, config);
      } catch (error) {
        if (!(error instanceof DataSensError) || error.code !== 'input-unreadable') throw error;
        // A sheet of notes beside the data has not the columns of the settings.
        const { code, message } = error;
        yield [{ kind: 'refusal', location: source.location, at: `sheet ${sheet.name}`, code, message }];
      }
    }
  } finally {
    archive.close();
  }
}

function chosen(sheets: readonly Sheet[], config: FileConfig, location: string): readonly Sheet[] {
  if (config.sheet === undefined) return sheets;
  const named = sheets.filter((sheet) => sheet.name === config.sheet);
  if (named.length > 0) return named;
  const known = sheets.map((sheet) => sheet.name).join(', ');
  throw new DataSensError('input-unreadable', `${location} has no sheet \`${config.sheet}\`; its sheets are ${known}`);
}

async function* collectSheet(
  batches: AsyncIterable<Rows>,
  place: { readonly sheet: string; readonly location: string },
  config: FileConfig,
): AsyncIterable<readonly FormatEvent[]> {
  let waiting: (readonly string[])[] = [];
  let opened: { readonly context: SheetContext } | null = null;
  for await (const rows of batches) {
    if (opened !== null) {
      yield rows.map((row) => recordOf(row, opened!.context));
      continue;
    }
    waiting = waiting.concat(rows);
    if (waiting.length >= SAMPLE_ROWS) yield begin();
  }
  // A sheet without a cell is no snapshot.
  if (opened === null && waiting.length > 0) yield begin();

  function begin(): readonly FormatEvent[] {
    const { skip, columns } = findHead(waiting.slice(0, SAMPLE_ROWS), config.header);
    const data = waiting.slice(skip);
    const mapping = mapColumns({ columns, rows: data.slice(0, SAMPLE_ROWS) }, config.map, place.location);
    const context: SheetContext = { format: 'xlsx', sheet: place.sheet, columns, mapping };
    opened = { context };
    const opening = {
      part: `#${place.sheet}`,
      mediaType: MEDIA_TYPE,
      charset: null,
      context: context as unknown as JsonObject,
    };
    return [{ kind: 'opening', opening }, ...data.map((row) => recordOf(row, context))];
  }
}

function recordOf(row: readonly string[], { columns, mapping }: SheetContext): FormatEvent {
  const id = mapping.id === null ? '' : (row[columns.indexOf(mapping.id)]?.trim() ?? '');
  return { kind: 'record', bytes: Buffer.from(canonicalJson(row), 'utf8'), key: id === '' ? null : id };
}

function read(bytes: Uint8Array, opening: ReadOpening): Item {
  const { columns, mapping } = opening.context as unknown as SheetContext;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const cells = cellsOf(text);
  const broken: Finding = { code: 'json-repaired', at: 'record', evidence: 'no list of cells; read as text' };
  if (cells === null) return plainItem(text, [broken]);
  // Sheets leave out blank cells at the end of a row: no column is missing.
  const fields: Fields = Array.from({ length: Math.max(columns.length, cells.length) }, (_, at) => [
    columns[at] ?? columnName(at),
    cells[at] ?? '',
  ]);
  return itemOf(fields, mapping, { findings: [] });
}

function cellsOf(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((cell) => typeof cell === 'string') ? value : null;
  } catch {
    return null;
  }
}
