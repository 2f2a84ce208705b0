// What the policy answered about each document.

import { sql } from 'kysely';
import type { Clearance } from '../model/clearance.ts';
import { bytesColumn, textColumn } from './columns.ts';
import type { Tx } from './database.ts';

/** Keeps the policy's answers; an answer that did not change is not written again. */
export async function saveClearances(tx: Tx, clearances: readonly Clearance[]): Promise<void> {
  if (clearances.length === 0) return;
  const reasons = clearances.map((clearance) => (clearance.kind === 'refused' ? clearance.reasons.join(',') : ''));
  await sql`
    insert into clearance (document, policy, cleared, reasons)
    select document, policy, reasons = '', string_to_array(reasons, ',') from unnest(
      ${bytesColumn(clearances.map(({ document }) => document))}::bytea[],
      ${bytesColumn(clearances.map(({ policy }) => policy))}::bytea[],
      ${textColumn(reasons)}::text[]
    ) as given (document, policy, reasons)
    on conflict (organisation, policy, document) do update
      set cleared = excluded.cleared, reasons = excluded.reasons, decided_at = now()
      where clearance.reasons <> excluded.reasons`.execute(tx);
}
