// Runs as the workbench reads them: past ones from their counts, the one in progress from its events.

import type { RunId } from '../model/identity.ts';
import type { Database, Tx } from '../store/database.ts';
import { listRuns, RUN_CHANNEL, readRun, runEventsAfter, type StoredRun } from '../store/runs.ts';
import type { Reader, Run, RunEvent } from './reader.ts';
import { endingOf, eventOf, type Folded, foldEvent, NOTHING_FOLDED, stagesOfCounts } from './run-progress.ts';

const PAGE = 500;
const RUNS = 100;
/** Followers are told at most this often; what happens meanwhile is read at once. */
const PERIOD_MS = 200;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The part of a Reader that concerns runs. */
export function openRunReader(database: Database): Pick<Reader, 'runs' | 'run' | 'runEvents' | 'subscribe'> {
  // Where the last reader of each run stopped, so that following a run does not read it again from its start.
  const heads = new Map<string, Folded>();
  const bell = openBell(database);
  return {
    runs: () =>
      database.transaction(async (tx) => {
        const runs = await listRuns(tx, RUNS);
        const shown: Run[] = [];
        for (const run of runs) shown.push(await runOf(tx, run));
        return shown;
      }),
    run: (id) =>
      database.transaction(async (tx) => {
        const run = UUID.test(id) ? await readRun(tx, id as RunId) : null;
        return run === null ? null : runOf(tx, run);
      }),
    runEvents: (id, after) =>
      database.transaction(async (tx) => {
        // The run before its events: once it is finished, no event can still come.
        const run = UUID.test(id) ? await readRun(tx, id as RunId) : null;
        if (run === null) return [];
        const known = heads.get(id);
        const from = known?.seq === after ? known : NOTHING_FOLDED;
        const { events, folded } = await eventsAfter(tx, run, { from, after });
        if (run.state === 'running') heads.set(id, folded);
        else heads.delete(id);
        return events;
      }),
    subscribe: bell,
  };
}

interface Reading {
  readonly from: Folded;
  readonly after: number;
}

async function eventsAfter(tx: Tx, run: StoredRun, { from, after }: Reading) {
  const events: RunEvent[] = [];
  let folded = from;
  for (;;) {
    const page = await runEventsAfter(tx, run.id, folded.seq, PAGE);
    for (const event of page) {
      const isFirst = folded.seq === 0;
      folded = foldEvent(folded, event);
      if (event.seq > after) events.push(eventOf(folded, event, { run, isFirst }));
      if (events.length === PAGE) return { events, folded };
    }
    if (page.length < PAGE) break;
  }
  const ending = run.state === 'running' ? null : endingOf(folded, run);
  // A reader that saw the end comes back for nothing.
  if (ending !== null && ending.seq > after) events.push(ending);
  return { events, folded };
}

/** A run with its stages: from its counts once it has ended, from its events before. */
export async function runOf(tx: Tx, run: StoredRun, known?: Folded): Promise<Run> {
  const { id, command, state, startedAt, finishedAt, counts, error } = run;
  const kept = stagesOfCounts(counts);
  const stages = kept.length > 0 ? kept : (known ?? (await foldedOf(tx, run.id))).stages;
  const code = typeof error?.code === 'string' ? error.code : null;
  return { id, command, state, startedAt, endedAt: finishedAt, stages, error: code };
}

/** How far a run is, from its events, or from those after an earlier look. */
export async function foldedOf(tx: Tx, id: RunId, from: Folded = NOTHING_FOLDED): Promise<Folded> {
  let folded = from;
  for (;;) {
    const page = await runEventsAfter(tx, id, folded.seq, PAGE);
    folded = page.reduce(foldEvent, folded);
    if (page.length < PAGE) return folded;
  }
}

/** One connection listens for all followers, as long as there is one. */
function openBell(database: Database): Reader['subscribe'] {
  const followers = new Set<(run: string) => void>();
  let listening: Promise<() => Promise<void>> | null = null;
  return async (id, onEvent, signal) => {
    if (signal.aborted) return;
    let timer: NodeJS.Timeout | null = null;
    const follower = (run: string) => {
      // An empty payload: the connection was lost for a while, and anything may have happened.
      if ((run !== id && run !== '') || timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        onEvent();
      }, PERIOD_MS);
    };
    followers.add(follower);
    const leave = () => {
      followers.delete(follower);
      if (timer !== null) clearTimeout(timer);
      if (followers.size > 0 || listening === null) return;
      const last = listening;
      listening = null;
      void last.then((stop) => stop()).catch(() => undefined);
    };
    signal.addEventListener('abort', leave, { once: true });
    listening ??= database.listen(RUN_CHANNEL, (run) => {
      for (const each of followers) each(run);
    });
    try {
      await listening;
    } catch (error) {
      listening = null;
      leave();
      throw error;
    }
  };
}
