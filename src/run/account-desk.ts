// What the workbench and the command line ask of accounts, as two interfaces: who comes in, and who may.

import { type Actor, LOCAL_ACTOR, type PersonId, type Role } from '../model/person.ts';
import type { PasswordProblem } from './password-rule.ts';

/** Whoever a request comes from. */
export interface Visitor extends Actor {
  /** Null where nobody signed in: the machine has no accounts. */
  readonly account: { readonly signIn: string; readonly name: string } | null;
  /** True where somebody else chose the password: nothing else is open before it is changed. */
  readonly mustChange: boolean;
}

/** Whoever sits at a machine without accounts. */
export const LOCAL_VISITOR: Visitor = { ...LOCAL_ACTOR, account: null, mustChange: false };

export interface SignInAsked {
  readonly signIn: string;
  readonly password: string;
  /** Where it comes from: tries are counted by it too. */
  readonly address: string;
}

export interface SignedIn {
  /** 256 random bits, base64url: the one copy there is. */
  readonly token: string;
  readonly visitor: Visitor;
}

export interface AccountProblem {
  readonly field: 'signIn' | 'name' | 'roles' | 'password';
  readonly code: PasswordProblem | 'invalid' | 'taken' | 'none' | 'first' | 'last-admin' | 'same' | 'wrong';
  readonly message: string;
}

export interface InvalidAccount {
  readonly kind: 'invalid';
  readonly problems: readonly AccountProblem[];
}

export interface SessionDesk {
  /** True as long as there is no account: whoever sits at the machine has every right. */
  isOpen(): Promise<boolean>;
  /**
   * Whoever a token lets in, or null. `isActive` keeps the session from falling asleep; a page that merely watches does not.
   */
  identify(token: string | null, isActive: boolean): Promise<Visitor | null>;
  /** @throws unauthenticated, whatever was wrong; throttled after too many tries */
  signIn(asked: SignInAsked): Promise<SignedIn>;
  signOut(token: string): Promise<void>;
  /** Ends every session of the person, and begins another one. @throws unauthenticated, throttled */
  changePassword(
    token: string,
    asked: { readonly current: string; readonly next: string },
  ): Promise<SignedIn | InvalidAccount>;
  close(): Promise<void>;
}

export interface Account {
  readonly person: PersonId;
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'disabled';
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  /** When the password that somebody else chose ends; null where the person chose it. */
  readonly passwordExpiresAt: string | null;
  /** Open ones. */
  readonly sessions: number;
}

export interface ChangedAccount {
  readonly kind: 'changed';
  readonly account: Account;
  /** A password to hand over, shown this once; null where none was drawn. */
  readonly password: string | null;
}

export type AccountResult = ChangedAccount | InvalidAccount;

export interface NewAccountAsked {
  readonly signIn: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** One is drawn where it is absent. */
  readonly password?: string;
}

/** Every change is an act of `by`. Absent accounts throw not-found. */
export interface AccountDesk {
  /** Oldest first. */
  list(): Promise<readonly Account[]>;
  /** The account of a sign-in name or of a person's id. @throws not-found */
  find(named: string): Promise<Account>;
  add(asked: NewAccountAsked, by: PersonId): Promise<AccountResult>;
  setRoles(person: string, roles: readonly Role[], by: PersonId): Promise<AccountResult>;
  /** Disabling ends every session. */
  setState(person: string, state: Account['state'], by: PersonId): Promise<AccountResult>;
  /** Draws a password where none is given; ends every session. */
  setPassword(person: string, password: string | null, by: PersonId): Promise<AccountResult>;
  endSessions(person: string, by: PersonId): Promise<AccountResult>;
}
