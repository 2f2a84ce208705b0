// What becomes of a person's judgement when its codebook changes: carried to the new version, or left for people.

import { ABSTAINED, type Annotation, type Evidence } from './annotation.ts';
import { type Codebook, codebookVersion, DROPPED, type Task } from './codebook.ts';
import { sameMeaning } from './codebook-difference.ts';

/**
 * Why a judgement is not carried:
 * `dropped` its label or task has no place any more; `redefined` its category's words changed and no mapping says that it
 * still holds; `reopened` it said "none of these", and categories came; `kind` the task judges otherwise now.
 */
export type LostReason = 'dropped' | 'redefined' | 'reopened' | 'kind';
export const LOST_REASONS = ['dropped', 'redefined', 'reopened', 'kind'] as const satisfies readonly LostReason[];

export type Carried =
  | { readonly kind: 'carried'; readonly annotation: Annotation }
  | { readonly kind: 'lost'; readonly reason: LostReason };

export interface Judgement {
  /** Its id in the store. */
  readonly id: string;
  readonly annotation: Annotation;
}

/**
 * Carries one judgement from `before` to `after`. Pure. The new annotation says where it comes from
 * (`made.carried: { from, annotation }`) and which categories its author could not know (`unseen`).
 */
export function carry({ id, annotation }: Judgement, before: Codebook, after: Codebook): Carried {
  const old = before.tasks.find((task) => task.id === annotation.task);
  const task = after.tasks.find((one) => one.id === annotation.task);
  const given = after.mapping?.tasks[annotation.task];
  if (old === undefined || task === undefined || given === DROPPED) return lost('dropped');
  if (!convertible(old, task)) return lost('kind');
  const change = { old, task, labels: given ?? {} };
  const labels = labelsOf(annotation, change);
  if (!Array.isArray(labels)) return labels as Carried;
  const evidence = evidenceOf(annotation.evidence, change);
  const unseen = task.categories
    .map((category) => category.id)
    .filter((category) => !old.categories.some((one) => one.id === category) && !isTarget(category, change));
  return {
    kind: 'carried',
    annotation: {
      ...withoutLabels(annotation),
      codebook: codebookVersion(after),
      label: labels[0]!,
      ...(holdsSeveral(task) && labels[0] !== ABSTAINED ? { labels } : {}),
      evidence,
      made: {
        ...annotation.made,
        carried: { from: codebookVersion(before), annotation: id, ...(unseen.length === 0 ? {} : { unseen }) },
      },
    },
  };
}

interface Change {
  readonly old: Task;
  readonly task: Task;
  readonly labels: Readonly<Record<string, string>>;
}

const lost = (reason: LostReason): Carried => ({ kind: 'lost', reason });
const holdsSeveral = ({ kind }: Task) => kind === 'several-labels' || kind === 'themes';

/** One label becomes a set of one; a set, pieces of text and the steps of a scale do not become anything else. */
function convertible(old: Task, task: Task): boolean {
  if (old.kind === task.kind) return true;
  return holdsSeveral(task) && (holdsSeveral(old) || old.kind === 'one-label');
}

/** The labels as the new version names them, sorted where they are several; or why there are none. */
function labelsOf(annotation: Annotation, change: Change): string[] | Carried {
  const { label } = annotation;
  if (label === ABSTAINED) return change.task.abstention ? [ABSTAINED] : lost('dropped');
  const kept: string[] = [];
  for (const one of annotation.labels ?? [label]) {
    const to = follow(one, change);
    if (to === 'redefined' || to === 'reopened') return lost(to);
    if (to !== null) kept.push(to.label);
  }
  if (kept.length === 0) return lost('dropped');
  return [...new Set(kept)].sort();
}

/** Where one label goes; null where nowhere. */
function follow(
  label: string,
  { old, task, labels }: Change,
): { readonly label: string } | 'redefined' | 'reopened' | null {
  const to = Object.hasOwn(labels, label) ? labels[label] : undefined;
  if (to === DROPPED) return null;
  if (to !== undefined) return { label: to };
  const before = old.categories.find(({ id }) => id === label);
  const after = task.categories.find(({ id }) => id === label);
  if (before === undefined || after === undefined) return null;
  if (!sameMeaning(before, after)) return 'redefined';
  const came = task.categories.some(({ id }) => !old.categories.some((one) => one.id === id));
  return label === old.none && came ? 'reopened' : { label };
}

function evidenceOf(evidence: readonly Evidence[], change: Change): readonly Evidence[] {
  return evidence.flatMap((piece) => {
    const to = follow(piece.label, change);
    return to !== null && typeof to === 'object' ? [{ ...piece, label: to.label }] : [];
  });
}

function isTarget(category: string, { labels }: Change): boolean {
  return Object.values(labels).includes(category);
}

function withoutLabels({ labels: _, ...annotation }: Annotation): Annotation {
  return annotation;
}
