// Streams of bytes, cut and gathered.

import { DataSensError } from '../model/error.ts';
import type { FileSource } from './file-source.ts';

/** The chunks without their first `length` bytes. */
export async function* stripMark(chunks: AsyncIterable<Buffer>, length: number): AsyncIterable<Buffer> {
  let left = length;
  for await (const chunk of chunks) {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    if (cut < chunk.length) yield chunk.subarray(cut);
  }
}

/** The whole of a file in memory. @throws input-too-large beyond `maximumBytes`, named `limit` in the message */
export async function wholeOf(source: FileSource, maximumBytes: number, limit: string): Promise<Buffer> {
  if (source.whole && source.head.length <= maximumBytes) return source.head;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of source.chunks()) {
    size += chunk.length;
    if (size > maximumBytes) {
      throw new DataSensError('input-too-large', `${source.location} is longer than ${maximumBytes} bytes (${limit})`);
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}
