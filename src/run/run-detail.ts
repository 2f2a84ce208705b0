// One run in full, as the workbench shows it: stages, sources, failures with their remedy, and what led to them.

import { ERROR_CODES } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from '../store/database.ts';
import { countRefusals, refusalsOfRun } from '../store/refusals.ts';
import { failuresOfRun } from '../store/run-accounts.ts';
import { readRunSources, type StoredRunSource } from '../store/run-sources.ts';
import { lastRunEvents, type StoredRun } from '../store/runs.ts';
import type { Estimate } from './estimate.ts';
import { type RunStage, STAGES } from './reader.ts';
import { remainingOf } from './remaining.ts';
import { retryKind, stepsOf } from './retry.ts';
import type { FailedBatches, RunDetail, RunFailure, RunSource } from './run-desk.ts';
import { type Folded, stageOfCounts } from './run-progress.ts';
import { foldedOf, runOf } from './run-reader.ts';

const REFUSALS_SHOWN = 10;
const LOG_LINES = 20;

interface Look {
  /** Ends the duration of a run that is going. */
  readonly now: Date;
  /** How far it is by its events; read anew when absent. */
  readonly folded?: Folded;
}

export async function readDetail(tx: Tx, run: StoredRun, { now, folded }: Look): Promise<RunDetail> {
  const running = run.state === 'running';
  const end = running ? now.toISOString() : (run.finishedAt ?? run.startedAt);
  const events = await lastRunEvents(tx, run.id, LOG_LINES);
  const far = running ? (folded ?? (await foldedOf(tx, run.id))) : undefined;
  const sources: RunSource[] = [];
  for (const source of await readRunSources(tx, run.id)) {
    if (source.state === 'skipped' && Object.keys(source.counts).length === 0) continue;
    sources.push(await sourceOf(tx, source, far));
  }
  return {
    ...(await runOf(tx, run, far)),
    steps: stepsOf(run),
    asked: Array.isArray(run.request.sources) ? run.request.sources.map(String) : null,
    retryOf: typeof run.request.retryOf === 'string' ? run.request.retryOf : null,
    cancelRequestedAt: run.cancelRequestedAt,
    estimate: run.estimate as unknown as Estimate | null,
    remaining: far === undefined ? null : remainingOf(far, run, end),
    seconds: (Date.parse(end) - Date.parse(run.startedAt)) / 1000,
    sources,
    copies: copiesOf(run.counts),
    recipes: recipesOf(run.counts),
    reasons: ((run.counts.govern as JsonObject | undefined)?.reasons ?? {}) as Readonly<Record<string, number>>,
    failure: failureOf(run.error),
    failedBatches: await failedBatches(tx, run),
    log: events.map(({ at, stage, kind, body }) => ({ at, stage, kind, counts: body })),
    retry: await retryKind(tx, run),
  };
}

async function sourceOf(tx: Tx, stored: StoredRunSource, far: Folded | undefined): Promise<RunSource> {
  const { run, source, state, startedAt, finishedAt, counts, error } = stored;
  const isTold = state !== 'skipped' && startedAt !== null;
  const stages = STAGES.filter((stage) => counts[stage] !== undefined).map((stage) =>
    stageOfCounts(stage, counts[stage] as JsonObject),
  );
  const refusals = isTold ? await refusalsOfRun(tx, run, { source, limit: REFUSALS_SHOWN }) : [];
  return {
    name: source,
    state,
    seconds: startedAt === null || finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    stages: far?.collected[source] !== undefined && counts.collect === undefined ? [collecting(far, source)] : stages,
    error: failureOf(error),
    refusals: refusals.map(({ location, at, code, message }) => ({ location, at, code, message })),
    refused: refusals.length < REFUSALS_SHOWN ? refusals.length : await countRefusals(tx, run, source),
  };
}

/** What a source gave so far, by the run's events: its counts are kept when it ends. */
function collecting(far: Folded, source: string): RunStage {
  const counted = far.collected[source]!;
  const total = Object.values(counted).reduce((sum, n) => sum + n, 0);
  return { stage: 'collect', ...counted, total };
}

/** Batches of one source that failed of the same cause at the same stage are one line. */
async function failedBatches(tx: Tx, run: StoredRun): Promise<readonly FailedBatches[]> {
  const groups = Map.groupBy(await failuresOfRun(tx, run.id), ({ source, stage, code, message }) =>
    JSON.stringify([source, stage, code, message]),
  );
  return [...groups.values()].map((batches) => {
    const { source, stage, code, message } = batches[0]!;
    const records = batches.reduce((sum, batch) => sum + batch.records, 0);
    return {
      source,
      stage,
      code,
      message,
      batches: batches.length,
      records,
      open: batches.filter(({ open }) => open).length,
    };
  });
}

function copiesOf(counts: JsonObject): RunDetail['copies'] {
  const { documents, distinct, copies } = (counts.copies ?? {}) as JsonObject;
  if (typeof documents !== 'number' || typeof distinct !== 'number' || typeof copies !== 'number') return null;
  return { documents, distinct, copies };
}

function recipesOf(counts: JsonObject): RunDetail['recipes'] {
  const { waiting, replaced, changed } = (counts.recipes ?? {}) as JsonObject;
  if (typeof waiting !== 'number' || typeof replaced !== 'number' || typeof changed !== 'number') return null;
  return { waiting, replaced, changed };
}

function failureOf(error: JsonObject | null): RunFailure | null {
  if (error === null) return null;
  const text = (name: string) => (typeof error[name] === 'string' ? error[name] : null);
  const code = ERROR_CODES.find((known) => known === error.code) ?? 'internal';
  return {
    code,
    message: text('message') ?? '',
    remedy: text('remedy'),
    place: text('place'),
    requestId: text('requestId'),
  };
}
