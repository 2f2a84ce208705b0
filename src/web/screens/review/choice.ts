// What a reader has chosen so far on one item, and what may be made of it. No I/O.

import type { GuideTask, TaskAnswer } from '../../../api/review-schemas.ts';

export const ABSTENTION = 'abstention';

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface Chosen {
  /** Category ids, or `abstention` alone; none while nothing is chosen. */
  readonly labels: readonly string[];
  readonly spans: readonly Span[];
  /** Of a task of spans: true once the reader has said that there is nothing more to mark. */
  readonly done: boolean;
}

/** By task. */
export type Choices = Readonly<Record<string, Chosen>>;

export const NOTHING: Chosen = { labels: [], spans: [], done: false };

export const takesSeveral = ({ kind }: Pick<GuideTask, 'kind'>) => kind === 'several-labels' || kind === 'themes';

/** The choice after a category was pressed: set, added or taken away, by the kind of the task. */
export function press(task: GuideTask, before: Chosen, label: string): Chosen {
  if (label === ABSTENTION || (!takesSeveral(task) && task.kind !== 'spans')) {
    return { ...before, labels: before.labels.length === 1 && before.labels[0] === label ? [] : [label], spans: [] };
  }
  const others = before.labels.filter((one) => one !== ABSTENTION && (label === task.none) === (one === task.none));
  const labels = others.includes(label) ? others.filter((one) => one !== label) : [...others, label];
  return { ...before, labels };
}

/** Marks a piece of the text, over what it overlaps. */
export function mark(before: Chosen, span: Span): Chosen {
  const spans = before.spans.filter(({ start, end }) => end <= span.start || start >= span.end);
  return { labels: [], done: false, spans: [...spans, span].sort((left, right) => left.start - right.start) };
}

export function isAnswered(task: GuideTask, chosen: Chosen): boolean {
  return chosen.labels.length > 0 || (task.kind === 'spans' && (chosen.spans.length > 0 || chosen.done));
}

/** True where the last press may send the item: no task takes more than one press. */
export function isQuick(tasks: readonly GuideTask[]): boolean {
  return tasks.every(({ kind }) => kind === 'one-label' || kind === 'scale');
}

/** Null while a task is not answered. */
export function answersOf(tasks: readonly GuideTask[], choices: Choices): readonly TaskAnswer[] | null {
  const answers: TaskAnswer[] = [];
  for (const task of tasks) {
    const chosen = choices[task.id] ?? NOTHING;
    if (!isAnswered(task, chosen)) return null;
    answers.push(answerOf(task, chosen));
  }
  return answers;
}

function answerOf(task: GuideTask, { labels, spans }: Chosen): TaskAnswer {
  const [first = ABSTENTION] = labels;
  if (first === ABSTENTION && spans.length === 0) {
    // Nothing to mark is an answer: its spans are there, and none.
    return { task: task.id, label: ABSTENTION, ...(labels.length === 0 ? { spans: [] } : {}) };
  }
  if (takesSeveral(task)) return { task: task.id, label: [...labels].sort()[0]!, labels: [...labels].sort() };
  if (task.kind === 'spans' && spans.length > 0) return { task: task.id, label: spans[0]!.label, spans: [...spans] };
  return { task: task.id, label: first };
}

/** The choices that answers were. */
export function choicesOf(answers: readonly TaskAnswer[]): Choices {
  return Object.fromEntries(
    answers.map(({ task, label, labels, spans }) => [
      task,
      { labels: spans === undefined ? [...(labels ?? [label])] : [], spans: [...(spans ?? [])], done: true },
    ]),
  );
}

/** What was kept as a draft, if it is one. */
export function readChoices(draft: unknown): Choices | null {
  const choices = (draft as { readonly choices?: unknown } | null)?.choices;
  if (choices === null || typeof choices !== 'object') return null;
  const isChosen = (one: unknown): one is Chosen => {
    const { labels, spans } = (one ?? {}) as Partial<Chosen>;
    return Array.isArray(labels) && Array.isArray(spans);
  };
  return Object.values(choices).every(isChosen) ? (choices as Choices) : null;
}
