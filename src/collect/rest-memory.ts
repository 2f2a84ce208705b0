// What is remembered of an API between two collections: how far it was read, and where an interrupted one must go on.

import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../model/json.ts';
import type { RestConfig } from './rest-config.ts';
import type { Position } from './rest-request.ts';

export type Cursor = string | number;

/** A collection that is not over: its next page, and what its pages said so far. */
export interface Passage {
  /** What the first page was asked with. */
  readonly since: Cursor | null;
  readonly position: Position;
  /** Number of the next page, from 1. */
  readonly page: number;
  readonly items: number;
  readonly greatest: Cursor | null;
  /** Hash of the items of the page before. */
  readonly last: string | null;
  /** A page could not be read: what it held must be asked for again. */
  readonly lossy: boolean;
}

export interface Memory {
  /** Hash of the settings that decide which pages there are: others begin again. */
  readonly settings: string;
  /** Greatest cursor of all that was collected, up to the last collection that lost nothing. */
  readonly since: Cursor | null;
  readonly passage: Passage | null;
  /** Validators and hash of an API of one page (RFC 9110 §8.8). */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly sha256?: string;
}

/** What was remembered under the same settings, or the beginning. */
export function readMemory(state: Json | undefined, config: RestConfig): Memory {
  const { items, format, pagination, incremental, map } = config;
  const decisive = { items, format, pagination, incremental, id: map.id };
  const settings = createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(decisive)) as Json))
    .digest('hex');
  const known = state as unknown as Memory | undefined;
  if (known?.settings === settings) return known;
  return { settings, since: incremental?.start ?? null, passage: null };
}

export function asState(key: string, memory: Memory): { readonly key: string; readonly value: Json } {
  return { key, value: JSON.parse(JSON.stringify(memory)) as Json };
}

/** The greater of two cursors: as numbers where both are, else as text (ISO 8601 dates compare so). */
export function greater(left: Cursor | null, right: unknown): Cursor | null {
  if (typeof right !== 'string' && typeof right !== 'number') return left;
  return left === null || compare(right, left) > 0 ? right : left;
}

/** Negative, zero or positive. */
export function compare(left: Cursor, right: Cursor): number {
  const [a, b] = [Number(left), Number(right)];
  if (left !== '' && right !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
}
