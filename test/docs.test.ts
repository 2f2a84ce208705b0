// What the pages for users say of the settings, the commands and the findings is what the program does.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { FINDING_CODES } from '../src/model/finding.ts';
import { PERSONAL_KINDS, PERSONAL_MARKS } from '../src/model/personal.ts';
import { parseSettings, settingsSchema } from '../src/run/settings.ts';

const root = resolve(import.meta.dirname, '..');
const docs = join(root, 'docs');
const page = (name: string) => readFileSync(join(docs, name), 'utf8');
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

/** Dotted paths of every key; `<nom>` stands for the names that a steward chooses. What a collector needs is its own. */
function keysOf(schema: Schema, path: readonly string[] = []): readonly string[] {
  const named = Object.entries(schema.properties ?? {});
  const free = typeof schema.additionalProperties === 'object' && path.length === 1;
  const inner = free ? [...named, ['<nom>', schema.additionalProperties as Schema] as const] : named;
  if (inner.length === 0) return [path.join('.')];
  return inner.flatMap(([name, below]) => keysOf(below, [...path, name]));
}

test('every key of the settings has its row in the page of settings', () => {
  const keys = keysOf(z.toJSONSchema(settingsSchema, { io: 'input' }) as Schema);
  expect(keys).toContain('store.database');
  expect(keys).toContain('sources.<nom>.legalBasis');
  const rows = [...page('reglages.md').matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key);
  expect(keys.filter((key) => !rows.includes(key))).toEqual([]);
  expect(rows.filter((row) => !keys.includes(row!))).toEqual([]);
});

test('every settings file in the pages is one', () => {
  const examples = pages.flatMap((name) => [...page(name).matchAll(/```yaml\n([^`]*organisation:[^`]*)```/g)]);
  expect(examples.length).toBeGreaterThan(0);
  for (const [, example] of examples) expect(parseSettings(example!)).not.toHaveProperty('problems');
});

test('every command in the pages exists', () => {
  const node = join(root, 'node_modules/.bin/node');
  const help = execFileSync(node, ['--disable-warning=ExperimentalWarning', join(root, 'src/cli/main.ts'), '--help']);
  const known = [...help.toString().matchAll(/^ {2}([a-z]+) /gm)].map(([, command]) => command);
  const used = pages.flatMap((name) =>
    [...page(name).matchAll(/\bdatasens (?:--project \S+ )?([a-z]+)\b/g)].map(([, command]) => command),
  );
  expect(used.length).toBeGreaterThan(10);
  expect([...new Set(used)].filter((command) => !known.includes(command))).toEqual([]);
});

test('every finding and every kind of personal data is said, with its mark', () => {
  const settings = page('reglages.md');
  expect(FINDING_CODES.filter((code) => !settings.includes(`\`${code}\``))).toEqual([]);
  const personal = page('donnees-personnelles.md');
  expect(PERSONAL_KINDS.filter((kind) => !personal.includes(`\`${kind}\``))).toEqual([]);
  for (const mark of Object.values(PERSONAL_MARKS)) expect(personal).toContain(`[${mark} 1]`);
});
