// How a student of either kind is kept: its format and head as JSON, then its numbers, compressed.

import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface Packed {
  readonly bytes: Uint8Array;
  /** sha256 of what is kept before it is compressed, hexadecimal: the same on every machine. */
  readonly digest: string;
}

export interface Unpacked<Head> {
  readonly format: string;
  readonly head: Head;
  /** The numbers, as they were given. */
  readonly body: Buffer;
}

export function pack(format: string, head: object, parts: readonly Uint8Array[]): Packed {
  const json = Buffer.from(JSON.stringify({ format, ...head }));
  const start = Buffer.alloc(4);
  start.writeUInt32LE(json.length);
  const whole = Buffer.concat([start, json, ...parts]);
  return { bytes: gzipSync(whole), digest: createHash('sha256').update(whole).digest('hex') };
}

/** @throws where the bytes are not compressed, or give more than 1 GiB */
export function unpack<Head>(bytes: Uint8Array): Unpacked<Head> {
  const whole = gunzipSync(bytes, { maxOutputLength: 1 << 30 });
  const end = 4 + whole.readUInt32LE(0);
  const { format, ...head } = JSON.parse(whole.toString('utf8', 4, end)) as Head & { readonly format: string };
  return { format, head: head as Head, body: whole.subarray(end) };
}
