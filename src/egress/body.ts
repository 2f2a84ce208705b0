// The body of an answer, decoded as it streams and never longer than allowed, before decoding or after.

import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { DataSensError } from '../model/error.ts';

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * Decodes gzip, deflate (zlib or raw) and br.
 * @throws input-too-large once either side exceeds `maximumBytes`; input-unsupported for other or stacked encodings;
 *   input-unreadable where the compressed stream is broken
 */
export async function* decodeBody(
  raw: AsyncIterable<Uint8Array>,
  { encoding, maximumBytes, host }: { encoding: string; maximumBytes: number; host: string },
): AsyncGenerator<Uint8Array> {
  const received = capped(raw, maximumBytes, host);
  const coding = encoding.trim().toLowerCase();
  if (coding === '' || coding === 'identity') return yield* received;
  const [first, rest] = await peek(received);
  if (first === null) return;
  const decoder = decoderFor(coding, first, host);
  const source = Readable.from(rest);
  source.on('error', (error) => decoder.destroy(error));
  source.pipe(decoder);
  try {
    yield* capped(decoder as AsyncIterable<Uint8Array>, maximumBytes, host);
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw new DataSensError('input-unreadable', `egress: ${host} sent a broken ${coding} body`, { cause: error });
  } finally {
    source.destroy();
    decoder.destroy();
  }
}

async function* capped(
  chunks: AsyncIterable<Uint8Array>,
  maximumBytes: number,
  host: string,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maximumBytes) throw tooLarge(host, maximumBytes);
    yield chunk;
  }
}

export function tooLarge(host: string, maximumBytes: number): DataSensError {
  return new DataSensError('input-too-large', `egress: ${host} sent more than ${maximumBytes} bytes`);
}

function decoderFor(coding: string, first: Uint8Array, host: string) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      // RFC 9110 means zlib; some servers send raw deflate. A zlib header's low nibble is always 8.
      return (first[0]! & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      throw new DataSensError('input-unsupported', `egress: ${host} sent a body in an encoding that was not asked for`);
  }
}

async function peek(chunks: AsyncGenerator<Uint8Array>): Promise<[Uint8Array | null, AsyncGenerator<Uint8Array>]> {
  let first = await chunks.next();
  while (!first.done && first.value.length === 0) first = await chunks.next();
  return [first.done ? null : first.value, prepend()];

  async function* prepend(): AsyncGenerator<Uint8Array> {
    if (first.done) return;
    yield first.value;
    yield* chunks;
  }
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(?:Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING)/.test(String(error.code))
  );
}
