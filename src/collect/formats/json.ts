// A JSON file: a list of records, or an object that holds one somewhere, or lists side by side, or one record alone.

import { DataSensError } from '../../model/error.ts';
import { stripMark, wholeOf } from '../bytes.ts';
import { decodeBytes, unitSizeOf } from '../charset.ts';
import { detectFileCharset } from '../file-charset.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent } from '../format.ts';
import { parseJson, readJsonRecord } from '../json-record.ts';
import { type JsonPiece, jsonRecords } from '../json-records.ts';
import { createJsonScanner, type JsonElement } from '../json-scanner.ts';
import { jsonLines } from './jsonl.ts';

export const json: Format = { name: 'json', collect, read: readJsonRecord };

/** Lists side by side (`{"text": […], "date": […]}`) are turned in memory. */
const MAXIMUM_TURNED_BYTES = 64 * 2 ** 20;

async function* collect(
  source: FileSource,
  config: FileConfig,
  signal: AbortSignal,
): AsyncIterable<readonly FormatEvent[]> {
  const found = await detectFileCharset(source, config.encoding);
  const wide = unitSizeOf(found.charset) === 2;
  // Elements are cut in bytes of one unit each: UTF-16 is turned to UTF-8 first.
  const chunks = wide ? () => transcoded(source, found.charset) : () => stripMark(source.chunks(), found.bomLength);
  const charset = wide ? 'utf-8' : found.charset;
  const place = {
    location: source.location,
    format: 'json',
    mediaType: 'application/json',
    charset,
    certain: found.certain,
  } as const;
  const shape = await surveyed(chunks(), source, config);
  switch (shape.kind) {
    case 'lines':
      yield* jsonLines.collect(source, config, signal);
      return;
    case 'list':
      yield* jsonRecords(elements(chunks(), shape.path, source, config), place, config);
      return;
    case 'turned':
      yield* jsonRecords(turned(source, charset, chunks()), place, config);
      return;
    case 'one':
      yield* jsonRecords(alone(source, config, chunks()), place, config);
      return;
    default:
      shape satisfies never;
  }
}

type Shape =
  | { readonly kind: 'list'; readonly path: string }
  | { readonly kind: 'lines' }
  | { readonly kind: 'turned' }
  | { readonly kind: 'one' };

interface Tally {
  objects: number;
  others: number;
  bytes: number;
}

/** Reads the file through, unless its first byte says what it is. The records are the list whose objects weigh most. */
async function surveyed(chunks: AsyncIterable<Buffer>, source: FileSource, config: FileConfig): Promise<Shape> {
  if (config.items !== undefined) return { kind: 'list', path: config.items };
  const limits = { location: source.location, maximumRecordBytes: Number.POSITIVE_INFINITY };
  const lists = new Map<string, Tally>();
  const scanner = createJsonScanner(null, limits);
  for await (const chunk of chunks) {
    for (const element of scanner.push(chunk)) count(lists, element);
    if (scanner.state().top === 'list') return { kind: 'list', path: '' };
  }
  const { top, values } = scanner.state();
  if (top === 'nothing') throw new DataSensError('input-unreadable', `${source.location} is empty`);
  if (top === 'object' && values > 1) return { kind: 'lines' };
  const tallies = [...lists];
  const records = tallies.filter(([, tally]) => tally.objects > 0).sort((a, b) => b[1].bytes - a[1].bytes);
  if (records[0]) return { kind: 'list', path: records[0][0] };
  const columns = tallies.filter(([path]) => !path.includes('.'));
  const lengths = new Set(columns.map(([, tally]) => tally.others));
  return columns.length > 1 && lengths.size === 1 ? { kind: 'turned' } : { kind: 'one' };
}

function count(lists: Map<string, Tally>, { path, bytes }: JsonElement): void {
  if (bytes.length === 0) return;
  const tally = lists.get(path) ?? { objects: 0, others: 0, bytes: 0 };
  lists.set(path, tally);
  if (bytes[0] === 0x7b) {
    tally.objects += 1;
    tally.bytes += bytes.length;
  } else tally.others += 1;
}

async function* elements(chunks: AsyncIterable<Buffer>, path: string, source: FileSource, config: FileConfig) {
  const scanner = createJsonScanner(path, { location: source.location, ...config });
  let number = 0;
  const pieces = (found: readonly JsonElement[]): readonly JsonPiece[] =>
    found.map(({ bytes }) => {
      number += 1;
      return { bytes, at: `element ${number}` };
    });
  try {
    for await (const chunk of chunks) yield pieces(scanner.push(chunk));
  } catch (error) {
    // What came before is kept.
    if (!(error instanceof DataSensError)) throw error;
    yield [refusal(source.location, `after element ${number}`, error.message, error.code)];
    return;
  }
  const { open, values } = scanner.state();
  if (open) yield [refusal(source.location, `after element ${number}`, `${source.location} ends before its list does`)];
  if (values > 1) yield [refusal(source.location, 'end', `${source.location} goes on after its end`)];
  if (number === 0 && path !== '') {
    yield [refusal(source.location, path, `${source.location} has no list at \`${path}\``)];
  }
}

function refusal(location: string, at: string, message: string, code = 'input-unreadable'): FormatEvent {
  const kept = code === 'input-too-large' ? code : 'input-unreadable';
  return { kind: 'refusal', location, at, code: kept, message };
}

async function* turned(source: FileSource, charset: string, chunks: AsyncIterable<Buffer>) {
  const parts = await gathered(chunks, source, MAXIMUM_TURNED_BYTES);
  let columns: [string, readonly unknown[]][];
  try {
    const value = parseJson(decodeBytes(parts, charset).text) as Readonly<Record<string, unknown>>;
    columns = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  } catch (cause) {
    throw new DataSensError('input-unreadable', `${source.location} is not JSON`, { cause });
  }
  const length = columns[0]?.[1].length ?? 0;
  const pieces: JsonPiece[] = [];
  for (let row = 0; row < length; row += 1) {
    const members = columns.map(([name, cells]) => `${JSON.stringify(name)}:${JSON.stringify(cells[row] ?? null)}`);
    // Escaped so that the bytes are the same in every charset that extends ASCII.
    const text = `{${members.join(',')}}`.replace(/[^\0-\x7f]/g, escaped);
    pieces.push({ bytes: Buffer.from(text, 'latin1'), at: `row ${row + 1}` });
  }
  yield pieces;
}

async function* alone(source: FileSource, config: FileConfig, chunks: AsyncIterable<Buffer>) {
  const bytes = await gathered(chunks, source, config.maximumRecordBytes);
  yield [{ bytes, at: 'all' }];
}

async function gathered(chunks: AsyncIterable<Buffer>, source: FileSource, maximum: number): Promise<Buffer> {
  return wholeOf({ ...source, whole: false, chunks: () => chunks }, maximum, 'maximumRecordBytes');
}

async function* transcoded(source: FileSource, charset: string): AsyncIterable<Buffer> {
  const bytes = await wholeOf(source, MAXIMUM_TURNED_BYTES, 'JSON in UTF-16');
  yield Buffer.from(decodeBytes(bytes, charset).text, 'utf8');
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
