// The rows of a GKG file that a source keeps, as they come out of its ZIP.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { Collected } from './collector.ts';
import type { SourceLimits } from './file-source.ts';
import { GKG_COLUMNS, type GkgCells, gkgCells, gkgText } from './gkg-row.ts';
import { createRowSplitter } from './row-splitter.ts';
import { openArchive } from './zip-archive.ts';

/** Nothing in a row is quoted: a quote is a letter, and so is a comma. */
const SYNTAX = { delimiter: 0x09, quote: -1, newline: 0x0a, width: GKG_COLUMNS.length };
/** The longest rows of a day are of 300 kB. */
const MAXIMUM_ROW_BYTES = 8 * 2 ** 20;

export type GkgEvent = Extract<Collected, { readonly kind: 'record' | 'refusal' }>;

export interface GkgReading {
  readonly location: string;
  readonly keeps: (cells: GkgCells) => boolean;
}

/** Records of the rows that are kept; a refusal for each row that is none of GKG 2.1. */
export async function* gkgRows(
  chunks: AsyncIterable<Buffer>,
  { location, keeps }: GkgReading,
  signal: AbortSignal,
): AsyncIterable<GkgEvent> {
  const splitter = createRowSplitter(SYNTAX, 'utf-8', MAXIMUM_ROW_BYTES);
  let line = 0;
  const read = function* (chunk: Buffer, last: boolean): Iterable<GkgEvent> {
    for (const row of splitter.push(chunk, last)) {
      line += 1;
      if (row !== null && row.length === 0) continue;
      const cells = row === null ? [] : gkgCells(row);
      if (row === null || cells.length !== GKG_COLUMNS.length) {
        const code = row === null ? 'input-too-large' : 'input-unreadable';
        const message = row === null ? 'the row is too long' : `${cells.length} columns where GKG 2.1 has 27`;
        yield { kind: 'refusal', location, at: `line ${line}`, code, message };
      } else if (keeps(cells)) {
        // A copy: the few rows that are kept would keep all the others in memory.
        yield { kind: 'record', bytes: Buffer.from(row), key: gkgText(cells, 'GKGRECORDID') || null };
      }
    }
  };
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield* read(chunk, false);
  }
  yield* read(Buffer.alloc(0), true);
}

/** The bytes of the GKG files inside a ZIP that was received whole. @throws input-unreadable, input-too-large */
export async function* unzipGkg(
  place: { readonly location: string; readonly bytes: Buffer } | { readonly location: string; readonly path: string },
  limits: SourceLimits,
): AsyncIterable<Buffer> {
  const archive = await openArchive(place, limits);
  try {
    const names = archive.names.filter((name) => /\.csv$/i.test(name));
    if (names.length === 0) throw new DataSensError('input-unreadable', `${place.location} holds no .csv file`);
    for (const name of names) yield* archive.chunks(name);
  } finally {
    archive.close();
  }
}

/** @throws input-unreadable where the bytes are not those that the list announced */
export function checkMd5(bytes: Uint8Array, expected: string, location: string): void {
  if (createHash('md5').update(bytes).digest('hex') === expected) return;
  throw new DataSensError('input-unreadable', `${location} is not the file that its list announces (md5)`, {
    remedy: 'it is asked for again at the next collection',
  });
}
