// The seam where file formats attach: one file of exporters/ is one format.

import type { OpenDuckDb } from '../model/duckdb.ts';
import type { ReleaseRow } from '../model/release.ts';
import { COLUMNS, type Column } from './columns.ts';

export interface ExportEffects {
  readonly openDuckDb: OpenDuckDb;
  /** Folder for what is needed while writing; emptied afterwards by who gave it. */
  readonly scratch: string;
}

export interface TableWriter<Row> {
  write(row: Row): Promise<void>;
  /** Ends the file; nothing may be written after. */
  close(): Promise<void>;
}

/** Rows come in increasing order of document id. */
export type ExportWriter = TableWriter<ReleaseRow>;

interface Format {
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  /** Name of the file of documents in `data/`. */
  readonly file: string;
  readonly mediaType: string;
  /** Writes a table to `path`; equal rows give equal bytes, on any machine. */
  openTable<Row>(path: string, columns: readonly Column<Row>[], effects: ExportEffects): Promise<TableWriter<Row>>;
}

export interface Exporter extends Format {
  /** The table of documents, with these columns; those that every release has where none are said. */
  open(path: string, effects: ExportEffects, columns?: readonly Column[]): Promise<ExportWriter>;
}

/** Declares an exporter; the file's default export. */
export function defineExporter(format: Format): Exporter {
  return { ...format, open: (path, effects, columns = COLUMNS) => format.openTable(path, columns, effects) };
}
