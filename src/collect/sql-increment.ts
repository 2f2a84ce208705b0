// Reading by a column that grows: where the last reading stopped, and which of the rows at that place it had read.

import { hash } from 'node:crypto';
import type { Json } from '../model/json.ts';
import type { Mapping } from './mapping.ts';

/** Rows of one value that are remembered; where more share it, all are read again, which doubles none (same bytes). */
const REMEMBERED_TIES = 10_000;

/** What is remembered between two readings. */
export interface Reached {
  readonly value: Json;
  /** Hashes of the rows that hold this value: others with the same one may come. */
  readonly ties: readonly string[];
  readonly columns: readonly string[];
  readonly mapping: Mapping;
  /** `map` of the settings then, spelled. */
  readonly map: string;
}

export interface WrittenRow {
  /** JSON text of each cell. */
  readonly cells: readonly string[];
  readonly bytes: Buffer;
}

export interface Follower {
  /** False for a row that the last reading had. Rows come in the order of the column. */
  isNew(row: WrittenRow): boolean;
  /** Where the rows seen so far end. */
  reached(): Pick<Reached, 'value' | 'ties'>;
}

/** Follows rows read from `before.value` on (that value included: rows that share it may have come since). */
export function followColumn(before: Reached | null, position: number): Follower {
  const known = new Set(before?.ties ?? []);
  let cell = before === null ? '' : JSON.stringify(before.value);
  let ties: string[] = [];
  return {
    isNew(row) {
      if (row.cells[position] !== cell) {
        cell = row.cells[position]!;
        ties = [];
        known.clear();
      }
      const digest = hash('sha256', row.bytes, 'base64url').slice(0, 22);
      if (ties.length < REMEMBERED_TIES) ties.push(digest);
      return !known.has(digest);
    },
    reached: () => ({ value: JSON.parse(cell) as Json, ties }),
  };
}
