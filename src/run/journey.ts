// The journey: collect → refine → annotate → govern → publish → decide, as one run that can be stopped and taken up again.

import { randomUUID } from 'node:crypto';
import { DataSensError } from '../model/error.ts';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { appendAct } from '../store/acts.ts';
import { latestRelease } from '../store/releases.ts';
import { finishRun, startRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { BATCH_STAGES, type BatchStage } from './batch-job.ts';
import { clearDocuments } from './clear.ts';
import { clusterDocuments } from './cluster.ts';
import { endDeadRuns, lockOf } from './dead-runs.ts';
import { decideRelease } from './decide.ts';
import { drainStage } from './drain.ts';
import { failureCode } from './failure.ts';
import { measure } from './measure.ts';
import { publishRelease } from './publish.ts';
import { type Listener, openReporter, type Reporter } from './reporter.ts';
import { attemptSource } from './source-attempt.ts';
import { openWorkers, type Workers } from './workers.ts';

export type JourneyStep = 'collect' | 'refine' | 'annotate' | 'govern' | 'publish' | 'decide';

export interface JourneyRequest {
  /** What the person typed: kept as the run's name. */
  readonly command: string;
  readonly steps: readonly JourneyStep[];
  /** Sources to collect; all when absent. */
  readonly sources?: readonly string[];
  /** Reads again the places that were refused, of these sources only where they have any. */
  readonly refused?: boolean;
  /** Takes places that hold far less than before for right. */
  readonly accept?: boolean;
  /** False leaves the search index for later. */
  readonly index?: boolean;
}

export interface JourneyResult {
  readonly run: RunId;
  readonly state: 'done' | 'partial';
  /** Counts of each step that ran. */
  readonly counts: JsonObject;
}

/** Runs the steps in order; a failure is kept on the run, with its code, before it is thrown. */
export async function runJourney(app: App, request: JourneyRequest, listener: Listener): Promise<JourneyResult> {
  const run = randomUUID() as RunId;
  await endDeadRuns(app.database);
  return app.database.withLock(lockOf(run), () => runHeld(app, request, listener, run));
}

async function runHeld(app: App, request: JourneyRequest, listener: Listener, run: RunId): Promise<JourneyResult> {
  await app.database.transaction((tx) => startRun(tx, { id: run, command: request.command }));
  const reporter = openReporter(app.database, run, listener);
  try {
    const counts = await runSteps(app, request, reporter);
    const state = isPartial(counts) ? 'partial' : 'done';
    await reporter.settle();
    await app.database.transaction((tx) => finishRun(tx, { id: run, state, counts, error: null }));
    return { run, state, counts };
  } catch (error) {
    const code = failureCode(error);
    await reporter.settle();
    const state = code === 'cancelled' ? 'cancelled' : 'failed';
    await app.database.transaction((tx) =>
      finishRun(tx, { id: run, state, counts: {}, error: { code, ...wordsOf(error) } }),
    );
    throw error;
  }
}

async function runSteps(app: App, request: JourneyRequest, reporter: Reporter): Promise<JsonObject> {
  const counts: Record<string, JsonObject> = {};
  const wants = (step: JourneyStep) => request.steps.includes(step);
  const stages = BATCH_STAGES.filter((stage) => wantsStage(stage, request, app));
  const workers = await openWorkers(app, stages, (stage) => reporter.progress(stage, { ...workers.done[stage] }));
  try {
    if (wants('collect')) counts.collect = await collectAll(app, request, reporter);
    await drainAll(app, stages, workers, reporter, counts);
  } finally {
    await workers.stop();
  }
  // What follows joins whole tables: the planner must know how large they have become.
  await app.database.refreshStatistics();
  if (wants('refine')) counts.copies = { ...(await clusterDocuments(app, reporter)) };
  if (wants('annotate') && app.project.settings.evaluate) {
    const figures = await measure(app);
    counts.measure = Object.fromEntries(figures.map(({ name, value }) => [name, Number(value.toFixed(3))]));
  }
  if (wants('govern')) counts.govern = { ...(await clearDocuments(app, reporter)) };
  if (wants('publish')) {
    await app.database.refreshStatistics();
    for (const name of Object.keys(app.project.settings.publish)) {
      const { release } = await publishRelease(app, name, reporter);
      counts[`publish ${name}`] = { release: release.id, documents: release.manifest.documents };
      await act(app, 'publish', `release:${release.id}`, { documents: release.manifest.documents });
    }
  }
  if (wants('decide')) {
    for (const name of Object.keys(app.project.settings.publish)) {
      const release = await app.database.transaction((tx) => latestRelease(tx, name));
      if (release === null) continue;
      if (!release.manifest.files.some(({ path }) => path.endsWith('.parquet'))) {
        counts[`decide ${name}`] = { skipped: 'this release has no Parquet file to compute figures from' };
        continue;
      }
      const { barometer } = await decideRelease(app, release, reporter);
      counts[`decide ${name}`] = { release: release.id, cells: barometer.cells.length };
      await act(app, 'decide', `release:${release.id}`, { cells: barometer.cells.length });
    }
  }
  return counts;
}

function wantsStage(stage: BatchStage, request: JourneyRequest, app: App): boolean {
  if (stage === 'index') return request.steps.includes('refine') && request.index !== false;
  if (stage === 'annotate' && app.codebook === null) return false;
  return request.steps.includes(stage);
}

async function collectAll(app: App, request: JourneyRequest, reporter: Reporter): Promise<JsonObject> {
  reporter.started('collect');
  const total = { snapshots: 0, records: 0, newRecords: 0, refusals: 0 };
  for (const source of app.sources) {
    // A paused source is collected only when it is named.
    if (request.sources ? !request.sources.includes(source.name) : source.settings.paused === true) continue;
    const counts = await attemptSource(app, source, {
      reporter,
      accept: request.accept === true,
      refused: request.refused === true,
    });
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
  }
  reporter.finished('collect', total);
  return total;
}

async function drainAll(
  app: App,
  stages: readonly BatchStage[],
  workers: Workers,
  reporter: Reporter,
  counts: Record<string, JsonObject>,
): Promise<void> {
  for (const stage of stages) {
    const drained = await drainStage(app, stage, workers, reporter);
    counts[stage] = { ...drained };
    if (stage !== 'index' && drained.documents > 0) await act(app, stage, 'documents', { ...drained });
  }
}

/** Our own failures carry no person's words: the workbench may show them. */
function wordsOf(error: unknown): JsonObject {
  return error instanceof DataSensError ? { message: error.message, remedy: error.remedy ?? null } : {};
}

function act(app: App, verb: 'refine' | 'annotate' | 'publish' | 'decide', object: string, detail: JsonObject) {
  const why = `settings of ${app.project.settings.organisation}`;
  return app.database.transaction((tx) => appendAct(tx, { actor: 'system', verb, object, why, detail }));
}

function isPartial(counts: JsonObject): boolean {
  return Object.values(counts).some((stage) => {
    const { refusals = 0, failed = 0 } = stage as { refusals?: number; failed?: number };
    return refusals > 0 || failed > 0;
  });
}
