// Who said what of one document and task: readers, the decision they are taken for, and each machine.

import { ABSTAINED, isPerson, WITHDRAWN } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import { type Arrived, adjudicates, consensus, marksNothing, standing } from '../model/consensus.ts';
import { type Drawn, MACHINES } from '../model/evaluation.ts';
import type { Span } from './spans.ts';

/** What was said: a label, a set of them, or pieces of text. */
export interface Said {
  readonly annotator: string;
  readonly labels: readonly string[];
  readonly spans: readonly Span[];
  readonly score: number;
  readonly abstains: boolean;
}

export interface Judged {
  readonly drawn: Drawn;
  /** What each person said, adjudications left out, sorted by person. */
  readonly readers: readonly Said[];
  /** What people decided; null where none did. */
  readonly truth: Said | null;
  /** People are equally divided and nobody settled. */
  readonly undecided: boolean;
  /** Sorted by name; `machines` last, where there are several. */
  readonly machines: readonly Said[];
  /** People's judgements of no measure. */
  readonly leftOut: number;
}

/** Sorts out the judgements of one document and task, whatever order they come in. */
export function judgedOf(task: Task, judgements: readonly Arrived[]): Judged {
  const live = isPlain(judgements) ? judgements : standing(judgements);
  const people = live.filter(({ annotator }) => isPerson(annotator));
  const read = people.filter(isReading);
  const readings = read.filter((one) => !adjudicates(one));
  const machines = live.filter(({ annotator }) => !isPerson(annotator));
  const readers = readings.map((one) => saidOf(task, one)).sort(byName);
  const [truth, undecided] = decisionOf(task, read, readings.length);
  return {
    drawn: read.some(({ made }) => made?.queue === 'random' && made.blind !== false) ? 'random' : 'other',
    readers,
    truth,
    undecided,
    machines: machinesOf(task, machines),
    leftOut: people.length - read.length,
  };
}

/** False where nobody read the text for it (in bulk on a filter, carried over, passed over), or where its answer was known. */
function isReading({ made }: Arrived): boolean {
  return made?.queue !== 'bulk' && made?.queue !== 'gold' && made?.carried === undefined && made?.skipped === undefined;
}

/** One judgement of each annotator, none taken back: what nearly every document has. */
function isPlain(judgements: readonly Arrived[]): boolean {
  return judgements.every(
    ({ annotator, label }, position) =>
      label !== WITHDRAWN && judgements.findIndex((other) => other.annotator === annotator) === position,
  );
}

function decisionOf(task: Task, read: readonly Arrived[], readers: number): readonly [Said | null, boolean] {
  if (read.length === 1) {
    const said = saidOf(task, read[0]!);
    return said.abstains ? [null, false] : [said, false];
  }
  const [decision] = consensus(read, [task]);
  if (decision === undefined) return [null, false];
  const settled = read.some(adjudicates);
  const hasOneLabel = task.kind === 'one-label' || task.kind === 'scale';
  // Of two that disagree the rules take one all the same: a reference for machines must be more than that.
  if (hasOneLabel && !settled && readers > 1 && decision.label !== ABSTAINED && decision.agreement <= 0.5) {
    return [null, true];
  }
  if (decision.label === ABSTAINED && decision.spans === undefined)
    return [null, !settled && read.some(({ label }) => label !== ABSTAINED)];
  const labels = isOfSets(task) ? (decision.labels ?? [decision.label]) : [decision.label];
  return [{ annotator: 'people', labels, spans: decision.spans ?? [], score: decision.score, abstains: false }, false];
}

function machinesOf(task: Task, machines: readonly Arrived[]): readonly Said[] {
  const said = machines.map((one) => saidOf(task, one)).sort(byName);
  if (said.length < 2) return said;
  const [decision] = consensus(machines, [task]);
  const { label, labels, spans = [], score } = decision!;
  const together = { annotator: MACHINES, labels: labels ?? [label], spans, score, abstains: label === ABSTAINED };
  return [...said, together];
}

function saidOf(task: Task, judgement: Arrived): Said {
  const { annotator, label, labels, score, evidence } = judgement;
  return {
    annotator,
    labels: isOfSets(task) ? (labels ?? [label]) : [label],
    spans: task.kind === 'spans' ? evidence : [],
    score,
    abstains: label === ABSTAINED && !(task.kind === 'spans' && marksNothing(judgement)),
  };
}

/** True where a judgement of the task is a set of labels. */
export function isOfSets({ kind }: Pick<Task, 'kind'>): boolean {
  return kind === 'several-labels' || kind === 'themes';
}

/** True where two said the same. */
export function agree(task: Pick<Task, 'kind'>, left: Said, right: Said): boolean {
  return spell(task, left) === spell(task, right);
}

/** What was said as one word; equal where it is the same. */
export function spell({ kind }: Pick<Task, 'kind'>, { labels, spans, abstains }: Said): string {
  if (abstains) return ABSTAINED;
  if (kind !== 'spans') return labels.length === 1 ? labels[0]! : [...labels].sort().join(',');
  return spans
    .map(({ start, end, label }) => `${start}-${end}:${label}`)
    .sort()
    .join(',');
}

function byName(left: Said, right: Said): number {
  if (left.annotator === right.annotator) return 0;
  return left.annotator < right.annotator ? -1 : 1;
}
