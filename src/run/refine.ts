// Refines one batch: sealed records are read, refined in a worker thread, and stored with the progress they mean.

import type { BatchId } from '../model/identity.ts';
import { documentId } from '../model/recipe.ts';
import { recordProgress, tryBatch } from '../store/batches.ts';
import { insertDocuments, knownDocuments, moveDocuments } from '../store/documents.ts';
import { type BatchContent, readBatch } from '../store/records.ts';
import { readTeaching, type Teaching } from '../store/territory-teaching.ts';
import { judgesOf, saveAnnotated } from './annotate.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type BatchOutcome, type BatchWork, progressKey, sendFollowingJobs } from './batch-job.ts';
import { namesAtHand } from './learned-names.ts';
import type { Judges, RefineTaskResult, SealedEntry } from './thread-task.ts';

/**
 * Documents of records that an earlier snapshot already brought are not derived again: they move to the newer snapshot.
 * Where `stages` has annotation too, documents that are all new are annotated while the thread has them at hand, rather than
 * read back for it; the others wait for their own turn.
 */
export async function refineBatch(
  app: App,
  source: ConfiguredSource,
  batch: BatchId,
  { stages }: BatchWork,
): Promise<BatchOutcome> {
  const key = progressKey(app, 'refine', source);
  const annotationKey = progressKey(app, 'annotate', source);
  const judges = stages.includes('annotate') ? judgesOf(app) : null;
  const outcome = await app.database.transaction<BatchOutcome>(async (tx) => {
    const turn = await tryBatch(tx, batch, 'refine', key);
    if (turn !== 'taken') return { kind: turn, documents: 0 };
    const content = await readBatch(tx, batch);
    const entries = content.rows.map((row) => ({
      ...row,
      document: documentId({ ...row, source: source.name, recipe: source.recipeId }),
    }));
    const known = await knownDocuments(
      tx,
      entries.map((entry) => entry.document),
    );
    const moved = entries.filter((entry) => known.has(entry.document));
    await moveDocuments(
      tx,
      moved.map(({ document, snapshot, ordinal }) => ({ document, snapshot, ordinal })),
    );
    const fresh = entries.filter((entry) => !known.has(entry.document));
    const work = { id: batch, source, judges: moved.length === 0 ? judges : null };
    const teaching = await readTeaching(tx, source.name);
    const derived = fresh.length === 0 ? null : await derive(app, { ...work, teaching }, content, fresh);
    if (derived !== null) await insertDocuments(tx, derived.documents);
    const counts = { documents: fresh.length, known: moved.length };
    await recordProgress(tx, batch, { stage: 'refine', key, counts });
    const result = derived?.annotations ?? null;
    if (result !== null) {
      await saveAnnotated(tx, { batch, key: annotationKey, result, documents: fresh.length, known: 0 });
    }
    const isAnnotated = result !== null || app.codebook === null;
    await sendFollowingJobs(app, tx, { id: batch, source, stages: isAnnotated ? ['index'] : ['annotate', 'index'] });
    return { kind: 'done', documents: fresh.length };
  });
  app.statistics.grew(outcome.documents);
  return outcome;
}

type Entry = BatchContent['rows'][number] & { readonly document: SealedEntry['document'] };

interface Work {
  readonly id: BatchId;
  readonly source: ConfiguredSource;
  readonly judges: Judges | null;
  readonly teaching: Teaching;
}

async function derive(
  app: App,
  { id, source, judges, teaching }: Work,
  content: BatchContent,
  entries: readonly Entry[],
): Promise<RefineTaskResult> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const sealed: SealedEntry[] = [];
  const wrappedKeys: Uint8Array[] = [];
  let keyStart = 0;
  const snapshots = content.snapshots.map((snapshot) => snapshot.id);
  for (const [objectKey, rows] of Map.groupBy(entries, (entry) => entry.objectKey)) {
    const start = Math.min(...rows.map((row) => row.start));
    const end = Math.max(...rows.map((row) => row.start + row.length));
    const part = parts.push(owned(await app.objects.get(objectKey, { start, end }))) - 1;
    for (const row of rows) {
      sealed.push({
        record: row.record,
        document: row.document,
        key: row.key,
        documentPart: row.part,
        part,
        start: row.start - start,
        length: row.length,
        keyStart,
        keyLength: row.wrappedKey.byteLength,
        snapshot: snapshots.indexOf(row.snapshot),
        ordinal: row.ordinal,
      });
      wrappedKeys.push(row.wrappedKey);
      keyStart += row.wrappedKey.byteLength;
    }
  }
  // In one piece: each key is a view of what came from the database, and would be handed over with all of it.
  const keys = owned(Buffer.concat(wrappedKeys));
  const task = {
    parts,
    keys,
    entries: sealed,
    snapshots: content.snapshots,
    batch: id,
    source: source.name,
    collector: source.reading.collector,
    config: source.reading.config,
    recipe: source.recipe,
    recipeId: source.recipeId,
    names: await namesAtHand(app, source.recipe),
    organisationKey: app.keyring.organisationKey,
    teaching,
    judges,
  };
  return await app.threads.refine(
    task,
    [...parts, keys].map(({ buffer }) => buffer),
  );
}

/** A view whose buffer holds nothing else, so that it can be handed to a thread without a copy of its neighbours. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return whole && bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
