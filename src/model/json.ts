// JSON values, and the one canonical spelling of them that hashes are taken of.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Spells a JSON value with object keys sorted by UTF-16 code unit and no white space (the subset of RFC 8785 that
 * strings, booleans, null and finite numbers need), so that equal values give equal bytes.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const object = value as JsonObject;
    const members = Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** The text under `key`, or null where there is none or it is something else. */
export function textIn(body: JsonObject | null, key: string): string | null {
  const value = body?.[key];
  return typeof value === 'string' ? value : null;
}
