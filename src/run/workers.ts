// Takes batch jobs as they come, for as long as it is let: `run` beside its collection, `serve` all day.

import { setTimeout as wait } from 'node:timers/promises';
import type { BatchId } from '../model/identity.ts';
import { annotateBatch } from './annotate.ts';
import type { App, ConfiguredSource } from './app.ts';
import { BATCH_STAGES, type BatchJob, type BatchOutcome, type BatchStage } from './batch-job.ts';
import { indexBatch } from './index-batch.ts';
import { sendComparison } from './rederivation.ts';
import { refineBatch } from './refine.ts';

/** `stages`: those that this process does, so that one may do the work of another on the way. */
type Handler = (
  app: App,
  source: ConfiguredSource,
  batch: BatchId,
  stages: readonly BatchStage[],
) => Promise<BatchOutcome>;

export const HANDLERS: Readonly<Record<BatchStage, Handler>> = {
  refine: refineBatch,
  annotate: annotateBatch,
  index: indexBatch,
};

type Counts = Readonly<Record<BatchStage, { readonly batches: number; readonly documents: number }>>;

export interface Workers {
  readonly stages: readonly BatchStage[];
  /** Batches and documents done by these workers since they started, by stage. */
  readonly done: Counts;
  /** Milliseconds since a job of the stage last began or ended here; 0 while one is in hand. */
  idleMs(stage: BatchStage): number;
  /** Calls `listener` after each batch, until the returned function is called. */
  listen(listener: (stage: BatchStage) => void): () => void;
  /** Takes no further job, and resolves when none is in hand. */
  stop(): Promise<void>;
}

/** How long a borrower waits for what is in hand: others may keep the workers busy for ever. */
const REST_MS = 10_000;
const LOOK_MS = 50;

/**
 * Starts taking jobs of the given stages. Jobs of other organisations or past recipes are let go: others redo them. Those of a
 * recipe that waits beside the one in force are done too, and not counted.
 */
export async function openWorkers(app: App, stages: readonly BatchStage[]): Promise<Workers> {
  const done = {
    refine: { batches: 0, documents: 0 },
    annotate: { batches: 0, documents: 0 },
    index: { batches: 0, documents: 0 },
  };
  const inHand = { refine: 0, annotate: 0, index: 0 };
  const lastAt = { refine: performance.now(), annotate: performance.now(), index: performance.now() };
  const listeners = new Set<(stage: BatchStage) => void>();

  const stops = await Promise.all(
    stages.map((stage) =>
      app.queue.work<BatchJob>(stage, { concurrency: app.threads.size + 1, batchSize: 1 }, async (job) => {
        const isAsked = ({ name, recipeId }: ConfiguredSource) => name === job.source && recipeId === job.recipe;
        const proposal = app.proposals.find(isAsked);
        const source = proposal ?? app.sources.find(isAsked);
        if (job.organisation !== app.database.organisation || !source?.derivable) return;
        inHand[stage] += 1;
        try {
          const outcome = await HANDLERS[stage](app, source, job.batch, stages);
          if (outcome.kind !== 'done') return;
          if (proposal !== undefined) return await sendComparison(app, proposal);
          done[stage].batches += 1;
          done[stage].documents += outcome.documents;
          for (const listener of listeners) listener(stage);
        } finally {
          inHand[stage] -= 1;
          lastAt[stage] = performance.now();
        }
      }),
    ),
  );
  return {
    stages,
    done,
    idleMs: (stage) => (inHand[stage] > 0 ? 0 : performance.now() - lastAt[stage]),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

/** The workers of a process that stays, lent to one run: it counts from here, and leaves them at work. */
export function borrowWorkers(workers: Workers): Workers {
  const before = structuredClone(workers.done);
  const leaves: (() => void)[] = [];
  const since = (stage: BatchStage) => ({
    batches: workers.done[stage].batches - before[stage].batches,
    documents: workers.done[stage].documents - before[stage].documents,
  });
  return {
    stages: workers.stages,
    get done() {
      return { refine: since('refine'), annotate: since('annotate'), index: since('index') };
    },
    idleMs: (stage) => workers.idleMs(stage),
    listen(listener) {
      const leave = workers.listen(listener);
      leaves.push(leave);
      return leave;
    },
    async stop() {
      for (const leave of leaves) leave();
      const until = performance.now() + REST_MS;
      while (BATCH_STAGES.some((stage) => workers.idleMs(stage) === 0) && performance.now() < until)
        await wait(LOOK_MS);
    },
  };
}
