// One file at an address, whole and in memory: for formats that cannot be read as they come.

import { DataSensError } from '../model/error.ts';
import type { CollectEffects, Collected } from './collector.ts';

export interface Download {
  readonly bytes: Buffer;
  readonly mediaType: string;
  /** Headers worth keeping as evidence; cookies and the like are not. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a server gave to ask again with (RFC 9110, 8.8). */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

interface DownloadRequest {
  readonly maximumBytes: number;
  readonly accept: string;
  readonly validators?: Validators;
}

const EVIDENCE = ['etag', 'last-modified', 'content-type', 'date', 'cache-control', 'content-language'];

/**
 * Downloads a file; null where its server says that it has not changed.
 * @throws remote-refused (4xx), remote-unavailable (5xx, 429), input-too-large, and what `effects.fetch` throws
 */
export async function download(
  url: string,
  { maximumBytes, accept, validators = {} }: DownloadRequest,
  effects: CollectEffects,
): Promise<Download | null> {
  const headers = {
    accept,
    ...(validators.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
  const response = await effects.fetch(url, { headers, maximumBytes });
  if (response.status === 304) return null;
  if (response.status >= 400) throw answered(url, response.status);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw tooLarge(url, maximumBytes);
    chunks.push(chunk);
  }
  return {
    bytes: Buffer.concat(chunks, size),
    mediaType: (response.headers['content-type'] ?? 'application/octet-stream').split(';')[0]!.trim(),
    headers: Object.fromEntries(
      EVIDENCE.flatMap((name) => (response.headers[name] === undefined ? [] : [[name, response.headers[name]]])),
    ),
  };
}

/** The failure of a server that answered with a status of 400 or more. */
export function answered(url: string, status: number): DataSensError {
  const retryable = status >= 500 || status === 429;
  return new DataSensError(retryable ? 'remote-unavailable' : 'remote-refused', `${url} answered ${status}`, {
    retryable,
  });
}

export function tooLarge(location: string, maximumBytes: number): DataSensError {
  return new DataSensError('input-too-large', `${location} is larger than ${maximumBytes} bytes (maximumBytes)`);
}

type RefusalCode = Extract<Collected, { kind: 'refusal' }>['code'];

const REFUSALS: ReadonlySet<string> = new Set<RefusalCode>([
  'input-unreadable',
  'input-too-large',
  'input-unsupported',
  'input-missing',
  'remote-unavailable',
  'remote-refused',
  'egress-refused',
]);

/** What went wrong with one place, as a refusal that leaves the others alone. @throws the error where it is no place's */
export function placeRefusal(error: unknown, location: string): Collected {
  if (!(error instanceof DataSensError) || !REFUSALS.has(error.code)) throw error;
  const message = error.remedy === undefined ? error.message : `${error.message}; ${error.remedy}`;
  return { kind: 'refusal', location, at: '', code: error.code as RefusalCode, message };
}
