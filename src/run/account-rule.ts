// What an account must be: its names, its roles, its password; each mistake with its field.

import { ROLES, type Role } from '../model/person.ts';
import type { AccountProblem } from './account-desk.ts';
import { PASSWORD_LENGTHS, type PasswordProblem, passwordProblem } from './password-rule.ts';

const MESSAGES: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `a password has ${PASSWORD_LENGTHS.least} characters at least`,
  'too-long': `a password has ${PASSWORD_LENGTHS.most} characters at most`,
  'holds-name': 'this password holds the name of the person or of the organisation',
  common: 'this password is among the first that are tried',
};

/** A sign-in name as it is compared: case and the way accents are typed make no other person. */
export function foldSignIn(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

export function signInMistake(signIn: string): AccountProblem | null {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,99}$/u.test(signIn)) return null;
  const message = 'a sign-in name has 2 to 100 letters, digits, dots, hyphens, or is an address of mail';
  return { field: 'signIn', code: 'invalid', message };
}

export function nameMistake(name: string): AccountProblem | null {
  if (name.length > 0 && name.length <= 100 && !/[\p{C}]/u.test(name)) return null;
  return { field: 'name', code: 'invalid', message: 'a name has 1 to 100 characters' };
}

/** Known roles, each once, in the order of the list. */
export function sortRoles(roles: readonly Role[]): readonly Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

export function passwordMistake(
  password: string,
  { signIn, name, organisation }: { readonly signIn: string; readonly name: string; readonly organisation: string },
): AccountProblem | null {
  const code = passwordProblem(password, [signIn, name, organisation]);
  return code === null ? null : { field: 'password', code, message: MESSAGES[code] };
}
