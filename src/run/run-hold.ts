// What a run holds while it goes: the project's only journey, its own lock, and an ear for whoever asks it to stop.

import { setTimeout as wait } from 'node:timers/promises';
import { DataSensError } from '../model/error.ts';
import type { RunId } from '../model/identity.ts';
import type { Database } from '../store/database.ts';
import { CANCEL_CHANNEL, listRuns, readRun, type StoredRun } from '../store/runs.ts';
import type { App } from './app.ts';
import { endDeadRuns, lockOf } from './dead-runs.ts';

/** The server may take a moment to see that a killed process is gone, and its lock with it. */
const PATIENCE_MS = 750;
const ATTEMPT_MS = 250;
/** A run that is over keeps its locks until the batch it had in hand is done. */
const FINISHING_MS = 30_000;

/**
 * Runs `work` as the only journey of the project; its app's signal aborts when the app is stopped, when the run is asked
 * to stop (from any process), or when its lock is lost.
 * @throws locked where another journey is under way, and still is after `patienceMs`
 */
export async function holdRun<Result>(
  app: App,
  { run, patienceMs = PATIENCE_MS }: { readonly run: RunId; readonly patienceMs?: number | undefined },
  work: (held: App) => Promise<Result>,
): Promise<Result> {
  await endDeadRuns(app.database);
  for (const startedAt = performance.now(); ; ) {
    app.signal.throwIfAborted();
    let held = false;
    try {
      return await app.database.withLock('journey', (journeyLost) =>
        app.database.withLock(lockOf(run), async (lost) => {
          held = true;
          return await heed(app, run, [journeyLost, lost], work);
        }),
      );
    } catch (error) {
      const isBusy = !held && error instanceof DataSensError && error.code === 'locked';
      if (!isBusy) throw error;
      const waitedMs = performance.now() - startedAt;
      if (waitedMs > patienceMs) {
        const running = await findRunning(app.control);
        if (running !== null || waitedMs > FINISHING_MS) throw busy(running);
      }
      await wait(ATTEMPT_MS);
    }
  }
}

async function heed<Result>(
  app: App,
  run: RunId,
  losses: readonly AbortSignal[],
  work: (held: App) => Promise<Result>,
): Promise<Result> {
  const cancel = new AbortController();
  const look = async () => {
    const kept = await app.control.transaction((tx) => readRun(tx, run));
    if (kept?.cancelRequestedAt != null) cancel.abort(cancelled());
  };
  const stopListening = await app.database.listen(CANCEL_CHANNEL, (asked) => {
    // An empty payload: the connection was lost for a while, and somebody may have asked.
    if (asked === run) cancel.abort(cancelled());
    if (asked === '') void look().catch(() => undefined);
  });
  try {
    return await work({ ...app, signal: AbortSignal.any([app.signal, cancel.signal, ...losses]) });
  } finally {
    await stopListening().catch(() => undefined);
  }
}

function cancelled(): DataSensError {
  return new DataSensError('cancelled', 'the run was stopped on request', {
    remedy: 'what it did is kept; take it up again with `datasens runs retry`',
  });
}

async function findRunning(database: Database): Promise<StoredRun | null> {
  const runs = await database.transaction((tx) => listRuns(tx, 5));
  return runs.find(({ state }) => state === 'running') ?? null;
}

function busy(running: StoredRun | null): DataSensError {
  const id = running?.id.slice(0, 8);
  return new DataSensError('locked', `another run is in progress${running ? ` (${id}, ${running.command})` : ''}`, {
    retryable: true,
    remedy: running ? `wait for its end, or stop it with \`datasens runs cancel ${id}\`` : 'wait for its end',
  });
}
