// Cells of MySQL and MariaDB, as the text protocol writes them, as JSON text.

import mysql, { type FieldPacket } from 'mysql2';
import { base64, exactNumber, floatNumber, isoMoment } from './cell-json.ts';
import type { SqlColumn } from './sql-session.ts';

/** Collation `binary`: bytes, not words. */
const BINARY = 63;
const { Types } = mysql;

const INTEGERS = new Set([Types.TINY, Types.SHORT, Types.LONG, Types.INT24, Types.LONGLONG, Types.YEAR]);
const TEXTS_OR_BYTES = new Set([
  Types.VARCHAR,
  Types.VAR_STRING,
  Types.STRING,
  Types.TINY_BLOB,
  Types.MEDIUM_BLOB,
  Types.LONG_BLOB,
  Types.BLOB,
]);

/** Where MariaDB says more of a column than its type. */
interface Extended {
  readonly extendedFormat?: string;
  readonly extendedTypeName?: string;
}

export function mysqlColumn(field: FieldPacket): SqlColumn {
  return { name: field.name, binary: isBinary(field) };
}

/** How cells of a column become JSON text. */
export function tellerOf(field: FieldPacket): (bytes: Buffer) => string {
  const type = typeOf(field);
  if (isBinary(field)) return base64;
  if ((field as Extended).extendedFormat === 'json' || type === Types.JSON) return jsonText;
  if (INTEGERS.has(type) || type === Types.DECIMAL || type === Types.NEWDECIMAL) return told(exactNumber);
  if (type === Types.FLOAT || type === Types.DOUBLE) return told(floatNumber);
  if (type === Types.DATETIME) return told((text) => isoMoment(text, ''));
  // The session is in UTC, which times with a zone are told in.
  if (type === Types.TIMESTAMP) return told((text) => isoMoment(text, 'Z'));
  if (type === Types.BIT) return (bytes) => exactNumber(BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
  return told((text) => JSON.stringify(text));
}

const told = (tell: (text: string) => string) => (bytes: Buffer) => tell(bytes.toString('utf8'));

/** MariaDB checks what a column of JSON holds only where it is asked to. */
function jsonText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

function isBinary(field: FieldPacket): boolean {
  const type = typeOf(field);
  if (type === Types.GEOMETRY) return true;
  const { characterSet } = field as { readonly characterSet?: number };
  // UUID and INET types of MariaDB travel as text whatever their collation says.
  return TEXTS_OR_BYTES.has(type) && characterSet === BINARY && (field as Extended).extendedTypeName === undefined;
}

function typeOf(field: FieldPacket): number {
  return field.columnType ?? field.type ?? Types.VAR_STRING;
}
