// A table as CSV (RFC 4180, UTF-8, commas, CRLF): every text quoted, no cell that a spreadsheet would run.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { disarm } from '../model/formula.ts';
import { type Column, heldIn } from './columns.ts';
import type { TableWriter } from './exporter.ts';
import { LIST_SEPARATOR } from './label-columns.ts';

/** Opens the file; equal rows give equal bytes. */
export async function openCsvTable<Row>(path: string, columns: readonly Column<Row>[]): Promise<TableWriter<Row>> {
  const file = createWriteStream(path);
  await once(file, 'open');
  file.write(`${columns.map(({ name }) => name).join(',')}\r\n`);
  return {
    async write(row) {
      if (!file.write(`${columns.map((column) => cellOf(row, column)).join(',')}\r\n`)) await once(file, 'drain');
    },
    async close() {
      file.end();
      await once(file, 'close');
    },
  };
}

function cellOf<Row>(row: Row, column: Column<Row>): string {
  const { type } = column;
  const held = heldIn(row, column);
  if (held === null) return '';
  const value = type === 'list' ? (held as readonly string[]).join(LIST_SEPARATOR) : held;
  return type === 'text' || type === 'list' ? `"${disarm(String(value)).replaceAll('"', '""')}"` : String(value);
}
