// From many judgements to one decision per document and task. Computed, never stored as truth.

import { ABSTAINED, type Annotation, type Consensus, isPerson } from './annotation.ts';

/**
 * Decides each document and task from its annotations under one codebook version, in whatever order they come:
 * - people outrank machines: where a person judged, machines are not counted;
 * - abstentions are not counted; where everyone abstained the label is `abstention`, with score and agreement 0;
 * - each annotator has one vote, shared equally between its judgements where it made several;
 * - the label with most votes wins; a tie goes to the higher mean score, then to the first label in code unit order.
 * Sorted by document, then task.
 */
export function consensus(annotations: readonly Annotation[]): readonly Consensus[] {
  const groups = Map.groupBy(annotations, ({ document, task }) => `${document}\0${task}`);
  return [...groups.values()]
    .map(decide)
    .sort((left, right) => compare(left.document, right.document) || compare(left.task, right.task));
}

function decide(group: readonly Annotation[]): Consensus {
  const { document, task } = group[0]!;
  const judged = group.filter(({ label }) => label !== ABSTAINED);
  const people = judged.filter(({ annotator }) => isPerson(annotator));
  const deciding = people.length > 0 ? people : judged;
  const voices = deciding.length > 0 ? deciding : group;
  const annotators = [...new Set(voices.map(({ annotator }) => annotator))].sort(compare);
  if (deciding.length === 0) {
    const provisional = group.every((annotation) => annotation.provisional);
    return { document, task, label: ABSTAINED, score: 0, agreement: 0, annotators, provisional };
  }
  const [winner] = candidatesOf(deciding).sort(
    (left, right) =>
      // Votes are sums of fractions: what differs by rounding is a tie.
      (Math.abs(right.votes - left.votes) > 1e-9 ? right.votes - left.votes : 0) ||
      (Math.abs(right.score - left.score) > 1e-9 ? right.score - left.score : 0) ||
      compare(left.label, right.label),
  );
  const { label, score, votes, provisional } = winner!;
  return { document, task, label, score, agreement: Math.min(1, votes / annotators.length), annotators, provisional };
}

interface Candidate {
  readonly label: string;
  readonly votes: number;
  readonly score: number;
  /** True where no measured annotator gave this label. */
  readonly provisional: boolean;
}

function candidatesOf(deciding: readonly Annotation[]): Candidate[] {
  const judgements = Map.groupBy(deciding, ({ annotator }) => annotator);
  return [...Map.groupBy(deciding, ({ label }) => label)].map(([label, given]) => ({
    label,
    // Sorted before adding, so that rounding does not depend on the order of arrival.
    votes: add(given.map(({ annotator }) => 1 / judgements.get(annotator)!.length)),
    score: add(given.map(({ score }) => score)) / given.length,
    provisional: given.every((annotation) => annotation.provisional),
  }));
}

const add = (values: readonly number[]) => [...values].sort((left, right) => left - right).reduce((a, b) => a + b, 0);

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
