// Rows of text: comma-, semicolon-, tab- or otherwise separated. A record is one row's bytes.

import type { Finding } from '../../model/finding.ts';
import type { Item } from '../../model/item.ts';
import type { JsonObject } from '../../model/json.ts';
import { stripMark } from '../bytes.ts';
import { unitSizeOf } from '../charset.ts';
import { codesOf, type Dialect, detectDialect } from '../dialect.ts';
import { detectFileCharset } from '../file-charset.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent, ReadOpening } from '../format.ts';
import { type Fields, itemOf } from '../item-fields.ts';
import { type Mapping, mapColumns } from '../mapping.ts';
import type { RowSyntax } from '../quoted-row.ts';
import { recordText } from '../record-text.ts';
import { readCells } from '../row-cells.ts';
import { createRowSplitter } from '../row-splitter.ts';
import { columnName, findHead } from '../table-head.ts';

interface CsvContext {
  readonly format: 'csv';
  readonly dialect: Dialect;
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  /** False where the charset was guessed. */
  readonly certain: boolean;
}

/** CSV and its kin; `tsv` differs by the delimiter it is read with when none is given. */
export function rowsFormat(name: 'csv' | 'tsv'): Format {
  return { name, collect, read };

  async function* collect(source: FileSource, config: FileConfig): AsyncIterable<readonly FormatEvent[]> {
    const found = await detectFileCharset(source, config.encoding);
    const head = source.head.subarray(found.bomLength);
    const { dialect, rows } = detectDialect(head, {
      charset: found.charset,
      whole: source.whole,
      delimiter: config.delimiter ?? (name === 'tsv' ? '\t' : undefined),
      quote: config.quote,
    });
    const { skip, columns } = findHead(rows, config.header);
    const sample = rows.slice(skip).filter((row) => row.some((cell) => cell.trim() !== ''));
    const mapping = mapColumns({ columns, rows: sample }, config.map, source.location);
    const context: CsvContext = { format: 'csv', dialect, columns, mapping, certain: found.certain };
    const opening = {
      part: '',
      mediaType: dialect.delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
      charset: found.charset,
      context: context as unknown as JsonObject,
    };
    yield [{ kind: 'opening', opening }];
    const idAt = mapping.id === null ? -1 : columns.indexOf(mapping.id);
    const codes = codesOf(dialect, columns.length);
    const splitter = createRowSplitter(codes, found.charset, config.maximumRecordBytes);
    const place = { ...opening, location: '' };
    const keyOf = (row: Buffer): string | null => {
      if (idAt < 0) return null;
      const cell = unquotedCell(row, idAt, codes);
      if (cell === null || unitSizeOf(found.charset) === 2) return read(row, place).id;
      return recordText(cell, found.charset, true).text.trim() || null;
    };
    let number = 0;
    for await (const chunk of stripMark(source.chunks(), found.bomLength)) yield take(splitter.push(chunk, false));
    yield take(splitter.push(Buffer.alloc(0), true));

    function take(split: readonly (Buffer | null)[]): readonly FormatEvent[] {
      const events: FormatEvent[] = [];
      for (const row of split) {
        number += 1;
        if (number <= skip) continue;
        if (row === null) events.push(tooLong(source.location, number, config.maximumRecordBytes));
        else if (row.length > 0) events.push({ kind: 'record', bytes: row, key: keyOf(row) });
      }
      return events;
    }
  }
}

/** The bytes of a cell that no quote comes before, found without decoding the row; null where one does. */
function unquotedCell(row: Buffer, column: number, { delimiter, quote }: RowSyntax): Buffer | null {
  let start = 0;
  let cell = 0;
  for (let at = 0; at <= row.length; at += 1) {
    if (row[at] === quote) return null;
    if (at < row.length && row[at] !== delimiter) continue;
    if (cell === column) return row.subarray(start, at);
    cell += 1;
    start = at + 1;
  }
  return null;
}

function tooLong(location: string, row: number, maximum: number): FormatEvent {
  const message = `a row of ${location} is longer than ${maximum} bytes (maximumRecordBytes)`;
  return { kind: 'refusal', location, at: `row ${row}`, code: 'input-too-large', message };
}

function read(bytes: Uint8Array, opening: ReadOpening): Item {
  const { dialect, columns, mapping, certain } = opening.context as unknown as CsvContext;
  const { text, findings: decoding } = recordText(bytes, opening.charset, certain);
  const { cells, strayQuotes } = readCells(text, dialect, columns.length);
  const findings: Finding[] = [...decoding];
  // Delimiters that close every row of some exports add blank cells that no column names.
  let length = cells.length;
  while (length > columns.length && cells[length - 1]!.trim() === '') length -= 1;
  const fields: Fields = cells.slice(0, length).map((cell, at) => [columns[at] ?? columnName(at), cell]);
  if (length !== columns.length) {
    findings.push({ code: 'row-ragged', at: 'record', evidence: `${length} cells for ${columns.length} columns` });
  }
  if (strayQuotes > 0) findings.push({ code: 'row-quote-repaired', at: 'record', evidence: `${strayQuotes} quotes` });
  return itemOf(fields, mapping, { findings });
}
