// The seam where sources attach: one file of collectors/ is one collector.

import type { z } from 'zod';
import type { Item } from '../model/item.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';

/** What a collector yields, in order: opening, records and refusals, closing; then perhaps the next opening. */
export type Collected =
  | { readonly kind: 'opening'; readonly opening: SnapshotOpening }
  /**
   * A record that holds several documents (the answers of one row) is yielded once for each, with its `part`: a name for
   * people and programs, no person's words, which is part of the document's identity. Another part is another document.
   */
  | { readonly kind: 'record'; readonly bytes: Uint8Array; readonly key: string | null; readonly part?: string }
  /** Part or all of a snapshot that could not be read; kept in the run's dead-letter list, nothing else is lost. */
  | {
      readonly kind: 'refusal';
      readonly location: string;
      readonly at: string;
      readonly code:
        | 'input-unreadable'
        | 'input-too-large'
        | 'input-unsupported'
        | 'input-suspect'
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
  | { readonly kind: 'state'; readonly key: string; readonly value: Json }
  /** Kept as an Act of the register: what was checked before fetching (robots.txt, terms). Ids and facts, no words. */
  | { readonly kind: 'evidence'; readonly subject: string; readonly why: string; readonly detail: JsonObject };

export interface CollectResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** URL after redirects. */
  readonly url: string;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface CollectRequest {
  /** `POST` for queries that go in a body (GraphQL, search); a redirect of it is refused. */
  readonly method?: 'GET' | 'POST';
  /** What the settings say to ask, never what was collected. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest body, in bytes, as received and as decoded; egress's own bound when absent. */
  readonly maximumBytes?: number;
  /** Requests a second to this host; egress's own pace when absent. */
  readonly perSecond?: number;
}

/** A server that a driver opens its own socket to, once egress has judged every address of its name. */
export interface Endpoint {
  /** The judged address to dial: resolving the name again could lead elsewhere. */
  readonly address: string;
  readonly port: number;
  /** The name in the settings, for TLS. */
  readonly servername: string;
}

export interface CollectEffects {
  /** The only door to the network; refuses what the settings do not allow, paces, follows redirects safely. */
  readonly fetch: (url: string, request?: CollectRequest) => Promise<CollectResponse>;
  /** Approves a database or mail server named in the settings (`postgres://…`, `imaps://…`). @throws egress-refused */
  readonly endpoint: (url: string) => Promise<Endpoint>;
  /** A setting with its `${NAME}` read from the environment, `file:path` from a file. @throws secret-missing */
  readonly secret: (setting: string) => string;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** What was remembered under this key when it last succeeded. */
  readonly state: (key: string) => Promise<Json | undefined>;
  /** Absolute folder that relative paths of the settings start from. */
  readonly root: string;
}

/** `replace`: a newer snapshot of a location stands for the whole of it (files). `append`: it adds to it (feeds). */
export type Succession = 'replace' | 'append';

/** `Read` is what `read` gives: the item, or a promise of it where the format's only readers are asynchronous (PDF). */
export interface Collector<Config = unknown, Read extends Item | Promise<Item> = Item | Promise<Item>> {
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
  /** How a newer snapshot of a location stands to the older ones; a function where the configuration decides. */
  readonly snapshots: Succession | { of(config: Config): Succession }['of'];
  /** The part of the configuration that `read` depends on: another one derives other documents. `config.map` when absent. */
  reading?(config: Config): Json;
  collect(config: Config, effects: CollectEffects): AsyncIterable<Collected>;
  /**
   * Reads one record; pure, never throws on any bytes (problems are the item's findings). Records of the same bytes that
   * follow each other (pages of one file) are handed over as the same object.
   */
  read(bytes: Uint8Array, from: RecordOrigin, config: Config): Read;
}

/** What is known of a record besides its bytes: its snapshot, and the key and part that `collect` gave it. */
export interface RecordOrigin extends Pick<SnapshotOpening, 'location' | 'charset' | 'context' | 'mediaType'> {
  readonly key: string | null;
  /** Null or absent where the record is one document. */
  readonly part?: string | null;
}

/** Declares a collector; the file's default export. */
export function defineCollector<Config, Read extends Item | Promise<Item> = Item>(
  collector: Collector<Config, Read>,
): Collector<Config, Read> {
  return collector;
}
