// One run in full, as the workbench shows it: stages, sources, failures with their remedy, and what led to them.

import { ERROR_CODES } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from '../store/database.ts';
import { countRefusals, refusalsOfRun } from '../store/refusals.ts';
import { failuresOfRun } from '../store/run-accounts.ts';
import { readRunSources, type StoredRunSource } from '../store/run-sources.ts';
import { lastRunEvents, type StoredRun } from '../store/runs.ts';
import type { Estimate } from './estimate.ts';
import { STAGES } from './reader.ts';
import { remainingOf } from './remaining.ts';
import { retryKind, stepsOf } from './retry.ts';
import type { FailedBatches, RunDetail, RunFailure, RunSource } from './run-desk.ts';
import { stageOfCounts } from './run-progress.ts';
import { foldedOf, runOf } from './run-reader.ts';

const REFUSALS_SHOWN = 10;
const LOG_LINES = 20;

/** `now` ends the duration of a run that is going. */
export async function readDetail(tx: Tx, run: StoredRun, now: Date): Promise<RunDetail> {
  const running = run.state === 'running';
  const end = running ? now.toISOString() : (run.finishedAt ?? run.startedAt);
  const events = await lastRunEvents(tx, run.id, LOG_LINES);
  const sources: RunSource[] = [];
  for (const source of await readRunSources(tx, run.id)) {
    if (source.state === 'skipped' && Object.keys(source.counts).length === 0) continue;
    sources.push(await sourceOf(tx, source));
  }
  return {
    ...(await runOf(tx, run)),
    steps: stepsOf(run),
    asked: Array.isArray(run.request.sources) ? run.request.sources.map(String) : null,
    retryOf: typeof run.request.retryOf === 'string' ? run.request.retryOf : null,
    cancelRequestedAt: run.cancelRequestedAt,
    estimate: run.estimate as unknown as Estimate | null,
    remaining: running ? remainingOf(await foldedOf(tx, run.id), run, end) : null,
    seconds: (Date.parse(end) - Date.parse(run.startedAt)) / 1000,
    sources,
    copies: copiesOf(run.counts),
    reasons: ((run.counts.govern as JsonObject | undefined)?.reasons ?? {}) as Readonly<Record<string, number>>,
    failure: failureOf(run.error),
    failedBatches: await failedBatches(tx, run),
    log: events.map(({ at, stage, kind, body }) => ({ at, stage, kind, counts: body })),
    retry: await retryKind(tx, run),
  };
}

async function sourceOf(tx: Tx, stored: StoredRunSource): Promise<RunSource> {
  const { run, source, state, startedAt, finishedAt, counts, error } = stored;
  const isTold = state !== 'skipped' && startedAt !== null;
  const refusals = isTold ? await refusalsOfRun(tx, run, { source, limit: REFUSALS_SHOWN }) : [];
  return {
    name: source,
    state,
    seconds: startedAt === null || finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    stages: STAGES.filter((stage) => counts[stage] !== undefined).map((stage) =>
      stageOfCounts(stage, counts[stage] as JsonObject),
    ),
    error: failureOf(error),
    refusals: refusals.map(({ location, at, code, message }) => ({ location, at, code, message })),
    refused: refusals.length < REFUSALS_SHOWN ? refusals.length : await countRefusals(tx, run, source),
  };
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
