// The journey: collect → refine → annotate → govern → publish → decide, as one run that can be stopped and taken up again.

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { appendAct } from '../store/acts.ts';
import { latestRelease } from '../store/releases.ts';
import { addRunSourceCounts, planRunSources, stopRunSources } from '../store/run-sources.ts';
import { finishRun, saveRunCounts, startRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { BATCH_STAGES, type BatchStage } from './batch-job.ts';
import { clearDocuments } from './clear.ts';
import { clusterDocuments } from './cluster.ts';
import { collectSources } from './collection.ts';
import { computeHolidays, refreshContext } from './context.ts';
import { decideRelease } from './decide.ts';
import { drainStage } from './drain.ts';
import { failureCode, failureWords, namedFailure } from './failure.ts';
import { estimateRun } from './history.ts';
import { type JourneyRequest, type JourneyStep, requestedSources, requestWords } from './journey-request.ts';
import { type Ledger, openLedger, stageAccount } from './ledger.ts';
import { measure } from './measure.ts';
import { asksModels, requireConfirmation } from './model-gate.ts';
import { askModels } from './model-stage.ts';
import { publishRelease } from './publish.ts';
import { keepSeen, rederive } from './rederive.ts';
import { type Listener, openReporter, type Reporter } from './reporter.ts';
import { runContext } from './run-context.ts';
import { holdRun } from './run-hold.ts';
import { openStopwatch, type Stopwatch } from './stopwatch.ts';
import { borrowWorkers, openWorkers, type Workers } from './workers.ts';

/** How long batches in hand are waited for when a run is stopped. */
const GRACE_MS = 700;

export interface JourneyResult {
  readonly run: RunId;
  readonly state: 'done' | 'partial';
  /** Counts of each step that ran. */
  readonly counts: JsonObject;
}

interface Journey {
  /** Under the recipes in force, which the run itself may replace. */
  app: App;
  readonly request: JourneyRequest;
  readonly reporter: Reporter;
  readonly ledger: Ledger;
  readonly stopwatch: Stopwatch;
  readonly workers: Workers;
  /** Filled as the steps go, so that a run that is stopped keeps what it counted. */
  readonly counts: Record<string, JsonObject>;
}

export interface JourneyStart {
  /** Called once the run can be read. */
  readonly onStarted?: (run: RunId) => void;
  /** How long a run in progress is waited for; a moment when absent. */
  readonly patienceMs?: number;
  /** Those of a process that stays; a run of its own process opens some. */
  readonly workers?: Workers | undefined;
}

/**
 * Runs the steps in order; a failure is kept on the run, with its code, before it is thrown.
 * @throws locked where another run is in progress, not-found where a source is not in the settings
 */
export async function runJourney(
  app: App,
  request: JourneyRequest,
  listener: Listener,
  { onStarted, patienceMs, workers }: JourneyStart = {},
): Promise<JourneyResult> {
  const wanted = requestedSources(app, request);
  const run = randomUUID() as RunId;
  await requireConfirmation(app, request);
  return holdRun(app, { run, patienceMs }, async (pinned) => {
    // Nobody replaces a recipe or a student while a run goes: those of now are its own.
    await app.refreshStudents();
    const held: App = { ...pinned, ...(await app.refresh()), students: app.students };
    const estimate = await estimateRun(held, request);
    await held.database.transaction(async (tx) => {
      const context = await runContext(held, tx);
      const kept = { command: request.command, request: requestWords(request), context };
      await startRun(tx, { id: run, ...kept, estimate: estimate as unknown as JsonObject | null });
      const sources = held.sources.map((source) => ({ source: source.name, wanted: wanted.includes(source) }));
      await planRunSources(tx, run, sources);
      if (request.by !== undefined) {
        const detail = { steps: [...request.steps], retryOf: request.retry?.run ?? null };
        await appendAct(tx, { actor: request.by, verb: 'start', object: `run:${run}`, why: request.command, detail });
      }
    });
    onStarted?.(run);
    return runHeld(held, request, { reporter: openReporter(held.control, run, listener), lent: workers });
  });
}

async function runHeld(
  app: App,
  request: JourneyRequest,
  { reporter, lent }: { readonly reporter: Reporter; readonly lent: Workers | undefined },
): Promise<JourneyResult> {
  const { run } = reporter;
  const stages = BATCH_STAGES.filter((stage) => wantsStage(stage, request, app));
  const only = request.retry?.batches ? new Set(request.retry.batches) : null;
  const counts: Record<string, JsonObject> = {};
  const stopwatch = openStopwatch();
  const workers = lent === undefined ? await openWorkers(app, stages) : borrowWorkers(lent);
  workers.listen((stage) => {
    if (stages.includes(stage)) reporter.progress(stage, { ...workers.done[stage] });
  });
  let steps: Promise<void> = Promise.resolve();
  let journey: Journey | null = null;
  try {
    const ledger = await openLedger(app, run, { stages, only });
    const begun = { app, request, reporter, ledger, stopwatch, workers, counts };
    journey = begun;
    steps = runSteps(begun);
    await Promise.race([steps, aborted(app.signal)]).catch(async (error: unknown) => {
      // Batches in hand are waited for a little; who asked to stop is not kept waiting by a slow one.
      await Promise.race([workers.stop(), wait(GRACE_MS)]);
      // What was counted says where the work stopped; the store may be what failed, and says nothing then.
      await keepAccounts(begun).catch(() => undefined);
      throw error;
    });
    const state = isPartial(counts) ? 'partial' : 'done';
    await reporter.end();
    const timings = stopwatch.timings();
    await app.database.transaction((tx) => finishRun(tx, { id: run, state, counts, error: null, timings }));
    return { run, state, counts };
  } catch (thrown) {
    const error = app.signal.aborted ? (app.signal.reason as unknown) : namedFailure(thrown);
    await reporter.end();
    const state = failureCode(error) === 'cancelled' ? 'cancelled' : 'failed';
    const words = { ...failureWords(error), requestId: request.requestId ?? null };
    // A store that cannot write this down is what failed: the next run finds this one dead, and says so.
    await app.control
      .transaction(async (tx) => {
        await stopRunSources(tx, run);
        await finishRun(tx, { id: run, state, counts, error: words, timings: stopwatch.timings() });
      })
      .catch(() => undefined);
    if (state === 'cancelled') await app.queue.discard(app.database.organisation).catch(() => undefined);
    throw error;
  } finally {
    // The run is told to be over; its locks are kept, and its counts follow, until what it had in hand is.
    await workers.stop();
    const stopped = await steps.then(
      () => false,
      () => true,
    );
    if (stopped && journey !== null) await recount(journey).catch(() => undefined);
  }
}

/** Rejects as soon as the signal aborts: no step, however long, keeps waiting who asked to stop. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const tell = () => reject(signal.reason);
    if (signal.aborted) tell();
    else signal.addEventListener('abort', tell, { once: true });
  });
}

async function runSteps(journey: Journey): Promise<void> {
  const { request, ledger, stopwatch, workers } = journey;
  const wants = (step: JourneyStep) => request.steps.includes(step);
  if (wants('collect')) await stopwatch.time('collect', () => collect(journey));
  if (ledger.stages.length > 0) await stopwatch.time('drain', () => drain(journey));
  if (wants('refine')) await keepSeen(journey.app);
  if (wants('refine') && journey.app.proposals.length > 0) await stopwatch.time('recipes', () => recipes(journey));
  if (ledger.stages.includes('model')) await stopwatch.time('model', () => askAll(journey));
  await workers.stop();
  await keepAccounts(journey);
  await finishSteps(journey, wants);
}

async function finishSteps(journey: Journey, wants: (step: JourneyStep) => boolean): Promise<void> {
  const { app, request, reporter, stopwatch, counts } = journey;
  // What follows joins whole tables: the planner must know how large they have become.
  await app.database.refreshStatistics();
  if (wants('refine')) {
    await stopwatch.time('copies', async () => {
      counts.copies = { ...(await clusterDocuments(app, reporter, { whole: request.compareAll === true })) };
      return Number(counts.copies.documents);
    });
  }
  if (wants('annotate') && app.project.settings.evaluate) {
    await stopwatch.time('measure', async () => {
      const figures = await measure(app);
      counts.measure = Object.fromEntries(figures.map(({ name, value }) => [name, Number(value.toFixed(3))]));
      return Math.max(0, ...figures.map(({ n }) => n));
    });
  }
  if (wants('refine') || wants('publish')) await computeHolidays(app);
  if (wants('govern')) await stopwatch.time('govern', () => govern(journey));
  if (wants('publish')) await stopwatch.time('publish', () => publish(journey));
  if (wants('decide')) await stopwatch.time('decide', () => decide(journey));
}

async function collect({ app, request, reporter, counts }: Journey): Promise<number> {
  const onCounts = (collected: JsonObject) => {
    counts.collect = collected;
  };
  await collectSources(app, requestedSources(app, request), {
    reporter,
    onCounts,
    accept: request.accept === true,
    refused: request.refused === true,
  });
  if (app.context !== null && app.context.sources.length > 0) {
    counts.context = { ...(await refreshContext(app, { reporter, accept: request.accept === true })) };
  }
  return Number(counts.collect?.records ?? 0);
}

async function drain({ app, ledger, workers, reporter, counts }: Journey): Promise<number> {
  for (const stage of ledger.stages) {
    if (stage === 'model') continue;
    const { total } = await drainStage(app, stage, { ledger, workers, reporter });
    counts[stage] = total;
    if (stage !== 'index' && handledOf(total) > 0) await act(app, stage, 'documents', total);
  }
  return Math.max(handledOf(counts.refine), handledOf(counts.annotate));
}

/** Where the settings ask for other recipes than those in force. A run that takes up failed batches does no other work. */
async function recipes(journey: Journey): Promise<number> {
  const { app, request, reporter, workers, counts } = journey;
  if (request.retry?.batches != null) return 0;
  const done = await rederive(app, { run: reporter.run, workers, reporter });
  counts.recipes = { ...done };
  if (done.replaced > 0) journey.app = { ...app, ...(await app.refresh()) };
  return done.same + done.changed + done.new;
}

async function askAll({ app, request, ledger, workers, reporter, counts }: Journey): Promise<number> {
  const { total } = await askModels(app, { request, ledger, workers, reporter });
  counts.model = total;
  if (handledOf(total) > 0) await act(app, 'annotate', 'documents', total);
  return handledOf(total);
}

async function govern({ app, reporter, counts }: Journey): Promise<number> {
  const { sources, ...total } = await clearDocuments(app, reporter);
  counts.govern = { ...total };
  await app.database.transaction(async (tx) => {
    for (const { name } of app.sources) {
      const tally = sources.get(name);
      if (tally !== undefined) await addRunSourceCounts(tx, reporter.run, name, { govern: { ...tally } });
    }
  });
  return total.judged;
}

async function publish({ app, reporter, counts }: Journey): Promise<number> {
  await app.database.refreshStatistics();
  let documents = 0;
  for (const name of Object.keys(app.project.settings.publish)) {
    const { release } = await publishRelease(app, name, reporter);
    const withheld = release.manifest.measured?.withheld.length ?? 0;
    counts[`publish ${name}`] = {
      release: release.id,
      documents: release.manifest.documents,
      ...(withheld > 0 ? { withheld } : {}),
    };
    await act(app, 'publish', `release:${release.id}`, { documents: release.manifest.documents });
    documents += release.manifest.documents;
  }
  return documents;
}

async function decide({ app, reporter, counts }: Journey): Promise<number> {
  let documents = 0;
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
    documents += release.manifest.documents;
  }
  return documents;
}

