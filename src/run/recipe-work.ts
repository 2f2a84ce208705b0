// What a process that stays does about recipes: makes the documents of those that wait, compares, and hears of decisions.

import { DataSensError } from '../model/error.ts';
import { RECIPES_CHANNEL } from '../store/recipe-uses.ts';
import type { App } from './app.ts';
import { compareProposal } from './compare-recipes.ts';
import { type CompareJob, sendRederivation } from './rederivation.ts';

export interface RecipeWork {
  /** Queues what the settings as they are now ask to be made. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Begins it. A decision itself is left to people, and to runs. */
export async function openRecipeWork(app: App): Promise<RecipeWork> {
  await sendRederivation(app);
  const stop = await app.queue.work<CompareJob>('compare', { concurrency: 1, batchSize: 1 }, async (job) => {
    if (job.organisation !== app.database.organisation) return;
    const proposal = app.proposals.find(({ name, recipeId }) => name === job.source && recipeId === job.recipe);
    if (proposal !== undefined) await compareProposal(app, proposal);
  });
  const stopListening = await app.database.listen(RECIPES_CHANNEL, (organisation) => {
    // An empty payload: the connection was lost for a while, and somebody may have decided.
    if (organisation !== '' && organisation !== app.database.organisation) return;
    void app.refresh().catch(ignoreStoreFailure);
  });
  return {
    refresh: () => sendRederivation(app),
    async stop() {
      await stopListening().catch(() => undefined);
      await stop();
    },
  };
}

/** The next statement of whoever works meets the same database, and says so. */
function ignoreStoreFailure(error: unknown): void {
  if (!(error instanceof DataSensError)) throw error;
}
