// One file's bytes, unpacked where it is gzipped, read as often as asked in flat memory and under limits.

import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataSensError } from '../model/error.ts';

/** What is looked at to find format, charset and dialect. */
export const HEAD_BYTES = 256 * 1024;
const CHUNK_BYTES = 512 * 1024;
/** Unpacked bytes from which a file that unpacks to far more than it is looks like a bomb. */
const EXPANSION_FLOOR_BYTES = 32 * 2 ** 20;
const MAXIMUM_EXPANSION = 200;

export interface FileSource {
  /** Path as refusals and snapshots name it. */
  readonly location: string;
  readonly path: string;
  /** Name that says the format, without `.gz`. */
  readonly name: string;
  /** Bytes on disk. */
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** True where `head` is all of it. */
  readonly whole: boolean;
  /** False where the bytes of the file are not those of its content (gzip, member of a ZIP). */
  readonly plain: boolean;
  /** The first bytes, unpacked. */
  readonly head: Buffer;
  /** The bytes from the start, unpacked. */
  chunks(): AsyncIterable<Buffer>;
  /** Hexadecimal sha256 of the file as it is on disk. */
  sha256(): Promise<string>;
}

export interface SourceLimits {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** Opens a file. @throws input-missing, input-unreadable, input-too-large (as do `chunks` and `sha256`) */
export async function openSource(path: string, location: string, limits: SourceLimits): Promise<FileSource> {
  const { head: start, sizeBytes, modifiedMs } = readStart(path, location);
  const packed = start[0] === 0x1f && start[1] === 0x8b && start[2] === 8;
  if (!packed && sizeBytes > limits.maximumBytes) throw tooLarge(location, limits.maximumBytes);
  const place = { path, location, sizeBytes };
  const chunks = () => (packed ? unpack(place, limits) : read(place, limits));
  const head = packed ? await probe(chunks()) : start;
  const hashed: { value: string | null } = { value: null };
  // Whether a packed file breaks off after its head is only known by reading it.
  const whole = !packed && sizeBytes <= start.length;
  return {
    location,
    path,
    name: packed ? location.replace(/\.gz$/i, '') : location,
    sizeBytes,
    modifiedMs,
    whole,
    plain: !packed,
    head,
    chunks: whole ? () => once(head) : packed ? chunks : () => hashing(chunks(), hashed),
    sha256: async () => {
      hashed.value ??= sizeBytes <= start.length ? hash(start) : await hashOf(read(place, limits));
      return hashed.value;
    },
  };
}

/** Stops a stream of unpacked bytes that outgrows its limits. `packedBytes` tells how many they are unpacked from so far. */
export async function* guardExpansion(
  chunks: AsyncIterable<Buffer>,
  place: { readonly location: string; readonly packedBytes: () => number },
  limits: SourceLimits,
): AsyncIterable<Buffer> {
  let total = 0;
  for await (const chunk of chunks) {
    limits.signal.throwIfAborted();
    total += chunk.length;
    if (total > limits.maximumBytes) throw tooLarge(place.location, limits.maximumBytes);
    if (isBomb(place.packedBytes(), total)) throw bomb(place.location);
    yield chunk;
  }
}

/** True where so many bytes came out of so few. */
export function isBomb(packedBytes: number, unpackedBytes: number): boolean {
  return unpackedBytes > EXPANSION_FLOOR_BYTES && unpackedBytes > packedBytes * MAXIMUM_EXPANSION;
}

/** The refusal of what unpacks beyond reason. */
export function bomb(location: string): DataSensError {
  return new DataSensError(
    'input-too-large',
    `${location} unpacks to more than ${MAXIMUM_EXPANSION} times its size (maximum expansion)`,
    { remedy: 'unpack it yourself if it is what it should be' },
  );
}

/** The head of a packed file, read as far as a bomb would show: none of it is collected before it is known to be none. */
async function probe(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      if (size < HEAD_BYTES) parts.push(chunk);
      size += chunk.length;
      if (size > EXPANSION_FLOOR_BYTES + CHUNK_BYTES) break;
    }
  } catch (error) {
    // A file that breaks off is read as far as it goes.
    if (!(error instanceof DataSensError) || error.code !== 'input-unreadable' || size === 0) throw error;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

function tooLarge(location: string, maximumBytes: number): DataSensError {
  return new DataSensError('input-too-large', `${location} is larger than ${maximumBytes} bytes (maximumBytes)`, {
    remedy: 'raise maximumBytes for this source, or split the file',
  });
}

/** The first `HEAD_BYTES` of a stream. */
export async function headOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

interface Place {
  readonly path: string;
  readonly location: string;
  readonly sizeBytes: number;
}

/** Synchronous on purpose: thousands of small files are read in one system call each. */
function readStart(path: string, location: string) {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DataSensError(missing ? 'input-missing' : 'input-unreadable', `${location} cannot be opened`, { cause });
  }
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new DataSensError('input-unsupported', `${location} is not a file`);
    const head = Buffer.allocUnsafeSlow(Math.min(stat.size, HEAD_BYTES));
    const length = readSync(file, head, 0, head.length, 0);
    return { head: head.subarray(0, length), sizeBytes: stat.size, modifiedMs: stat.mtimeMs };
  } catch (cause) {
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('input-unreadable', `${location} cannot be read`, { cause });
  } finally {
    closeSync(file);
  }
}

/** One chunk is read while the one before is used. */
async function* read({ path, location }: Place, { signal }: SourceLimits): AsyncIterable<Buffer> {
  const file = await open(path, 'r');
  const next = async () => {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null);
    return chunk.subarray(0, bytesRead);
  };
  let pending = next();
  try {
    for (let chunk = await pending; chunk.length > 0; chunk = await pending) {
      signal.throwIfAborted();
      pending = next();
      yield chunk;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new DataSensError('input-unreadable', `${location} cannot be read to its end`, { cause });
  } finally {
    await pending.catch(() => undefined);
    await file.close();
  }
}

async function* unpack(place: Place, limits: SourceLimits): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // Errors come out of the iteration below.
  pipeline(createReadStream(place.path), gunzip, () => undefined);
  try {
    yield* guardExpansion(gunzip, { location: place.location, packedBytes: () => gunzip.bytesWritten }, limits);
  } catch (cause) {
    limits.signal.throwIfAborted();
    if (cause instanceof DataSensError) throw cause;
    throw new DataSensError('input-unreadable', `${place.location} is not a whole gzip file`, { cause });
  } finally {
    gunzip.destroy();
  }
}

async function* hashing(chunks: AsyncIterable<Buffer>, hashed: { value: string | null }): AsyncIterable<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    if (hashed.value === null) hash.update(chunk);
    yield chunk;
  }
  hashed.value ??= hash.digest('hex');
}

async function* once(bytes: Buffer): AsyncIterable<Buffer> {
  if (bytes.length > 0) yield bytes;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function hashOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
