// A run whose process died says so: its lock went with it, and nobody else ends it.

import { DataSensError } from '../model/error.ts';
import type { RunId } from '../model/identity.ts';
import type { Database } from '../store/database.ts';
import { stopRunSources } from '../store/run-sources.ts';
import { finishRun, listRuns } from '../store/runs.ts';

const RECENT = 100;

/** Name of the lock that a run holds while its process lives. */
export function lockOf(run: RunId): string {
  return `run:${run}`;
}

/** Marks as failed the runs that are said to be running and whose process is gone. */
export async function endDeadRuns(database: Database): Promise<void> {
  const runs = await database.transaction((tx) => listRuns(tx, RECENT));
  for (const run of runs.filter(({ state }) => state === 'running')) {
    try {
      await database.withLock(lockOf(run.id), () => end(database, run.id));
    } catch (error) {
      // Locked: it lives.
      if (!(error instanceof DataSensError) || error.code !== 'locked') throw error;
    }
  }
}

function end(database: Database, id: RunId): Promise<void> {
  const error = {
    code: 'cancelled',
    message: 'the process that ran it ended without a word',
    remedy: 'what it did is kept; take it up again with `datasens runs retry`, or run the same command again',
  };
  return database.transaction(async (tx) => {
    await stopRunSources(tx, id);
    await finishRun(tx, { id, state: 'failed', counts: {}, error });
  });
}
