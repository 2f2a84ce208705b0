// Trains a student for a task from what people, and models, said under the codebook of the settings; promotes it if better.

import { type Comparison, LEAST_TEXTS } from '../annotate/student/promotion.ts';
import { type Codebook, codebookVersion, type Task } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { appendAct } from '../store/acts.ts';
import { promoteStudent, saveStudent } from '../store/students.ts';
import type { App } from './app.ts';
import { takeCourse } from './course.ts';
import type { Missing } from './training-task.ts';

export interface TrainOutcome {
  readonly task: string;
  readonly digest: string;
  readonly promoted: boolean;
  /** Why, for people. */
  readonly why: string;
  readonly comparisons: readonly Comparison[];
  readonly head: JsonObject;
  /** Texts that found no room in memory. */
  readonly leftOut: number;
}

interface TrainRequest {
  /** Null: every task that can be learned. */
  readonly task: string | null;
  readonly actor: string;
  /** Of one task of spans: a file of texts marked by hand outside the project, which is then all that is learned from. */
  readonly from?: string | null;
  readonly progress: (task: string, share: number) => void;
}

const DEFAULTS = { precision: 0.8, leastLabels: 10 } as const;

/**
 * Trains one task or all of them. @throws settings-invalid where there is no codebook or no such task; quality-gate where
 * people's labels are too few, naming how many are missing.
 */
export async function trainStudents(app: App, request: TrainRequest): Promise<readonly TrainOutcome[]> {
  const { codebook } = app;
  if (codebook === null) {
    throw new DataSensError('settings-invalid', 'the settings name no codebook: there is nothing to learn', {
      remedy: 'name one under `annotate.codebook`',
    });
  }
  const tasks = tasksOf(codebook, request);
  const outcomes: TrainOutcome[] = [];
  const refusals: DataSensError[] = [];
  for (const task of tasks) {
    try {
      outcomes.push(await trainTask(app, codebook, task, request));
    } catch (error) {
      // Of all tasks, those that can be learned are; one that was asked for by name says why it cannot.
      if (!(error instanceof DataSensError) || error.code !== 'quality-gate') throw error;
      refusals.push(error);
    }
  }
  if (outcomes.length === 0 && refusals.length > 0) throw refusals[0]!;
  await app.refreshStudents();
  // One that finds names asks for another recipe.
  if (request.from && outcomes.some(({ promoted }) => promoted)) await app.refresh();
  return outcomes;
}

function tasksOf({ tasks }: Codebook, { task: name, from }: TrainRequest): readonly Task[] {
  const spans = tasks.filter(({ kind }) => kind === 'spans');
  const known = from ? spans : tasks;
  if (from && name === null) {
    throw new DataSensError('usage', 'a file of marked texts teaches one task', {
      remedy: `name the task: ${spans.map(({ id }) => id).join(', ') || 'the codebook has none of spans'}`,
    });
  }
  if (name === null) return known;
  const found = known.find(({ id }) => id === name);
  if (found !== undefined) return [found];
  const ids = known.map(({ id }) => id);
  const close = nearest(name, ids);
  const which = from ? 'of spans, which a file of marked texts can teach' : 'that a student can learn';
  throw new DataSensError('settings-invalid', `the codebook has no task \`${name}\` ${which}`, {
    remedy: close ? `did you mean \`${close}\`?` : `known: ${ids.join(', ')}`,
  });
}

async function trainTask(app: App, codebook: Codebook, task: Task, request: TrainRequest): Promise<TrainOutcome> {
  const version = codebookVersion(codebook);
  const { precision, leastLabels } = { ...DEFAULTS, ...app.project.settings.annotate?.student };
  const progress = (share: number) => request.progress(task.id, share);
  const result = await takeCourse(app, {
    codebook,
    task,
    precision,
    leastLabels,
    from: request.from ?? null,
    progress,
  });
  if (result.kind === 'missing') throw tooFew(task, result.missing, leastLabels);
  const { digest, bytes, heldOut, leftOut, comparisons } = result;
  const { promoted, why } = judge(task, comparisons, result.isSame);
  const objectKey = `students/${version}/${task.id}/${digest}`;
  await app.objects.put(objectKey, bytes);
  const verdict = { promoted, why, comparisons } as unknown as JsonObject;
  const head: JsonObject = { ...result.head, leftOut };
  await app.database.transaction(async (tx) => {
    const kept = Object.fromEntries(heldOut.map(({ id, labels: given }) => [id, given]));
    await saveStudent(tx, {
      digest,
      codebook: version,
      task: task.id,
      objectKey,
      sizeBytes: bytes.length,
      head,
      verdict,
      heldOut: kept,
    });
    const object = `student:${version}/${task.id}`;
    const detail: JsonObject = { digest, rows: head.rows ?? null, f1: f1Of(head) };
    await appendAct(tx, { actor: request.actor, verb: 'train', object, why, detail });
    if (!promoted) return;
    await promoteStudent(tx, digest);
    await appendAct(tx, { actor: request.actor, verb: 'promote', object, why, detail: { digest } });
  });
  return { task: task.id, digest, promoted, why, comparisons, head, leftOut };
}

/** The one figure of a student: of labels, else of pieces of text. */
function f1Of(head: JsonObject) {
  const { macroF1, f1 } = (head.figures ?? {}) as JsonObject;
  return macroF1 ?? f1 ?? null;
}

function tooFew(task: Task, missing: readonly Missing[], least: number): DataSensError {
  const labels = missing.flatMap(({ label, missing: n }) => (label === null ? [] : `${label} ${n}`));
  const texts = missing.find(({ label }) => label === null);
  const list = [
    ...(labels.length === 0 ? [] : [`to have ${least} of each: ${labels.join(', ')}`]),
    ...(texts === undefined ? [] : [`to have ${LEAST_TEXTS} texts: ${texts.missing}`]),
  ];
  const what = task.kind === 'spans' ? 'texts that people marked' : "people's labels";
  return new DataSensError(
    'quality-gate',
    `task \`${task.id}\`: ${what} are too few to learn from; missing, ${list.join('; ')}`,
    { remedy: 'read more texts in the review screen, or lower `annotate.student.leastLabels`' },
  );
}

/** Better than every other beyond its interval. */
function judge(
  { kind }: Task,
  comparisons: readonly Comparison[],
  isSame: boolean,
): { readonly promoted: boolean; readonly why: string } {
  if (isSame) return { promoted: false, why: 'the same student judges already: nothing changed since' };
  if (comparisons.length === 0) {
    return { promoted: false, why: `fewer than ${LEAST_TEXTS} texts to compare on` };
  }
  const worse = comparisons.find(({ better }) => !better);
  if (worse === undefined) {
    const list = comparisons.map((one) => `${one.rival} ${percent(one.theirs)}`).join(', ');
    return {
      promoted: true,
      why: `${kind === 'spans' ? 'F1 of spans' : 'macro-F1'} ${percent(comparisons[0]!.mine)}, better beyond its interval than ${list}`,
    };
  }
  const { low, high } = worse.difference;
  const gap = `${points(low)} to ${points(high)} points over ${worse.n} texts`;
  const figures = `${percent(worse.mine)} against ${percent(worse.theirs)}`;
  return { promoted: false, why: `not better beyond its interval than ${worse.rival}: ${figures}, difference ${gap}` };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
