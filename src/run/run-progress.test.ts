import { expect, test } from 'vitest';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { StoredRun } from '../store/runs.ts';
import type { Estimate } from './estimate.ts';
import { eventOf, foldEvent, NOTHING_FOLDED, stagesOfCounts } from './run-progress.ts';

const ESTIMATE: Estimate = {
  seconds: { low: 50, middle: 60, high: 70 },
  records: { low: 100, middle: 100, high: 100 },
  backlog: 0,
  runs: 2,
  unknown: [],
  phases: { collect: 10, drain: 30, copies: 5, govern: 10, publish: 5 },
};

function runOf(estimate: Estimate | null): StoredRun {
  return {
    id: 'a' as RunId,
    command: 'run',
    state: 'running',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    counts: {},
    error: null,
    request: {},
    context: {},
    estimate: estimate as unknown as JsonObject | null,
    timings: {},
    cancelRequestedAt: null,
  };
}

/** The last of these events, as the stream tells it. */
function told(estimate: Estimate | null, ...events: readonly (readonly [number, string, string, JsonObject])[]) {
  let folded = NOTHING_FOLDED;
  let last = null;
  for (const [index, [second, stage, kind, body]] of events.entries()) {
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
    const event = { seq: index + 1, at, stage, kind, body };
    folded = foldEvent(folded, event);
    last = eventOf(folded, event, { run: runOf(estimate), isFirst: index === 0 });
  }
  return last!;
}

test('what each stage was given is the sum of where it went', () => {
  const { stages } = told(
    null,
    [0, 'collect', 'started', {}],
    [1, 'collect', 'progress', { source: 'a', received: 12, newRecords: 8, known: 3, refusals: 1, records: 11 }],
    [2, 'collect', 'progress', { source: 'b', received: 5, newRecords: 5, known: 0, refusals: 0, records: 5 }],
    [3, 'collect', 'finished', { received: 17, newRecords: 13, known: 3, refusals: 1, records: 16 }],
    [4, 'refine', 'progress', { received: 16, documents: 6, known: 1, failed: 2, left: 7 }],
    [5, 'refine', 'progress', { batch: 'x', error: 'internal' }],
    [6, 'annotate', 'progress', { received: 6, annotated: 3, abstained: 1, empty: 2, failed: 0, left: 0 }],
  );
  expect(stages).toEqual([
    { stage: 'collect', total: 17, done: 13, known: 3, refused: 1, empty: 0, failed: 0, left: 0 },
    { stage: 'refine', total: null, done: 6, known: 1, refused: 0, empty: 0, failed: 2, left: 7 },
    { stage: 'annotate', total: 6, done: 3, known: 0, refused: 0, empty: 3, failed: 0, left: 0 },
  ]);
});

test('counts of releases of several names add up', () => {
  const counts = { 'publish a': { documents: 3 }, 'publish b': { documents: 4 }, copies: { documents: 9 } };
  expect(stagesOfCounts(counts)).toMatchObject([{ stage: 'publish', total: 7, done: 7 }]);
});

test('time left: the speed seen and later phases of past runs, or at least the first of them', () => {
  const drain = [
    [0, 'refine', 'started', {}],
    [1, 'refine', 'progress', { received: 100, documents: 0, known: 0, failed: 0, left: 100 }],
    [11, 'refine', 'progress', { received: 100, documents: 40, known: 0, failed: 0, left: 60 }],
  ] as const;
  // 40 in 11 s since its start: 60 more in 16.5 s, then copies, govern and publish.
  expect(told(ESTIMATE, ...drain).remaining).toEqual({ seconds: 36.5, atLeast: false });
  expect(told(null, ...drain).remaining).toEqual({ seconds: 16.5, atLeast: true });
});

test('while sources are read only history tells, and it is not believed beyond its end', () => {
  const begun = [0, 'collect', 'started', {}] as const;
  const read = (second: number) => [second, 'collect', 'progress', { source: 'a', newRecords: 1 }] as const;
  expect(told(ESTIMATE, begun, read(20)).remaining).toEqual({ seconds: 40, atLeast: false });
  expect(told(ESTIMATE, begun, read(80)).remaining).toBeNull();
  expect(told(null, begun, read(20)).remaining).toBeNull();
  expect(told({ ...ESTIMATE, unknown: ['b'] }, begun, read(20)).remaining).toEqual({ seconds: 40, atLeast: true });
});
