// Asks the models about one batch: each document is kept as soon as it is judged, so that a killed run asks none twice.

import type { ModelSession, Outcome } from '../annotate/model/session.ts';
import { ABSTAINED, type Annotation } from '../model/annotation.ts';
import { DataSensError } from '../model/error.ts';
import type { BatchId, RunId } from '../model/identity.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { isDone, recordProgress } from '../store/batches.ts';
import { documentsDoneElsewhere, readDocumentsOfBatch } from '../store/documents.ts';
import { readAnswers, type StoredAnswer, saveAnswer } from '../store/model-answers.ts';
import { readRun } from '../store/runs.ts';
import type { App, ConfiguredSource } from './app.ts';
import type { AtWork } from './asking.ts';
import { type BatchOutcome, type BatchWork, progressKey } from './batch-job.ts';
import { forEachConcurrently } from './concurrency.ts';

/** How often it is kept how far a batch is, and whether its run still goes. */
const LOOK_MS = 2000;

type Judged = 'annotated' | 'abstained' | 'refused';
type Documents = Awaited<ReturnType<typeof readDocumentsOfBatch>>;

/** Waits its turn after refine; a batch of which a document got no answer stays to be done. @throws remote-unavailable */
export async function askBatch(
  app: App,
  source: ConfiguredSource,
  batch: BatchId,
  { run }: BatchWork,
): Promise<BatchOutcome> {
  if (app.codebook === null || app.models.length === 0 || run === null) return { kind: 'stopped', documents: 0 };
  const key = progressKey(app, 'model', source);
  const turn = await app.control.transaction(async (tx) => {
    if (!(await isDone(tx, batch, 'refine', source.recipeId))) return 'waiting';
    return (await isDone(tx, batch, 'model', key)) ? 'done' : 'taken';
  });
  if (turn !== 'taken') return { kind: turn, documents: 0 };
  try {
    return await app.database.withLock(`model:${batch}`, (lost) => askAll(app, { source, batch, run, key, lost }));
  } catch (error) {
    if (error instanceof DataSensError && error.code === 'locked') return { kind: 'busy', documents: 0 };
    throw error;
  }
}

interface Taken {
  readonly source: ConfiguredSource;
  readonly batch: BatchId;
  readonly run: RunId;
  readonly key: string;
  readonly lost: AbortSignal;
}

async function askAll(app: App, { source, batch, run, key, lost }: Taken): Promise<BatchOutcome> {
  const { all, fresh } = await app.control.transaction(async (tx) => {
    const documents = await readDocumentsOfBatch(tx, batch, source.recipeId);
    const known = await documentsDoneElsewhere(tx, { batch, recipe: source.recipeId }, { stage: 'model', key });
    return { all: documents, fresh: documents.filter(({ id }) => !known.has(id)) };
  });
  const worded = fresh.filter(({ text }) => text !== '');
  const judged = new Map<string, Judged>();
  const watch = watchRun(app, run);
  const signal = AbortSignal.any([app.signal, lost, watch.signal]);
  let failed = 0;
  try {
    for (const model of app.models) {
      const work = await app.asking.begin(app, model, run);
      watch.works.push(work);
      const asked = await askModel(app, work, { documents: worded, run, signal, judged });
      failed += asked;
      await work.keep();
      if (work.stopped !== null) return { kind: 'stopped', documents: judged.size };
    }
  } finally {
    watch.stop();
  }
  if (failed > 0) {
    throw new DataSensError('remote-unavailable', `${failed} document(s) of the batch got no answer from the model`, {
      retryable: true,
      remedy: 'look at the model’s server, then run `datasens annotate` again: it asks only what is missing',
    });
  }
  const count = (kind: Judged) => [...judged.values()].filter((value) => value === kind).length;
  const counts = {
    documents: all.length,
    known: all.length - fresh.length,
    annotated: count('annotated'),
    abstained: count('abstained'),
    refused: count('refused'),
    empty: fresh.length - worded.length,
  };
  await app.database.transaction((tx) => recordProgress(tx, batch, { stage: 'model', key, counts }));
  return { kind: 'done', documents: judged.size };
}

