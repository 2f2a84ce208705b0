import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REFUSAL_REASONS } from '../model/clearance.ts';
import { ERROR_CODES } from '../model/error.ts';
import { FINDING_CODES } from '../model/finding.ts';
import { PERSONAL_KINDS } from '../model/personal.ts';
import { FIELD_RULES, PLACE_KINDS, PLACE_ROLES, PLACE_RULES } from '../model/territory.ts';
import { HEALTH_STATES, PROBLEM_CODES } from '../run/desk.ts';
import { isMessageKey, LANGUAGES, spell, typeset } from './message.ts';
import { en } from './messages/en.ts';
import { fr } from './messages/fr.ts';

/** What a collection may end on; the others are of other work. */
const SOURCE_ERRORS = ERROR_CODES.filter(
  (code) =>
    !/^(?:usage|settings-missing|not-found|refused|unauthenticated|throttled|quality-gate|verification-failed|partial|store-corrupt)$/.test(
      code,
    ),
);

describe('the catalogs', () => {
  test('have the same keys, none empty', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const message of [...Object.values(fr), ...Object.values(en)]) expect(message.trim()).not.toBe('');
  });

  test('name the same values in both languages', () => {
    const names = (message: string) => [...new Set(message.match(/\{[a-zA-Z]+\}/g) ?? [])].sort();
    for (const key of Object.keys(fr) as (keyof typeof fr)[]) {
      expect([key, names(en[key])]).toEqual([key, names(fr[key])]);
    }
  });

  test('have words for every code that documents carry', () => {
    const codes = [
      ...FINDING_CODES.map((code) => `finding.${code}`),
      ...REFUSAL_REASONS.map((code) => `reason.${code}`),
      ...PERSONAL_KINDS.map((code) => `personal.${code}`),
      ...HEALTH_STATES.flatMap((state) => [`health.${state}`, `health.${state}.means`]),
      ...PROBLEM_CODES.map((code) => `mistake.${code}`),
      ...SOURCE_ERRORS.flatMap((code) => [`cause.${code}`, `cure.${code}`]),
      ...PLACE_KINDS.map((code) => `placekind.${code}`),
      ...PLACE_ROLES.map((code) => `placerole.${code}`),
      ...[...PLACE_RULES, ...FIELD_RULES, 'given', 'text', 'shared'].map((code) => `placerule.${code}`),
    ];
    expect(codes.filter((code) => !isMessageKey(code))).toEqual([]);
  });

  test('hold no message that no screen says', () => {
    const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('messages') && !file.includes('.test.'))
      .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
      .join('\n');
    // Families are looked up by code: `stage.${name}`, named('reason', code).
    const families = [
      ...[...sources.matchAll(/`([a-z.]+)\.\$\{/g)].map((match) => match[1]!),
      ...[...sources.matchAll(/named\('([a-z.]+)'/g)].map((match) => match[1]!),
    ];
    const unsaid = Object.keys(fr).filter(
      (key) => !sources.includes(`'${key}'`) && !families.some((family) => key.startsWith(`${family}.`)),
    );
    expect(unsaid).toEqual([]);
  });
});

describe('spelling', () => {
  test('chooses plural forms as each language does', () => {
    expect(spell('fr', 'corpus.total', { n: 0 })).toBe('0 document');
    expect(spell('en', 'corpus.total', { n: 0 })).toBe('0 documents');
    expect(spell('fr', 'corpus.total', { n: 1234 })).toBe('1\u202f234 documents');
    expect(spell('en', 'corpus.total', { n: 1234 })).toBe('1,234 documents');
  });

  test('fills values with text as it is, even when it looks like a placeholder', () => {
    expect(spell('fr', 'document.key', { key: '{n} | x' })).toContain('{n} | x');
  });

  test('puts the spaces that French typography wants', () => {
    expect(typeset('Lu : « oui » ; vraiment ? 12 % !')).toBe(
      'Lu\u00a0: «\u202foui\u202f»\u202f; vraiment\u202f? 12\u202f%\u202f!',
    );
    for (const language of LANGUAGES) expect(spell(language, 'app.skip')).not.toContain('\u202f');
  });
});
