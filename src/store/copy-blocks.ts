// Packed signatures of the wordings: appended by each run, read whole by each run.

import { sql } from 'kysely';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';

export interface CopyBlock {
  readonly wordings: number;
  readonly keys: number;
  /** Packed by refine/key-block.ts. */
  readonly entries: Uint8Array;
}

/** Blocks with their ids, one at a time. */
export function readBlocks(tx: Tx): AsyncIterable<CopyBlock & { readonly id: string }> {
  return streamRows(
    tx,
    sql<CopyBlock & { id: string }>`select id, wordings, keys, entries from copy_block order by id`,
    1,
  );
}

/** Blocks of fewer wordings than this, smallest id first: what a run adds is put with them. */
export async function takeSmallBlocks(tx: Tx, fewerThan: number): Promise<readonly CopyBlock[]> {
  const { rows } = await sql<CopyBlock & { id: string }>`
    delete from copy_block where wordings < ${fewerThan} returning id, wordings, keys, entries`.execute(tx);
  return [...rows].sort((a, b) => Number(a.id) - Number(b.id));
}

export async function appendBlock(tx: Tx, { wordings, keys, entries }: CopyBlock): Promise<void> {
  await tx
    .insertInto('copy_block')
    .values({ wordings, keys, entries: Buffer.from(entries.buffer, entries.byteOffset, entries.byteLength) })
    .execute();
}

/** Replaces a block by what is left of it. */
export async function rewriteBlock(tx: Tx, id: string, block: CopyBlock): Promise<void> {
  await tx.deleteFrom('copy_block').where('id', '=', id).execute();
  if (block.wordings > 0) await appendBlock(tx, block);
}

/** Keys of all blocks together. */
export async function countKeys(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select coalesce(sum(keys), 0)::float8 as n from copy_block`.execute(tx);
  return rows[0]!.n;
}
