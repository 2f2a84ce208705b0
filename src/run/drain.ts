// Brings a stage to its end: every batch of every source is done, here or by another process, or has failed three times.

import type { BatchId } from '../model/identity.ts';
import { missingBatches } from '../store/batches.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type BatchStage, progressKey } from './batch-job.ts';
import { forEachConcurrently } from './concurrency.ts';
import { failureCode } from './failure.ts';
import type { Reporter } from './reporter.ts';
import { HANDLERS, type Workers } from './workers.ts';

const ATTEMPTS = 3;
const POLL_MS = 150;
/** How long the queue may bring nothing before what is missing is taken without a job: a worker died with it. */
const PATIENCE_MS = 600;

export interface DrainCounts {
  readonly documents: number;
  /** Batches that failed three times; the others are done. */
  readonly failed: number;
}

/**
 * Waits for the workers while jobs come; then does here what no job brings. Progress rows, not jobs, say what is missing,
 * so a job lost with its worker costs nothing but this look.
 */
export async function drainStage(
  app: App,
  stage: BatchStage,
  workers: Workers,
  reporter: Reporter,
): Promise<DrainCounts> {
  reporter.started(stage);
  const attempts = new Map<BatchId, number>();
  let swept = 0;
  let failed = 0;
  const documents = () => workers.done[stage].documents + swept;
  for (;;) {
    app.signal.throwIfAborted();
    const missing = (await missingOf(app, stage)).filter(({ batch }) => (attempts.get(batch) ?? 0) < ATTEMPTS);
    if (missing.length === 0) break;
    reporter.progress(stage, { documents: documents(), batchesLeft: missing.length });
    if (workers.idleMs(stage) >= PATIENCE_MS) await sweep(missing);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const counts = { documents: documents(), failed };
  reporter.finished(stage, counts);
  return counts;

  async function sweep(missing: readonly Missing[]): Promise<void> {
    await forEachConcurrently(missing, app.threads.size + 1, async ({ source, batch }) => {
      app.signal.throwIfAborted();
      try {
        swept += (await HANDLERS[stage](app, source, batch)).documents;
        reporter.progress(stage, { documents: documents(), batchesLeft: missing.length });
      } catch (error) {
        app.signal.throwIfAborted();
        const failures = (attempts.get(batch) ?? 0) + 1;
        attempts.set(batch, failures);
        if (failures < ATTEMPTS) return;
        failed += 1;
        reporter.progress(stage, { batch, error: failureCode(error) });
      }
    });
  }
}

interface Missing {
  readonly source: ConfiguredSource;
  readonly batch: BatchId;
}

async function missingOf(app: App, stage: BatchStage): Promise<readonly Missing[]> {
  return app.database.transaction(async (tx) => {
    const missing: Missing[] = [];
    for (const source of app.sources) {
      const batches = await missingBatches(tx, stage, progressKey(app, stage, source), source.name);
      missing.push(...batches.map((batch) => ({ source, batch })));
    }
    return missing;
  });
}
