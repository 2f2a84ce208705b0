// How far a machine can be trusted, from what was counted of it against people.

import { ABSTAINED } from '../model/annotation.ts';
import type { Task } from '../model/codebook.ts';
import {
  FIGURE_FLOOR,
  type Figure,
  type LabelMeasures,
  type MachineMeasures,
  type Slice,
} from '../model/evaluation.ts';
import { differenceInterval, wilson } from '../model/interval.ts';
import { byCodeUnits } from '../model/order.ts';
import { cohenKappa, krippendorffAlpha, type PairCount } from './agreement.ts';
import { calibration } from './calibration.ts';
import { type ConfusionCounts, evaluateCounts, macroF1Interval } from './evaluation.ts';
import { agreement, f1, figure, share } from './figure.ts';
import { isOfSets } from './judged.ts';
import { metricOf, wordsOf } from './people-measures.ts';
import { prevalenceOf } from './prevalence-measures.ts';
import type { SpanMatch } from './spans.ts';
import { type MachineTally, type Marks, PAIR } from './tally.ts';

/** What a machine says in the whole corpus: how many documents, by word. */
export interface CorpusCounts {
  readonly versions: readonly string[];
  readonly words: ReadonlyMap<string, number>;
}

/** The measures of one machine; drift is not known here. */
export function measureMachine(
  task: Task,
  annotator: string,
  { tally, corpus }: { readonly tally: MachineTally; readonly corpus: CorpusCounts },
): MachineMeasures {
  const { random, other } = tally.marks;
  const isSpans = task.kind === 'spans';
  const hasOneLabel = !isSpans && !isOfSets(task);
  const confusion = hasOneLabel ? confusionOf(task, tally.answers.random) : null;
  const labels = confusion === null ? setLabels(task, tally) : oneLabels(confusion);
  return {
    annotator,
    versions: corpus.versions,
    documents: [...corpus.words.values()].reduce((total, n) => total + n, 0),
    accuracy: rightOf(task, random),
    elsewhere: rightOf(task, other),
    macroF1: macroOf(confusion, labels, random.judged),
    exactF1: isSpans ? f1(tally.exact) : null,
    coverage: share(random.judged, random.judged + random.abstained),
    ...(isSpans ? NO_AGREEMENT : personAgreement(task, tally.pairs)),
    labels,
    confusion,
    calibration: isSpans || random.judged < FIGURE_FLOOR ? null : calibration(tally.scores),
    slices: slicesOf(task, tally),
    prevalence: prevalenceOf(task, { answers: tally.answers.random, corpus: corpus.words }),
    drift: null,
  };
}

const NOTHING: Figure = { value: null, n: 0, interval: null };
const NO_AGREEMENT = { alpha: NOTHING, kappa: NOTHING };

function rightOf(task: Task, marks: Marks): Figure {
  return task.kind === 'spans' ? f1(marks) : share(marks.right, marks.judged);
}

function confusionOf(task: Task, answers: ReadonlyMap<string, number>): ConfusionCounts {
  const labels = task.categories.map(({ id }) => id);
  const index = new Map(labels.map((label, position) => [label, position]));
  const counts = labels.map(() => labels.map(() => 0));
  const abstained = labels.map(() => 0);
  for (const [key, n] of answers) {
    const [truth, said] = key.split(PAIR) as [string, string];
    const row = index.get(truth);
    const column = index.get(said);
    // Labels that the codebook no longer has are of no measure; its version says which it has.
    if (row === undefined) continue;
    if (said === ABSTAINED) abstained[row]! += n;
    else if (column !== undefined) counts[row]![column]! += n;
  }
  return { labels, counts, abstained };
}

function oneLabels(confusion: ConfusionCounts): readonly LabelMeasures[] {
  return evaluateCounts(confusion).perLabel.map((found) => ({
    label: found.label,
    precision: figure(found.precision, found.predicted, found.interval),
    recall: figure(found.recall, found.support, found.recallInterval),
    f1: figure(found.f1, found.support + found.predicted, found.f1Interval),
    support: found.support,
    predicted: found.predicted,
  }));
}

