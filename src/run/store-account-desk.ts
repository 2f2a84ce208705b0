// Accounts over the store: each change checked, made and told in one transaction, with its act.

import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { PersonId } from '../model/person.ts';
import {
  hasAccounts,
  insertAccount,
  listAccounts,
  lockAccounts,
  readAccount,
  type StoredAccount,
  saveAccountState,
  savePassword,
  saveRoles,
  tellAccountsChanged,
} from '../store/accounts.ts';
import { appendAct } from '../store/acts.ts';
import type { Database, Tx } from '../store/database.ts';
import { countSessions, endSessionsOf } from '../store/sessions.ts';
import type { Account, AccountDesk, AccountProblem, AccountResult } from './account-desk.ts';
import { foldSignIn, nameMistake, passwordMistake, signInMistake, sortRoles } from './account-rule.ts';
import type { PasswordHasher } from './password-hash.ts';
import { oneTimePassword, randomLetters } from './password-rule.ts';
import { sessionLimits } from './session-limits.ts';

/** A password that was handed over is used soon, or never (OWASP ASVS 5.0, 6.4.1). */
const ONE_TIME_MS = 3 * 24 * 3_600_000;

const LAST_ADMIN: AccountProblem = {
  field: 'roles',
  code: 'last-admin',
  message: 'nobody else administers the accounts: give somebody that role first',
};

export interface AccountDeskOptions {
  readonly clock: () => Date;
  readonly hasher: PasswordHasher;
  readonly organisation: string;
  /** What changes are made with, as their acts say. */
  readonly from: 'workbench' | 'command line';
}

interface Change {
  readonly person: PersonId;
  readonly by: PersonId;
  readonly change: string;
  readonly detail?: JsonObject;
}

