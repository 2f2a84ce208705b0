// A table as Parquet (Zstandard), written by DuckDB from lines of JSON, so that memory does not grow with rows nor with long
// texts.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, heldIn } from './columns.ts';
import type { ExportEffects, TableWriter } from './exporter.ts';

const TYPES: Readonly<Record<Column['type'], string>> = {
  text: 'varchar',
  date: 'date',
  number: 'double',
  integer: 'integer',
  boolean: 'boolean',
  list: 'varchar[]',
};

const BUFFER_BYTES = 1_048_576;

/** Opens the file; equal rows give equal bytes, on any machine. */
export async function openParquetTable<Row>(
  path: string,
  columns: readonly Column<Row>[],
  { openDuckDb, scratch }: ExportEffects,
): Promise<TableWriter<Row>> {
  const staging = join(scratch, 'rows.ndjson');
  const lines = createWriteStream(staging, { highWaterMark: BUFFER_BYTES });
  await once(lines, 'open');
  let longest = BUFFER_BYTES;
  return {
    async write(row) {
      const line = Buffer.from(`${JSON.stringify(cellsOf(row, columns))}\n`);
      longest = Math.max(longest, line.byteLength);
      if (!lines.write(line)) await once(lines, 'drain');
    },
    async close() {
      lines.end();
      await once(lines, 'close');
      const types = columns.map(({ name, type }) => `'${name}': '${TYPES[type]}'`).join(', ');
      // Two threads cut row groups elsewhere on every run. On one thread rows keep their order whatever this setting
      // says, and without it row groups cannot be bounded by bytes.
      const duckDb = await openDuckDb({ threads: 1 });
      try {
        await duckDb.connection.run("set memory_limit = '320MB'");
        await duckDb.connection.run('set preserve_insertion_order = false');
        await duckDb.connection.run(
          `copy (
              select * from read_json($staging, format = 'newline_delimited', auto_detect = false,
                maximum_object_size = ${longest + 1}, columns = {${types}})
            ) to '${path.replaceAll("'", "''")}' (format parquet, compression zstd, row_group_size_bytes '24MB')`,
          { staging },
        );
      } finally {
        duckDb.close();
      }
      await rm(staging);
    },
  };
}

/** Lone surrogates are no UTF-8: they become U+FFFD. */
function cellsOf<Row>(row: Row, columns: readonly Column<Row>[]): Readonly<Record<string, unknown>> {
  const cells: Record<string, unknown> = {};
  for (const column of columns) {
    const value = heldIn(row, column);
    cells[column.name] = typeof value === 'string' ? value.toWellFormed() : value;
  }
  return cells;
}
