// Runs a collector as the engine would, for tests: real egress held to what the test declares, states in a map.

import type { CollectEffects, Collected, Collector } from '../src/collect/collector.ts';
import { openEgress } from '../src/egress/egress.ts';
import type { Item } from '../src/model/item.ts';
import type { Json } from '../src/model/json.ts';
import type { SnapshotOpening } from '../src/model/snapshot.ts';
import { readSecret } from '../src/run/project.ts';

export interface CollectingOptions {
  /** Folder that relative paths start from. */
  readonly root?: string;
  /** URLs that the settings would declare: only their hosts are reached. */
  readonly allow?: readonly string[];
  readonly states?: Map<string, Json>;
  readonly signal?: AbortSignal;
  /** ISO 8601 instant of the clock. */
  readonly now?: string;
}

/** Effects over the real egress, without its politeness towards this machine. */
export function effectsFor({
  root = '.',
  allow = [],
  states = new Map(),
  ...given
}: CollectingOptions): CollectEffects {
  const clock = () => new Date(given.now ?? '2026-05-12T08:00:00Z');
  const signal = given.signal ?? AbortSignal.timeout(20_000);
  const egress = openEgress({
    allow: { collect: allow, text: [] },
    clock,
    pace: { perSecond: 1000, burst: 1000, concurrency: 8 },
    retry: { firstMs: 5, longestMs: 2000 },
  });
  return {
    fetch: (url, { method, body, headers, maximumBytes, perSecond } = {}) =>
      egress.fetch(url, {
        purpose: 'collect',
        signal,
        ...(method ? { method } : {}),
        ...(body === undefined ? {} : { body }),
        ...(perSecond ? { perSecond } : {}),
        ...(headers ? { headers } : {}),
        ...(maximumBytes ? { limits: { bodyBytes: maximumBytes } } : {}),
      }),
    endpoint: (url) => egress.endpoint(url),
    secret: (setting) => readSecret(setting, root),
    clock,
    signal,
    state: (key) => Promise.resolve(states.get(key)),
    root,
  };
}

export interface Collecting {
  readonly events: readonly Collected[];
  readonly openings: readonly SnapshotOpening[];
  readonly items: readonly Item[];
  /** `code location at`. */
  readonly refusals: readonly string[];
}

/** Collects to the end, reads every record back, and remembers the states that the collector asks to keep. */
export async function collecting(
  collector: Collector<never> | Collector,
  config: unknown,
  options: CollectingOptions = {},
): Promise<Collecting> {
  const plain = collector as Collector;
  const states = options.states ?? new Map<string, Json>();
  const parsed = plain.config.parse(config);
  const events = await Array.fromAsync(plain.collect(parsed, effectsFor({ ...options, states })));
  const openings: SnapshotOpening[] = [];
  const items: Item[] = [];
  const refusals: string[] = [];
  for (const event of events) {
    if (event.kind === 'opening') openings.push(event.opening);
    if (event.kind === 'record') {
      const from = { ...openings.at(-1)!, key: event.key, part: event.part ?? null };
      items.push(await plain.read(event.bytes, from, parsed));
    }
    if (event.kind === 'refusal') refusals.push(`${event.code} ${event.location} ${event.at}`.trim());
    if (event.kind === 'closing' && event.state) states.set(event.state.key, event.state.value);
    if (event.kind === 'state') states.set(event.key, event.value);
  }
  return { events, openings, items, refusals };
}