/** The desk of who may come in. */
export function openAccountDesk(database: Database, options: AccountDeskOptions): AccountDesk {
  const { clock, hasher, organisation, from } = options;

  async function keep(tx: Tx, { person, by, change, detail = {} }: Change): Promise<void> {
    const why = `from the ${from}`;
    // No names: acts are kept for ever, and the account says who the person is.
    await appendAct(tx, { actor: by, verb: 'administer', object: person, why, detail: { change, ...detail } });
    await tellAccountsChanged(tx);
  }

  async function shown(tx: Tx, person: PersonId, password: string | null = null): Promise<AccountResult> {
    const [account] = await withSessions(tx, [(await readAccount(tx, { person }))!]);
    return { kind: 'changed', account: account!, password };
  }

  async function withSessions(tx: Tx, accounts: readonly StoredAccount[]): Promise<readonly Account[]> {
    const open = await countSessions(tx, sessionLimits(clock()));
    return accounts.map((account) => accountOf(account, open.get(account.person) ?? 0));
  }

  /** Changes one account while no other is. @throws not-found */
  function change(
    person: string,
    work: (tx: Tx, account: StoredAccount) => Promise<AccountResult>,
  ): Promise<AccountResult> {
    return database.transaction(async (tx) => {
      await lockAccounts(tx);
      const account = await readAccount(tx, { person });
      if (account === null) throw missing();
      return work(tx, account);
    });
  }

  return {
    list: () => database.transaction(async (tx) => withSessions(tx, await listAccounts(tx))),
    find: (named) =>
      database.transaction(async (tx) => {
        const by = named.startsWith('person:') ? { person: named } : { signIn: foldSignIn(named) };
        const account = await readAccount(tx, by);
        if (account === null) throw missing();
        return (await withSessions(tx, [account]))[0]!;
      }),
    async add(asked, by) {
      const signIn = foldSignIn(asked.signIn);
      const name = asked.name.trim();
      const roles = sortRoles(asked.roles);
      const drawn = asked.password === undefined ? oneTimePassword() : null;
      const mistakes = [
        signInMistake(signIn),
        nameMistake(name),
        roles.length === 0 ? mistakeOf('roles', 'none', 'an account has one role at least') : null,
        asked.password === undefined ? null : passwordMistake(asked.password, { signIn, name, organisation }),
      ].filter((mistake) => mistake !== null);
      if (mistakes.length > 0) return { kind: 'invalid', problems: mistakes };
      const password = await hasher.hash(drawn ?? asked.password!);
      const passwordExpiresAt = drawn === null ? null : new Date(clock().getTime() + ONE_TIME_MS);
      const person: PersonId = `person:${randomLetters(12)}`;
      return database.transaction(async (tx) => {
        await lockAccounts(tx);
        if (!roles.includes('admin') && !(await hasAccounts(tx))) {
          return invalid('roles', 'first', 'the first account must be able to add the others: give it the role admin');
        }
        if (!(await insertAccount(tx, { person, signIn, name, roles, password, passwordExpiresAt }))) {
          return invalid('signIn', 'taken', 'this sign-in name is taken');
        }
        await keep(tx, { person, by, change: 'add', detail: { roles: [...roles] } });
        return shown(tx, person, drawn);
      });
    },
    setRoles(person, wanted, by) {
      const roles = sortRoles(wanted);
      return change(person, async (tx, account) => {
        if (roles.length === 0) return invalid('roles', 'none', 'an account has one role at least');
        if (!roles.includes('admin') && (await isLastAdmin(tx, account))) {
          return { kind: 'invalid', problems: [LAST_ADMIN] };
        }
        await saveRoles(tx, account.person, roles);
        const detail = { before: [...account.roles], roles: [...roles] };
        await keep(tx, { person: account.person, by, change: 'roles', detail });
        return shown(tx, account.person);
      });
    },
    setState: (person, state, by) =>
      change(person, async (tx, account) => {
        if (state === 'disabled' && (await isLastAdmin(tx, account)))
          return { kind: 'invalid', problems: [LAST_ADMIN] };
        await saveAccountState(tx, account.person, state);
        const ended = state === 'disabled' ? await endSessionsOf(tx, account.person) : 0;
        const verb = state === 'disabled' ? 'disable' : 'enable';
        await keep(tx, { person: account.person, by, change: verb, detail: { sessionsEnded: ended } });
        return shown(tx, account.person);
      }),
    async setPassword(person, password, by) {
      const known = await database.transaction((tx) => readAccount(tx, { person }));
      if (known === null) throw missing();
      const mistake = password === null ? null : passwordMistake(password, { ...known, organisation });
      if (mistake !== null) return { kind: 'invalid', problems: [mistake] };
      const drawn = password === null ? oneTimePassword() : null;
      const hashed = await hasher.hash(drawn ?? password!);
      const expiresAt = drawn === null ? null : new Date(clock().getTime() + ONE_TIME_MS);
      return change(person, async (tx, account) => {
        await savePassword(tx, account.person, { password: hashed, expiresAt });
        const ended = await endSessionsOf(tx, account.person);
        const detail = { drawn: drawn !== null, sessionsEnded: ended };
        await keep(tx, { person: account.person, by, change: 'password', detail });
        return shown(tx, account.person, drawn);
      });
    },
    endSessions: (person, by) =>
      change(person, async (tx, account) => {
        const ended = await endSessionsOf(tx, account.person);
        await keep(tx, { person: account.person, by, change: 'sessions', detail: { sessionsEnded: ended } });
        return shown(tx, account.person);
      }),
  };
}

async function isLastAdmin(tx: Tx, account: StoredAccount): Promise<boolean> {
  const admins = (await listAccounts(tx)).filter(({ state, roles }) => state === 'active' && roles.includes('admin'));
  return admins.length === 1 && admins[0]!.person === account.person;
}

function accountOf(stored: StoredAccount, sessions: number): Account {
  const { person, signIn, name, roles, state, createdAt, lastSignInAt, passwordExpiresAt } = stored;
  return {
    ...{ person, signIn, name, roles, state, sessions },
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    passwordExpiresAt: passwordExpiresAt?.toISOString() ?? null,
  };
}

function mistakeOf(field: AccountProblem['field'], code: AccountProblem['code'], message: string): AccountProblem {
  return { field, code, message };
}

function invalid(...mistake: Parameters<typeof mistakeOf>) {
  return { kind: 'invalid', problems: [mistakeOf(...mistake)] } as const;
}

function missing(): DataSensError {
  return new DataSensError('not-found', 'there is no such account', { remedy: '`datasens account list` lists them' });
}
