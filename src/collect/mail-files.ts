// Messages in files: one each (.eml, Maildir), or many in one (.mbox). A file that did not change is not read again.

import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { DataSensError } from '../model/error.ts';
import { canonicalJson } from '../model/json.ts';
import { wholeOf } from './bytes.ts';
import type { CollectEffects, Collected } from './collector.ts';
import { refusalOf } from './file-snapshot.ts';
import { type FileSource, openSource } from './file-source.ts';
import { expandPaths } from './files.ts';
import type { MailConfig } from './mail-config.ts';
import { messageRecords } from './mail-records.ts';
import { splitMbox } from './mbox.ts';

/** Raised by hand when the same file would give other records than before. */
const READER_VERSION = 1;
/** A mailbox in one file may be as large as disks allow. */
const MAXIMUM_FILE_BYTES = 64 * 2 ** 30;

/** Messages of every file that the settings name. Problems of one file are refusals. */
export async function* collectMailFiles(config: MailConfig, effects: CollectEffects): AsyncIterable<Collected> {
  const done = new Set<string>();
  for (const pattern of [config.path!].flat()) {
    effects.signal.throwIfAborted();
    let paths: readonly string[];
    try {
      paths = await expandPaths(effects.root, [pattern]);
    } catch (error) {
      yield refusalOf(error, pattern);
      continue;
    }
    for (const path of paths) {
      if (done.has(path)) continue;
      done.add(path);
      yield* collectMailFile(path, config, effects);
    }
  }
}

async function* collectMailFile(path: string, config: MailConfig, effects: CollectEffects): AsyncIterable<Collected> {
  effects.signal.throwIfAborted();
  const absolute = resolve(effects.root, path);
  const location = locate(effects.root, absolute);
  const key = `mail:${location}`;
  let opened = false;
  let source: FileSource | null = null;
  try {
    const stat = statSync(absolute);
    const value = {
      sizeBytes: stat.size,
      modifiedMs: stat.mtimeMs,
      attachments: config.attachments,
      version: READER_VERSION,
    };
    if (canonicalJson((await effects.state(key)) ?? null) === canonicalJson(value)) return;
    source = await openSource(absolute, location, { maximumBytes: MAXIMUM_FILE_BYTES, signal: effects.signal });
    const head = source.head.subarray(0, 4096).toString('latin1');
    const format = formatOf(head, location);
    yield {
      kind: 'opening',
      opening: {
        location,
        fetchedAt: effects.clock().toISOString(),
        mediaType: format === 'mbox' ? 'application/mbox' : 'message/rfc822',
        charset: null,
        headers: {},
        context: { format },
      },
    };
    opened = true;
    for await (const { bytes, number } of messagesOf(source, format, config.maximumMessageBytes)) {
      effects.signal.throwIfAborted();
      if (bytes !== null) yield* await messageRecords(bytes, null, config);
      else yield tooLong(location, `message ${number}`, config.maximumMessageBytes);
    }
    yield { kind: 'closing', sha256: await source.sha256(), sizeBytes: source.sizeBytes, state: { key, value } };
  } catch (error) {
    effects.signal.throwIfAborted();
    yield refusalOf(error, location);
    if (!opened || source === null) return;
    yield { kind: 'closing', sha256: await source.sha256(), sizeBytes: source.sizeBytes, state: null };
  }
}

async function* messagesOf(source: FileSource, format: 'eml' | 'mbox', maximumBytes: number) {
  if (format === 'mbox') yield* splitMbox(source.chunks(), maximumBytes);
  else yield { bytes: await wholeOf(source, maximumBytes, 'maximumMessageBytes'), number: 1 };
}

export function tooLong(location: string, at: string, maximumBytes: number): Collected {
  const message = `${at} of ${location} is longer than ${maximumBytes} bytes (maximumMessageBytes)`;
  return { kind: 'refusal', location, at, code: 'input-too-large', message };
}

/** @throws input-unsupported where a file is no message */
function formatOf(head: string, location: string): 'eml' | 'mbox' {
  if (head.startsWith('From ')) return 'mbox';
  const isHeader = /^(?:[!-9;-~]{1,80}:|>From )/.test(head);
  if (isHeader && /^(?:from|to|received|return-path|message-id|date|subject|mime-version|content-type):/im.test(head)) {
    return 'eml';
  }
  const outlook = head.startsWith('\u00d0\u00cf\u0011\u00e0') ? ' (an Outlook .msg)' : '';
  throw new DataSensError('input-unsupported', `${location} is no message${outlook}`, {
    remedy: 'export it as .eml, or keep other files out of this folder',
  });
}

function locate(root: string, absolute: string): string {
  const inside = relative(root, absolute);
  return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/');
}
