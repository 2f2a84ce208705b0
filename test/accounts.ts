// Accounts for tests: real desks on a test database, at a cost that a test can afford, under a clock that it moves.

import { onTestFinished } from 'vitest';
import { LOCAL_ACTOR, type Role } from '../src/model/person.ts';
import type { Account, AccountDesk, SessionDesk } from '../src/run/account-desk.ts';
import { openPasswordHasher } from '../src/run/password-hash.ts';
import { openAccountDesk } from '../src/run/store-account-desk.ts';
import { openSessionDesk } from '../src/run/store-session-desk.ts';
import type { Database } from '../src/store/database.ts';
import { testDatabase } from './database.ts';

const ORGANISATION = 'Commune d’essai';
/** Some milliseconds a try. */
export const CHEAP = { logN: 10, r: 8, p: 1 } as const;
export const PASSWORD = 'quatre moineaux violets';

export interface TestAccounts {
  readonly database: Database;
  readonly accounts: AccountDesk;
  readonly sessions: SessionDesk;
  readonly clock: { now: number };
  add(signIn: string, roles: readonly Role[]): Promise<Account>;
  /** The token of a new session. */
  enter(signIn: string): Promise<string>;
}

/** Call it inside a test: it ends with the test. */
export async function testAccounts(): Promise<TestAccounts> {
  const database = await testDatabase(ORGANISATION);
  const opened = await openTestAccounts(database);
  onTestFinished(() => opened.sessions.close());
  return opened;
}

/** The same on a database that is open already; its `sessions` are to be closed. */
export async function openTestAccounts(database: Database): Promise<TestAccounts> {
  const clock = { now: Date.parse('2026-05-12T08:00:00Z') };
  const shared = { clock: () => new Date(clock.now), hasher: openPasswordHasher(CHEAP), organisation: ORGANISATION };
  const sessions = await openSessionDesk(database, shared);
  const accounts = openAccountDesk(database, { ...shared, from: 'workbench' });
  return {
    ...{ database, accounts, sessions, clock },
    async add(signIn, roles) {
      const asked = { signIn, name: `Prénom ${signIn}`, roles, password: PASSWORD };
      const result = await accounts.add(asked, LOCAL_ACTOR.person);
      if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
      return result.account;
    },
    async enter(signIn) {
      return (await sessions.signIn({ signIn, password: PASSWORD, address: '192.0.2.7' })).token;
    },
  };
}
