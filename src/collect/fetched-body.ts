// The body of an answer, gathered up to a bound, or given up so that its connection is free.

import { DataSensError } from '../model/error.ts';
import type { CollectResponse } from './collector.ts';

/** The whole body. @throws input-too-large beyond `maximumBytes`, named `limit` in the message */
export async function wholeBody(response: CollectResponse, maximumBytes: number, limit: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maximumBytes) {
      throw new DataSensError('input-too-large', `${response.url} is larger than ${maximumBytes} bytes (${limit})`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The first `maximumBytes` of the body, whatever its length. */
export async function startOfBody(response: CollectResponse, maximumBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= maximumBytes) break;
  }
  return Buffer.concat(chunks, size).subarray(0, maximumBytes);
}

/** Leaves a body unread: an answer that nobody reads would hold its place in the host's lane. */
export async function abandonBody(response: CollectResponse): Promise<void> {
  try {
    for await (const _chunk of response.body) break;
  } catch {
    // What fails while nobody reads it is nobody's loss.
  }
}
