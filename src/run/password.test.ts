import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPasswordHasher, SCRYPT_COST } from './password-hash.ts';
import { oneTimePassword, passwordProblem } from './password-rule.ts';

const NAMES = ['camille.durand', 'Camille Durand', 'Ville de Montreval'];

test.each([
  ['court', 'too-short'],
  ['onze lettre', 'too-short'],
  ['x1'.repeat(101), 'too-long'],
  ['xk7-CAMILLE-pr9t', 'holds-name'],
  ['xk7-c4m1ll3-pr9t', 'holds-name'],
  ['la belle durand', 'holds-name'],
  ['montreval si haut', 'holds-name'],
  ['motdepasse1234', 'common'],
  ['MotDePasse!2026', 'common'],
  ['P4ssw0rd!!2026', 'common'],
  ['azertyuiop123', 'common'],
  ['poiuytreza98765', 'common'],
  ['123456789012', 'common'],
  ['aaaaaaaaaaaaaa', 'common'],
  ['abcabcabcabcabc', 'common'],
  ['Soleil-2026-!!', 'common'],
  ['Bienvenue2026!', 'common'],
])('%s is refused: %s', (password, problem) => {
  expect(passwordProblem(password, NAMES)).toBe(problem);
});

test.each([
  'quatre moineaux violets',
  'Vx8$kQ2!mZ7p',
  'un deux trois soleil et la pluie',
  'ma ville préférée est loin',
  '長い合言葉を毎日変えません',
])('%s is taken', (password) => {
  expect(passwordProblem(password, NAMES)).toBeNull();
});

test('a password that was drawn is long, and never the same', () => {
  const drawn = Array.from({ length: 100 }, oneTimePassword);
  expect(new Set(drawn).size).toBe(100);
  for (const password of drawn) expect(password).toMatch(/^(?:[a-z2-7]{5}-){3}[a-z2-7]{5}$/);
});

test('passwords are kept as OWASP wants it, each with its salt, and compared whatever the keyboard', async () => {
  expect(SCRYPT_COST).toEqual({ logN: 17, r: 8, p: 1 });
  const hasher = openPasswordHasher();
  const stored = await hasher.hash('un été à la montagne');
  expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
  expect(await hasher.verify('un été à la montagne'.normalize('NFD'), stored)).toBe(true);
  expect(await hasher.verify('un ete a la montagne', stored)).toBe(false);
  expect(await hasher.verify('un été à la montagne', null)).toBe(false);
  expect(hasher.isOutdated(stored)).toBe(false);
  const cheap = openPasswordHasher({ logN: 10, r: 8, p: 1 });
  expect(await cheap.hash('un été')).not.toBe(await cheap.hash('un été'));
  expect(cheap.isOutdated(stored)).toBe(true);
});

test('what is at work at once is bounded', async () => {
  const hasher = openPasswordHasher({ logN: 12, r: 8, p: 1 });
  const tries = await Promise.allSettled(Array.from({ length: 30 }, () => hasher.hash('un été')));
  const refused = tries.filter((one) => one.status === 'rejected');
  expect(refused.length).toBe(12);
  expect(refused[0]!.reason).toMatchObject({ code: 'throttled' });
  expect(await hasher.hash('un été')).toBeDefined();
});

test('no password is read from the command’s arguments', () => {
  const source = readFileSync(join(import.meta.dirname, '../cli/account.ts'), 'utf8');
  const declared = [...source.matchAll(/\.(?:argument|option)\('([^']+)'/g)].map((match) => match[1]!);
  expect(declared.length).toBeGreaterThan(5);
  expect(declared.filter((one) => /pass|secret|mot/i.test(one))).toEqual([]);
});
