// The pages that a site lists: XML sitemaps and their indexes (sitemaps.org), RSS or Atom, or one address a line.

import { createGunzip } from 'node:zlib';
import { Parser } from 'htmlparser2';
import { DataSensError } from '../model/error.ts';
import { readFeed } from './feed.ts';
import { decodeEntities } from './feed-element.ts';
import { decodeFeed, readFeedRecord, splitFeed } from './feed-records.ts';
import { guardExpansion } from './file-source.ts';

/** Largest sitemap that the protocol allows, unpacked. */
export const SITEMAP_MAXIMUM_BYTES = 50 * 1024 * 1024;
const MAXIMUM_ADDRESSES = 50_000;
const LONGEST_ADDRESS = 2048;

export interface Sitemap {
  readonly kind: 'pages' | 'index';
  /** Absolute addresses in the order of the file, each once. */
  readonly addresses: readonly string[];
}

/** Reads a sitemap of any of these forms; null where the bytes are none. Addresses beyond the protocol's 50,000 are left. */
export function readSitemap(bytes: Buffer, contentType: string | null, base: string): Sitemap | null {
  const decoded = decodeFeed(bytes, contentType);
  const { text } = decoded;
  const start = text.trimStart().slice(0, 2000);
  if (!start.startsWith('<')) {
    const lines = text.split(/\r\n|\r|\n/, MAXIMUM_ADDRESSES).filter((line) => /^\s{0,9}https?:\/\//i.test(line));
    return lines.length === 0 ? null : { kind: 'pages', addresses: absolute(lines, base) };
  }
  if (/<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]/.test(start)) return readXml(text, base);
  if (readFeed(text) === null) return null;
  const feed = splitFeed(decoded);
  if (feed === null) return null;
  const links = feed.records.map((record) => readFeedRecord(record.bytes, feed.charset, feed.context).url ?? '');
  return { kind: 'pages', addresses: absolute(links, base) };
}

/** Unpacks a gzipped sitemap; other bytes are as they were. @throws input-too-large, input-unreadable */
export async function unpackSitemap(bytes: Buffer, location: string, signal: AbortSignal): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const gunzip = createGunzip();
  gunzip.end(bytes);
  const parts: Buffer[] = [];
  try {
    const place = { location, packedBytes: () => bytes.length };
    for await (const part of guardExpansion(gunzip, place, { maximumBytes: SITEMAP_MAXIMUM_BYTES, signal })) {
      parts.push(part);
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('input-unreadable', `${location} is not a whole gzip file`, { cause });
  } finally {
    gunzip.destroy();
  }
  return Buffer.concat(parts);
}

function readXml(text: string, base: string): Sitemap {
  const found: string[] = [];
  let kind: Sitemap['kind'] = 'pages';
  let parent = '';
  let location: string | null = null;
  const parser = new Parser(
    {
      onopentag(tag) {
        const name = tag.slice(tag.indexOf(':') + 1);
        if (name === 'sitemapindex') kind = 'index';
        if (name === 'url' || name === 'sitemap') parent = name;
        // Images and videos of a page have addresses of their own, under prefixes.
        if (name === 'loc' && !/^(?:image|video|news):/.test(tag) && parent !== '') location = '';
      },
      ontext(words) {
        if (location !== null && location.length <= LONGEST_ADDRESS) location += words;
      },
      onclosetag(tag) {
        const name = tag.slice(tag.indexOf(':') + 1);
        if (name === parent) parent = '';
        if (name !== 'loc' || location === null) return;
        if (found.length < MAXIMUM_ADDRESSES) found.push(decodeEntities(location));
        location = null;
      },
    },
    // Entities are read once more by hand: only the predefined ones and references exist here, none is ever expanded.
    { xmlMode: true, decodeEntities: false },
  );
  parser.end(text);
  return { kind, addresses: absolute(found, base) };
}

/** Addresses that can be asked for, without fragments, each once. */
function absolute(addresses: readonly string[], base: string): readonly string[] {
  const seen = new Set<string>();
  for (const address of addresses) {
    const trimmed = address.trim();
    if (trimmed === '' || trimmed.length > LONGEST_ADDRESS || !URL.canParse(trimmed, base)) continue;
    const url = new URL(trimmed, base);
    url.hash = '';
    if (url.protocol === 'http:' || url.protocol === 'https:') seen.add(url.href);
  }
  return [...seen];
}