interface Asked {
  readonly documents: Documents;
  readonly run: RunId;
  readonly signal: AbortSignal;
  /** By document; the best that any model made of it. */
  readonly judged: Map<string, Judged>;
}

/** Documents that got no answer. */
async function askModel(app: App, work: AtWork, { documents, run, signal, judged }: Asked): Promise<number> {
  const { session, model, counts } = work;
  const groups = Map.groupBy(documents, (document) => session.keyOf(document));
  const known = await app.control.transaction((tx) => readAnswers(tx, [...groups.keys()]));
  let failed = 0;
  const keep = async (key: string, answer: StoredAnswer, isNew: boolean) => {
    const group = groups.get(key)!;
    const annotations = group.flatMap((document) => annotationsOf(app, model.name, document.id, answer));
    await app.database.transaction(async (tx) => {
      if (isNew) {
        const characters = group[0]!.text.length;
        await saveAnswer(tx, answer, { key, annotator: model.name, codebook: app.codebookVersion!, characters, run });
      }
      await insertAnnotations(tx, annotationRows(annotations));
    });
    for (const { id } of group) judged.set(id, betterOf(judged.get(id), judgedAs(answer)));
    counts.asked += isNew ? 1 : 0;
    counts.cached += group.length - (isNew ? 1 : 0);
  };
  for (const [key, answer] of known) {
    signal.throwIfAborted();
    await keep(key, answer, false);
  }
  const left = [...groups.keys()].filter((key) => !known.has(key));
  await forEachConcurrently(left, model.config.concurrency, async (key) => {
    if (work.stopped !== null) return;
    const outcome = await askOnce(work, session, { key, document: groups.get(key)![0]!, signal });
    if (outcome.kind === 'judged') await keep(key, outcome.answer, true);
    else if (outcome.kind === 'stopped') work.stopped = outcome.reason;
    else {
      failed += groups.get(key)!.length;
      counts.failed += groups.get(key)!.length;
    }
  });
  signal.throwIfAborted();
  return failed;
}

/** The same text in another batch waits for the answer that is under way. */
async function askOnce(
  work: AtWork,
  session: ModelSession,
  {
    key,
    document,
    signal,
  }: { readonly key: string; readonly document: Documents[number]; readonly signal: AbortSignal },
): Promise<Outcome> {
  const underWay = work.underWay.get(key);
  if (underWay !== undefined) return underWay;
  const asked = session.judge(document, signal);
  work.underWay.set(key, asked);
  try {
    return await asked;
  } finally {
    work.underWay.delete(key);
  }
}

function annotationsOf(
  app: App,
  annotator: string,
  document: Annotation['document'],
  { judgements, made }: StoredAnswer,
): readonly Annotation[] {
  const head = { document, codebook: app.codebookVersion!, annotator, provisional: true, made };
  return judgements.map((judgement) => ({ ...head, ...judgement }));
}

function judgedAs({ judgements }: StoredAnswer): Judged {
  if (judgements.length === 0) return 'refused';
  return judgements.some(({ label }) => label !== ABSTAINED) ? 'annotated' : 'abstained';
}

function betterOf(before: Judged | undefined, now: Judged): Judged {
  const order = ['refused', 'abstained', 'annotated'] as const;
  return before !== undefined && order.indexOf(before) > order.indexOf(now) ? before : now;
}

/** Looks, while a batch is in hand, whether its run was stopped: it may be another process's. */
function watchRun(app: App, run: RunId) {
  const stop = new AbortController();
  const works: AtWork[] = [];
  const look = async () => {
    for (const work of works) await work.keep();
    const kept = await app.control.transaction((tx) => readRun(tx, run));
    if (kept === null || kept.state !== 'running' || kept.cancelRequestedAt !== null) {
      stop.abort(new DataSensError('cancelled', 'the run was stopped; what models answered is kept'));
    }
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  return { signal: stop.signal, works, stop: () => clearInterval(timer) };
}
