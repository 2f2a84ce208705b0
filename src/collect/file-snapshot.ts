// One file as events: its snapshots, or a refusal that says why there is none. An unchanged file yields no snapshot.

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import type { CollectEffects, Collected } from './collector.ts';
import type { FileConfig } from './file-config.ts';
import { type FileSource, openSource } from './file-source.ts';
import { expandPaths } from './files.ts';
import type { Format } from './format.ts';
import { guessFormat, isZip } from './format-guess.ts';
import { FORMAT_READERS } from './formats.ts';
import { isWorkbook, openMembers } from './zip-archive.ts';

/** Raised by hand when the same file would give other records than before. */
const READER_VERSION = 1;

interface Remembered {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
  /** Hash of the settings and of the reader's version. */
  readonly reading: string;
}

/** Collects the files that the settings name, each once, in order; a pattern that names none is refused. */
export async function* collectFiles(config: FileConfig, effects: CollectEffects): AsyncIterable<readonly Collected[]> {
  const patterns = typeof config.path === 'string' ? [config.path] : config.path;
  const done = new Set<string>();
  for (const pattern of patterns) {
    effects.signal.throwIfAborted();
    let paths: readonly string[];
    try {
      paths = await expandPaths(effects.root, [pattern]);
    } catch (error) {
      yield [refusalOf(error, pattern)];
      continue;
    }
    for (const path of paths) {
      if (done.has(path)) continue;
      done.add(path);
      yield* collectFile(path, config, effects);
    }
  }
}

/** Collects one file. Problems of this file are refusals; the signal's abortion is thrown. */
async function* collectFile(
  path: string,
  config: FileConfig,
  effects: CollectEffects,
): AsyncIterable<readonly Collected[]> {
  const absolute = resolve(effects.root, path);
  const location = locate(effects.root, absolute);
  let opened = false;
  let source: FileSource | null = null;
  try {
    const key = `file:${location}`;
    const before = (await effects.state(key)) as unknown as Remembered | undefined;
    const reading = readingOf(config);
    if (before !== undefined && before.reading === reading && isUntouched(absolute, before)) return;
    source = await openSource(absolute, location, { maximumBytes: config.maximumBytes, signal: effects.signal });
    const stamp = { sizeBytes: source.sizeBytes, modifiedMs: source.modifiedMs, reading };
    if (before !== undefined && before.reading === reading && before.sha256 === (await source.sha256())) {
      yield [{ kind: 'state', key, value: { ...stamp, sha256: before.sha256 } satisfies Remembered as Json }];
      return;
    }
    for await (const part of partsOf(source, config, effects)) {
      if ('refusal' in part) {
        yield [part.refusal];
        continue;
      }
      const { member, format } = part;
      for await (const events of format.collect(member, config, effects.signal)) {
        effects.signal.throwIfAborted();
        const collected: Collected[] = [];
        for (const event of events) {
          if (event.kind !== 'opening') {
            collected.push(event);
            continue;
          }
          if (opened) collected.push(await closingOf(source, null));
          opened = true;
          const { part: suffix, ...rest } = event.opening;
          const opening = { ...rest, location: member.location + suffix, headers: {} };
          collected.push({ kind: 'opening', opening: { ...opening, fetchedAt: effects.clock().toISOString() } });
        }
        yield collected;
      }
    }
    if (!opened) return;
    const value: Remembered = { ...stamp, sha256: await source.sha256() };
    yield [await closingOf(source, { key, value: value as unknown as Json })];
  } catch (error) {
    effects.signal.throwIfAborted();
    yield [refusalOf(error, location)];
    // The records that came before the trouble are kept, and the snapshot ends there.
    if (opened && source !== null) yield [await closingOf(source, null)];
  }
}

type Part = { readonly member: FileSource; readonly format: Format } | { readonly refusal: Collected };

/** The file itself, or the files of an archive, each with the format that reads it. */
async function* partsOf(source: FileSource, config: FileConfig, effects: CollectEffects): AsyncIterable<Part> {
  if (!isZip(source.head) || (await isWorkbook(source))) {
    const workbook = isZip(source.head);
    if (config.format === 'xlsx' && !workbook) {
      throw new DataSensError('input-unreadable', `${source.location} is not a workbook (.xlsx)`);
    }
    yield { member: source, format: FORMAT_READERS[workbook ? 'xlsx' : (config.format ?? guessFormat(source))] };
    return;
  }
  const limits = { maximumBytes: config.maximumBytes, signal: effects.signal };
  for await (const member of openMembers(source, limits)) {
    try {
      if ('error' in member) throw member.error;
      const format = config.format ?? guessFormat(member);
      if (format === 'parquet' || format === 'xlsx' || isZip(member.head)) {
        throw new DataSensError('input-unsupported', `${member.location} must be taken out of its archive to be read`);
      }
      yield { member, format: FORMAT_READERS[format] };
    } catch (error) {
      effects.signal.throwIfAborted();
      yield { refusal: refusalOf(error, member.location) };
    }
  }
}

async function closingOf(
  source: FileSource,
  state: { readonly key: string; readonly value: Json } | null,
): Promise<Collected> {
  return { kind: 'closing', sha256: await source.sha256(), sizeBytes: source.sizeBytes, state };
}

/** What `error` says as a refusal. @throws the error itself where it is no matter of this file */
export function refusalOf(error: unknown, location: string): Collected {
  if (!(error instanceof DataSensError)) throw error;
  switch (error.code) {
    case 'input-unreadable':
    case 'input-too-large':
    case 'input-unsupported':
    case 'input-missing':
      return { kind: 'refusal', location, at: '', code: error.code, message: error.message };
    default:
      throw error;
  }
}

/** Relative to the project inside it, so that the project can move; as it is outside. */
function locate(root: string, absolute: string): string {
  const inside = relative(root, absolute);
  return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/');
}

function isUntouched(path: string, before: Remembered): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.size === before.sizeBytes && stat.mtimeMs === before.modifiedMs;
}

function readingOf(config: FileConfig): string {
  const { path: _path, ...rest } = config;
  const spelled = canonicalJson(JSON.parse(JSON.stringify({ ...rest, version: READER_VERSION })));
  return createHash('sha256').update(spelled).digest('hex');
}
