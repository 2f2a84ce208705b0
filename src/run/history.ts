// What past runs say of one that is asked for: how much it will bring, and how long it will take.

import type { JsonObject } from '../model/json.ts';
import { countProgress } from '../store/batches.ts';
import type { Tx } from '../store/database.ts';
import { sourceHistory } from '../store/run-sources.ts';
import { endedRuns, type StoredRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { progressKey } from './batch-job.ts';
import {
  addRanges,
  type Estimate,
  fitSeconds,
  type PhaseName,
  type PhaseTiming,
  type Range,
  rangeOf,
  type Timings,
} from './estimate.ts';
import type { JourneyStep } from './journey-request.ts';

/** Collections of a source, and runs, that an estimate rests on: older ones say less. */
const COLLECTIONS = 5;
const RUNS = 10;

interface Asked {
  readonly steps: readonly JourneyStep[];
  readonly sources?: readonly string[];
}

/** The estimate of a run that is not begun; null where nothing like it was ever done. */
export function estimateRun(app: App, asked: Asked): Promise<Estimate | null> {
  return app.database.transaction(async (tx) => {
    const sources = await estimateSources(app, tx, asked);
    if (sources === null) return null;
    const backlog = await readBacklog(app, tx, asked.steps);
    const history = (await endedRuns(tx, null, RUNS)).filter(({ timings }) => Object.keys(timings).length > 0);
    const phases: { name: PhaseName; seconds: Range }[] = [];
    for (const name of phasesOf(asked.steps)) {
      const seconds = estimatePhase(name, history, { asked, backlog, sources });
      if (seconds === null && name === 'drain' && backlog + sources.records.high > 0) return null;
      if (seconds !== null) phases.push({ name, seconds });
    }
    const seconds = addRanges(phases.map((phase) => phase.seconds));
    const runs = new Set([...sources.runs, ...history.map(({ id }) => id)]);
    if (runs.size === 0 || seconds.high === 0) return null;
    return {
      seconds,
      records: sources.records,
      backlog,
      runs: runs.size,
      unknown: sources.unknown,
      phases: Object.fromEntries(phases.map((phase) => [phase.name, phase.seconds.middle])),
    };
  });
}

interface SourcesEstimate {
  readonly seconds: Range;
  readonly records: Range;
  readonly runs: ReadonlySet<string>;
  readonly unknown: readonly string[];
}

/** What the asked sources brought and took before; null where all of them are new. */
async function estimateSources(app: App, tx: Tx, { steps, sources: names }: Asked): Promise<SourcesEstimate | null> {
  const nothing = { low: 0, middle: 0, high: 0 };
  if (!steps.includes('collect')) return { seconds: nothing, records: nothing, runs: new Set(), unknown: [] };
  const asked = app.sources.filter(({ name, settings }) => (names ? names.includes(name) : settings.paused !== true));
  const seconds: Range[] = [];
  const records: Range[] = [];
  const runs = new Set<string>();
  const unknown: string[] = [];
  for (const { name } of asked) {
    const past = await sourceHistory(tx, name, COLLECTIONS);
    const taken = rangeOf(past.map(secondsOf));
    const brought = rangeOf(past.map(({ counts }) => numberIn(counts.collect, 'records')));
    if (taken === null || brought === null) {
      unknown.push(name);
      continue;
    }
    seconds.push(taken);
    records.push(brought);
    for (const { run } of past) runs.add(run);
  }
  if (asked.length > 0 && unknown.length === asked.length) return null;
  return { seconds: addRanges(seconds), records: addRanges(records), runs, unknown };
}

/** Records whose batches are not done: they come before what the run will bring. */
async function readBacklog(app: App, tx: Tx, steps: readonly JourneyStep[]): Promise<number> {
  let backlog = 0;
  for (const source of app.sources) {
    let most = 0;
    for (const stage of ['refine', 'annotate'] as const) {
      if (!steps.includes(stage) || (stage === 'annotate' && app.codebook === null)) continue;
      const { documents } = await countProgress(tx, stage, progressKey(app, stage, source), source.name);
      most = Math.max(most, documents.total - documents.done);
    }
    backlog += most;
  }
  return backlog;
}

interface Expected {
  readonly asked: Asked;
  readonly backlog: number;
  readonly sources: SourcesEstimate;
}

function estimatePhase(name: PhaseName, history: readonly StoredRun[], expected: Expected): Range | null {
  const { asked, backlog, sources } = expected;
  if (name === 'collect') return sources.seconds;
  const alike = name === 'drain' || name === 'rest' ? history.filter((run) => worksAlike(run, asked.steps)) : history;
  const timings = alike.flatMap((run) => (run.timings as unknown as Timings)[name] ?? []);
  const secondsFor = fitSeconds(timings);
  if (secondsFor === null) return null;
  const base = name === 'drain' || name === 'model' ? backlog : baseOf(timings, backlog);
  const at = (records: number) => secondsFor(base + records);
  return { low: at(sources.records.low), middle: at(sources.records.middle), high: at(sources.records.high) };
}

/** Phases that go through the whole corpus: as large as they last were, and what waits. */
function baseOf(timings: readonly PhaseTiming[], backlog: number): number {
  return (timings[0]?.documents ?? 0) + backlog;
}

/** Refining alone is no measure of refining and annotating. */
function worksAlike(run: StoredRun, steps: readonly JourneyStep[]): boolean {
  const past = Array.isArray(run.request.steps) ? run.request.steps : [];
  return (['refine', 'annotate'] as const).every((step) => past.includes(step) === steps.includes(step));
}

function phasesOf(steps: readonly JourneyStep[]): readonly PhaseName[] {
  const wants = (step: JourneyStep) => steps.includes(step);
  return [
    ...(wants('collect') ? (['collect'] as const) : []),
    ...(wants('refine') || wants('annotate') ? (['drain'] as const) : []),
    ...(wants('annotate') ? (['model'] as const) : []),
    ...(wants('refine') ? (['copies'] as const) : []),
    ...(wants('annotate') ? (['measure'] as const) : []),
    ...(['govern', 'publish', 'decide'] as const).filter(wants),
    'rest',
  ];
}

function secondsOf({ startedAt, finishedAt }: { startedAt: string | null; finishedAt: string | null }): number {
  return startedAt === null || finishedAt === null ? 0 : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}

function numberIn(counts: unknown, name: string): number {
  const value = (counts as JsonObject | undefined)?.[name];
  return typeof value === 'number' ? value : 0;
}
