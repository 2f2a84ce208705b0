// Columns of rows as PostgreSQL reads arrays in binary (array_recv): nothing is quoted here nor parsed there, and their bytes
// can be made in a worker thread and handed over without a copy. No I/O, so that worker threads may import it.

import { jsonText } from './values.ts';

/** An array of one dimension, for a parameter that the statement casts: `${column}::text[]`. Its buffer holds nothing else. */
export type Column = Uint8Array<ArrayBuffer>;

// Object identifiers of the element types (pg_type.dat): they never change.
const BOOLEAN = 16;
const BYTES = 17;
const INTEGER = 23;
const TEXT = 25;
const FLOAT = 701;
const UUID = 2950;
const JSONB = 3802;

/** Dimensions, whether a null is among them, type, then length and lower bound of the dimension. */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL = -1;

/** For `text[]`. The strings must be `storable`. */
export function textColumn(values: readonly (string | null)[]): Column {
  return variable(TEXT, values, 0);
}

/** For `jsonb[]`, of any values that JSON can hold; `undefined` is null, as `null` is JSON's. */
export function jsonColumn(values: readonly unknown[]): Column {
  const texts = values.map((value) => (value === undefined ? null : jsonText(value)));
  const column = variable(JSONB, texts, 1);
  const bytes = Buffer.from(column.buffer);
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const size = bytes.readInt32BE(at);
    at += LENGTH_BYTES;
    if (size === NULL) continue;
    // The version of the format precedes each text.
    bytes[at] = 1;
    at += size;
  }
  return column;
}

/** For `bytea[]`, of hexadecimal digits. */
export function bytesColumn(values: readonly string[]): Column {
  return fixed(BYTES, values, {
    size: (hex) => hex.length >> 1,
    write: (bytes, hex, at) => bytes.write(hex, at, 'hex'),
  });
}

/** For `bytea[]`. */
export function rawColumn(values: readonly Uint8Array[]): Column {
  return fixed(BYTES, values, { size: ({ length }) => length, write: (bytes, value, at) => bytes.set(value, at) });
}

/** For `uuid[]`. */
export function uuidColumn(values: readonly string[]): Column {
  const write = (bytes: Buffer, uuid: string, at: number) => bytes.write(uuid.replaceAll('-', ''), at, 'hex');
  return fixed(UUID, values, { size: () => 16, write });
}

/** For `integer[]`, of signed 32-bit numbers. */
export function integerColumn(values: readonly number[]): Column {
  return fixed(INTEGER, values, { size: () => 4, write: (bytes, value, at) => bytes.writeInt32BE(value, at) });
}

/** For `float8[]`. */
export function floatColumn(values: readonly number[]): Column {
  return fixed(FLOAT, values, { size: () => 8, write: (bytes, value, at) => bytes.writeDoubleBE(value, at) });
}

/** For `boolean[]`. */
export function booleanColumn(values: readonly boolean[]): Column {
  return fixed(BOOLEAN, values, { size: () => 1, write: (bytes, value, at) => bytes.writeUInt8(value ? 1 : 0, at) });
}

/** Strings in UTF-8, each after `prefix` bytes that are left at zero. */
function variable(type: number, values: readonly (string | null)[], prefix: number): Column {
  const sizes = values.map((value) => (value === null ? NULL : prefix + Buffer.byteLength(value)));
  const total = sizes.reduce((sum, size) => sum + Math.max(0, size), LENGTH_BYTES * values.length);
  const { bytes, column } = begin(type, values.length, total, sizes.includes(NULL));
  let at = HEADER_BYTES;
  for (let index = 0; index < values.length; index += 1) {
    const size = sizes[index]!;
    at = bytes.writeInt32BE(size, at);
    if (size === NULL) continue;
    bytes.write(values[index]!, at + prefix, 'utf8');
    at += size;
  }
  return column;
}

interface Element<Value> {
  readonly size: (value: Value) => number;
  readonly write: (bytes: Buffer, value: Value, at: number) => void;
}

function fixed<Value>(type: number, values: readonly Value[], { size, write }: Element<Value>): Column {
  const total = values.reduce((sum, value) => sum + size(value), LENGTH_BYTES * values.length);
  const { bytes, column } = begin(type, values.length, total, false);
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = size(value);
    at = bytes.writeInt32BE(length, at);
    write(bytes, value, at);
    at += length;
  }
  return column;
}

function begin(type: number, count: number, bodyBytes: number, hasNull: boolean) {
  const isEmpty = count === 0;
  // An empty array has no dimension, and nothing after its type.
  const column: Column = new Uint8Array(isEmpty ? 12 : HEADER_BYTES + bodyBytes);
  const bytes = Buffer.from(column.buffer);
  bytes.writeInt32BE(isEmpty ? 0 : 1, 0);
  bytes.writeInt32BE(hasNull ? 1 : 0, 4);
  bytes.writeInt32BE(type, 8);
  if (isEmpty) return { bytes, column };
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16);
  return { bytes, column };
}
