// Keeps what people and figures read of copies: who is counted, and of each group when it came and how much it has in common.

import { CAMPAIGN_SIZE, concentrationOf, isCampaign } from '../refine/campaign.ts';
import { distinctOf, type Reference, referenceOf } from '../refine/distinct.ts';
import { textsOfWordings } from '../store/copy-documents.ts';
import {
  type CopyGroupRow,
  countGroups,
  forgetAllGroups,
  forgetGroups,
  insertGroups,
  nameReferences,
  saveMembership,
  saveShares,
  staleShares,
} from '../store/copy-groups.ts';
import { type CopyKind, dropTouched, gatherTouched, type StaleShare } from '../store/copy-wordings.ts';
import type { Tx } from '../store/database.ts';

interface Showing {
  /** Wordings whose labels may have changed besides those of changed documents; null for all. */
  readonly touched: ReadonlySet<string> | null;
  readonly signal: AbortSignal;
}

const SHARES_AT_ONCE = 500;
const GROUPS_AT_ONCE = 2_000;

export async function showGroups(tx: Tx, { touched, signal }: Showing): Promise<void> {
  await gatherTouched(tx, touched ?? [], touched === null);
  await saveMembership(tx, CAMPAIGN_SIZE);
  await nameReferences(tx);
  for (const kind of ['near', 'partial'] as const) await measureShares(tx, kind, signal);
  await (touched === null ? forgetAllGroups(tx) : forgetGroups(tx));
  let rows: CopyGroupRow[] = [];
  for await (const { days, ...group } of countGroups(tx)) {
    rows.push({ ...group, campaign: isCampaign(group.documents), ...concentrationOf(days) });
    if (rows.length < GROUPS_AT_ONCE) continue;
    await insertGroups(tx, rows);
    rows = [];
  }
  await insertGroups(tx, rows);
  await dropTouched(tx);
}

/** How much each wording has in common with the text of its group, where that text is another than before. */
async function measureShares(tx: Tx, kind: CopyKind, signal: AbortSignal): Promise<void> {
  let waiting: StaleShare[] = [];
  let last: { readonly wording: string; readonly reference: Reference } | null = null;
  const measure = async () => {
    signal.throwIfAborted();
    const texts = await textsOfWordings(tx, [
      ...new Set(waiting.flatMap(({ fingerprint, reference }) => [fingerprint, reference])),
    ]);
    const shares = waiting.map((stale) => {
      // Wordings of one group follow each other.
      if (last?.wording !== stale.reference) {
        last = { wording: stale.reference, reference: referenceOf(texts.get(stale.reference) ?? '') };
      }
      return { ...stale, share: distinctOf(texts.get(stale.fingerprint) ?? '', last.reference).share };
    });
    await saveShares(tx, kind, shares);
    waiting = [];
  };
  for await (const stale of staleShares(tx, kind)) {
    waiting.push(stale);
    if (waiting.length >= SHARES_AT_ONCE) await measure();
  }
  if (waiting.length > 0) await measure();
}
