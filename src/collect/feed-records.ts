// A feed's bytes cut into its items' bytes, exactly as received, with what is needed to read each alone.

import type { Item } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import { decodeBytes, detectCharset, unitSizeOf } from './charset.ts';
import { type Feed, type FeedRecords, readFeed } from './feed.ts';
import { readFeedItem } from './feed-item.ts';
import { jsonFeedItem, splitJsonFeed } from './json-feed.ts';

export interface DecodedFeed {
  readonly bytes: Buffer;
  readonly text: string;
  readonly charset: string;
  /** Bytes of the byte order mark, which `text` leaves out. */
  readonly bomLength: number;
}

/**
 * The text of a feed, by byte order mark, then the server's charset, then the XML declaration (RFC 7303, section 3); what
 * the bytes contradict is not believed.
 */
export function decodeFeed(bytes: Buffer, contentType: string | null): DecodedFeed {
  const head = bytes.subarray(0, 512).toString('latin1');
  const declared =
    /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '')?.[1] ??
    /<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(head)?.[1];
  const { charset, bomLength } = detectCharset(bytes, declared);
  const { text } = decodeBytes(bytes.subarray(bomLength), charset);
  return { bytes, text, charset, bomLength };
}

/** The records of a feed in order; null where it is none. */
export function splitFeed(decoded: DecodedFeed): FeedRecords | null {
  const { text, bytes, charset, bomLength } = decoded;
  if (text.trimStart().startsWith('{')) return splitJsonFeed(text);
  const feed = readFeed(text);
  if (feed === null) return null;
  const context = contextOf(feed);
  const offsets = byteOffsets(text, charset);
  const records = feed.items.map(({ start, end }) => ({
    bytes: bytes.subarray(bomLength + offsets(start), bomLength + offsets(end)),
    key: readFeedItem(text.slice(start, end), context).id,
  }));
  return { charset, context, records };
}

/** Reads one record back into its item. */
export function readFeedRecord(bytes: Uint8Array, charset: string, context: JsonObject): Item {
  const { text } = decodeBytes(bytes, charset);
  return context.format === 'json' ? jsonFeedItem(text, context) : readFeedItem(text, context);
}

function contextOf({ head, faults }: Feed): JsonObject {
  return { format: 'xml', ...head, ...(faults.length > 0 ? { salvaged: faults.join(', ') } : {}) };
}

/** Byte offset of each UTF-16 offset, asked in increasing order: one walk over the text for all items. */
function byteOffsets(text: string, charset: string): (offset: number) => number {
  if (charset !== 'utf-8') return (offset) => offset * unitSizeOf(charset);
  let at = 0;
  let bytes = 0;
  return (offset) => {
    bytes += Buffer.byteLength(text.slice(at, offset));
    at = offset;
    return bytes;
  };
}
