// Accounts: who may sign in, and with which roles. An account is disabled, never deleted.

import { sql } from 'kysely';
import type { PersonId, Role } from '../model/person.ts';
import type { Tx } from './database.ts';
import { storable } from './values.ts';

/** Notified, with the organisation's id, of every change that sessions must follow. */
export const ACCOUNT_CHANNEL = 'datasens_account';

export interface NewAccount {
  readonly person: PersonId;
  /** As it is compared: NFKC, lower case. */
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** PHC string. */
  readonly password: string;
  /** When it ends, where somebody else chose the password; null where its owner did. */
  readonly passwordExpiresAt: Date | null;
}

export interface StoredAccount extends NewAccount {
  readonly state: 'active' | 'disabled';
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
}

/** Changes of accounts wait for each other until their transactions end. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(current_setting('datasens.organisation') || 'accounts', 0))`.execute(
    tx,
  );
}

/** Tells every process, once the transaction ends, that what it remembers of accounts and sessions is past. */
export async function tellAccountsChanged(tx: Tx): Promise<void> {
  await sql`select pg_notify(${ACCOUNT_CHANNEL}, current_setting('datasens.organisation'))`.execute(tx);
}

export async function hasAccounts(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from account) as any`.execute(tx);
  return rows[0]!.any;
}

/** False where the sign-in name is taken. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  const { person, signIn, name, roles, password, passwordExpiresAt } = account;
  const { rows } = await sql`
    insert into account (person, sign_in, display_name, roles, password, password_expires_at)
    values (${person}, ${storable(signIn)}, ${storable(name)}, ${[...roles]}::text[], ${password}, ${passwordExpiresAt})
    on conflict (organisation, sign_in) do nothing
    returning person`.execute(tx);
  return rows.length === 1;
}

const COLUMNS = sql`
  person, sign_in as "signIn", display_name as name, roles, password, password_expires_at as "passwordExpiresAt", state,
  created_at as "createdAt", last_sign_in_at as "lastSignInAt"`;

/** Every account, oldest first. */
export async function listAccounts(tx: Tx): Promise<readonly StoredAccount[]> {
  const { rows } = await sql<StoredAccount>`select ${COLUMNS} from account order by created_at, person`.execute(tx);
  return rows;
}

export async function readAccount(
  tx: Tx,
  by: { readonly person: string } | { readonly signIn: string },
): Promise<StoredAccount | null> {
  const condition = 'person' in by ? sql`person = ${by.person}` : sql`sign_in = ${storable(by.signIn)}`;
  const { rows } = await sql<StoredAccount>`select ${COLUMNS} from account where ${condition}`.execute(tx);
  return rows[0] ?? null;
}

export async function saveRoles(tx: Tx, person: PersonId, roles: readonly Role[]): Promise<void> {
  await sql`update account set roles = ${[...roles]}::text[] where person = ${person}`.execute(tx);
}

export async function saveAccountState(tx: Tx, person: PersonId, state: StoredAccount['state']): Promise<void> {
  await sql`update account set state = ${state} where person = ${person}`.execute(tx);
}

export async function savePassword(
  tx: Tx,
  person: PersonId,
  { password, expiresAt }: { readonly password: string; readonly expiresAt: Date | null },
): Promise<void> {
  await sql`
    update account set password = ${password}, password_expires_at = ${expiresAt} where person = ${person}`.execute(tx);
}

export async function noteSignIn(tx: Tx, person: PersonId, at: Date): Promise<void> {
  await sql`update account set last_sign_in_at = ${at} where person = ${person}`.execute(tx);
}
