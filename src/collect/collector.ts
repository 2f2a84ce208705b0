// The seam where sources attach: one file of collectors/ is one collector.

import type { z } from 'zod';
import type { Item } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';

/** What a collector yields, in order: opening, records and refusals, closing; then perhaps the next opening. */
export type Collected =
  | { readonly kind: 'opening'; readonly opening: SnapshotOpening }
  | { readonly kind: 'record'; readonly bytes: Uint8Array; readonly key: string | null }
  /** Part or all of a snapshot that could not be read; kept in the run's dead-letter list, nothing else is lost. */
  | {
      readonly kind: 'refusal';
      readonly location: string;
      readonly at: string;
      readonly code:
        | 'input-unreadable'
        | 'input-too-large'
        | 'input-unsupported'
        | 'input-missing'
        | 'remote-unavailable'
        | 'remote-refused'
        | 'egress-refused';
      readonly message: string;
    }
  /** Ends the snapshot. `state` is remembered, in the same transaction, for the next collection. */
  | {
      readonly kind: 'closing';
      readonly sha256: string;
      readonly sizeBytes: number;
      readonly state: { readonly key: string; readonly value: Json } | null;
    }
  /** Remembers a state without a snapshot (an unchanged feed). */
  | { readonly kind: 'state'; readonly key: string; readonly value: Json };

export interface CollectResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** URL after redirects. */
  readonly url: string;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface CollectEffects {
  /** The only door to the network; refuses what the settings do not allow, paces, follows redirects safely. */
  readonly fetch: (
    url: string,
    request?: { readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<CollectResponse>;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** What was remembered under this key when it last succeeded. */
  readonly state: (key: string) => Promise<Json | undefined>;
  /** Absolute folder that relative paths of the settings start from. */
  readonly root: string;
}

export interface Collector<Config = unknown> {
  readonly name: string;
  readonly title: { readonly fr: string; readonly en: string };
  readonly description: { readonly fr: string; readonly en: string };
  /** Refuses unknown keys. */
  readonly config: z.ZodType<Config>;
  /** A valid configuration, shown by `datasens explain`. */
  readonly example: unknown;
  /** How one local file is read by itself (`datasens inspect`); absent where files make no sense. */
  readonly local?: {
    /** Configuration for this path alone. */
    config(path: string): Readonly<Record<string, unknown>>;
    /** True where name or first kilobyte (as latin-1) say that the file is this collector's. `file` takes the rest. */
    claims?(name: string, head: string): boolean;
  };
  /** `replace`: a newer snapshot of a location stands for the whole of it (files). `append`: it adds to it (feeds). */
  readonly snapshots: 'replace' | 'append';
  collect(config: Config, effects: CollectEffects): AsyncIterable<Collected>;
  /** Reads one record; pure, never throws on any bytes (problems are the item's findings). */
  read(
    bytes: Uint8Array,
    opening: Pick<SnapshotOpening, 'location' | 'charset' | 'context' | 'mediaType'>,
    config: Config,
  ): Item;
}

/** Declares a collector; the file's default export. */
export function defineCollector<Config>(collector: Collector<Config>): Collector<Config> {
  return collector;
}
