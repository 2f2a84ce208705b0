// How often a sign-in was tried, by what is counted: counted before it is tried, so that tries at once count too.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** What tries are counted by, and how many are let through in a window. */
export interface AttemptLimit {
  /** Such as a name or an address; only its hash is kept. */
  readonly counted: string;
  readonly limit: number;
}

interface Window {
  readonly at: Date;
  readonly windowMs: number;
}

/**
 * Counts a try, unless one of `limits` is reached.
 * @returns null, or the instant from which it may be tried again: nothing may be kept of the transaction then
 */
export async function countAttempt(
  tx: Tx,
  limits: readonly AttemptLimit[],
  { at, windowMs }: Window,
): Promise<Date | null> {
  const since = new Date(at.getTime() - windowMs);
  // One order for all, so that two tries never wait for each other.
  const ordered = limits
    .map(({ counted, limit }) => ({ key: keyOf(counted), limit }))
    .sort((left, right) => Buffer.compare(left.key, right.key));
  for (const { key, limit } of ordered) {
    const { rows } = await sql`
      insert into sign_in_attempt as known (key, attempts, last_at) values (${key}, 1, ${at})
      on conflict (organisation, key) do update
        set attempts = case when known.last_at <= ${since} then 1 else known.attempts + 1 end, last_at = ${at}
        where known.attempts < ${limit} or known.last_at <= ${since}
      returning key`.execute(tx);
    if (rows.length > 0) continue;
    const { rows: full } = await sql<{ lastAt: Date }>`
      select last_at as "lastAt" from sign_in_attempt where key = ${key}`.execute(tx);
    return new Date((full[0]?.lastAt ?? at).getTime() + windowMs);
  }
  return null;
}

/** Forgets the tries of `counted`: one of them was right. */
export async function forgetAttempts(tx: Tx, counted: readonly string[]): Promise<void> {
  await sql`delete from sign_in_attempt where key = any (${counted.map(keyOf)}::bytea[])`.execute(tx);
}

/** Takes one try back. */
export async function uncountAttempt(tx: Tx, counted: string): Promise<void> {
  await sql`
    update sign_in_attempt set attempts = greatest(attempts - 1, 0) where key = ${keyOf(counted)}`.execute(tx);
}

export async function deletePastAttempts(tx: Tx, { at, windowMs }: Window): Promise<void> {
  await sql`delete from sign_in_attempt where last_at <= ${new Date(at.getTime() - windowMs)}`.execute(tx);
}

function keyOf(counted: string): Buffer {
  return createHash('sha256').update(counted).digest();
}
