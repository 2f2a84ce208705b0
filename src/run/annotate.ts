// Annotates one batch with every annotator of the settings; judgements and progress are stored together.

import type { BatchId } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { isDone, recordProgress, tryBatch } from '../store/batches.ts';
import type { Tx } from '../store/database.ts';
import { documentsDoneElsewhere, readDocumentsOfBatch } from '../store/documents.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type BatchOutcome, progressKey } from './batch-job.ts';
import type { AnnotateTaskResult, Judges } from './thread-task.ts';

/** Waits its turn after refine: a batch that has no documents yet is not taken for an empty one. */
export async function annotateBatch(app: App, source: ConfiguredSource, batch: BatchId): Promise<BatchOutcome> {
  const judges = judgesOf(app);
  if (judges === null) return { kind: 'done', documents: 0 };
  const key = progressKey(app, 'annotate', source);
  const outcome = await app.database.transaction<BatchOutcome>(async (tx) => {
    if (!(await isDone(tx, batch, 'refine', source.recipeId))) return { kind: 'waiting', documents: 0 };
    const turn = await tryBatch(tx, batch, 'annotate', key);
    if (turn !== 'taken') return { kind: turn, documents: 0 };
    const all = await readDocumentsOfBatch(tx, batch, source.recipeId);
    const known = await documentsDoneElsewhere(tx, { batch, recipe: source.recipeId }, { stage: 'annotate', key });
    const fresh = all.filter(({ id }) => !known.has(id));
    const result = await app.threads.annotate({ ...judges, documents: fresh });
    await saveAnnotated(tx, { batch, key, result, documents: all.length, known: known.size });
    return { kind: 'done', documents: result.documents };
  });
  app.statistics.grew(outcome.documents);
  return outcome;
}

interface Annotated {
  readonly batch: BatchId;
  readonly key: string;
  readonly result: AnnotateTaskResult;
  /** Of the batch, those that another batch is done with included. */
  readonly documents: number;
  readonly known: number;
}

/** Stores what a thread annotated, and that the batch is done with it. */
export async function saveAnnotated(tx: Tx, { batch, key, result, documents, known }: Annotated): Promise<void> {
  await insertAnnotations(tx, result.annotations);
  const counts = {
    documents,
    known,
    annotated: result.judged,
    abstained: result.documents - result.judged,
    empty: documents - known - result.documents,
  };
  await recordProgress(tx, batch, { stage: 'annotate', key, counts });
}

/** The codebook and the annotators of the settings that run in threads (a name alone, or a name with its configuration); null without codebook. */
export function judgesOf(app: App): Judges | null {
  const { codebook } = app;
  if (codebook === null) return null;
  const annotators = app.threadAnnotators.flatMap((entry) =>
    typeof entry === 'string'
      ? [{ name: entry, config: {} }]
      : Object.entries(entry).map(([name, config]) => ({ name, config: config as Json })),
  );
  const artefacts = app.students.map(({ digest, path }) => ({ digest, path }));
  return {
    codebook,
    annotators: annotators.map(({ name, config }) => ({ name, config: name === 'student' ? { artefacts } : config })),
  };
}
