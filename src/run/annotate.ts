// Annotates one batch with every annotator of the settings; judgements and progress are stored together.

import { ABSTAINED } from '../model/annotation.ts';
import type { BatchId } from '../model/identity.ts';
import type { Json } from '../model/json.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { isDone, recordProgress, tryBatch } from '../store/batches.ts';
import { documentsDoneElsewhere, readDocumentsOfBatch } from '../store/documents.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type BatchOutcome, progressKey } from './batch-job.ts';

/** Waits its turn after refine: a batch that has no documents yet is not taken for an empty one. */
export async function annotateBatch(app: App, source: ConfiguredSource, batch: BatchId): Promise<BatchOutcome> {
  const { codebook } = app;
  if (codebook === null) return { kind: 'done', documents: 0 };
  const key = progressKey(app, 'annotate', source);
  const outcome = await app.database.transaction<BatchOutcome>(async (tx) => {
    if (!(await isDone(tx, batch, 'refine', source.recipeId))) return { kind: 'waiting', documents: 0 };
    const turn = await tryBatch(tx, batch, 'annotate', key);
    if (turn !== 'taken') return { kind: turn, documents: 0 };
    const all = await readDocumentsOfBatch(tx, batch, source.recipeId);
    const known = await documentsDoneElsewhere(tx, { batch, recipe: source.recipeId }, { stage: 'annotate', key });
    const fresh = all.filter(({ id }) => !known.has(id));
    const documents = fresh.filter(({ text }) => text !== '');
    const judged = new Set<string>();
    for (const { name, config } of annotatorsOf(app)) {
      const { annotations } = await app.threads.annotate({ annotator: name, config, codebook, documents });
      await insertAnnotations(tx, annotations);
      for (const { document, label } of annotations) if (label !== ABSTAINED) judged.add(document);
    }
    const counts = {
      documents: all.length,
      known: known.size,
      annotated: judged.size,
      abstained: documents.length - judged.size,
      empty: fresh.length - documents.length,
    };
    await recordProgress(tx, batch, { stage: 'annotate', key, counts });
    return { kind: 'done', documents: documents.length };
  });
  app.statistics.grew(outcome.documents);
  return outcome;
}

/** The annotators of the settings: a name alone, or a name with its configuration. */
export function annotatorsOf(app: App): readonly { readonly name: string; readonly config: Json }[] {
  return (app.project.settings.annotate?.annotators ?? []).flatMap((entry) =>
    typeof entry === 'string'
      ? [{ name: entry, config: {} }]
      : Object.entries(entry).map(([name, config]) => ({ name, config: config as Json })),
  );
}
