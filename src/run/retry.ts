// What of a run is worth doing again: sources that failed, batches that failed, or all that a stopped run left.

import { DataSensError } from '../model/error.ts';
import type { SourceName } from '../model/identity.ts';
import type { Tx } from '../store/database.ts';
import { openRefusalsOfRun } from '../store/refusals.ts';
import { failuresOfRun } from '../store/run-accounts.ts';
import { readRunSources, sourceHistory } from '../store/run-sources.ts';
import { endedRuns, type StoredRun } from '../store/runs.ts';
import { JOURNEY_STEPS, type JourneyRequest, type JourneyStep } from './journey-request.ts';

/**
 * The request that takes a run up. A run that was stopped or that failed is taken up whole; of one that ended, only the
 * failed sources, the refused places and the failed batches are done again.
 * @throws refused where nothing failed, locked where it is still going
 */
export async function retryRequest(tx: Tx, run: StoredRun): Promise<JourneyRequest> {
  const name = run.id.slice(0, 8);
  if (run.state === 'running') {
    throw new DataSensError('locked', `run ${name} is still in progress`, {
      remedy: `wait for its end, or stop it with \`datasens runs cancel ${name}\``,
    });
  }
  const kind = await retryKind(tx, run);
  const { sources, batches } = await openParts(tx, run);
  const steps = stepsOf(run).filter((step) => step !== 'collect' || sources.length > 0);
  if (kind === null || steps.length === 0) {
    throw new DataSensError('refused', `run ${name} left nothing to do again`, {
      remedy: 'run again to collect what is new',
    });
  }
  return {
    command: `retry ${name}`,
    steps,
    ...(sources.length > 0 ? { sources } : {}),
    index: run.request.index !== false,
    refused: true,
    retry: { run: run.id, batches: kind === 'rest' ? null : batches },
  };
}

/** What there is to do again, as the workbench names it. */
export async function retryKind(tx: Tx, run: StoredRun): Promise<'failed' | 'rest' | null> {
  if (run.state === 'running') return null;
  if (run.state === 'done' || run.state === 'partial') {
    const { sources, batches } = await openParts(tx, run);
    return sources.length + batches.length > 0 ? 'failed' : null;
  }
  const [last] = await endedRuns(tx, null, 1);
  // A run that came to its end since did what this one left.
  return last !== undefined && last.startedAt > run.startedAt ? null : 'rest';
}

/** The steps that a run was asked for; all of them for runs kept before requests were. */
export function stepsOf(run: StoredRun): readonly JourneyStep[] {
  const { steps } = run.request;
  return Array.isArray(steps) ? JOURNEY_STEPS.filter((step) => steps.includes(step)) : JOURNEY_STEPS;
}

/**
 * Sources that the run did not collect to their end, nor any later one, or of which it refused something that was not read
 * again since; batches that failed and still are not done.
 */
async function openParts(tx: Tx, run: StoredRun) {
  const refused = await openRefusalsOfRun(tx, run.id);
  const sources: SourceName[] = [];
  for (const { source, state } of await readRunSources(tx, run.id)) {
    const [last] = await sourceHistory(tx, source, 1);
    const isStale = last?.startedAt == null || last.startedAt < run.startedAt;
    const isUnfinished = (state === 'failed' || state === 'cancelled') && isStale;
    if (isUnfinished || refused.has(source)) sources.push(source);
  }
  const failures = (await failuresOfRun(tx, run.id)).filter(({ open }) => open);
  return { sources, batches: [...new Set(failures.map(({ batch }) => batch))] };
}
