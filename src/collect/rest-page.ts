// One JSON answer taken apart into its items: the bytes of each as received wherever they stand in one piece.

import { createHash } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import { canonicalJson, type Json } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { type Expression, ExpressionFailure } from './expression.ts';
import { parseJson } from './json-record.ts';
import { createJsonScanner } from './json-scanner.ts';
import { recordText } from './record-text.ts';

export interface PageItem {
  readonly value: unknown;
  readonly bytes: Uint8Array;
}

export interface Page {
  /** The answer, parsed. */
  readonly value: unknown;
  readonly items: readonly PageItem[];
  /** False where the items are computed: their bytes are then their canonical JSON. */
  readonly asReceived: boolean;
  /** Of the items alone: an answer may carry its own time. */
  readonly itemsHash: string;
}

/** No list has this path. */
const NOWHERE = '\0';
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a page.
 * @throws input-unreadable where it is no JSON or holds no items though it holds something; input-too-large beyond the depth
 */
export async function readPage(received: Buffer, items: Expression): Promise<Page> {
  const bytes = received.subarray(0, 3).equals(MARK) ? received.subarray(3) : received;
  const path = items.path === null ? NOWHERE : items.path.join('.');
  const limits = { location: 'the answer', maximumRecordBytes: Number.POSITIVE_INFINITY };
  const scanner = createJsonScanner(path, limits);
  // Depth is judged before anything recursive sees the answer.
  const elements = scanner.push(bytes);
  const value = parsed(bytes, scanner.state().open);
  const found = await evaluated(items, value);
  if (found === undefined || found === null) {
    if (isEmpty(value)) return pageOf(value, [], true);
    throw new DataSensError('input-unreadable', `holds no items where \`items\` says; ${membersOf(value, items)}`);
  }
  const list = Array.isArray(found) ? (found as readonly unknown[]) : [found];
  if (elements.length === list.length && list.length > 0) {
    return pageOf(
      value,
      list.map((each, at) => ({ value: each, bytes: elements[at]!.bytes })),
      true,
    );
  }
  if (found === value && !Array.isArray(found)) return pageOf(value, [{ value, bytes: trimmed(bytes) }], true);
  return pageOf(
    value,
    list.map((each) => ({ value: each, bytes: canonical(each) })),
    list.length === 0,
  );
}

function pageOf(value: unknown, items: readonly PageItem[], asReceived: boolean): Page {
  const hash = createHash('sha256');
  for (const { bytes } of items) hash.update(bytes).update('\0');
  return { value, items, asReceived, itemsHash: hash.digest('hex').slice(0, 24) };
}

function parsed(bytes: Buffer, open: boolean): unknown {
  if (bytes.includes(0))
    throw new DataSensError('input-unsupported', 'is no JSON in UTF-8; see what the address answers');
  try {
    return parseJson(recordText(bytes, 'utf-8', true).text);
  } catch (cause) {
    const how = open ? 'ends before its JSON does' : 'is no JSON';
    const advice = open ? 'it was cut on its way: collect again' : 'see what the address answers, and `headers.accept`';
    throw new DataSensError('input-unreadable', `${how}; ${advice}`, { cause });
  }
}

async function evaluated(items: Expression, value: unknown): Promise<unknown> {
  try {
    return await items.evaluate(value);
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    throw new DataSensError(
      'input-unreadable',
      `\`items\` cannot take it: ${error.message}; the answers may have changed`,
    );
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Names of members are the API's words, unless they look like anything else. */
function membersOf(value: unknown, { path }: Expression): string {
  const names = Array.isArray(value) || typeof value !== 'object' || value === null ? [] : Object.keys(value);
  const plain = names.filter((name) => /^[A-Za-z_][\w.-]{0,39}$/.test(name)).slice(0, 10);
  if (plain.includes('errors') || plain.includes('error')) return 'the server answers with an error of its own';
  const close = path?.[0] === undefined ? null : nearest(path[0], plain);
  const hint = close === null || close === path?.[0] ? '' : ` (did you mean \`${close}\`?)`;
  const kind = Array.isArray(value) ? 'it is a list' : `it has ${plain.join(', ') || 'no members'}`;
  return `${kind}${hint}: the answers changed, or an expression that may find nothing stands without [ ]`;
}

function canonical(value: unknown): Buffer {
  return Buffer.from(canonicalJson(JSON.parse(JSON.stringify(value) ?? 'null') as Json));
}

/** Without the white space around. */
function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && bytes[start]! <= 0x20) start += 1;
  while (end > start && bytes[end - 1]! <= 0x20) end -= 1;
  return bytes.subarray(start, end);
}
