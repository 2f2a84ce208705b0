// Where a PDF is, a file of the project or an address, and whether it is the one that was read before.

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Json } from '../model/json.ts';
import { wholeOf } from './bytes.ts';
import type { CollectEffects } from './collector.ts';
import { download, type Validators } from './download.ts';
import { openSource } from './file-source.ts';

export interface PdfPlace {
  /** URL, or path relative to the project folder where it is inside. */
  readonly location: string;
  readonly isRemote: boolean;
}

export interface PdfFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly headers: Readonly<Record<string, string>>;
  /** To be remembered once the file is collected. */
  readonly remembered: Json;
  /** True where these bytes were read the same way before. */
  readonly known: boolean;
}

interface Remembered extends Validators {
  readonly sha256: string;
  /** How it was read: other settings read it again. */
  readonly reading: string;
  readonly sizeBytes?: number;
  readonly modifiedMs?: number;
}

/** The place that a setting names. */
export function placeOf(path: string, root: string): PdfPlace {
  if (/^https?:\/\//i.test(path)) return { location: path, isRemote: true };
  const absolute = resolve(root, path);
  const inside = relative(root, absolute);
  const outside = inside.startsWith('..') || isAbsolute(inside);
  return { location: outside ? absolute : inside.split(sep).join('/'), isRemote: false };
}

/**
 * The file at a place; null where nothing says that it changed since it was read this way.
 * @throws input-missing, input-unreadable, input-too-large, and as `download`
 */
export async function fetchPdf(
  { location, isRemote }: PdfPlace,
  { maximumBytes, reading }: { readonly maximumBytes: number; readonly reading: string },
  effects: CollectEffects,
): Promise<PdfFile | null> {
  const before = (await effects.state(stateKey(location))) as unknown as Remembered | undefined;
  const known = before?.reading === reading ? before : undefined;
  const got = isRemote
    ? await fetchRemote(location, { maximumBytes, known }, effects)
    : await readLocal(location, { maximumBytes, known }, effects);
  if (got === null) return null;
  const sha256 = createHash('sha256').update(got.bytes).digest('hex');
  const remembered = { ...got.stamp, sha256, reading } satisfies Remembered;
  return { bytes: got.bytes, headers: got.headers, sha256, remembered, known: known?.sha256 === sha256 };
}

export function stateKey(location: string): string {
  return `pdf:${location}`;
}

interface Getting {
  readonly maximumBytes: number;
  readonly known: Remembered | undefined;
}

async function fetchRemote(location: string, { maximumBytes, known }: Getting, effects: CollectEffects) {
  const request = { maximumBytes, accept: 'application/pdf', ...(known ? { validators: known } : {}) };
  const got = await download(location, request, effects);
  if (got === null) return null;
  const { etag, 'last-modified': lastModified } = got.headers;
  return {
    bytes: got.bytes,
    headers: got.headers,
    stamp: { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) },
  };
}

async function readLocal(location: string, { maximumBytes, known }: Getting, { root, signal }: CollectEffects) {
  const absolute = resolve(root, location);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  const same = stat !== undefined && stat.size === known?.sizeBytes && stat.mtimeMs === known.modifiedMs;
  if (same) return null;
  const source = await openSource(absolute, location, { maximumBytes, signal });
  const bytes = await wholeOf(source, maximumBytes, 'maximumBytes');
  return { bytes, headers: {}, stamp: { sizeBytes: source.sizeBytes, modifiedMs: source.modifiedMs } };
}
