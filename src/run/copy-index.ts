// Keeps the packed signatures those of the wordings that stand.

import { fingerprintOf, packWordings, visitWordings, type Wording } from '../refine/key-block.ts';
import { appendBlock, readBlocks, rewriteBlock, takeSmallBlocks } from '../store/copy-blocks.ts';
import { departedWordings, newWordings } from '../store/copy-documents.ts';
import type { Tx } from '../store/database.ts';

/** About 0.8 MB: what a run reads at once. */
const WORDINGS_PER_BLOCK = 4_096;

/** Wordings with their keys, by fingerprint. */
export type Keyed = ReadonlyMap<string, ArrayLike<number>>;

/**
 * Packs the wordings that no document had before, with those of blocks that are not full, and returns them; where `all`, nothing
 * was known before, and nothing is returned.
 */
export async function addWordings(tx: Tx, { all }: { readonly all: boolean }): Promise<Keyed> {
  const arrived = new Map<string, ArrayLike<number>>();
  let waiting: Wording[] = [];
  for (const block of await takeSmallBlocks(tx, WORDINGS_PER_BLOCK)) {
    visitWordings(block.entries, (high, low, keys) => {
      waiting.push({ fingerprint: fingerprintOf(high, low), keys: keys.slice() });
    });
  }
  for await (const wording of newWordings(tx, all)) {
    if (!all) arrived.set(wording.fingerprint, wording.keys);
    waiting.push(wording);
    if (waiting.length < WORDINGS_PER_BLOCK) continue;
    await append(tx, waiting);
    waiting = [];
  }
  await append(tx, waiting);
  return arrived;
}

/** Takes the wordings that no document has any more out of the blocks, so that nothing is left of their words. */
export async function removeWordings(tx: Tx): Promise<Keyed> {
  const departed = new Set(await departedWordings(tx));
  const removed = new Map<string, ArrayLike<number>>();
  if (departed.size === 0) return removed;
  for await (const { id, entries } of readBlocks(tx)) {
    const kept: Wording[] = [];
    const before = removed.size;
    visitWordings(entries, (high, low, keys) => {
      const fingerprint = fingerprintOf(high, low);
      if (departed.has(fingerprint)) removed.set(fingerprint, keys.slice());
      else kept.push({ fingerprint, keys: keys.slice() });
    });
    if (removed.size > before) await rewriteBlock(tx, id, blockOf(kept));
  }
  return removed;
}

async function append(tx: Tx, wordings: readonly Wording[]): Promise<void> {
  if (wordings.length > 0) await appendBlock(tx, blockOf(wordings));
}

function blockOf(wordings: readonly Wording[]) {
  const keys = wordings.reduce((sum, wording) => sum + wording.keys.length, 0);
  return { wordings: wordings.length, keys, entries: packWordings(wordings) };
}
