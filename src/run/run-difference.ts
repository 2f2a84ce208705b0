// What a run brought that the one before it had not: records, refusals, counts of each stage, duration.

import type { RunId, SourceName } from '../model/identity.ts';
import type { Tx } from '../store/database.ts';
import { capturesOfRun, compareCaptures, compareRefusals } from '../store/run-differences.ts';
import { readRunSources, type StoredRunSource } from '../store/run-sources.ts';
import { endedRuns, type StoredRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { STAGES } from './reader.ts';
import { stepsOf } from './retry.ts';
import type { RunDifference, SourceDifference } from './run-desk.ts';
import { stagesOfCounts } from './run-progress.ts';

/** Runs looked through for the one to compare with. */
const LOOKED_AT = 50;
/** Comparing two captures of a million records takes some seconds; longer is given up. */
const TIMEOUT_MS = 60_000;

/** The difference of a run from the latest earlier one that came to its end and did the same part of the journey. */
export function readDifference(app: App, run: StoredRun): Promise<RunDifference> {
  return app.database.transaction(
    async (tx) => {
      const collected = (await readRunSources(tx, run.id)).filter(({ startedAt }) => startedAt !== null);
      const earlier = await endedRuns(tx, run.startedAt, LOOKED_AT);
      const previous = await previousOf(tx, run, { collected, earlier });
      const sources: SourceDifference[] = [];
      for (const { source } of collected) {
        const before = await lastCollection(tx, source, earlier);
        sources.push(await differenceOf(app, tx, { run: run.id, source, before }));
      }
      return { previous: previous === null ? null : summaryOf(previous), sources, stages: stagesOf(run, previous) };
    },
    { statementTimeoutMs: TIMEOUT_MS },
  );
}

interface Compared {
  readonly run: RunId;
  readonly source: SourceName;
  readonly before: RunId | null;
}

async function differenceOf(app: App, tx: Tx, { run, source, before }: Compared): Promise<SourceDifference> {
  const captures = await capturesOfRun(tx, run, source);
  const adds = app.sources.find(({ name }) => name === source)?.collector.snapshots === 'append';
  let added = 0;
  let gone = 0;
  let changed: number | null = captures.length === 0 ? 0 : null;
  for (const capture of captures) {
    const difference = await compareCaptures(tx, capture);
    added += difference.added;
    gone += difference.gone;
    if (difference.changed !== null) changed = (changed ?? 0) + difference.changed;
  }
  const locations = captures.map(({ location }) => location);
  const refusals = await compareRefusals(tx, source, { now: run, before, locations });
  return { source, added, changed, gone: adds ? null : gone, captured: captures.length > 0, refusals };
}

interface Candidates {
  readonly collected: readonly StoredRunSource[];
  readonly earlier: readonly StoredRun[];
}

/** A collection is compared with one of the same sources, other steps with the same steps. */
async function previousOf(tx: Tx, run: StoredRun, { collected, earlier }: Candidates): Promise<StoredRun | null> {
  const names = new Set(collected.map(({ source }) => source));
  const steps = stepsOf(run).join();
  for (const candidate of earlier) {
    if (stepsOf(candidate).join() !== steps) continue;
    if (names.size === 0) return candidate;
    const sources = await readRunSources(tx, candidate.id);
    if (sources.some(({ source, state }) => state === 'done' && names.has(source))) return candidate;
  }
  return null;
}

async function lastCollection(tx: Tx, name: SourceName, earlier: readonly StoredRun[]): Promise<RunId | null> {
  for (const { id } of earlier) {
    const sources = await readRunSources(tx, id);
    if (sources.some(({ source, state }) => source === name && state === 'done')) return id;
  }
  return null;
}

function stagesOf(run: StoredRun, previous: StoredRun | null): RunDifference['stages'] {
  const now = stagesOfCounts(run.counts);
  const before = previous === null ? [] : stagesOfCounts(previous.counts);
  const doneOf = (stages: typeof now, name: string) => stages.find(({ stage }) => stage === name)?.done ?? 0;
  return STAGES.filter((name) => [...now, ...before].some(({ stage }) => stage === name)).map((stage) => ({
    stage,
    now: doneOf(now, stage),
    before: doneOf(before, stage),
  }));
}

function summaryOf({ id, startedAt, finishedAt }: StoredRun) {
  return { id, startedAt, seconds: (Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000 };
}
