// Trains a student for a task from what people, and models, said under the codebook of the settings; promotes it if better.

import { isApart, type LinearKind } from '../annotate/student/decision.ts';
import { type Comparison, compareWith, majority, type Rival } from '../annotate/student/promotion.ts';
import type { HeldOutText } from '../annotate/student/training.ts';
import { type Codebook, codebookVersion, type Task } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { appendAct } from '../store/acts.ts';
import { countJudgedBySource, streamJudged } from '../store/judged-texts.ts';
import { promotedHeldOut, promoteStudent, saveStudent } from '../store/students.ts';
import type { App } from './app.ts';
import { examplesOf, type Voices } from './training-examples.ts';
import { trainApart } from './training-worker.ts';

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
  const tasks = tasksOf(codebook, request.task);
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
  return outcomes;
}

function tasksOf(codebook: Codebook, name: string | null): readonly Task[] {
  const known = codebook.tasks.filter(({ kind }) => kind !== 'spans');
  if (name === null) return known;
  const found = known.find(({ id }) => id === name);
  if (found !== undefined) return [found];
  const ids = known.map(({ id }) => id);
  const close = nearest(name, ids);
  throw new DataSensError('settings-invalid', `the codebook has no task \`${name}\` that a student can learn`, {
    remedy: close ? `did you mean \`${close}\`?` : `known: ${ids.join(', ')}`,
  });
}

async function trainTask(app: App, codebook: Codebook, task: Task, request: TrainRequest): Promise<TrainOutcome> {
  const version = codebookVersion(codebook);
  const kind = task.kind as LinearKind;
  const labels = task.categories.map(({ id }) => id).filter((id) => !isApart(kind) || id !== task.none);
  const settings = { ...DEFAULTS, ...app.project.settings.annotate?.student };
  const asked = { codebook: version, task: task.id, recipes: app.recipes };
  const voices: Voices = { rivals: new Map(), artefacts: new Map() };
  const before = await app.control.transaction((tx) => promotedHeldOut(tx, version, task.id));
  const result = await app.database.transaction(async (tx) => {
    const sources = await countJudgedBySource(tx, asked);
    const { precision, leastLabels } = settings;
    return await trainApart(
      { task: task.id, kind, codebook: version, labels, precision, leastLabels },
      examplesOf(streamJudged(tx, asked), { task, labels, sources, voices }),
      { progress: (share) => request.progress(task.id, share), signal: app.signal },
    );
  });
  if (result.kind === 'missing') throw tooFew(task, result.missing, settings.leastLabels);
  const { digest, bytes, heldOut, leftOut } = result;
  const comparisons = rivalsOf(voices, before, heldOut).flatMap((rival) => compareWith(heldOut, rival, labels) ?? []);
  const { promoted, why } = judge(comparisons, before?.digest === digest);
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
    const detail: JsonObject = { digest, rows: head.rows ?? null, macroF1: macroF1Of(head) };
    await appendAct(tx, { actor: request.actor, verb: 'train', object, why, detail });
    if (!promoted) return;
    await promoteStudent(tx, digest);
    await appendAct(tx, { actor: request.actor, verb: 'promote', object, why, detail: { digest } });
  });
  return { task: task.id, digest, promoted, why, comparisons, head, leftOut };
}

const macroF1Of = (head: JsonObject) => (head.figures as JsonObject | undefined)?.macroF1 ?? null;

function tooFew(
  task: Task,
  missing: readonly { readonly label: string; readonly missing: number }[],
  least: number,
): DataSensError {
  const list = missing.map((one) => `${one.label} ${one.missing}`).join(', ');
  return new DataSensError(
    'quality-gate',
    `task \`${task.id}\`: people's labels are too few to learn from; missing, to have ${least} of each: ${list}`,
    { remedy: 'read more texts in the review screen, or lower `annotate.student.leastLabels`' },
  );
}

/** Who judges now; where a promoted student had learned from a text, what it said of it before it had. */
function rivalsOf(
  { rivals, artefacts }: Voices,
  before: Awaited<ReturnType<typeof promotedHeldOut>>,
  heldOut: readonly HeldOutText[],
): readonly Rival[] {
  const others = [...rivals].map(([name, labels]) => ({ name, labels }));
  if (before === null) return [majority(heldOut), ...others];
  const labels = new Map(artefacts.get(before.digest));
  for (const [document, given] of Object.entries(before.heldOut)) labels.set(document, given);
  return [majority(heldOut), ...others, { name: `student:${before.digest.slice(0, 12)}`, labels }];
}

/** Better than every other beyond its interval. */
function judge(
  comparisons: readonly Comparison[],
  isSame: boolean,
): { readonly promoted: boolean; readonly why: string } {
  if (isSame) return { promoted: false, why: 'the same student judges already: nothing changed since' };
  if (comparisons.length === 0) return { promoted: false, why: 'fewer than 30 texts to compare on' };
  const worse = comparisons.find(({ better }) => !better);
  if (worse === undefined) {
    const list = comparisons.map((one) => `${one.rival} ${percent(one.theirs)}`).join(', ');
    return {
      promoted: true,
      why: `macro-F1 ${percent(comparisons[0]!.mine)}, better beyond its interval than ${list}`,
    };
  }
  const { low, high } = worse.difference;
  const gap = `${points(low)} to ${points(high)} points over ${worse.n} texts`;
  const figures = `${percent(worse.mine)} against ${percent(worse.theirs)}`;
  return { promoted: false, why: `not better beyond its interval than ${worse.rival}: ${figures}, difference ${gap}` };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
