// Says how a run goes: to the run's events (which the workbench streams) and to the person at the terminal.

import type { RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Database } from '../store/database.ts';
import { appendRunEvent } from '../store/runs.ts';

const PERIOD_MS = 500;

/** What a terminal shows of a run. */
export type Listener = (event: {
  readonly stage: string;
  readonly kind: 'started' | 'progress' | 'finished';
  readonly body: JsonObject;
}) => void;

export interface Reporter {
  readonly run: RunId;
  started(stage: string, body?: JsonObject): void;
  /** At most two a second are kept for each stage; the last one always is. */
  progress(stage: string, body: JsonObject): void;
  finished(stage: string, body: JsonObject): void;
  /** Resolves when every event is stored. */
  settle(): Promise<void>;
  /** As `settle`; what is told later is dropped: the run is over. */
  end(): Promise<void>;
}

/** A reporter that stores events one after the other, and drops progress that comes too fast. */
export function openReporter(database: Database, run: RunId, listener: Listener): Reporter {
  let chain: Promise<void> = Promise.resolve();
  const lastAt = new Map<string, number>();
  let ended = false;
  const keep = (stage: string, kind: 'started' | 'progress' | 'finished', body: JsonObject) => {
    if (ended) return;
    listener({ stage, kind, body });
    chain = chain.then(() => database.transaction((tx) => appendRunEvent(tx, run, { stage, kind, body })));
    // Losing an event must not stop the work: the next statement of the run meets the same database and says so.
    chain = chain.catch(() => undefined);
  };
  return {
    run,
    started: (stage, body = {}) => keep(stage, 'started', body),
    progress(stage, body) {
      const now = performance.now();
      if (now - (lastAt.get(stage) ?? Number.NEGATIVE_INFINITY) < PERIOD_MS) return;
      lastAt.set(stage, now);
      keep(stage, 'progress', body);
    },
    finished: (stage, body) => keep(stage, 'finished', body),
    settle: () => chain,
    end() {
      ended = true;
      return chain;
    },
  };
}
