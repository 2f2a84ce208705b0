import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Collected } from '../src/collect/collector.ts';
import { effectsFor } from './collecting.ts';
import lines from './fixtures/one-file-collector/lines.ts';

const root = resolve(import.meta.dirname, '..');

test('the collector shown in CONTRIBUTING.md is the one tried here', () => {
  const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const file = readFileSync(join(root, 'test/fixtures/one-file-collector/lines.ts'), 'utf8');
  expect(page).toContain(file.replace("'../../../src/collect/collector.ts'", "'../collector.ts'").trim());
});

test('a collector of one file yields each record as received, and reads it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'datasens-lines-'));
  try {
    writeFileSync(join(folder, 'avis.txt'), 'Première idée\n\nDeuxième idée');
    const config = lines.config.parse({ path: 'avis.txt' });
    const events: Collected[] = [];
    for await (const event of lines.collect(config, effectsFor({ root: folder }))) events.push(event);
    expect(events.map(({ kind }) => kind)).toEqual(['opening', 'record', 'record', 'closing']);
    const [opening, first] = events as [
      Extract<Collected, { kind: 'opening' }>,
      Extract<Collected, { kind: 'record' }>,
    ];
    const item = await lines.read(first.bytes, { ...opening.opening, key: null }, config);
    expect(item.text).toBe('Première idée');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the collector of CONTRIBUTING.md refuses unknown settings', () => {
  expect(lines.config.safeParse({ path: 'a', colour: 'blue' }).success).toBe(false);
});
