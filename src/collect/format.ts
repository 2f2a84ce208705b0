// The seam between the file collector and the formats it reads: one file of formats/ is one format.

import type { Item } from '../model/item.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { Collected } from './collector.ts';
import type { FileConfig, FormatName } from './file-config.ts';
import type { FileSource } from './file-source.ts';

/** What a format finds at the start of a table or page; the collector adds place and time. */
export interface FormatOpening {
  /** Added to the file's location, e.g. `#Feuil1`; empty where the file is one snapshot. */
  readonly part: string;
  readonly mediaType: string;
  readonly charset: string | null;
  readonly context: SnapshotOpening['context'];
}

export type FormatEvent =
  | { readonly kind: 'opening'; readonly opening: FormatOpening }
  | Extract<Collected, { readonly kind: 'record' | 'refusal' }>;

export type ReadOpening = Pick<SnapshotOpening, 'location' | 'charset' | 'context' | 'mediaType'>;

export interface Format {
  readonly name: FormatName;
  /**
   * Openings, records and refusals, many at a time: an event by itself costs more than splitting a row.
   * @throws DataSensError where the rest of the file cannot be read
   */
  collect(source: FileSource, config: FileConfig, signal: AbortSignal): AsyncIterable<readonly FormatEvent[]>;
  /** Pure; never throws on any bytes. */
  read(bytes: Uint8Array, opening: ReadOpening): Item;
}
