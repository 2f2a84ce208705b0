// Which charset bytes are written in, and their text: BOM, UTF-8, the NULs of UTF-16, else how French it reads.

import { isUtf8 } from 'node:buffer';
import { plausibility, SINGLE_BYTE } from './charset-plausibility.ts';

export interface Charset {
  /** WHATWG name, or `cp850`. */
  readonly charset: string;
  /** False where the bytes fit several charsets and the likeliest was taken. */
  readonly certain: boolean;
  /** Bytes of the byte order mark at the start; 0 without one. */
  readonly bomLength: number;
}

const decoderOf = (name: string) => new TextDecoder(name, { ignoreBOM: true });

/** Decoders keep no state between whole decodings, so that one of each serves everyone. */
const DECODERS: ReadonlyMap<string, ReturnType<typeof decoderOf>> = new Map(
  ['utf-8', 'utf-16le', 'utf-16be'].map((name) => [name, decoderOf(name)]),
);

const UPPER_HALVES: ReadonlyMap<string, string> = new Map(SINGLE_BYTE.map(({ name, upper }) => [name, upper]));

const NUL_SAMPLE = 8192;

/**
 * Finds the charset of a sample. `declared` (by a header, the settings) is believed unless the bytes contradict it.
 * The answer for bytes that are ASCII only is `utf-8`.
 */
export function detectCharset(sample: Uint8Array, declared?: string): Charset {
  const marked = byteOrderMark(sample);
  if (marked) return marked;
  const named = declared === undefined ? null : normaliseCharset(declared);
  if (named !== null && fits(sample, named)) return { charset: named, certain: true, bomLength: 0 };
  const wide = wideCharset(sample);
  if (wide) return { charset: wide, certain: true, bomLength: 0 };
  const { valid, invalid } = tallyUtf8(sample);
  if (invalid === 0) return { charset: 'utf-8', certain: true, bomLength: 0 };
  // Text of one byte a letter hardly ever forms a UTF-8 sequence: a file with some of both was joined from several.
  if (valid * 4 >= invalid) return { charset: 'utf-8', certain: false, bomLength: 0 };
  return { charset: likeliest(sample), certain: false, bomLength: 0 };
}

/** The text of bytes in a charset, a leading BOM dropped. Never throws: `replaced` counts what had no meaning in it. */
export function decodeBytes(bytes: Uint8Array, charset: string): { readonly text: string; readonly replaced: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = normaliseCharset(charset) ?? 'windows-1252';
  if (name === 'utf-8') {
    const text = withoutMark(buffer.toString('utf8'));
    return { text, replaced: isUtf8(buffer) ? 0 : count(text, '\uFFFD') };
  }
  const table = UPPER_HALVES.get(name);
  if (table !== undefined) {
    // Latin-1 decodes many times faster than a table does, and differs by few characters.
    const latin = buffer.toString('latin1');
    const text = latin.replace(name === 'windows-1252' ? /[\u0080-\u009f]/g : /[\u0080-\u00ff]/g, (character) => {
      return table[character.charCodeAt(0) - 0x80]!;
    });
    return { text, replaced: 0 };
  }
  const text = withoutMark((DECODERS.get(name) ?? decoderOf(name)).decode(buffer));
  return { text, replaced: count(text, '\uFFFD') };
}

/** The name this program uses for a charset label, or null for one it cannot read. */
export function normaliseCharset(label: string): string | null {
  if (DECODERS.has(label) || UPPER_HALVES.has(label)) return label;
  const lower = label.trim().toLowerCase();
  if (/^(?:cp|ibm)?-?0?850$/.test(lower)) return 'cp850';
  if (/^(?:mac|mac-?roman|macos-roman)$/.test(lower)) return 'macintosh';
  if (/^utf-?8-sig$/.test(lower)) return 'utf-8';
  if (/^utf[-_]?16(?:[-_]?[lb]e)?$/.test(lower)) return lower.endsWith('be') ? 'utf-16be' : 'utf-16le';
  try {
    return decoderOf(lower.replaceAll('_', '-')).encoding;
  } catch {
    return null;
  }
}

/** Bytes of one code unit: 2 in UTF-16, 1 elsewhere. */
export function unitSizeOf(charset: string): 1 | 2 {
  return charset.startsWith('utf-16') ? 2 : 1;
}

function byteOrderMark(bytes: Uint8Array): Charset | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { charset: 'utf-8', certain: true, bomLength: 3 };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', certain: true, bomLength: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', certain: true, bomLength: 2 };
  return null;
}

/** A charset of one byte a character fits anything; UTF-8 and UTF-16 show when they are not what they are said to be. */
function fits(sample: Uint8Array, charset: string): boolean {
  if (charset === 'utf-8') {
    const { valid, invalid } = tallyUtf8(sample);
    return invalid === 0 || valid > invalid;
  }
  return unitSizeOf(charset) === 1 || wideCharset(sample) === charset || sample.length < 2;
}

/** UTF-16 without a BOM: Latin letters leave a NUL at every other byte. */
function wideCharset(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(sample.length, NUL_SAMPLE) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const units = length / 2;
  if (odd > units * 0.4 && even < units * 0.1) return 'utf-16le';
  if (even > units * 0.4 && odd < units * 0.1) return 'utf-16be';
  return null;
}

/** Sequences of several bytes that are UTF-8, and bytes above 0x7F that are part of none (RFC 3629). */
function tallyUtf8(sample: Uint8Array): { readonly valid: number; readonly invalid: number } {
  let valid = 0;
  let invalid = 0;
  let at = 0;
  while (at < sample.length) {
    const lead = sample[at]!;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const end = at + sequenceLength(lead);
    // The sample may end in the middle of a character; a lone last byte may as well be a letter of another charset.
    if (end > sample.length && (valid > 0 || at + 1 < sample.length) && onlyContinuations(sample, at + 1)) break;
    if (end > at + 1 && end <= sample.length && isUtf8(sample.subarray(at, end))) {
      valid += 1;
      at = end;
    } else {
      invalid += 1;
      at += 1;
    }
  }
  return { valid, invalid };
}

/** Length that a lead byte announces; 1 for a byte that leads nothing. */
function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 1;
}

function onlyContinuations(sample: Uint8Array, from: number): boolean {
  for (let at = from; at < sample.length; at += 1) if ((sample[at]! & 0xc0) !== 0x80) return false;
  return true;
}

function likeliest(sample: Uint8Array): string {
  let best = 'windows-1252';
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const { name, upper } of SINGLE_BYTE) {
    const score = plausibility(sample, upper);
    if (score > bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
