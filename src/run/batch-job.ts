// The work of one stage on one batch: what a job carries, and the key under which its end is remembered.

import type { BatchId, RecipeId, RunId, SourceName } from '../model/identity.ts';
import type { Tx } from '../store/database.ts';
import type { App, ConfiguredSource } from './app.ts';
import { modelsKey } from './models.ts';

export const BATCH_STAGES = ['refine', 'annotate', 'index', 'model'] as const;
export type BatchStage = (typeof BATCH_STAGES)[number];

export interface BatchJob {
  readonly organisation: string;
  readonly batch: BatchId;
  readonly source: SourceName;
  readonly recipe: RecipeId;
  /** The run that a person answers for; models are asked for no other. */
  readonly run?: RunId;
}

/** What a handler does its batch for. */
export interface BatchWork {
  /** Those that this process does, so that one may do the work of another on the way. */
  readonly stages: readonly BatchStage[];
  readonly run: RunId | null;
}

/**
 * `busy`: another process has it in hand. `waiting`: the stage before has not brought it yet. `stopped`: the stage ends
 * here, for this batch and the others.
 */
export interface BatchOutcome {
  readonly kind: 'done' | 'busy' | 'waiting' | 'stopped';
  readonly documents: number;
}

/** What a stage did to a batch depends on this: another recipe, codebook or student makes the batch missing again. */
export function progressKey(app: App, stage: BatchStage, source: ConfiguredSource): string {
  if (stage === 'annotate') {
    const students = app.students.map(({ digest }) => ` ${digest}`).join('');
    return `${source.recipeId} ${app.codebookVersion} ${JSON.stringify(app.threadAnnotators)}${students}`;
  }
  if (stage === 'model') return `${source.recipeId} ${app.codebookVersion} ${modelsKey(app.models)}`;
  return source.recipeId;
}

/** Queues the refining of batches, in the transaction that stores them; none where the recipe can no longer be made. */
export async function sendRefineJobs(
  app: App,
  tx: Tx,
  source: ConfiguredSource,
  batches: readonly BatchId[],
): Promise<void> {
  if (!source.derivable) return;
  const jobs = batches.map((batch) => jobOf(app, source, batch));
  await app.queue.send(tx, 'refine', jobs);
}

/** Queues the stages that follow refining, in the transaction that stores the documents. */
export async function sendFollowingJobs(
  app: App,
  tx: Tx,
  batch: { readonly source: ConfiguredSource; readonly id: BatchId; readonly stages: readonly BatchStage[] },
): Promise<void> {
  for (const stage of batch.stages) await app.queue.send(tx, stage, [jobOf(app, batch.source, batch.id)]);
}

/** Queues what models are to be asked, for a run that may ask them. */
export async function sendModelJobs(
  app: App,
  run: RunId,
  work: readonly { readonly source: ConfiguredSource; readonly batch: BatchId }[],
): Promise<void> {
  const jobs = work.map(({ source, batch }) => ({ ...jobOf(app, source, batch), run }));
  await app.database.transaction((tx) => app.queue.send(tx, 'model', jobs));
}

function jobOf(app: App, source: ConfiguredSource, batch: BatchId): BatchJob {
  return { organisation: app.database.organisation, batch, source: source.name, recipe: source.recipeId };
}
