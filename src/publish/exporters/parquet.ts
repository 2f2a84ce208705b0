// Parquet (Zstandard), written by DuckDB on one thread so that equal rows give equal bytes.

import { join } from 'node:path';
import type { DuckDBAppender } from '@duckdb/node-api';
import type { ReleaseRow } from '../../model/release.ts';
import { COLUMNS, type Column } from '../columns.ts';
import { defineExporter } from '../exporter.ts';

const TYPES: Readonly<Record<Column['type'], string>> = {
  text: 'varchar',
  date: 'varchar',
  number: 'double',
  integer: 'integer',
  boolean: 'boolean',
};

/** Rows between two flushes of the appender: bounds the memory of a million rows. */
const FLUSH_ROWS = 10_000;

export default defineExporter({
  name: 'parquet',
  title: { fr: 'Parquet', en: 'Parquet' },
  file: 'documents.parquet',
  mediaType: 'application/vnd.apache.parquet',
  async open(path, { openDuckDb, scratch }) {
    const duckDb = await openDuckDb({ path: join(scratch, 'parquet.duckdb'), threads: 1 });
    const { connection } = duckDb;
    const columns = COLUMNS.map(({ name, type }) => `"${name}" ${TYPES[type]}`).join(', ');
    await connection.run(`create table rows (${columns})`);
    const appender = await connection.createAppender('rows');
    let written = 0;
    return {
      async write(row) {
        for (const column of COLUMNS) append(appender, column.type, row[column.property]);
        appender.endRow();
        written += 1;
        if (written % FLUSH_ROWS === 0) appender.flushSync();
      },
      async close() {
        appender.closeSync();
        const select = COLUMNS.map(({ name, type }) =>
          type === 'date' ? `cast("${name}" as date) as "${name}"` : `"${name}"`,
        );
        await connection.run(
          `copy (select ${select.join(', ')} from rows) to '${path.replaceAll("'", "''")}' (format parquet, compression zstd, row_group_size 100000)`,
        );
        duckDb.close();
      },
    };
  },
});

function append(appender: DuckDBAppender, type: Column['type'], value: ReleaseRow[keyof ReleaseRow]): void {
  if (value === null) appender.appendNull();
  else if (type === 'number') appender.appendDouble(value as number);
  else if (type === 'integer') appender.appendInteger(value as number);
  else if (type === 'boolean') appender.appendBoolean(value as boolean);
  else appender.appendVarchar((value as string).toWellFormed());
}
