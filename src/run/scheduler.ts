// Collects each source at its rhythm. Any number of processes may do so on one database: each time comes to one of them.

import { DataSensError } from '../model/error.ts';
import type { App } from './app.ts';
import { runJourney } from './journey.ts';
import { parseRhythm } from './rhythm.ts';
import { trainStudents } from './train.ts';
import type { Workers } from './workers.ts';

/** What a scheduled collection does: publishing stays a person's decision. */
const STEPS = ['collect', 'refine', 'annotate', 'govern'] as const;

/** A run in progress is waited for: what was planned comes late rather than not at all. */
const PATIENCE_MS = 30 * 60_000;

interface CollectJob {
  readonly organisation: string;
  readonly source: string;
}

interface TrainJob {
  readonly organisation: string;
}

export interface Scheduler {
  /** Takes over the rhythms of the settings as they are now. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the schedules of the sources, and collects what they send, one source at a time. */
export async function openScheduler(app: App, workers?: Workers): Promise<Scheduler> {
  await refresh();
  const stop = await app.queue.work<CollectJob>('collect', { concurrency: 1, batchSize: 1 }, async (job) => {
    const known = app.sources.some(({ name }) => name === job.source);
    if (job.organisation !== app.database.organisation || !known) return;
    await collectScheduled(app, job.source, workers);
  });
  const stopTraining = await app.queue.work<TrainJob>('train', { concurrency: 1, batchSize: 1 }, async (job) => {
    if (job.organisation === app.database.organisation) await trainScheduled(app);
  });
  return {
    refresh,
    async stop() {
      await Promise.all([stop(), stopTraining()]);
    },
  };

  async function refresh(): Promise<void> {
    const { timeZone } = app.project.settings;
    const schedules = app.sources.flatMap(({ name, settings }) => {
      const rhythm = settings.every === undefined || settings.paused === true ? null : parseRhythm(settings.every);
      if (rhythm?.kind !== 'rhythm') return [];
      const payload: CollectJob = { organisation: app.database.organisation, source: name };
      return [{ key: name, cron: rhythm.cron, timeZone, payload }];
    });
    const { organisation } = app.database;
    await app.queue.schedule('collect', organisation, schedules);
    const training = parseRhythm(app.project.settings.annotate?.student?.every ?? '');
    const payload: TrainJob = { organisation };
    const train = training.kind === 'rhythm' ? [{ key: 'train', cron: training.cron, timeZone, payload }] : [];
    await app.queue.schedule('train', organisation, train);
  }
}

/** A failure is kept with its run, and the next time comes as planned: retrying at once is egress's business. */
async function collectScheduled(app: App, source: string, workers: Workers | undefined): Promise<void> {
  try {
    const request = { command: `schedule ${source}`, steps: STEPS, sources: [source], unattended: true };
    await runJourney(app, request, () => undefined, { patienceMs: PATIENCE_MS, workers });
  } catch (error) {
    if (!(error instanceof DataSensError)) throw error;
  }
}

/** Labels that are too few, or a codebook that left the settings, are no failure of the schedule. */
async function trainScheduled(app: App): Promise<void> {
  try {
    await trainStudents(app, { task: null, actor: 'system', progress: () => undefined });
  } catch (error) {
    if (!(error instanceof DataSensError)) throw error;
  }
}
