// Sessions: the hash of each token that lets somebody in, and when it was last used.

import { sql } from 'kysely';
import type { PersonId, Role } from '../model/person.ts';
import type { Tx } from './database.ts';

/** A session of an account that is active. */
export interface StoredSession {
  readonly person: PersonId;
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly passwordExpiresAt: Date | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** Instants before which a session is past: begun before the first, or last used before the second. */
export interface SessionLimits {
  readonly createdAfter: Date;
  readonly seenAfter: Date;
}

export async function insertSession(
  tx: Tx,
  { token, person, at }: { readonly token: Buffer; readonly person: PersonId; readonly at: Date },
): Promise<void> {
  await sql`
    insert into session (token, person, created_at, last_seen_at) values (${token}, ${person}, ${at}, ${at})`.execute(
    tx,
  );
}

/** The session, past or not; null where there is none, or where its account is disabled. */
export async function readSession(tx: Tx, token: Buffer): Promise<StoredSession | null> {
  const { rows } = await sql<StoredSession>`
    select account.person, account.sign_in as "signIn", account.display_name as name, account.roles,
      account.password_expires_at as "passwordExpiresAt", session.created_at as "createdAt",
      session.last_seen_at as "lastSeenAt"
    from session join account using (organisation, person)
    where session.token = ${token} and account.state = 'active'`.execute(tx);
  return rows[0] ?? null;
}

/** Open sessions by person. */
export async function countSessions(tx: Tx, limits: SessionLimits): Promise<ReadonlyMap<PersonId, number>> {
  const { rows } = await sql<{ person: PersonId; n: number }>`
    select person, count(*)::integer as n from session
    where created_at > ${limits.createdAfter} and last_seen_at > ${limits.seenAfter}
    group by person`.execute(tx);
  return new Map(rows.map(({ person, n }) => [person, n]));
}

/** Never goes back: several processes note what they saw. */
export async function touchSession(tx: Tx, token: Buffer, at: Date): Promise<void> {
  await sql`update session set last_seen_at = greatest(last_seen_at, ${at}) where token = ${token}`.execute(tx);
}

export async function endSession(tx: Tx, token: Buffer): Promise<void> {
  await sql`delete from session where token = ${token}`.execute(tx);
}

/** Ends every session of a person; answers how many there were. */
export async function endSessionsOf(tx: Tx, person: PersonId): Promise<number> {
  const { numAffectedRows } = await sql`delete from session where person = ${person}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function deletePastSessions(tx: Tx, limits: SessionLimits): Promise<void> {
  await sql`
    delete from session
    where created_at <= ${limits.createdAfter} or last_seen_at <= ${limits.seenAfter}`.execute(tx);
}
