// News feeds: RSS 0.9x to 2.0, RDF, Atom, JSON Feed; fetched politely, salvaged when broken.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DataSensError } from '../../model/error.ts';
import { type CollectEffects, type Collected, defineCollector } from '../collector.ts';
import { decodeFeed, readFeedRecord, splitFeed } from '../feed-records.ts';

const config = z.strictObject({
  feeds: z.array(z.string().min(1)).min(1).describe('addresses (https://…) or files of the project'),
  maximumBytes: z
    .int()
    .positive()
    .default(32 * 1024 * 1024)
    .describe('largest feed read, in bytes'),
});
type Config = z.infer<typeof config>;

interface Fetched {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string;
}

/** What is remembered of a feed: validators of RFC 9110 §8.8, and the hash of what was read last. */
interface Remembered {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256?: string;
}

export default defineCollector<Config>({
  name: 'rss',
  title: { fr: 'Flux de presse', en: 'News feeds' },
  description: {
    fr: 'Flux RSS, RDF, Atom ou JSON Feed, à une adresse ou dans un fichier ; un flux inchangé n’est pas relu, un flux abîmé est sauvé autant que possible.',
    en: 'RSS, RDF, Atom or JSON feeds, at an address or in a file; an unchanged feed is not read again, a broken one is salvaged.',
  },
  config,
  example: { feeds: ['https://www.vie-publique.fr/rss'] },
  snapshots: 'append',
  local: {
    config: (path) => ({ feeds: [path] }),
    claims: (name, head) => /\.(?:rss|atom|rdf)$/i.test(name) || /<(?:\w+:)?(?:rss|feed|RDF|channel)[\s>]/.test(head),
  },

  async *collect({ feeds, maximumBytes }, effects) {
    for (const location of feeds) {
      effects.signal.throwIfAborted();
      try {
        yield* collectFeed(location, maximumBytes, effects);
      } catch (error) {
        effects.signal.throwIfAborted();
        yield refusalOf(location, error);
      }
    }
  },

  read: (bytes, opening) => readFeedRecord(bytes, opening.charset ?? 'utf-8', opening.context),
});

async function* collectFeed(location: string, maximumBytes: number, effects: CollectEffects): AsyncIterable<Collected> {
  const remembered = ((await effects.state(location)) ?? {}) as Remembered;
  const fetched = await fetchFeed(location, remembered, maximumBytes, effects);
  if (fetched === null) return;
  const sha256 = createHash('sha256').update(fetched.bytes).digest('hex');
  const state = {
    key: location,
    value: {
      ...(fetched.headers.etag ? { etag: fetched.headers.etag } : {}),
      ...(fetched.headers['last-modified'] ? { lastModified: fetched.headers['last-modified'] } : {}),
      sha256,
    },
  };
  if (sha256 === remembered.sha256) {
    yield { kind: 'state', ...state };
    return;
  }
  const decoded = decodeFeed(fetched.bytes, fetched.headers['content-type'] ?? null);
  const feed = splitFeed(decoded);
  if (feed === null) {
    yield {
      kind: 'refusal',
      location,
      at: '',
      code: 'input-unreadable',
      message: `${location} is no feed that can be read`,
    };
    return;
  }
  yield {
    kind: 'opening',
    opening: {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: fetched.mediaType,
      charset: feed.charset,
      headers: fetched.headers,
      context: feed.context,
    },
  };
  for (const { bytes, key } of feed.records) yield { kind: 'record', bytes, key };
  yield { kind: 'closing', sha256, sizeBytes: fetched.bytes.byteLength, state };
}

/** The feed, or null where its server says that nothing changed (304). */
async function fetchFeed(
  location: string,
  remembered: Remembered,
  maximumBytes: number,
  effects: CollectEffects,
): Promise<Fetched | null> {
  if (!/^https?:\/\//i.test(location)) {
    const bytes = await readFile(resolve(effects.root, location), { signal: effects.signal });
    if (bytes.byteLength > maximumBytes) throw tooLarge(location, maximumBytes);
    return { bytes, headers: {}, mediaType: 'application/xml' };
  }
  const response = await effects.fetch(location, {
    headers: {
      accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      ...(remembered.etag ? { 'if-none-match': remembered.etag } : {}),
      ...(remembered.lastModified ? { 'if-modified-since': remembered.lastModified } : {}),
    },
  });
  if (response.status === 304) return null;
  if (response.status >= 400) {
    const retryable = response.status >= 500 || response.status === 429;
    throw new DataSensError(
      retryable ? 'remote-unavailable' : 'remote-refused',
      `${location} answered ${response.status}`,
      { retryable },
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw tooLarge(location, maximumBytes);
    chunks.push(chunk);
  }
  const mediaType = (response.headers['content-type'] ?? 'application/xml').split(';')[0]!.trim();
  return { bytes: Buffer.concat(chunks), headers: evidence(response.headers), mediaType };
}

/** Headers worth keeping as evidence; cookies and the like are not. */
function evidence(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = ['etag', 'last-modified', 'content-type', 'date', 'cache-control', 'content-language'];
  return Object.fromEntries(kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

function tooLarge(location: string, maximumBytes: number): DataSensError {
  return new DataSensError('input-too-large', `${location} is larger than ${maximumBytes} bytes (maximumBytes)`);
}

const REFUSALS = new Set([
  'input-too-large',
  'remote-unavailable',
  'remote-refused',
  'egress-refused',
  'input-missing',
] as const);
type RefusalCode = typeof REFUSALS extends Set<infer Code> ? Code : never;

/** One feed that fails leaves the others alone. A failure that is no feed's is thrown. */
function refusalOf(location: string, error: unknown): Collected {
  if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT') {
    return { kind: 'refusal', location, at: '', code: 'input-missing', message: `${location}: no such file` };
  }
  if (error instanceof DataSensError && REFUSALS.has(error.code as RefusalCode)) {
    return { kind: 'refusal', location, at: '', code: error.code as RefusalCode, message: error.message };
  }
  throw error;
}
