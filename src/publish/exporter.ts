// The seam where file formats attach: one file of exporters/ is one format.

import type { OpenDuckDb } from '../model/duckdb.ts';
import type { ReleaseRow } from '../model/release.ts';

export interface ExportEffects {
  readonly openDuckDb: OpenDuckDb;
  /** Folder for what is needed while writing; emptied afterwards by who gave it. */
  readonly scratch: string;
}

export interface ExportWriter {
  /** Rows come in increasing order of document id. */
  write(row: ReleaseRow): Promise<void>;
  /** Ends the file; nothing may be written after. */
  close(): Promise<void>;
}

export interface Exporter {
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  /** Name of the file in `data/`. */
  readonly file: string;
  readonly mediaType: string;
  /** Writes to `path`; equal rows give equal bytes, on any machine. */
  open(path: string, effects: ExportEffects): Promise<ExportWriter>;
}

/** Declares an exporter; the file's default export. */
export function defineExporter(exporter: Exporter): Exporter {
  return exporter;
}
