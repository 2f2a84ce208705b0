// The context of a release beside its documents: `data/context.csv`, `data/context.parquet`; no file where there is no row.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextRow } from '../model/context.ts';
import type { OpenDuckDb } from '../model/duckdb.ts';
import { CONTEXT_COLUMNS } from './context-columns.ts';
import type { Exporter, TableWriter } from './exporter.ts';

/** Where rows come from, and where they are written. */
export interface ContextFiles {
  readonly each: (write: (row: ContextRow) => Promise<void>) => Promise<void>;
  readonly formats: readonly Exporter[];
  /** Folder of the release, whose `data` is there. */
  readonly folder: string;
  readonly scratch: string;
}

/** Name, in `data/`, of the file of context in a format. */
export function contextFile(format: Exporter): string {
  return format.file.replace(/^documents/, 'context');
}

/** Writes the rows in the order that they come in. @returns how many there were */
export async function writeContext(
  { each, formats, folder, scratch }: ContextFiles,
  { openDuckDb, signal }: { readonly openDuckDb: OpenDuckDb; readonly signal: AbortSignal },
): Promise<number> {
  const writers: TableWriter<ContextRow>[] = [];
  let count = 0;
  await each(async (row) => {
    signal.throwIfAborted();
    if (count === 0) {
      for (const format of formats) {
        const own = join(scratch, `context-${format.name}`);
        await mkdir(own);
        const path = join(folder, 'data', contextFile(format));
        writers.push(await format.openTable(path, CONTEXT_COLUMNS, { openDuckDb, scratch: own }));
      }
    }
    count += 1;
    for (const writer of writers) await writer.write(row);
  });
  for (const writer of writers) await writer.close();
  return count;
}
