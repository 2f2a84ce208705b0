// What a person answers, checked against the codebook and spelled as annotations.

import { ABSTAINED, type Annotation, WITHDRAWN } from '../model/annotation.ts';
import type { Codebook, Task } from '../model/codebook.ts';
import { codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { isSkip, SKIP_REASONS, type SkipReason } from '../model/review.ts';
import type { Judgement } from '../store/review-judgements.ts';
import type { ShownAnswer, TaskAnswer } from './review-desk.ts';

const SEVERAL: ReadonlySet<Task['kind']> = new Set(['several-labels', 'themes']);

interface Said {
  readonly codebook: Codebook;
  readonly document: DocumentId;
  readonly person: string;
  readonly made: JsonObject;
}

/** The annotation that an answer is. `textLength` is in UTF-16 units. @throws usage where it is no answer of the task */
export function annotationOf(answer: TaskAnswer, textLength: number, said: Said): Annotation {
  const task = requireTask(said.codebook, answer.task);
  const { label, labels, spans } = answer;
  const known = new Set(task.categories.map(({ id }) => id));
  const wrong = (what: string) =>
    new DataSensError('usage', `task ${task.id}: ${what}`, { remedy: 'answer with categories of the codebook' });
  const base = { ...baseOf(said), task: task.id };
  if (label === ABSTAINED) {
    // Read, and nothing to mark: an answer, where `I do not know` is none.
    const made = task.kind === 'spans' && spans?.length === 0 ? { ...base.made, nothing: true } : base.made;
    return { ...base, made, label, evidence: [] };
  }
  if (!known.has(label)) throw wrong('this is none of its categories');
  if (SEVERAL.has(task.kind)) {
    const given = [...new Set(labels ?? [label])].sort();
    if (given.length === 0 || given.some((one) => !known.has(one))) throw wrong('a label is none of its categories');
    if (given.length > 1 && task.none !== null && given.includes(task.none)) {
      throw wrong('the category for texts that fit none goes with no other');
    }
    return { ...base, label: given[0]!, labels: given, evidence: [] };
  }
  if (labels !== undefined) throw wrong('it takes one label');
  if (task.kind !== 'spans') return { ...base, label, evidence: [] };
  const marked = [...(spans ?? [])].sort((left, right) => left.start - right.start || left.end - right.end);
  for (const span of marked) {
    if (!known.has(span.label)) throw wrong('a piece is of none of its categories');
    if (span.start < 0 || span.start >= span.end || span.end > textLength) throw wrong('a piece is not in the text');
  }
  return {
    ...base,
    label,
    evidence: marked.map(({ start, end, label: of }) => ({ start, end, label: of, weight: 1 })),
  };
}

/** What leaving an item to others is: an abstention on every task, that says so. */
export function skipsOf(reason: SkipReason, said: Said): readonly Annotation[] {
  const made = { ...said.made, skipped: reason };
  return said.codebook.tasks.map(({ id }) => ({
    ...baseOf({ ...said, made }),
    task: id,
    label: ABSTAINED,
    evidence: [],
  }));
}

/** What takes back judgements of a person that stand. */
export function withdrawalsOf(judgements: readonly Judgement[], said: Said): readonly Annotation[] {
  return judgements.map(({ task }) => ({ ...baseOf(said), task, label: WITHDRAWN, evidence: [] }));
}

function baseOf({ codebook, document, person, made }: Said) {
  return { document, codebook: codebookVersion(codebook), score: 1, annotator: person, provisional: false, made };
}

export function requireTask(codebook: Codebook, id: string): Task {
  const task = codebook.tasks.find((one) => one.id === id);
  if (task !== undefined) return task;
  throw new DataSensError('usage', `the codebook has no task ${id}`, { remedy: 'open the review screen again' });
}

/** A judgement as people are shown it. */
export function shownAnswer(judgement: Judgement): ShownAnswer {
  const { annotator, score, provisional, evidence } = judgement;
  return { ...answerOf(judgement), annotator, score, provisional, evidence };
}

/** A person's judgement as the answer it was. */
export function answerOf({ task, label, labels, evidence, made }: Judgement): TaskAnswer {
  const spans = evidence.map(({ start, end, label: of }) => ({ start, end, label: of }));
  const hasSpans = spans.length > 0 || made?.nothing === true;
  return { task, label, ...(labels === undefined ? {} : { labels }), ...(hasSpans ? { spans } : {}) };
}

/** Why these judgements of a person leave the item to others; null where they judge it. */
export function skipOf(judgements: readonly Judgement[]): SkipReason | null {
  const reason = judgements.find(isSkip)?.made?.skipped;
  return SKIP_REASONS.find((known) => known === reason) ?? null;
}
