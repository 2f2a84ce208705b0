// One JSON value as a record: its members are its columns.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { ReadOpening } from './format.ts';
import { type Fields, itemOf, plainItem } from './item-fields.ts';
import type { Mapping } from './mapping.ts';
import { recordText } from './record-text.ts';

export interface JsonContext {
  readonly format: 'json' | 'jsonl' | 'parquet';
  readonly mapping: Mapping;
  /** False where the charset was guessed. */
  readonly certain: boolean;
}

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Whole numbers beyond 2^53 (identifiers of messages) are kept as written. */
const keepLongNumbers: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) ? source : value;

/** Parses one value. @throws SyntaxError, RangeError */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepLongNumbers as never) : JSON.parse(text);
}

/** Members of an object in order, as text; a value that is no object is one column, `value`. */
export function jsonFields(value: unknown): Fields {
  if (!isObject(value)) return [['value', jsonText(value)]];
  return Object.entries(value).map(([name, member]) => [name, jsonText(member)]);
}

/** Columns that a mapping may be found in: members, and members of members under dotted names. */
export function jsonColumns(value: unknown): Fields {
  if (!isObject(value)) return jsonFields(value);
  return Object.entries(value).flatMap(([name, member]) =>
    isObject(member)
      ? Object.entries(member).map(([inner, deep]) => [`${name}.${inner}`, jsonText(deep)] as const)
      : [[name, jsonText(member)] as const],
  );
}

/** Reads a record. Never throws: what is no JSON is an item of text with a finding. */
export function readJsonRecord(bytes: Uint8Array, opening: ReadOpening): Item {
  const { mapping, certain } = opening.context as unknown as JsonContext;
  const { text, findings } = recordText(bytes, opening.charset, certain);
  try {
    const value = parseJson(text);
    return itemOf(jsonFields(value), mapping, { lookup: (column) => lookUp(value, column), findings });
  } catch {
    const broken: Finding = { code: 'json-repaired', at: 'record', evidence: 'not JSON; read as text' };
    return plainItem(text, [...findings, broken]);
  }
}

function lookUp(value: unknown, column: string): string | null {
  if (!isObject(value)) return column === 'value' ? jsonText(value) : null;
  if (Object.hasOwn(value, column)) return jsonText(value[column]);
  const dot = column.indexOf('.');
  if (dot < 0 || !Object.hasOwn(value, column.slice(0, dot))) return null;
  return lookUp(value[column.slice(0, dot)], column.slice(dot + 1));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member as the text of a column; blank where it is null. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
