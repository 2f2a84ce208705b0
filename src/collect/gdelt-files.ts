// GKG files one by one: those that a list names, in order of time and resumed where the last collection ended, or those
// of the project.

import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { canonicalJson, type Json } from '../model/json.ts';
import type { CollectEffects, Collected } from './collector.ts';
import { type Download, download, placeRefusal } from './download.ts';
import { openSource } from './file-source.ts';
import { isZip } from './format-guess.ts';
import { type GdeltEntry, readGdeltList } from './gdelt-list.ts';
import { checkMd5, type GkgReading, gkgRows, unzipGkg } from './gdelt-rows.ts';
import { type GkgWanted, gkgFilter } from './gkg-filter.ts';

export interface GdeltSettings {
  readonly keep: GkgWanted;
  /** ISO 8601 dates. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly maximumFiles: number;
  readonly maximumBytes: number;
}

/** A file that could not be had is asked for again this often, then given up. */
const ATTEMPTS = 3;
const DAY_MS = 86_400_000;

interface Missed {
  readonly md5: string;
  readonly stamp: string;
  readonly attempts: number;
}

/** What is remembered of a list. */
interface Progress {
  /** Stamp of the last file taken. */
  readonly last: string;
  readonly offset: number | null;
  readonly missed: Readonly<Record<string, Missed>>;
}

/** Collects the files that a list names since the last collection, those that were missed then first. */
export async function* collectList(
  list: string,
  settings: GdeltSettings,
  effects: CollectEffects,
): AsyncIterable<Collected> {
  const key = `gdelt:${list}`;
  const before = (await effects.state(key)) as unknown as Progress | undefined;
  const after = before?.last ?? stampBefore(settings.since ?? yesterday(effects.clock()));
  let progress: Progress = before ?? { last: after, offset: null, missed: {} };
  const { maximumFiles } = settings;
  const until = settings.until === undefined ? '9' : `${settings.until.replaceAll('-', '')}235959`;
  const page = await readGdeltList(list, { after, until, maximumFiles, offset: progress.offset }, effects);
  const missed = Object.entries(progress.missed).map(([url, { md5, stamp }]) => ({ url, md5, stamp }));
  for (const entry of [...missed, ...page.entries]) {
    effects.signal.throwIfAborted();
    yield* collectEntry(entry, settings, effects, (failed) => {
      progress = advance(progress, entry, failed);
      return { key, value: progress as unknown as Json };
    });
  }
  if (page.offset !== progress.offset) {
    yield { kind: 'state', key, value: { ...progress, offset: page.offset } as unknown as Json };
  }
}

function advance(progress: Progress, { url, md5, stamp }: GdeltEntry, failed: boolean): Progress {
  const { [url]: earlier, ...missed } = progress.missed;
  const attempts = (earlier?.attempts ?? 0) + 1;
  return {
    last: stamp > progress.last ? stamp : progress.last,
    offset: progress.offset,
    missed: failed && attempts < ATTEMPTS ? { ...missed, [url]: { md5, stamp, attempts } } : missed,
  };
}

/** One file: a snapshot of the rows that are kept, or a refusal; in both cases the list's progress, once. */
async function* collectEntry(
  { url, md5 }: GdeltEntry,
  { keep, maximumBytes }: GdeltSettings,
  effects: CollectEffects,
  done: (failed: boolean) => { readonly key: string; readonly value: Json },
): AsyncIterable<Collected> {
  let opened = false;
  let got: Download | null = null;
  const closing = (failed: boolean): Collected => {
    const sha256 = createHash('sha256').update(got!.bytes).digest('hex');
    return { kind: 'closing', sha256, sizeBytes: got!.bytes.byteLength, state: done(failed) };
  };
  try {
    got = (await download(url, { maximumBytes, accept: 'application/zip, */*;q=0.5' }, effects))!;
    checkMd5(got.bytes, md5, url);
    const limits = { maximumBytes: 8 * maximumBytes, signal: effects.signal };
    const chunks = unzipGkg({ location: url, bytes: got.bytes }, limits);
    for await (const event of gkgRows(chunks, { location: url, keeps: gkgFilter(keep) }, effects.signal)) {
      if (event.kind === 'record' && !opened) yield openingOf(url, got.headers, effects);
      opened ||= event.kind === 'record';
      yield event;
    }
    yield opened ? closing(false) : { kind: 'state', ...done(false) };
  } catch (error) {
    effects.signal.throwIfAborted();
    yield placeRefusal(error, url);
    // The rows that came before the trouble are kept; the file is asked for again.
    yield opened ? closing(true) : { kind: 'state', ...done(true) };
  }
}

/** Collects a file of the project, a `.csv` or its ZIP, unless it was read the same way before. */
export async function* collectLocal(
  path: string,
  location: string,
  { keep, since, until, maximumBytes }: GdeltSettings,
  effects: CollectEffects,
): AsyncIterable<Collected> {
  const key = `gdelt:${location}`;
  const limits = { maximumBytes: 8 * maximumBytes, signal: effects.signal };
  try {
    const source = await openSource(resolve(effects.root, path), location, limits);
    const sha256 = await source.sha256();
    const wanted = canonicalJson(JSON.parse(JSON.stringify({ sha256, keep, since, until })));
    const value = createHash('sha256').update(wanted).digest('hex');
    if ((await effects.state(key)) === value) return;
    const reading: GkgReading = { location, keeps: gkgFilter({ ...keep, since, until }) };
    const chunks = isZip(source.head) ? unzipGkg({ location, path: source.path }, limits) : source.chunks();
    yield openingOf(location, {}, effects);
    yield* gkgRows(chunks, reading, effects.signal);
    yield { kind: 'closing', sha256, sizeBytes: source.sizeBytes, state: { key, value } };
  } catch (error) {
    effects.signal.throwIfAborted();
    yield placeRefusal(error, location);
  }
}

function openingOf(location: string, headers: Readonly<Record<string, string>>, effects: CollectEffects): Collected {
  return {
    kind: 'opening',
    opening: {
      location,
      fetchedAt: effects.clock().toISOString(),
      mediaType: 'text/tab-separated-values',
      charset: 'utf-8',
      headers,
      context: { format: 'gkg-2.1' },
    },
  };
}

function yesterday(now: Date): string {
  return new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
}

/** The last stamp before a day begins. */
function stampBefore(date: string): string {
  const second = new Date(Date.parse(`${date}T00:00:00Z`) - 1000).toISOString();
  return second.replace(/[-:T]/g, '').slice(0, 14);
}
