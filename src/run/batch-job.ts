// The work of one stage on one batch: what a job carries, and the key under which its end is remembered.

import type { BatchId, RecipeId, SourceName } from '../model/identity.ts';
import type { Tx } from '../store/database.ts';
import type { App, ConfiguredSource } from './app.ts';

export const BATCH_STAGES = ['refine', 'annotate', 'index'] as const;
export type BatchStage = (typeof BATCH_STAGES)[number];

export interface BatchJob {
  readonly organisation: string;
  readonly batch: BatchId;
  readonly source: SourceName;
  readonly recipe: RecipeId;
}

/** `busy`: another process has it in hand. `waiting`: the stage before has not brought it yet. */
export interface BatchOutcome {
  readonly kind: 'done' | 'busy' | 'waiting';
  readonly documents: number;
}

/** What a stage did to a batch depends on this: another recipe, codebook or student makes the batch missing again. */
export function progressKey(app: App, stage: BatchStage, source: ConfiguredSource): string {
  if (stage !== 'annotate') return source.recipeId;
  const students = app.students.map(({ digest }) => ` ${digest}`).join('');
  const annotators = JSON.stringify(app.project.settings.annotate?.annotators);
  return `${source.recipeId} ${app.codebookVersion} ${annotators}${students}`;
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

function jobOf(app: App, source: ConfiguredSource, batch: BatchId): BatchJob {
  return { organisation: app.database.organisation, batch, source: source.name, recipe: source.recipeId };
}
