// CSV (RFC 4180, UTF-8, commas, CRLF): every text quoted, no cell that a spreadsheet would run.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { disarm } from '../../model/formula.ts';
import type { ReleaseRow } from '../../model/release.ts';
import { COLUMNS, type Column } from '../columns.ts';
import { defineExporter } from '../exporter.ts';

export default defineExporter({
  name: 'csv',
  title: { fr: 'CSV (UTF-8)', en: 'CSV (UTF-8)' },
  file: 'documents.csv',
  mediaType: 'text/csv; charset=utf-8',
  async open(path) {
    const file = createWriteStream(path);
    await once(file, 'open');
    file.write(`${COLUMNS.map(({ name }) => name).join(',')}\r\n`);
    return {
      async write(row) {
        if (!file.write(`${COLUMNS.map((column) => cellOf(row, column)).join(',')}\r\n`)) await once(file, 'drain');
      },
      async close() {
        file.end();
        await once(file, 'close');
      },
    };
  },
});

function cellOf(row: ReleaseRow, { property, type }: Column): string {
  const value = row[property];
  if (value === null) return '';
  return type === 'text' ? `"${disarm(String(value)).replaceAll('"', '""')}"` : String(value);
}
