// Jobs, on pg-boss: sent in the transaction of what they follow, taken in batches, brought back when their worker dies.

import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { fromKysely, type Job, PgBoss } from 'pg-boss';
import { DataSensError } from '../model/error.ts';
import { listen, type Tx } from './database.ts';
import { translateFailure } from './failure.ts';

export const QUEUES = ['collect', 'refine', 'annotate', 'clear', 'index', 'model', 'compare', 'train'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface WorkOptions {
  /** Batches in hand at once. */
  readonly concurrency: number;
  /** Jobs fetched together; each is handled and ended on its own. */
  readonly batchSize: number;
  /** Longest wait before looking without being told; 1,000 when absent. */
  readonly pollMs?: number;
}

export interface Schedule {
  /** Unique for its owner. */
  readonly key: string;
  /** Five fields (POSIX crontab). */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly payload: object;
}

export interface QueueOptions {
  /** Once it aborts, no job is begun. */
  readonly signal?: AbortSignal;
  /** True where this process watches the time and sends what is scheduled. */
  readonly clock?: boolean;
}

export interface Queue {
  /** Sends jobs when `tx` commits. Payloads hold ids only, never words. */
  send(tx: Tx, queue: QueueName, payloads: readonly object[]): Promise<void>;
  /**
   * Takes jobs until stopped; stopping waits for those in hand. A job whose handler throws is tried again three times,
   * later each time, then kept in the queue `failed`.
   */
  work<Payload>(
    queue: QueueName,
    options: WorkOptions,
    handler: (payload: Payload, signal: AbortSignal) => Promise<void>,
  ): Promise<() => Promise<void>>;
  /**
   * Makes these the only schedules of `owner`: each sends its payload to the queue when its cron says, once whatever the
   * number of processes whose clock runs.
   */
  schedule(queue: QueueName, owner: string, schedules: readonly Schedule[]): Promise<void>;
  /** The schedules of `owner`, by key. */
  schedules(queue: QueueName, owner: string): Promise<readonly Omit<Schedule, 'payload'>[]>;
  /** Jobs that wait or are in hand. */
  pending(queue: QueueName): Promise<number>;
  /** Drops the jobs of an organisation that nobody has in hand: progress rows remember what is to be done. */
  discard(organisation: string): Promise<void>;
  close(): Promise<void>;
}

const SCHEMA = 'pgboss';
const CHANNEL = 'datasens_queue';
const FAILED = 'failed';
/** Jobs are announced; looking anyway this often finds retries, and what a lost connection did not say. */
const POLL_MS = 1000;
/** pg-boss's least; a worker says three times within it that it lives. */
const HEARTBEAT_SECONDS = 10;
const TOUCH_MS = 3000;
/** The planner must know how many jobs wait: without it fetching is thirty times slower after a large sending. */
const JOBS_PER_ANALYZE = 1000;

/** Opens (creating them the first time) the queues of a database. */
export async function openQueue(url: string, { signal, clock = false }: QueueOptions = {}): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: 4,
    application_name: 'datasens queue',
    schedule: clock,
    supervise: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    registerInstance: false,
    monitorVacuum: false,
    reindex: false,
  });
  // What fails here is retried by pg-boss; what matters fails again at a call of ours, which says so.
  boss.on('error', () => undefined);
  boss.on('warning', () => undefined);
  try {
    await boss.start();
    await boss.createQueue(FAILED, { retryLimit: 0 });
    for (const name of QUEUES) await boss.createQueue(name, QUEUE_OPTIONS);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw translateFailure(error);
  }
  const closing = new AbortController();
  const stopped = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
  const bells = new Set<{ readonly queue: QueueName; readonly ring: () => void }>();
  let unlisten: Promise<() => Promise<void>> | null = null;

  return {
    async send(tx, queue, payloads) {
      if (payloads.length === 0) return;
      // The jobs are not an organisation's rows: the role that owns nothing cannot write them.
      await sql`select set_config('role', 'none', true)`.execute(tx);
      const jobs = payloads.map((data) => ({ data }));
      await boss.insert(queue, jobs, { db: fromKysely(tx) });
      await sql`select set_config('role', 'datasens_app', true), pg_notify(${CHANNEL}, ${queue})`.execute(tx);
    },
    async work(queue, options, handler) {
      unlisten ??= listen(url, CHANNEL, (name) => {
        for (const { queue: known, ring } of bells) if (name === '' || name === known) ring();
      });
      await unlisten;
      const stop = new AbortController();
      const ended = AbortSignal.any([stop.signal, stopped]);
      const bell = openBell(options.pollMs ?? POLL_MS, ended);
      const listener = { queue, ring: bell.ring };
      bells.add(listener);
      const loops = Array.from({ length: options.concurrency }, () =>
        takeJobs(boss, queue, options.batchSize, { ended, bell, handle: (job) => handler(job as never, stopped) }),
      );
      return async () => {
        stop.abort();
        bells.delete(listener);
        await Promise.all(loops);
      };
    },
    async schedule(queue, owner, schedules) {
      try {
        const known = await boss.getSchedules(queue);
        const wanted = new Set(schedules.map(({ key }) => `${owner}/${key}`));
        for (const { key } of known) {
          if (key.startsWith(`${owner}/`) && !wanted.has(key)) await boss.unschedule(queue, key);
        }
        for (const { key, cron, timeZone, payload } of schedules) {
          await boss.schedule(queue, cron, payload, { tz: timeZone, key: `${owner}/${key}` });
        }
      } catch (error) {
        throw translateFailure(error);
      }
    },
    async schedules(queue, owner) {
      try {
        const known = (await boss.getSchedules(queue)).filter(({ key }) => key.startsWith(`${owner}/`));
        return known.map(({ key, cron, timezone }) => ({ key: key.slice(owner.length + 1), cron, timeZone: timezone }));
      } catch (error) {
        throw translateFailure(error);
      }
    },
    async pending(queue) {
      try {
        const { rows } = await boss
          .getDb()
          .executeSql(`select count(*)::integer as n from ${SCHEMA}.job where name = $1 and state < 'completed'`, [
            queue,
          ]);
        return rows[0].n;
      } catch (error) {
        throw translateFailure(error);
      }
    },
    async discard(organisation) {
      try {
        await boss
          .getDb()
          .executeSql(
            `delete from ${SCHEMA}.job where name = any ($1) and state < 'active' and data->>'organisation' = $2`,
            [['refine', 'annotate', 'index', 'model', 'compare'], organisation],
          );
      } catch (error) {
        throw translateFailure(error);
      }
    },
    async close() {
      closing.abort();
      await (await unlisten)?.();
      await boss.stop({ graceful: false });
    },
  };
}

