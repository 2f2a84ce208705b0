// Sessions over the store. What they are is remembered for seconds, and forgotten at once when any process changes it.

import { createHash, randomBytes } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import {
  ACCOUNT_CHANNEL,
  hasAccounts,
  noteSignIn,
  readAccount,
  savePassword,
  tellAccountsChanged,
} from '../store/accounts.ts';
import { appendAct } from '../store/acts.ts';
import type { Database, Tx } from '../store/database.ts';
import {
  deletePastSessions,
  endSession,
  endSessionsOf,
  insertSession,
  readSession,
  type StoredSession,
  touchSession,
} from '../store/sessions.ts';
import {
  type AccountProblem,
  type InvalidAccount,
  LOCAL_VISITOR,
  type SessionDesk,
  type SignedIn,
} from './account-desk.ts';
import { foldSignIn, passwordMistake } from './account-rule.ts';
import type { PasswordHasher } from './password-hash.ts';
import { ABSOLUTE_MS, IDLE_MS, sessionLimits } from './session-limits.ts';
import { countTry, forgetTries } from './sign-in-limit.ts';

/** A change is notified; this is for a notification that was lost. */
const FRESH_MS = 5000;
const TOUCH_MS = 60_000;
const REMEMBERED = 5000;

export interface SessionOptions {
  readonly clock: () => Date;
  readonly hasher: PasswordHasher;
  /** Name of the organisation: no password may hold it. */
  readonly organisation: string;
}

interface Remembered {
  readonly session: StoredSession;
  readonly readAt: number;
  seenAt: number;
  touchedAt: number;
}

/** The desk of who comes in. It listens until it is closed. */
export async function openSessionDesk(database: Database, options: SessionOptions): Promise<SessionDesk> {
  const { clock, hasher, organisation } = options;
  const sessions = new Map<string, Remembered>();
  let hasAny = false;
  // Counts what was forgotten, so that what was being read meanwhile is not remembered.
  let changes = 0;
  const forget = () => {
    changes += 1;
    sessions.clear();
  };
  const stop = await database.listen(ACCOUNT_CHANNEL, (changed) => {
    if (changed === '' || changed === database.organisation) forget();
  });

  /** Asked each time as long as it is so: the first account closes the door at once. Accounts are never deleted. */
  async function isOpen(): Promise<boolean> {
    hasAny ||= await database.transaction(hasAccounts);
    return !hasAny;
  }

  async function recall(key: string, token: Buffer, now: number): Promise<Remembered | null> {
    const known = sessions.get(key);
    if (known !== undefined && now - known.readAt < FRESH_MS) return known;
    const before = changes;
    const session = await database.transaction((tx) => readSession(tx, token));
    if (session === null) {
      sessions.delete(key);
      return null;
    }
    const seenAt = Math.max(session.lastSeenAt.getTime(), known?.seenAt ?? 0);
    const fresh = { session, readAt: now, seenAt, touchedAt: known?.touchedAt ?? session.lastSeenAt.getTime() };
    if (sessions.size >= REMEMBERED) sessions.clear();
    if (before === changes) sessions.set(key, fresh);
    return fresh;
  }

  async function begin(tx: Tx, session: Omit<StoredSession, 'createdAt' | 'lastSeenAt'>): Promise<SignedIn> {
    const token = randomBytes(32).toString('base64url');
    const now = clock();
    await insertSession(tx, { token: hashOf(token), person: session.person, at: now });
    await deletePastSessions(tx, sessionLimits(now));
    return { token, visitor: visitorOf(session) };
  }

  return {
    isOpen,
    async identify(token, isActive) {
      if (await isOpen()) return LOCAL_VISITOR;
      if (token === null || !/^[\w-]{43}$/.test(token)) return null;
      const hash = hashOf(token);
      const key = hash.toString('base64');
      const now = clock().getTime();
      const found = await recall(key, hash, now);
      if (found === null) return null;
      if (now - found.session.createdAt.getTime() >= ABSOLUTE_MS || now - found.seenAt >= IDLE_MS) return null;
      if (isActive) {
        found.seenAt = now;
        if (now - found.touchedAt >= TOUCH_MS) {
          found.touchedAt = now;
          await database.transaction((tx) => touchSession(tx, hash, new Date(now)));
        }
      }
      return visitorOf(found.session);
    },
    async signIn({ signIn, password, address }) {
      const name = foldSignIn(signIn);
      const tries = await countTry(database, { name, address, at: clock() });
      const account = await database.transaction((tx) => readAccount(tx, { signIn: name }));
      const isRight = await hasher.verify(password, account?.password ?? null);
      // One answer and one duration, whether the name, the password or the account is wrong.
      if (account === null || !isRight || account.state !== 'active') throw refused();
      if (account.passwordExpiresAt !== null && account.passwordExpiresAt <= clock()) {
        throw new DataSensError('unauthenticated', 'this one-time password has expired', {
          remedy: 'ask who administers the accounts for another one',
        });
      }
      const stronger = hasher.isOutdated(account.password) ? await hasher.hash(password) : null;
      return database.transaction(async (tx) => {
        const { person, passwordExpiresAt } = account;
        const now = await readAccount(tx, { person });
        // Disabled, or given another password, while this one was being checked.
        if (now?.state !== 'active' || now.password !== account.password) throw refused();
        if (stronger !== null) await savePassword(tx, person, { password: stronger, expiresAt: passwordExpiresAt });
        await noteSignIn(tx, person, clock());
        await forgetTries(tx, tries);
        return begin(tx, now);
      });
    },
    async signOut(token) {
      await database.transaction(async (tx) => {
        await endSession(tx, hashOf(token));
        await tellAccountsChanged(tx);
      });
      forget();
    },
    async changePassword(token, { current, next }) {
      const session = await database.transaction((tx) => readSession(tx, hashOf(token)));
      const account = session && (await database.transaction((tx) => readAccount(tx, { person: session.person })));
      if (account === null) throw refused();
      const tries = await countTry(database, { name: account.signIn, address: 'change of password', at: clock() });
      if (!(await hasher.verify(current, account.password))) {
        return invalid({ field: 'password', code: 'wrong', message: 'this is not the present password' });
      }
      const mistake = passwordMistake(next, { ...account, organisation });
      if (mistake !== null) return invalid(mistake);
      if (current === next)
        return invalid({ field: 'password', code: 'same', message: 'this is the present password' });
      const password = await hasher.hash(next);
      const signedIn = await database.transaction(async (tx) => {
        const { person } = account;
        await savePassword(tx, person, { password, expiresAt: null });
        const ended = await endSessionsOf(tx, person);
        await forgetTries(tx, tries);
        const detail = { change: 'password', sessionsEnded: ended };
        await appendAct(tx, { actor: person, verb: 'administer', object: person, why: 'their own password', detail });
        await tellAccountsChanged(tx);
        return begin(tx, { ...account, passwordExpiresAt: null });
      });
      forget();
      return signedIn;
    },
    close: stop,
  };
}

function visitorOf({
  person,
  roles,
  signIn,
  name,
  passwordExpiresAt,
}: Omit<StoredSession, 'createdAt' | 'lastSeenAt'>) {
  return { person, roles, account: { signIn, name }, mustChange: passwordExpiresAt !== null };
}

function invalid(problem: AccountProblem): InvalidAccount {
  return { kind: 'invalid', problems: [problem] };
}

function refused(): DataSensError {
  return new DataSensError('unauthenticated', 'this name and this password do not go together', {
    remedy: 'check both, or ask who administers the accounts',
  });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
