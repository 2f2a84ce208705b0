// A run as one JSON document to keep: what ran, on what, under what, and what came of it. Always spelled the same.

import type { JsonObject } from '../model/json.ts';
import { actsBetween } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { failuresOfRun } from '../store/run-accounts.ts';
import { readRunSources } from '../store/run-sources.ts';
import type { StoredRun } from '../store/runs.ts';
import { snapshotsOfRun } from '../store/snapshots.ts';

/** Lists are in an order of their own content: sources by name, captures by place, failures by batch. */
export async function readManifest(tx: Tx, run: StoredRun): Promise<JsonObject> {
  const snapshots = await snapshotsOfRun(tx, run.id);
  const failures = await failuresOfRun(tx, run.id);
  const sources = (await readRunSources(tx, run.id)).map(({ source, state, startedAt, finishedAt, counts, error }) => ({
    name: source,
    state,
    startedAt,
    finishedAt,
    counts,
    error,
    captures: snapshots
      .filter((snapshot) => snapshot.source === source)
      .map(({ source: _source, ...snapshot }): JsonObject => ({ ...snapshot })),
  }));
  return {
    format: 'datasens-run@1',
    id: run.id,
    command: run.command,
    request: run.request,
    state: run.state,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    context: run.context,
    sources,
    counts: run.counts,
    timings: run.timings,
    estimate: run.estimate,
    error: run.error,
    failedBatches: failures.map(({ batch, source, stage, code, message, records }) => ({
      ...{ batch, source, stage, code, message, records },
    })),
    acts: await actsBetween(tx, run.startedAt, run.finishedAt),
  };
}
