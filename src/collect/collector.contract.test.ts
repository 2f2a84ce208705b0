// What every collector owes, whoever wrote it: each file of collectors/ is held to the same.

import { cpSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import type { SnapshotOpening } from '../model/snapshot.ts';
import type { CollectEffects, Collected, Collector } from './collector.ts';

const folder = join(import.meta.dirname, 'collectors');
const names = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.includes('.test.'));
const collectors = await Promise.all(
  names.map(async (file) => ((await import(join(folder, file))) as { readonly default: Collector }).default),
);

/** `test/fixtures/<collector>/` holds one local input (a file or a folder) of two records for each collector that reads files. */
const fixtures = join(import.meta.dirname, '../../test/fixtures');

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'collector-'));
  for (const { name } of collectors.filter(({ local }) => local)) {
    const input = inputOf(name);
    cpSync(join(fixtures, name, input), join(root, input), { recursive: true });
    utimesSync(join(root, input), 1_770_000_000, 1_770_000_000);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

function effects(states: ReadonlyMap<string, Json>, signal = new AbortController().signal): CollectEffects {
  return {
    fetch: (url) => Promise.reject(new Error(`no network in this test: ${url}`)),
    endpoint: (url) => Promise.reject(new Error(`no network in this test: ${url}`)),
    secret: (setting) => setting,
    clock: () => new Date('2026-03-01T12:00:00Z'),
    signal,
    state: (key) => Promise.resolve(states.get(key)),
    root,
  };
}

/** Name of the collector's local input, first in order of name. */
function inputOf(collector: string): string {
  const [input] = readdirSync(join(fixtures, collector)).sort();
  if (input === undefined) throw new Error(`put an input of two records in test/fixtures/${collector}/`);
  return input;
}

function localConfig(collector: Collector): unknown {
  return collector.config.parse(collector.local!.config(inputOf(collector.name)));
}

async function collectAll(collector: Collector, config: unknown, given: CollectEffects): Promise<readonly Collected[]> {
  return Array.fromAsync(collector.collect(config, given));
}

test('there are collectors to hold to the contract', () => {
  expect(collectors.length).toBeGreaterThan(0);
});

describe.each(collectors.map((collector) => [collector.name, collector] as const))('%s', (_, collector) => {
  /** A collector of servers alone has no such test: one that is skipped would read as a server that is missing. */
  const testLocal = (name: string, run: () => Promise<void>) => (collector.local ? test(name, run) : undefined);

  test('accepts its own example', () => {
    expect(collector.config.safeParse(collector.example).error).toBeUndefined();
  });

  test('refuses keys it does not know', () => {
    const wrong = { ...(collector.example as object), unknownKey: 1 };
    expect(collector.config.safeParse(wrong).success).toBe(false);
  });

  test('is told to people in French and English', () => {
    for (const words of [collector.title, collector.description]) {
      expect(words.fr.length).toBeGreaterThan(0);
      expect(words.en.length).toBeGreaterThan(0);
    }
  });

  testLocal('yields openings, records and closings in order', async () => {
    const events = await collectAll(collector, localConfig(collector), effects(new Map()));
    expect(events.filter((event) => event.kind === 'refusal')).toEqual([]);
    expect(events.filter((event) => event.kind === 'record')).toHaveLength(2);
    expect(events.at(0)?.kind).toBe('opening');
    expect(events.at(-1)?.kind).toBe('closing');
  });

  testLocal('yields the same events for the same inputs', async () => {
    const config = localConfig(collector);
    const first = await collectAll(collector, config, effects(new Map()));
    expect(await collectAll(collector, config, effects(new Map()))).toEqual(first);
  });

  testLocal('yields no snapshot again of what has not changed', async () => {
    const config = localConfig(collector);
    const states = new Map<string, Json>();
    for (const event of await collectAll(collector, config, effects(states))) {
      if (event.kind === 'state') states.set(event.key, event.value);
      if (event.kind === 'closing' && event.state) states.set(event.state.key, event.state.value);
    }
    expect(states.size).toBeGreaterThan(0);
    const again = await collectAll(collector, config, effects(states));
    expect(again.filter((event) => event.kind !== 'state')).toEqual([]);
  });

  testLocal('stops where it is cancelled', async () => {
    const stopped = AbortSignal.abort(new Error('stopped by the test'));
    const collecting = collectAll(collector, localConfig(collector), effects(new Map(), stopped));
    await expect(collecting).rejects.toThrow('stopped by the test');
  });

  testLocal('reads any bytes without throwing', async () => {
    const config = localConfig(collector);
    const events = await collectAll(collector, config, effects(new Map()));
    const opening = events.find((event) => event.kind === 'opening')!.opening as SnapshotOpening;
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'grapheme' }).map(Buffer.from));
    await fc.assert(
      fc.asyncProperty(bytes, async (record) => {
        const item = await collector.read(record, { ...opening, key: null }, config);
        expect(typeof item.text).toBe('string');
        expect(await collector.read(record, { ...opening, key: null }, config)).toEqual(item);
      }),
      { numRuns: 300 },
    );
  });
});