/** Keeps, in all and by source, where the records of the batch stages went. */
async function keepAccounts({ app, reporter, ledger, counts }: Journey): Promise<void> {
  for (const stage of ['refine', 'annotate', 'model'] as const) {
    if (!ledger.stages.includes(stage)) continue;
    const { total, sources } = await stageAccount(app, ledger, stage);
    counts[stage] = { ...counts[stage], ...total };
    await app.database.transaction(async (tx) => {
      for (const { name } of app.sources) {
        const account = sources.get(name);
        if (account !== undefined) await addRunSourceCounts(tx, reporter.run, name, { [stage]: account });
      }
    });
  }
}

/** Batches that were in hand when a run was stopped ended after it: its counts are read again. */
async function recount(journey: Journey): Promise<void> {
  await keepAccounts(journey);
  const { app, ledger, counts } = journey;
  await app.control.transaction((tx) => saveRunCounts(tx, ledger.run, counts));
}

function wantsStage(stage: BatchStage, request: JourneyRequest, app: App): boolean {
  if (stage === 'index') return request.steps.includes('refine') && request.index !== false;
  if (stage === 'annotate' && app.codebook === null) return false;
  if (stage === 'model') return asksModels(app, request);
  return request.steps.includes(stage);
}

function act(app: App, verb: 'refine' | 'annotate' | 'publish' | 'decide', object: string, detail: JsonObject) {
  const why = `settings of ${app.project.settings.organisation}`;
  return app.database.transaction((tx) => appendAct(tx, { actor: 'system', verb, object, why, detail }));
}

/** What a stage did, of what it was given. */
function handledOf(counts: JsonObject | undefined): number {
  const number = (name: string) => (typeof counts?.[name] === 'number' ? counts[name] : 0);
  return number('received') - number('failed') - number('left');
}

function isPartial(counts: JsonObject): boolean {
  return Object.values(counts).some((stage) => {
    const names = ['refusals', 'failed', 'failedBatches', 'failedSources', 'waiting', 'incomplete', 'unasked'];
    return names.some((name) => Number((stage as JsonObject)[name] ?? 0) > 0);
  });
}
