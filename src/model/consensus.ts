// From many judgements to one decision per document and task. Computed, never stored as truth.

import { ABSTAINED, type Annotation, type Consensus, isPerson, WITHDRAWN } from './annotation.ts';
import type { Task } from './codebook.ts';
import { byCodeUnits } from './order.ts';
import { decideOnScale, decideSeveral, decideSingle, decideSpans, type Ruling } from './ruling.ts';

/** What is judged, with when it came; judgements that do not say came together. */
export type Arrived = Pick<
  Annotation,
  'document' | 'task' | 'label' | 'labels' | 'score' | 'annotator' | 'provisional' | 'evidence' | 'made'
> & {
  /** Any number that grows with time. */
  readonly at?: number;
};

/** True for the judgement of a person that settles what others disagree on. */
export function adjudicates({ annotator, made }: Pick<Annotation, 'annotator' | 'made'>): boolean {
  return isPerson(annotator) && made?.adjudicates === true;
}

/** True for a person's judgement of a text whose answer was known: it tells how they read, and decides nothing. */
export function isGold({ annotator, made }: Pick<Annotation, 'annotator' | 'made'>): boolean {
  return isPerson(annotator) && made?.queue === 'gold';
}

/**
 * True for an answer to a task of spans that finds nothing to mark. Its label is `abstention`, as no category fits it; who does
 * not know says so with the same label, and without `made.nothing`.
 */
export function marksNothing({ label, made }: Pick<Annotation, 'label' | 'made'>): boolean {
  return label === ABSTAINED && made?.nothing === true;
}

/**
 * The judgements that count: of several by one annotator on one document and task the last to come, and none where that one
 * takes back. What a person says as a reader and as the one who settles are apart: to take back the one leaves the other.
 * Of those that came together the last in the order of what they say is taken, so that no order of arrival is seen.
 */
export function standing<Given extends Arrived>(annotations: readonly Given[]): readonly Given[] {
  const last = new Map<string, Given>();
  for (const annotation of annotations) {
    const { document, task, annotator } = annotation;
    const voice = `${document}\0${task}\0${annotator}\0${adjudicates(annotation)}`;
    const before = last.get(voice);
    if (before === undefined || isLater(annotation, before)) last.set(voice, annotation);
  }
  return [...last.values()].filter(({ label }) => label !== WITHDRAWN);
}

/**
 * Decides each document and task from its annotations under one codebook version, in whatever order they come:
 * - of several judgements of one annotator the last counts, and none where it was taken back (`standing`);
 * - what was said of a text whose answer was known decides nothing (`isGold`);
 * - the last adjudication outranks other people, and people outrank machines;
 * - abstentions are not counted, but a person's finding that there is nothing to mark is; where everyone abstained the label is `abstention`, with score and agreement 0;
 * - each annotator has one vote, and the task's kind says how they are counted (`ruling.ts`); a task that is not among `tasks`
 *   is of several labels where its judgements hold several, else of one.
 * Sorted by document, then task; there is no decision where every judgement was taken back.
 */
export function consensus(annotations: readonly Arrived[], tasks: readonly Task[] = []): readonly Consensus[] {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const groups = Map.groupBy(annotations, ({ document, task }) => `${document}\0${task}`);
  return [...groups.values()]
    .map((group) => standing(group).filter((one) => !isGold(one)))
    .filter((group) => group.length > 0)
    .map((group) => decide(group, known.get(group[0]!.task)))
    .sort((left, right) => byCodeUnits(left.document, right.document) || byCodeUnits(left.task, right.task));
}

function decide(group: readonly Arrived[], task: Task | undefined): Consensus {
  const isVoice = (one: Arrived) => one.label !== ABSTAINED || (task?.kind === 'spans' && isEmptyReading(one));
  const deciding = decidingOf(group.filter(isVoice));
  const voices = deciding.length > 0 ? deciding : group;
  const annotators = [...new Set(voices.map(({ annotator }) => annotator))].sort(byCodeUnits);
  const { document, task: id } = group[0]!;
  if (deciding.length > 0) return { document, task: id, ...rule(deciding, task), annotators };
  const provisional = group.every((annotation) => annotation.provisional);
  return { document, task: id, label: ABSTAINED, score: 0, agreement: 0, annotators, provisional };
}

const isEmptyReading = (one: Arrived) => isPerson(one.annotator) && marksNothing(one);

/** The last adjudication, else people, else machines. */
function decidingOf(judged: readonly Arrived[]): readonly Arrived[] {
  const [settled, ...others] = judged.filter(adjudicates);
  if (settled) return [others.reduce((last, one) => (isLater(one, last) ? one : last), settled)];
  const people = judged.filter(({ annotator }) => isPerson(annotator));
  return people.length > 0 ? people : judged;
}

function rule(voices: readonly Arrived[], task: Task | undefined): Ruling {
  const several = voices.some(({ labels }) => labels !== undefined);
  const kind = task?.kind ?? (several ? 'several-labels' : 'one-label');
  if (kind === 'several-labels' || kind === 'themes') return decideSeveral(voices, task?.none ?? null);
  if (kind === 'spans') return decideSpans(voices);
  const scale = kind === 'scale' ? (task?.categories.map(({ id }) => id) ?? []) : [];
  return scale.length > 0 ? decideOnScale(voices, scale) : decideSingle(voices);
}

function isLater(one: Arrived, other: Arrived): boolean {
  const after = (one.at ?? 0) - (other.at ?? 0);
  return after === 0 ? spell(one) > spell(other) : after > 0;
}

function spell({ label, labels, score, provisional, annotator, evidence }: Arrived): string {
  return JSON.stringify([label, labels ?? null, score, provisional, annotator, evidence]);
}
