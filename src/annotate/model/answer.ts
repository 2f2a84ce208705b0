// Reads what a model answered, and believes none of it: labels of the grid only, quotes that are in the text only.

import { z } from 'zod';
import { ABSTAINED, type Annotation, type Evidence } from '../../model/annotation.ts';
import type { Task } from '../../model/codebook.ts';
import { CONFIDENCES, labelsOf, MAXIMUM_QUOTES, takesSeveral } from './question.ts';

/** Why an answer, or its part for one task, is not taken. */
export type AnswerFault =
  | 'empty' // nothing was answered
  | 'truncated' // cut at the longest answer
  | 'not-json' // prose, or JSON with something around it
  | 'shape' // other properties or types than asked for
  | 'label' // a label that the task does not have
  | 'evidence'; // a quote that is not in the text

export type Judgement = Pick<Annotation, 'task' | 'label' | 'labels' | 'score' | 'evidence'>;

export interface ReadAnswer {
  readonly judgements: readonly Judgement[];
  /** Tasks whose part is not taken, and why. */
  readonly faults: Readonly<Record<string, AnswerFault>>;
}

/** The text as it was sent; a quote may be of the title too, which has no offsets. */
export interface Quoted {
  readonly title: string | null;
  readonly text: string;
  readonly originalOffset: (sent: number) => number;
}

/** A judgement without a quote is less sure than the model says. */
const UNSUPPORTED_SCORE = 0.3;

/** Judgements of an answer, each checked; the fault of the whole where it cannot be read. */
export function readAnswer(content: string, tasks: readonly Task[], quoted: Quoted): ReadAnswer | AnswerFault {
  if (content.trim() === '') return 'empty';
  const value = parseJson(content);
  if (value === undefined) return 'not-json';
  const parsed = answerOf(tasks).safeParse(value);
  if (!parsed.success) return 'shape';
  const judgements: Judgement[] = [];
  const faults: Record<string, AnswerFault> = {};
  for (const task of tasks) {
    const judged = judgementOf(parsed.data[task.id], task, quoted);
    if (typeof judged === 'string') faults[task.id] = judged;
    else judgements.push(judged);
  }
  return { judgements, faults };
}

const quotes = z.array(z.string().min(1)).max(MAXIMUM_QUOTES);
const confiance = z.enum(['faible', 'moyenne', 'forte']);
const oneLabel = z.strictObject({ preuves: quotes, etiquette: z.string(), confiance });
const severalLabels = z.strictObject({ preuves: quotes, etiquettes: z.array(z.string()).max(500), confiance });
const spans = z.strictObject({
  passages: z.array(z.strictObject({ texte: z.string().min(1), categorie: z.string() })).max(500),
});

function answerOf(tasks: readonly Task[]) {
  return z.strictObject(Object.fromEntries(tasks.map((task) => [task.id, z.unknown()])));
}

function judgementOf(part: unknown, task: Task, quoted: Quoted): Judgement | AnswerFault {
  if (task.kind === 'spans') return spansOf(part, task, quoted);
  const several = takesSeveral(task);
  const parsed = (several ? severalLabels : oneLabel).safeParse(part);
  if (!parsed.success) return 'shape';
  const { preuves, confiance: confidence } = parsed.data;
  const given = 'etiquettes' in parsed.data ? parsed.data.etiquettes : [parsed.data.etiquette];
  const labels = chosen(given, task);
  if (labels === null) return 'label';
  const [label] = labels;
  const places = preuves.map((words) => placeOf(words, quoted));
  if (places.includes(null)) return 'evidence';
  if (label === ABSTAINED) return { task: task.id, label, score: 0, evidence: [] };
  const evidence = places.flatMap((place) =>
    place === null || place === 'title' ? [] : [{ ...place, label, weight: 1 }],
  );
  const score = preuves.length === 0 && label !== task.none ? UNSUPPORTED_SCORE : CONFIDENCES[confidence];
  return { task: task.id, label, ...(several ? { labels } : {}), score, evidence: inOrder(evidence) };
}

/** Labels of the task, sorted; null where one is not of it, or they exclude each other. */
function chosen(given: readonly string[], task: Task): readonly [string, ...string[]] | null {
  const known = new Set(labelsOf(task));
  const labels = [...new Set(given)].sort();
  if (labels.some((label) => !known.has(label))) return null;
  const [first, ...others] = labels;
  if (first === undefined) {
    const nothing = task.none ?? (task.abstention ? ABSTAINED : null);
    return nothing === null ? null : [nothing];
  }
  const excludes = (label: string) => label === task.none || label === ABSTAINED;
  return others.length > 0 && labels.some(excludes) ? null : [first, ...others];
}

/** A text without passages says nothing: abstention, as the grid has no category for it. */
function spansOf(part: unknown, task: Task, quoted: Quoted): Judgement | AnswerFault {
  const parsed = spans.safeParse(part);
  if (!parsed.success) return 'shape';
  const known = new Set(task.categories.map(({ id }) => id));
  const evidence: Evidence[] = [];
  const searched = new Map<string, number>();
  for (const { texte, categorie } of parsed.data.passages) {
    if (!known.has(categorie)) return 'label';
    // The same words given twice are their next place.
    const place = placeOf(texte, quoted, searched.get(texte) ?? 0);
    if (place === null) return 'evidence';
    if (place === 'title') continue;
    searched.set(texte, place.sentEnd);
    evidence.push({ start: place.start, end: place.end, label: categorie, weight: 1 });
  }
  const [first] = inOrder(evidence);
  if (first === undefined) return { task: task.id, label: ABSTAINED, score: 0, evidence: [] };
  return { task: task.id, label: first.label, score: CONFIDENCES.moyenne, evidence: inOrder(evidence) };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the words are, exactly as given; null where they are not. */
function placeOf(words: string, quoted: Quoted): Place | 'title' | null;
function placeOf(words: string, quoted: Quoted, from: number): (Place & { readonly sentEnd: number }) | 'title' | null;
function placeOf(words: string, { title, text, originalOffset }: Quoted, from?: number) {
  const at = text.indexOf(words, from ?? 0);
  if (at < 0) return title?.includes(words) ? 'title' : null;
  const place = { start: originalOffset(at), end: originalOffset(at + words.length) };
  return from === undefined ? place : { ...place, sentEnd: at + words.length };
}

function inOrder(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((left, right) => left.start - right.start || left.end - right.end);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
