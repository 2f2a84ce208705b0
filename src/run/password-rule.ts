// Which passwords are refused: short ones, those that hold who they are for, and those that guessers try first.

import { randomBytes } from 'node:crypto';

export const PASSWORD_LENGTHS = { least: 12, most: 200 } as const;

export type PasswordProblem = 'too-short' | 'too-long' | 'holds-name' | 'common';

/** What most passwords that leak are made of, in France and elsewhere; digits and signs around them hide nothing. */
const COMMON = new Set(
  `password passwort motdepasse motdepass mdp secret azerty azertyuiop qwerty qwertyuiop qwertz bonjour bonsoir salut
  soleil doudou loulou chouchou chocolat marseille paris lyon france toulouse bretagne nicolas thomas julien camille
  alexandre chevalier princesse amour jetaime iloveyou welcome bienvenue admin administrateur administrator root user
  utilisateur letmein monkey dragon football baseball superman batman pokemon naruto starwars master hello sunshine
  princess shadow michael jordan liberty computer internet ordinateur connexion changeme changezmoi default temporaire
  service mairie prefecture departement region ministere commune collectivite datasens test demo azertyqwerty printemps
  automne hiver juillet janvier fevrier septembre octobre novembre decembre`.split(/\s+/),
);

const ROWS = [
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
];
const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Shorter parts of a name occur by chance. */
const NAME_LETTERS = 4;
const DISTINCT = 6;
const MOST_REPEATED = 6;

/**
 * What is wrong with a password, or null.
 * @param names what it must not hold: the sign-in name, the person's, the organisation's
 */
export function passwordProblem(password: string, names: readonly string[]): PasswordProblem | null {
  const length = [...password].length;
  if (length < PASSWORD_LENGTHS.least) return 'too-short';
  if (length > PASSWORD_LENGTHS.most) return 'too-long';
  const folded = fold(password);
  const parts = names.flatMap((name) => fold(name).split(/[^a-z0-9]+/)).filter((part) => part.length >= NAME_LETTERS);
  if (parts.some((part) => folded.includes(part) || unleet(folded).includes(part))) return 'holds-name';
  return isCommon(folded) ? 'common' : null;
}

/** A password that nobody chose: 100 bits, in letters and digits that are not taken for each other. */
export function oneTimePassword(): string {
  return randomLetters(20).match(/.{5}/g)!.join('-');
}

/** Letters of base 32 (RFC 4648, lower case), five bits each. */
export function randomLetters(count: number): string {
  return [...randomBytes(count)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('');
}

function isCommon(folded: string): boolean {
  if (new Set(folded).size < DISTINCT) return true;
  if (repeats(folded)) return true;
  const bare = [folded, unleet(folded)].flatMap((text) => [text, text.replace(/[^a-z]+/g, '')]);
  return bare.some((text) => text !== '' && leftOf(text) <= text.length / 4) || leftOf(folded) < DISTINCT - 2;
}

/** True for one short thing said again and again. */
function repeats(text: string): boolean {
  const lengths = Array.from({ length: MOST_REPEATED }, (_, index) => index + 1);
  return lengths.some((length) => [...text].every((letter, at) => letter === text[at % length]));
}

/** How many letters are left once common words, and what lies side by side on a keyboard, are taken out. */
function leftOf(text: string): number {
  let left = 0;
  for (let at = 0; at < text.length; ) {
    const taken = Math.max(wordAt(text, at), runAt(text, at));
    left += taken === 0 ? 1 : 0;
    at += Math.max(taken, 1);
  }
  return left;
}

function wordAt(text: string, at: number): number {
  for (let length = Math.min(16, text.length - at); length >= 4; length -= 1) {
    if (COMMON.has(text.slice(at, at + length))) return length;
  }
  return 0;
}

/** Letters of a row, or of a year: 0 where they are fewer than four. */
function runAt(text: string, at: number): number {
  if (/^(?:19|20)\d\d/.test(text.slice(at, at + 4))) return 4;
  for (let length = Math.min(26, text.length - at); length >= 4; length -= 1) {
    const part = text.slice(at, at + length);
    const back = [...part].reverse().join('');
    if (ROWS.some((row) => row.includes(part) || row.includes(back))) return length;
  }
  return 0;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function unleet(text: string): string {
  return text.replace(/[0134577@$!]/g, (sign) => LEET[sign] ?? sign);
}
