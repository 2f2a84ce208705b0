// Makes the documents of one batch findable by their words.

import type { BatchId } from '../model/identity.ts';
import { isDone, recordProgress, tryBatch } from '../store/batches.ts';
import { indexDocumentsOfBatch } from '../store/search.ts';
import type { App, ConfiguredSource } from './app.ts';
import type { BatchOutcome } from './batch-job.ts';

export async function indexBatch(app: App, source: ConfiguredSource, batch: BatchId): Promise<BatchOutcome> {
  return app.database.transaction(async (tx) => {
    if (!(await isDone(tx, batch, 'refine', source.recipeId))) return { kind: 'waiting', documents: 0 };
    const turn = await tryBatch(tx, batch, 'index', source.recipeId);
    if (turn !== 'taken') return { kind: turn, documents: 0 };
    const documents = await indexDocumentsOfBatch(tx, batch, source.recipeId);
    await recordProgress(tx, batch, { stage: 'index', key: source.recipeId, counts: { documents } });
    return { kind: 'done', documents };
  });
}
