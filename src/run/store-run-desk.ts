// The desk of a real project: runs begin in this process; those of others are asked to stop through the store.

import { setTimeout as wait } from 'node:timers/promises';
import { DataSensError } from '../model/error.ts';
import type { RunId } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { findRuns, listRuns, readRun, requestCancel, type StoredRun } from '../store/runs.ts';
import { type App, besideWork } from './app.ts';
import { endDeadRuns } from './dead-runs.ts';
import { estimateRun } from './history.ts';
import { runJourney } from './journey.ts';
import { JOURNEY_STEPS, type JourneyRequest, requestedSources } from './journey-request.ts';
import { retryRequest } from './retry.ts';
import type { RunDesk } from './run-desk.ts';
import { readDetail } from './run-detail.ts';
import { readDifference } from './run-difference.ts';
import { readManifest } from './run-manifest.ts';
import type { Folded } from './run-progress.ts';
import { foldedOf } from './run-reader.ts';
import type { Workers } from './workers.ts';

/** How long a cancellation is waited for before it is answered: its holder hears of it at once. */
const CANCEL_MS = 8000;
const LOOK_MS = 100;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export interface StoreRunDesk extends RunDesk {
  /** Resolves when the run begun here, if any, has ended. Stop the app's signal first. */
  settle(): Promise<void>;
}

/** The desk of the project that `app` is open on; it lives as long as the app does. Runs begun here borrow `workers`. */
export function openRunDesk(app: App, workers?: Workers): StoreRunDesk {
  const database = app.control;
  let going: Promise<unknown> = Promise.resolve();

  const begin = (request: JourneyRequest): Promise<RunId> => {
    const started = Promise.withResolvers<RunId>();
    const work = runJourney(app, request, () => undefined, { onStarted: started.resolve, workers });
    // Once begun, its failure is kept with the run; before that, it is the answer.
    const ended = work.then(() => undefined, started.reject);
    going = Promise.allSettled([going, ended]);
    return started.promise;
  };

  // Where the last look at each run stopped: a run that goes is looked at again and again.
  const looks = new Map<string, Folded>();
  const lookInto = async (tx: Tx, run: StoredRun) => {
    const now = app.clock();
    if (run.state !== 'running') {
      looks.delete(run.id);
      return readDetail(tx, run, { now });
    }
    const folded = await foldedOf(tx, run.id, looks.get(run.id));
    looks.set(run.id, folded);
    return readDetail(tx, run, { now, folded });
  };

  return {
    async choices() {
      const runs = await database.transaction((tx) => listRuns(tx, 5));
      return {
        steps: JOURNEY_STEPS,
        sources: app.sources.map(({ name }) => name),
        busy: runs.find(({ state }) => state === 'running')?.id ?? null,
      };
    },
    async estimate(asked) {
      requestedSources(app, { command: 'estimate', ...asked });
      return estimateRun(besideWork(app), asked);
    },
    start: (asked, asker) => begin({ command: commandOf(asked.steps), ...asked, ...asker }),
    async cancel(id, by) {
      await endDeadRuns(database);
      await requireRun(app, id);
      await database.transaction(async (tx) => {
        await requestCancel(tx, id as RunId);
        await appendAct(tx, { actor: by, verb: 'cancel', object: `run:${id}`, why: 'a person asked', detail: {} });
      });
      return waitForEnd(app, id);
    },
    async retry(id, asker) {
      return begin({ ...(await findRetry(app, id as RunId)), ...asker });
    },
    async detail(id) {
      const run = await findRun(app, id);
      return run === null ? null : database.transaction((tx) => lookInto(tx, run));
    },
    async difference(id) {
      const run = await findRun(app, id);
      return run === null ? null : readDifference(besideWork(app), run);
    },
    async manifest(id) {
      const run = await findRun(app, id);
      return run === null ? null : database.transaction((tx) => readManifest(tx, run));
    },
    async settle() {
      await going;
    },
  };
}

/** The run that an id, or its beginning, names. @throws usage where it names several or is no beginning, not-found */
export async function requireRunId(app: App, given: string): Promise<RunId> {
  if (!/^[0-9a-f-]{4,36}$/i.test(given)) {
    throw new DataSensError('usage', 'this is no id of a run', {
      remedy: 'give four characters of it at least; `datasens runs` lists them',
    });
  }
  const [run, other] = await app.control.transaction((tx) => findRuns(tx, given));
  if (run === undefined) throw missing();
  if (other !== undefined) {
    throw new DataSensError('usage', `several runs begin with ${given}`, { remedy: 'give more of the id' });
  }
  return run.id;
}

/** The request that takes a run up. @throws not-found, refused, locked */
export async function findRetry(app: App, id: RunId): Promise<JourneyRequest> {
  await endDeadRuns(app.control);
  const run = await requireRun(app, id);
  return app.control.transaction((tx) => retryRequest(tx, run));
}

async function findRun(app: App, id: string): Promise<StoredRun | null> {
  return UUID.test(id) ? app.control.transaction((tx) => readRun(tx, id as RunId)) : null;
}

async function requireRun(app: App, id: string): Promise<StoredRun> {
  const run = await findRun(app, id);
  if (run === null) throw missing();
  return run;
}

function missing(): DataSensError {
  return new DataSensError('not-found', 'there is no such run', { remedy: '`datasens runs` lists them' });
}

async function waitForEnd(app: App, id: string): Promise<StoredRun['state']> {
  for (const until = performance.now() + CANCEL_MS; ; ) {
    const { state } = await requireRun(app, id);
    if (state !== 'running' || performance.now() > until) return state;
    await wait(LOOK_MS);
  }
}

/** The name that the same steps have on the command line. */
function commandOf(steps: readonly string[]): string {
  return steps.length === JOURNEY_STEPS.length ? 'run' : steps.join(' ');
}
