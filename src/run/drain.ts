// Brings a stage to its end: every batch of the run is done, here or by another process, or has failed three times.

import type { BatchId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { saveBatchFailure } from '../store/run-accounts.ts';
import type { App } from './app.ts';
import { type BatchStage, progressKey } from './batch-job.ts';
import { forEachConcurrently } from './concurrency.ts';
import { failureWords } from './failure.ts';
import { type Ledger, type MissingWork, missingOf, stageAccount } from './ledger.ts';
import { withDocumentsInHand } from './model-progress.ts';
import type { Reporter } from './reporter.ts';
import { HANDLERS, type Workers } from './workers.ts';

const ATTEMPTS = 3;
const POLL_MS = 150;
/** How long the queue may bring nothing before what is missing is taken without a job: a worker died with it. */
const PATIENCE_MS = 600;
/** How often the counts of a stage are read for those who watch. */
const TELL_MS = 500;

export interface Drained {
  readonly total: JsonObject;
  readonly sources: ReadonlyMap<string, JsonObject>;
}

/**
 * Waits for the workers while jobs come; then does here what no job brings. Progress rows, not jobs, say what is missing,
 * so a job lost with its worker costs nothing but this look. @throws store-unavailable
 */
export async function drainStage(
  app: App,
  stage: BatchStage,
  { ledger, workers, reporter }: { readonly ledger: Ledger; readonly workers: Workers; readonly reporter: Reporter },
): Promise<Drained> {
  reporter.started(stage);
  const attempts = new Map<BatchId, number>();
  let swept = 0;
  let failedBatches = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    app.signal.throwIfAborted();
    const missing = (await missingOf(app, ledger, stage)).filter(({ batch }) => (attempts.get(batch) ?? 0) < ATTEMPTS);
    if (missing.length === 0) break;
    await tell();
    if (workers.idleMs(stage) >= PATIENCE_MS) await sweep(missing);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const { total, sources } = await account();
  const counts = { ...total, failedBatches };
  reporter.finished(stage, counts);
  return { total: counts, sources };

  async function account(): Promise<Drained> {
    if (stage !== 'index') return stageAccount(app, ledger, stage);
    return { total: { documents: workers.done.index.documents + swept }, sources: new Map() };
  }

  async function tell(): Promise<void> {
    if (performance.now() - toldAt < TELL_MS) return;
    toldAt = performance.now();
    const { total } = await account();
    reporter.progress(stage, stage === 'model' ? await withDocumentsInHand(app, ledger.run, total) : total);
  }

  async function sweep(missing: readonly MissingWork[]): Promise<void> {
    await forEachConcurrently(missing, app.threads.size + 1, async (work) => {
      app.signal.throwIfAborted();
      try {
        const outcome = await HANDLERS[stage](app, work.source, work.batch, {
          stages: workers.stages,
          run: ledger.run,
        });
        swept += outcome.documents;
        // The stage before is over: a batch that still waits for it waits for ever.
        if (outcome.kind === 'waiting' || outcome.kind === 'stopped') attempts.set(work.batch, ATTEMPTS);
        await tell();
      } catch (error) {
        app.signal.throwIfAborted();
        await failed(work, error);
      }
    });
  }

  async function failed({ source, batch }: MissingWork, error: unknown): Promise<void> {
    const failures = (attempts.get(batch) ?? 0) + 1;
    attempts.set(batch, failures);
    if (failures < ATTEMPTS) return;
    const { code, message } = failureWords(error);
    // A pack that cannot be read is the trouble of its batches; a store that does not answer is that of all.
    if (code === 'store-unavailable') throw error;
    failedBatches += 1;
    const failure = { batch, stage, key: progressKey(app, stage, source), code, message };
    await app.database.transaction((tx) => saveBatchFailure(tx, ledger.run, failure));
    reporter.progress(stage, { batch, error: failure.code });
  }
}
