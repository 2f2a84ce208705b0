// From judgements of one task to what a student learns from: people's decision, else models', and what ties texts together.

import { isApart } from '../annotate/student/decision.ts';
import type { Example } from '../annotate/student/training-set.ts';
import { ABSTAINED, type Consensus, isPerson } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import { type Arrived, consensus, standing } from '../model/consensus.ts';
import type { JudgedText } from '../store/judged-texts.ts';

/** What machines said of the texts that people judged: by annotator, and by artefact of the student. */
export interface Voices {
  readonly rivals: Map<string, Map<string, readonly string[]>>;
  readonly artefacts: Map<string, Map<string, readonly string[]>>;
}

interface Reading {
  readonly task: Task;
  readonly labels: readonly string[];
  /** Texts that people judged, by source. */
  readonly sources: ReadonlyMap<string, number>;
  /** Filled on the way. */
  readonly voices: Voices;
}

/** Its words are features already, and a student does not teach itself. */
const NO_TEACHERS = new Set(['lexical', 'student']);
/** Where sources are fewer, holding one out would hold out half of what there is. */
const LEAST_SOURCES = 5;
const LARGEST_SHARE = 0.4;

/** One example a text that somebody decided on; texts left undecided, or that people disagree on, teach nothing. */
export async function* examplesOf(texts: AsyncIterable<JudgedText>, reading: Reading): AsyncIterable<Example> {
  const keysOf = keyReader(reading.sources);
  const known = new Set(reading.labels);
  for await (const judged of texts) {
    const { document, title, text } = judged;
    const judgements = judged.judgements.map((one) => ({ ...one, document, task: reading.task.id }));
    const people = decided(
      judgements.filter(({ annotator }) => isPerson(annotator)),
      reading.task,
    );
    const person = people !== null;
    const teaching = judgements.filter(({ annotator }) => teaches(annotator));
    const decision = people ?? decided(teaching, reading.task);
    if (decision === null) continue;
    if (person) hear(judgements, reading);
    const labels = (decision.labels ?? [decision.label]).filter((label) => known.has(label));
    yield { id: document, title, text, labels, person, keys: keysOf(judged) };
  }
}

/** True for a machine that a student may learn from. */
export function teaches(annotator: string): boolean {
  return !isPerson(annotator) && !NO_TEACHERS.has(annotator);
}

/** What ties a text to others: its copies, who wrote it, and its source where there are enough of them. */
export function keyReader(sources: ReadonlyMap<string, number>): (text: JudgedText) => readonly string[] {
  const bySource = splitsBySource(sources);
  return ({ cluster, participant, source }) => [
    ...(cluster === null ? [] : [`copies ${cluster}`]),
    ...(participant === null ? [] : [`participant ${participant}`]),
    ...(bySource ? [`source ${source}`] : []),
  ];
}

function splitsBySource(sources: ReadonlyMap<string, number>): boolean {
  const counts = [...sources.values()];
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.length >= LEAST_SOURCES && Math.max(...counts) <= LARGEST_SHARE * total;
}

/** Null where nobody decides, or where no more than half agree on the one label. */
function decided(judgements: readonly Arrived[], task: Task): Consensus | null {
  const [decision] = consensus(judgements, [task]);
  if (decision === undefined || decision.label === ABSTAINED) return null;
  if (!isApart(task.kind as 'themes') && decision.agreement <= 0.5) return null;
  return decision;
}

function hear(judgements: readonly Arrived[], { task, voices }: Reading): void {
  for (const { document, annotator, label, labels, made } of standing(judgements)) {
    if (isPerson(annotator) || label === ABSTAINED) continue;
    const given = (labels ?? [label]).filter((one) => !isApart(task.kind as 'themes') || one !== task.none);
    if (annotator !== 'student') remember(voices.rivals, annotator, document, given);
    else if (typeof made?.artefact === 'string') remember(voices.artefacts, made.artefact, document, given);
  }
}

/** Keeps what one said of a document. */
export function remember(
  voices: Map<string, Map<string, readonly string[]>>,
  name: string,
  document: string,
  labels: readonly string[],
): void {
  const known = voices.get(name) ?? new Map<string, readonly string[]>();
  known.set(document, labels);
  voices.set(name, known);
}
