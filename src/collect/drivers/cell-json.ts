// One cell of a database as JSON text that loses nothing.

/** A number where its JSON reads back as written, else the digits as a string: `12.50` stays `12.50`. */
export function exactNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) && String(number) === text ? text : JSON.stringify(text);
}

/** A binary floating-point number; what JSON has no number for (`NaN`, `Infinity`) is a string. */
export function floatNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) ? JSON.stringify(number) : JSON.stringify(text);
}

/** `2026-03-01 10:00:00.5` as ISO 8601; dates without an ISO form (`infinity`, years before our era) as they are. */
export function isoMoment(text: string, zone: '' | 'Z'): string {
  const found = /^(\d{4,6}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00(?::?00)?)?$/.exec(text);
  return JSON.stringify(found === null ? text : `${found[1]}T${found[2]}${zone}`);
}

export function base64(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'));
}
