// Measures what the journey found against the truth file of the settings: tone, themes, copies, personal data.

import { type Evaluation, evaluate } from '../annotate/evaluation.ts';
import { ABSTAINED } from '../model/annotation.ts';
import type { Interval } from '../model/indicator.ts';
import { wilson } from '../model/interval.ts';
import type { JsonObject } from '../model/json.ts';
import { type EvaluatedDocument, readEvaluated } from '../store/evaluated.ts';
import { saveMeasurement } from '../store/releases.ts';
import type { App } from './app.ts';
import { readTruth, type Truth } from './truth.ts';

export interface Measurement {
  /** `tone.accuracy`, `theme.accuracy`, `copies.recall`, `personal.recall` … */
  readonly name: string;
  readonly value: number;
  /** Cases the figure rests on. */
  readonly n: number;
  /** Wilson 95 % interval where the figure is a share. */
  readonly interval: Interval | null;
  /** What else to know: macro-F1, abstentions. */
  readonly detail: JsonObject;
}

/** Computes and keeps the figures; none when the settings name no truth file. */
export async function measure(app: App): Promise<readonly Measurement[]> {
  const truth = readTruth(app.project);
  if (truth === null) return [];
  const found = await app.database.transaction((tx) => readEvaluated(tx, app.recipes, app.codebookVersion));
  const byKey = new Map(
    found.map((document) => [nameOf({ source: document.source, key: document.key ?? '' }), document]),
  );
  const figures = [
    ...labelFigures('tone', truth, byKey, app),
    ...labelFigures('theme', truth, byKey, app),
    ...copyFigures(truth, found),
    ...personalFigures(truth, byKey),
  ];
  await app.database.transaction(async (tx) => {
    for (const { name, ...body } of figures)
      await saveMeasurement(tx, { name, body: { ...body } as unknown as JsonObject });
  });
  return figures;
}

const nameOf = (reference: { readonly source: string; readonly key: string }) => `${reference.source}/${reference.key}`;

function labelFigures(
  task: 'tone' | 'theme',
  truth: Truth,
  found: ReadonlyMap<string, EvaluatedDocument>,
  app: App,
): readonly Measurement[] {
  const labels = app.codebook?.tasks.find(({ id }) => id === task)?.categories.map(({ id }) => id);
  if (labels === undefined || truth.labels.length === 0) return [];
  const pairs = truth.labels.map((label) => ({
    truth: label[task],
    predicted: found.get(nameOf(label))?.[task] ?? ABSTAINED,
  }));
  const result: Evaluation = evaluate(pairs, labels);
  const judged = result.n - result.abstained;
  const right = pairs.filter((pair) => pair.truth === pair.predicted).length;
  const detail = { macroF1: result.macroF1, abstained: result.abstained, judged };
  return [
    { name: `${task}.accuracy`, ...share(right, judged), detail },
    { name: `${task}.coverage`, ...share(judged, result.n), detail: {} },
  ];
}

function copyFigures(truth: Truth, found: readonly EvaluatedDocument[]): readonly Measurement[] {
  const clusters = Map.groupBy(
    found.filter((document) => document.cluster !== null && document.key !== null),
    (document) => document.cluster,
  );
  const foundPairs = pairsOf([...clusters.values()].map((group) => group.map(({ source, key }) => `${source}/${key}`)));
  const truePairs = pairsOf(truth.copies.map((group) => group.map(nameOf)));
  const right = [...foundPairs].filter((pair) => truePairs.has(pair)).length;
  return [
    { name: 'copies.precision', ...share(right, foundPairs.size), detail: {} },
    { name: 'copies.recall', ...share(right, truePairs.size), detail: {} },
  ];
}

function pairsOf(groups: readonly (readonly string[])[]): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const group of groups) {
    const sorted = [...group].sort();
    sorted.forEach((left, position) => {
      for (const right of sorted.slice(position + 1)) pairs.add(`${left}\n${right}`);
    });
  }
  return pairs;
}

/** Recall: planted values that the stored text no longer shows. Precision: marks that stand for a planted value. */
function personalFigures(truth: Truth, found: ReadonlyMap<string, EvaluatedDocument>): readonly Measurement[] {
  if (truth.personal.length === 0) return [];
  const hidden = truth.personal.filter((piece) => {
    const document = found.get(nameOf(piece));
    return document !== undefined && !`${document.title ?? ''}\n${document.text}`.includes(piece.value);
  });
  const marks = [...found.values()].reduce((sum, document) => sum + document.marks, 0);
  const planted = Map.groupBy(truth.personal, nameOf);
  const rightMarks = [...planted].reduce((sum, [name, pieces]) => {
    const document = found.get(name);
    return sum + Math.min(document?.marks ?? 0, pieces.length);
  }, 0);
  return [
    { name: 'personal.recall', ...share(hidden.length, truth.personal.length), detail: {} },
    { name: 'personal.precision', ...share(rightMarks, marks), detail: {} },
  ];
}

function share(successes: number, n: number): Pick<Measurement, 'value' | 'n' | 'interval'> {
  return n === 0 ? { value: 0, n, interval: null } : { value: successes / n, n, interval: wilson(successes, n) };
}
