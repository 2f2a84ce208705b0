// What a task's texts teach, and whom the student that comes of them is compared with: labels of texts, or pieces of them.

import { isApart, type LinearKind } from '../annotate/student/decision.ts';
import { type Comparison, compareSpans, compareWith, majority, type Rival } from '../annotate/student/promotion.ts';
import { type Codebook, codebookVersion, type Task } from '../model/codebook.ts';
import { countJudgedBySource, streamJudged } from '../store/judged-texts.ts';
import { type InForce, promotedHeldOut } from '../store/students.ts';
import type { App } from './app.ts';
import { markedTextsOf } from './span-examples.ts';
import { readMarkedFile } from './span-file.ts';
import { IN_FORCE, REPEATED } from './span-learner.ts';
import { examplesOf, type Voices } from './training-examples.ts';
import type { Learned } from './training-task.ts';
import { trainApart } from './training-worker.ts';

export interface CourseRequest {
  readonly codebook: Codebook;
  readonly task: Task;
  readonly precision: number | null;
  readonly leastLabels: number;
  /** Path of texts marked outside the project; null: what people said of the project's. */
  readonly from: string | null;
  readonly progress: (share: number) => void;
}

export type Course =
  | Extract<Learned, { kind: 'missing' }>
  | (Extract<Learned, { kind: 'trained' }> & {
      readonly comparisons: readonly Comparison[];
      /** True where this very student judges already. */
      readonly isSame: boolean;
    });

/** Trains a student for the task, and compares it with who judges now. @throws cancelled, input-missing, input-unreadable */
export async function takeCourse(app: App, request: CourseRequest): Promise<Course> {
  const { codebook, task, precision, leastLabels, from } = request;
  const version = codebookVersion(codebook);
  const voices: Voices = { rivals: new Map(), artefacts: new Map() };
  const before = await app.control.transaction((tx) => promotedHeldOut(tx, version, task.id));
  const isSpans = task.kind === 'spans';
  const labels = labelsOf(task);
  const learned = await trainOn(app, request, {
    voices,
    task: {
      ...{ task: task.id, kind: task.kind, codebook: version, labels, precision, leastLabels },
      from: from === null ? 'people' : 'file',
      inForce: isSpans && before !== null ? await app.objects.get(before.objectKey) : null,
    },
  });
  if (learned.kind === 'missing') return learned;
  const { heldOut, others } = learned;
  const compare = (rival: Rival) =>
    (isSpans ? compareSpans(heldOut, rival) : compareWith(heldOut, rival, labels)) ?? [];
  const least = isSpans ? { name: REPEATED, labels: others.get(REPEATED)! } : majority(heldOut);
  const rivals = [least, ...machines(voices), ...formerOf(before, voices, others.get(IN_FORCE))];
  return { ...learned, comparisons: rivals.flatMap(compare), isSame: before?.digest === learned.digest };
}

/** Categories that are learned: that a text fits none is what is left where several may be given. */
function labelsOf({ kind, categories, none }: Task): readonly string[] {
  const ids = categories.map(({ id }) => id);
  return kind !== 'spans' && isApart(kind as LinearKind) ? ids.filter((id) => id !== none) : ids;
}

interface Lesson {
  readonly voices: Voices;
  readonly task: Parameters<typeof trainApart>[0];
}

async function trainOn(app: App, { codebook, task, from, progress }: CourseRequest, lesson: Lesson): Promise<Learned> {
  const effects = { progress, signal: app.signal };
  const { labels } = lesson.task;
  if (from !== null) {
    const texts = readMarkedFile(from, { labels, hmac: (text) => app.keyring.hmac(`marked\0${text}`) });
    return await trainApart(lesson.task, texts, effects);
  }
  const asked = { codebook: codebookVersion(codebook), task: task.id, recipes: app.recipes };
  return await app.database.transaction(async (tx) => {
    const sources = await countJudgedBySource(tx, asked);
    const judged = streamJudged(tx, asked);
    const reading = { task, labels, sources, voices: lesson.voices };
    const texts = task.kind === 'spans' ? markedTextsOf(judged, reading) : examplesOf(judged, reading);
    return await trainApart(lesson.task, texts, effects);
  });
}

const machines = ({ rivals }: Voices): readonly Rival[] => [...rivals].map(([name, labels]) => ({ name, labels }));

/** The student that judges now; where it had learned from a text, what it said of it before it had. */
function formerOf(
  before: InForce | null,
  { artefacts }: Voices,
  judged: ReadonlyMap<string, readonly string[]> | undefined,
): readonly Rival[] {
  if (before === null) return [];
  const labels = new Map(judged ?? artefacts.get(before.digest));
  for (const [document, given] of Object.entries(before.heldOut)) labels.set(document, given);
  return [{ name: `student:${before.digest.slice(0, 12)}`, labels }];
}
