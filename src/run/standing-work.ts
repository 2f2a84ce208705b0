// What a process that stays does: takes queued work, collects at the rhythms, follows the settings file.

import { DataSensError } from '../model/error.ts';
import type { App } from './app.ts';
import { BATCH_STAGES } from './batch-job.ts';
import { endDeadRuns } from './dead-runs.ts';
import { openRecipeWork } from './recipe-work.ts';
import { openScheduler } from './scheduler.ts';
import { type SettingsWatch, watchSettings } from './settings-watch.ts';
import { openWorkers, type Workers } from './workers.ts';

export interface StandingWork {
  readonly settings: SettingsWatch;
  /** At work on what comes: runs of this process borrow them. */
  readonly workers: Workers;
  /** Waits for what is in hand. */
  stop(): Promise<void>;
}

/** Begins it; `say` is told, in words for people, when the settings were read again or refused. */
export async function openStandingWork(app: App, say: (words: string) => void): Promise<StandingWork> {
  await endDeadRuns(app.database);
  const workers = await openWorkers(app, BATCH_STAGES);
  const scheduler = await openScheduler(app, workers);
  const recipes = await openRecipeWork(app);
  const settings = watchSettings(app, async (error) => {
    if (error === null) {
      await scheduler.refresh();
      await recipes.refresh();
    }
    say(error === null ? 'Réglages relus.' : `Réglages refusés, les précédents restent :\n${wordsOf(error)}`);
  });
  return {
    settings,
    workers,
    async stop() {
      settings.stop();
      await scheduler.stop();
      await recipes.stop();
      await workers.stop();
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof DataSensError ? error.message : 'erreur interne';
}
