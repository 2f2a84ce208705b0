// Values on their way into PostgreSQL: what text and jsonb cannot hold is replaced, never an error.

import type { Json } from '../model/json.ts';

/** PostgreSQL's text holds neither U+0000 nor lone surrogates; both become U+FFFD, as in any decoding. */
export function storable(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? text.toWellFormed().replaceAll('\0', '\uFFFD') : text;
}

/** As `storable`, keeping null. */
export function storableOrNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}

/** JSON text for a jsonb column. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  // JSON.stringify escapes exactly what jsonb refuses: rare enough to look first.
  return /\\u(0000|d[89a-f])/.test(text) ? JSON.stringify(clean(value as Json)) : text;
}

export function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}

function clean(value: Json): Json {
  if (typeof value === 'string') return storable(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(clean);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storable(key), clean(member as Json)]));
}
