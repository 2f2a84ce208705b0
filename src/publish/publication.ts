// What is to be published: everything of a release but its rows.

import type { Codebook } from '../model/codebook.ts';
import type { ContextRow, ContextSeries } from '../model/context.ts';
import type { JsonObject } from '../model/json.ts';
import type { Coverage, Manifest } from '../model/release.ts';
import type { Exporter } from './exporter.ts';

export interface PublishOptions {
  /** Empty folder that the release is written into. */
  readonly folder: string;
  readonly name: string;
  readonly title: string;
  readonly organisation: string;
  /** Where people write about their data; null where the settings name nobody. */
  readonly contact: string | null;
  readonly formats: readonly Exporter[];
  readonly coverage: Coverage;
  /** Name, title, collector, licence, purpose, legal basis and retention of each source. */
  readonly sources: readonly JsonObject[];
  readonly codebook: Codebook | null;
  readonly policy: JsonObject;
  readonly recipe: JsonObject;
  /** See `Manifest`; absent where no bar is set. */
  readonly measured?: NonNullable<Manifest['measured']>;
  readonly generator: string;
  /** What happened in the days and places of the documents; absent where the settings say nothing of it. */
  readonly context?: {
    readonly series: readonly ContextSeries[];
    /** Hands over every row, in one order on every machine. */
    readonly each: (write: (row: ContextRow) => Promise<void>) => Promise<void>;
  };
}
