// The charset of a whole file: an accent may first appear far from its start.

import { isAscii, isUtf8 } from 'node:buffer';
import { DataSensError } from '../model/error.ts';
import { type Charset, detectCharset, unitSizeOf } from './charset.ts';
import type { FileSource } from './file-source.ts';

/** Files up to this size are looked at whole; of larger ones the start, which is as much as this. */
const LOOKED_AT_BYTES = 64 * 2 ** 20;
const WINDOW_BYTES = 2048;
const MAXIMUM_SAMPLE_BYTES = 512 * 1024;

/** Finds a file's charset. `declared` is what the settings or the mark-up say. */
export async function detectFileCharset(source: FileSource, declared: string | undefined): Promise<Charset> {
  const first = detectCharset(source.head, declared);
  if (source.whole || first.bomLength > 0 || unitSizeOf(first.charset) === 2) return first;
  if (!isAscii(source.head) && !isUtf8(withoutLastBytes(source.head))) return first;
  return detectCharset(await sample(source), declared);
}

/** The surroundings of the first bytes that are not ASCII in each chunk; those that are not UTF-8 are what decides. */
async function sample(source: FileSource): Promise<Buffer> {
  const windows: Buffer[] = [];
  let size = 0;
  let seen = 0;
  try {
    for await (const chunk of source.chunks()) {
      seen += chunk.length;
      if (!isAscii(chunk)) {
        const window = windowOf(chunk);
        windows.push(window);
        size += window.length;
      }
      if (seen >= LOOKED_AT_BYTES || size >= MAXIMUM_SAMPLE_BYTES) break;
    }
  } catch (error) {
    // A file that breaks off is judged by what comes before; reading it will say where it does.
    if (!(error instanceof DataSensError)) throw error;
  }
  return Buffer.concat(windows);
}

function windowOf(chunk: Buffer): Buffer {
  const step = 16 * 1024;
  const parts: Buffer[] = [];
  for (let at = 0; at < chunk.length; at += step) {
    const slice = chunk.subarray(at, at + step);
    if (isAscii(slice)) continue;
    const high = slice.findIndex((byte) => byte >= 0x80);
    // Whole characters only: cut at the nearest ASCII bytes.
    const start = lastAscii(slice, Math.max(0, high - 16));
    const end = lastAscii(slice, Math.min(slice.length, start + WINDOW_BYTES) - 1);
    parts.push(slice.subarray(start, Math.max(start, end)), Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}

function lastAscii(bytes: Buffer, from: number): number {
  let at = from;
  while (at > 0 && bytes[at]! >= 0x80) at -= 1;
  return at;
}

function withoutLastBytes(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 4 && bytes[end - 1]! >= 0x80) end -= 1;
  return bytes.subarray(0, end);
}
