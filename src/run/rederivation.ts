// The work of a recipe that waits beside the one in force, as jobs: kept records are made documents again, then compared.

import { missingBatches } from '../store/batches.ts';
import type { Tx } from '../store/database.ts';
import type { App, ConfiguredSource } from './app.ts';
import { BATCH_STAGES, type BatchStage, progressKey, sendFollowingJobs, sendRefineJobs } from './batch-job.ts';

export interface CompareJob {
  readonly organisation: string;
  readonly source: string;
  readonly recipe: string;
}

/** Stages that documents go through before they can be shown. */
export function stagesOf(app: App): readonly BatchStage[] {
  return BATCH_STAGES.filter((stage) => stage !== 'model' && (stage !== 'annotate' || app.codebook !== null));
}

/** Batches, and their records, that a proposal's stages have still to do. */
export async function leftOf(
  tx: Tx,
  app: App,
  proposal: ConfiguredSource,
): Promise<{ readonly batches: number; readonly records: number }> {
  let batches = 0;
  let records = 0;
  for (const stage of stagesOf(app)) {
    const missing = await missingBatches(tx, stage, progressKey(app, stage, proposal), proposal.name);
    batches += missing.length;
    if (stage === 'refine') records = missing.reduce((sum, batch) => sum + batch.records, 0);
  }
  return { batches, records };
}

/** Queues everything that the proposals have still to do. Progress rows say what that is: asking twice does it once. */
export async function sendRederivation(app: App): Promise<void> {
  for (const proposal of app.proposals) {
    await app.database.transaction(async (tx) => {
      const missing = async (stage: BatchStage) =>
        (await missingBatches(tx, stage, progressKey(app, stage, proposal), proposal.name)).map(({ id }) => id);
      const unrefined = await missing('refine');
      await sendRefineJobs(app, tx, proposal, unrefined);
      const waiting = new Set(unrefined);
      for (const stage of stagesOf(app).filter((name) => name !== 'refine')) {
        for (const id of await missing(stage)) {
          if (!waiting.has(id)) await sendFollowingJobs(app, tx, { id, source: proposal, stages: [stage] });
        }
      }
    });
    await sendComparison(app, proposal);
  }
}

/** Queues the comparison of a proposal that has nothing left to do. */
export async function sendComparison(app: App, proposal: ConfiguredSource): Promise<void> {
  await app.database.transaction(async (tx) => {
    if ((await leftOf(tx, app, proposal)).batches > 0) return;
    const { name, recipeId } = proposal;
    const job: CompareJob = { organisation: app.database.organisation, source: name, recipe: recipeId };
    await app.queue.send(tx, 'compare', [job]);
  });
}