const QUEUE_OPTIONS = {
  retryLimit: 3,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 3600,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  deleteAfterSeconds: 86_400,
  deadLetter: FAILED,
} as const;

interface Bell {
  ring(): void;
  /** Resolves when rung since the last wait, after the poll's time, or when ended. */
  wait(): Promise<void>;
}

function openBell(pollMs: number, ended: AbortSignal): Bell {
  let waiters: (() => void)[] = [];
  return {
    ring() {
      const woken = waiters;
      waiters = [];
      for (const wake of woken) wake();
    },
    async wait() {
      const rung = new Promise<void>((resolve) => void waiters.push(resolve));
      const late = new AbortController();
      await Promise.race([
        rung,
        wait(pollMs, undefined, { signal: AbortSignal.any([ended, late.signal]) }).catch(() => undefined),
      ]);
      late.abort();
    },
  };
}

interface Hands {
  readonly ended: AbortSignal;
  readonly bell: Bell;
  readonly handle: (payload: unknown) => Promise<void>;
}

async function takeJobs(boss: PgBoss, queue: QueueName, batchSize: number, hands: Hands): Promise<void> {
  let untilAnalyze = 0;
  while (!hands.ended.aborted) {
    // A lost database comes back or not: the caller's own statements say which. Here the next look is a try.
    const jobs = await boss.fetch(queue, { batchSize }).catch(() => []);
    if (jobs.length === 0) {
      await hands.bell.wait();
      continue;
    }
    untilAnalyze -= jobs.length;
    if (untilAnalyze < 0) {
      untilAnalyze = JOBS_PER_ANALYZE;
      await boss
        .getDb()
        .executeSql(`analyze ${SCHEMA}.job_common`)
        .catch(() => undefined);
    }
    await handleJobs(boss, queue, jobs, hands);
  }
}

async function handleJobs(boss: PgBoss, queue: QueueName, jobs: readonly Job<unknown>[], hands: Hands): Promise<void> {
  const left = new Set(jobs);
  const living = setInterval(() => void boss.touch(queue, [...left].map(idOf)).catch(() => undefined), TOUCH_MS);
  try {
    for (const job of jobs) {
      // Those not begun are given back at once, rather than when their heartbeat is missed.
      if (hands.ended.aborted) break;
      const failure = await hands.handle(job.data).then(
        () => null,
        (error: unknown) => describe(error),
      );
      left.delete(job);
      const settled = failure === null ? boss.complete(queue, job.id) : boss.fail(queue, job.id, failure);
      // A job that could not be settled comes back, and is found done: work is idempotent.
      await settled.catch(() => undefined);
    }
    if (left.size > 0) await boss.fail(queue, [...left].map(idOf), { code: 'cancelled' }).catch(() => undefined);
  } finally {
    clearInterval(living);
  }
}

const idOf = (job: Job<unknown>) => job.id;

/** What is kept of a failure: never a message that could quote a citizen. */
function describe(error: unknown): { readonly code: string; readonly message?: string } {
  if (error instanceof DataSensError) return { code: error.code, message: error.message };
  return { code: 'internal', message: error instanceof Error ? error.name : 'unknown' };
}