function setLabels(task: Task, tally: MachineTally): readonly LabelMeasures[] {
  return task.categories.map(({ id }) => {
    const match: SpanMatch = tally.labels.get(id) ?? { right: 0, wrong: 0, missed: 0 };
    const [predicted, support] = [match.right + match.wrong, match.right + match.missed];
    const { value, interval } = f1(match);
    return {
      label: id,
      precision: share(match.right, predicted),
      recall: share(match.right, support),
      f1: figure(value, support + predicted, interval),
      support,
      predicted,
    };
  });
}

/** The mean of the F1 of labels that occur; with an interval where labels exclude each other. */
function macroOf(confusion: ConfusionCounts | null, labels: readonly LabelMeasures[], judged: number): Figure {
  if (confusion !== null) {
    return judged < FIGURE_FLOOR
      ? figure(null, judged, null)
      : figure(evaluateCounts(confusion).macroF1, judged, macroF1Interval(confusion));
  }
  const met = labels.filter(({ support, predicted }) => support + predicted > 0);
  if (met.length === 0) return figure(null, judged, null);
  const mean = met.reduce((total, { recall, precision }) => total + harmonic(precision, recall), 0) / met.length;
  return met.some(({ precision, recall }) => precision.value === null || recall.value === null)
    ? figure(null, judged, null)
    : figure(mean, judged, null);
}

function harmonic({ value: precision }: Figure, { value: recall }: Figure): number {
  const total = (precision ?? 0) + (recall ?? 0);
  return total === 0 ? 0 : (2 * (precision ?? 0) * (recall ?? 0)) / total;
}

/** As between persons, each person and the machine being the two that read. */
function personAgreement(task: Task, counts: ReadonlyMap<string, number>): Pick<MachineMeasures, 'alpha' | 'kappa'> {
  const words = wordsOf(
    task,
    [...counts.keys()].flatMap((key) => key.split(PAIR)),
  );
  const index = new Map(words.map((word, position) => [word, position]));
  const pairs: readonly PairCount[] = [...counts].map(([key, n]) => {
    const [left, right] = key.split(PAIR).map((word) => index.get(word)!) as [number, number];
    return { left, right, n };
  });
  const metric = metricOf(task);
  const scale = {
    values: words.map((word) => word.split(',')),
    metric: metric === 'character' ? 'nominal' : metric,
  } as const;
  const units = pairs.map(({ left, right, n }) => ({ values: [left, right], n }));
  return { alpha: agreement(krippendorffAlpha(units, scale)), kappa: agreement(cohenKappa(pairs)) };
}

/** Parts of the corpus with enough readings, by kind, then from the worst. */
function slicesOf(task: Task, { parts, marks }: MachineTally): readonly Slice[] {
  const slices = [...parts].flatMap(([key, part]): readonly Slice[] => {
    const [by, value] = [key.slice(0, key.indexOf(PAIR)), key.slice(key.indexOf(PAIR) + 1)] as [Slice['by'], string];
    if (part.judged + part.abstained < FIGURE_FLOOR) return [];
    const accuracy = rightOf(task, part);
    const coverage = share(part.judged, part.judged + part.abstained);
    return [{ by, value, accuracy, coverage, apart: isApart(task, part, marks.random) }];
  });
  return slices.sort(
    (left, right) =>
      byCodeUnits(left.by, right.by) ||
      (left.accuracy.value ?? 2) - (right.accuracy.value ?? 2) ||
      byCodeUnits(left.value, right.value),
  );
}

function isApart(task: Task, part: Marks, whole: Marks): boolean {
  if (task.kind === 'spans') return false;
  const rest = { right: whole.right - part.right, judged: whole.judged - part.judged };
  if (part.judged < FIGURE_FLOOR || rest.judged < FIGURE_FLOOR) return false;
  const estimate = ({ right, judged }: typeof rest) => ({ value: right / judged, interval: wilson(right, judged) });
  const { low, high } = differenceInterval(estimate(part), estimate(rest));
  return low > 0 || high < 0;
}
