// Takes batch jobs as they come, for as long as it is let: `run` beside its collection, `serve` all day.

import type { BatchId } from '../model/identity.ts';
import { annotateBatch } from './annotate.ts';
import type { App, ConfiguredSource } from './app.ts';
import type { BatchJob, BatchOutcome, BatchStage } from './batch-job.ts';
import { indexBatch } from './index-batch.ts';
import { refineBatch } from './refine.ts';

type Handler = (app: App, source: ConfiguredSource, batch: BatchId) => Promise<BatchOutcome>;

export const HANDLERS: Readonly<Record<BatchStage, Handler>> = {
  refine: refineBatch,
  annotate: annotateBatch,
  index: indexBatch,
};

export interface Workers {
  /** Batches and documents done by these workers since they started, by stage. */
  readonly done: Readonly<Record<BatchStage, { batches: number; documents: number }>>;
  /** Milliseconds since a job of the stage last began or ended here; 0 while one is in hand. */
  idleMs(stage: BatchStage): number;
  stop(): Promise<void>;
}

/** Starts taking jobs of the given stages. Jobs of other organisations or past recipes are let go: others redo them. */
export async function openWorkers(
  app: App,
  stages: readonly BatchStage[],
  onDone: (stage: BatchStage) => void,
): Promise<Workers> {
  const done = {
    refine: { batches: 0, documents: 0 },
    annotate: { batches: 0, documents: 0 },
    index: { batches: 0, documents: 0 },
  };
  const inHand = { refine: 0, annotate: 0, index: 0 };
  const lastAt = { refine: performance.now(), annotate: performance.now(), index: performance.now() };

  const stops = await Promise.all(
    stages.map((stage) =>
      app.queue.work<BatchJob>(stage, { concurrency: app.threads.size + 1, batchSize: 1 }, async (job) => {
        const source = app.sources.find(({ name, recipeId }) => name === job.source && recipeId === job.recipe);
        if (job.organisation !== app.database.organisation || source === undefined) return;
        inHand[stage] += 1;
        try {
          const outcome = await HANDLERS[stage](app, source, job.batch);
          if (outcome.kind !== 'done') return;
          done[stage].batches += 1;
          done[stage].documents += outcome.documents;
          onDone(stage);
        } finally {
          inHand[stage] -= 1;
          lastAt[stage] = performance.now();
        }
      }),
    ),
  );
  return {
    done,
    idleMs: (stage) => (inHand[stage] > 0 ? 0 : performance.now() - lastAt[stage]),
    async stop() {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}
