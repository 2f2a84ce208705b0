// Trains a student: chooses the cost of errors on people's labels held out by groups, calibrates, and learns from everything.

import { fitTemperature, logLoss, type Scored } from './calibration.ts';
import { isApart, type LinearKind } from './decision.ts';
import { BUCKETS, type FeatureReader } from './features.ts';
import { type Figures, measureHeldOut } from './figures.ts';
import { dealFolds, groupRows } from './folds.ts';
import { FEATURE_VERSION, type LinearModel, quantise } from './linear-model.ts';
import { chooseThresholds } from './thresholds.ts';
import type { TrainingSet } from './training-set.ts';
import { openTrials, type Tried } from './trials.ts';

const COSTS: readonly number[] = [1, 3, 10, 30];
/** How much what the lexicons say stands beside words; 0 leaves it out. */
const EVIDENCE_SCALES = [0.1, 0.25, 0] as const;
/** How much a machine's label counts beside a person's; 0 leaves them out. */
const MACHINE_WEIGHTS = [0, 0.1, 0.3, 1] as const;
const FIRST_MACHINE_WEIGHT = 0.3;
const FOLDS = 5;
/** Of few texts, so that what is held out is judged by a student that learned from nearly as many as the one that is kept. */
const FOLDS_OF_FEW = 10;
const FEW = 500;
const SEED = 20_260_101;

export interface TrainingOptions {
  readonly task: string;
  readonly kind: LinearKind;
  readonly codebook: string;
  readonly lexicons: string;
  /** Wanted of the judgements given; null: always judges. */
  readonly precision: number | null;
  /** Told what is done, from 0 to 1. */
  readonly progress?: (share: number) => void;
}

export interface Trained {
  readonly model: LinearModel;
  readonly figures: Figures;
  readonly heldOut: readonly HeldOutText[];
}

/** What is said of one of people's texts, every text being judged, by a model that had not seen its group. */
export interface HeldOutText {
  readonly id: string;
  readonly group: number;
  readonly truth: readonly string[];
  readonly labels: readonly string[];
}

/**
 * Trains on a set whose every label people gave at least twice. Choices (cost, scale of evidence, weight of machines,
 * temperature, thresholds) that a figure depends on are made without the fold it is measured on. Deterministic, whatever the
 * order of the examples.
 */
export function train(set: TrainingSet, reader: FeatureReader, options: TrainingOptions): Trained {
  const labels = set.labels.length;
  const order = set.order();
  const truth = set.truth();
  const people = order.filter((row) => set.persons[row]);
  const machines = order.length - people.length;
  const groups = groupRows([...order].map((row) => set.keys[row]!));
  const folds = people.length < FEW ? FOLDS_OF_FEW : FOLDS;
  const foldByOrder = dealFolds(groups, folds, SEED);
  const foldOf = new Uint8Array(order.length);
  const groupOf = new Uint32Array(order.length);
  for (const [position, row] of order.entries()) {
    foldOf[row] = foldByOrder[position]!;
    groupOf[row] = groups[position]!;
  }
  const scales = reader.dimensions > BUCKETS ? EVIDENCE_SCALES : [0];
  const steps = (COSTS.length * scales.length + (machines > 0 ? MACHINE_WEIGHTS.length - 1 : 0)) * folds + 1;
  let done = 0;
  const advance = () => {
    done += 1;
    options.progress?.(done / steps);
  };
  const trials = openTrials({ set, reader, order, foldOf, folds, advance });

  const peopleTruth = new Uint8Array(people.length * labels);
  for (const [position, row] of people.entries()) {
    peopleTruth.set(truth.subarray(row * labels, (row + 1) * labels), position * labels);
  }
  const scoredBy = ({ margins }: Tried): Scored => ({
    margins,
    truth: peopleTruth,
    labels,
    apart: isApart(options.kind),
  });
  const everyone = [...people.keys()];
  const lossOf = (one: Tried, rows: readonly number[]) =>
    logLoss(scoredBy(one), rows, fitTemperature(scoredBy(one), rows));
  /** Of equals the one that leans least on the lexicons. */
  const bestOf = (tried: readonly Tried[], rows: readonly number[]): Tried =>
    tried
      .toSorted((left, right) => left.evidenceScale - right.evidenceScale)
      .map((one) => ({ one, loss: lossOf(one, rows) }))
      .reduce((best, next) => (next.loss < best.loss - 1e-9 ? next : best)).one;
  /** The larger the cost, the longer it takes: none is tried beyond one that is worse than the one before it. */
  const tryCosts = (tryOut: (cost: number) => Tried, first: number): readonly Tried[] => {
    const tried: Tried[] = [];
    let before = Number.POSITIVE_INFINITY;
    for (const cost of COSTS.slice(first)) {
      const one = tryOut(cost);
      tried.push(one);
      const loss = lossOf(one, everyone);
      if (loss > before) break;
      before = loss;
    }
    return tried;
  };
  const first = machines > 0 ? FIRST_MACHINE_WEIGHT : 1;
  const tried: Tried[] = [];
  for (const evidenceScale of scales) {
    // The best cost changes little with the scale: what is far below that of another scale is not tried.
    const best = tried.length === 0 ? 0 : COSTS.indexOf(bestOf(tried, everyone).cost);
    tried.push(...tryCosts(trials.path({ machineWeight: first, evidenceScale }), Math.max(0, best - 1)));
  }
  if (machines > 0) {
    const { cost, evidenceScale } = bestOf(tried, everyone);
    const others = MACHINE_WEIGHTS.filter((weight) => weight !== first);
    tried.push(...others.map((machineWeight) => trials.path({ machineWeight, evidenceScale })(cost)));
  }

  const peopleFolds = people.map((row) => foldOf[row]!);
  const measured = measureHeldOut({
    kind: options.kind,
    labels: set.labels,
    precision: options.precision,
    truth: peopleTruth,
    folds: peopleFolds,
    groups: people.map((row) => groupOf[row]!),
    choose: (rows) => {
      const best = scoredBy(bestOf(tried, rows));
      return { scored: best, temperature: fitTemperature(best, rows) };
    },
  });
  const chosen = bestOf(tried, everyone);
  const scored = scoredBy(chosen);
  const temperature = fitTemperature(scored, everyone);
  const thresholds = chooseThresholds(scored, everyone, {
    temperature,
    kind: options.kind,
    precision: options.precision,
  });
  const { rows, idf, weights } = trials.learnAll(chosen);
  options.progress?.(1);
  const head = {
    task: options.task,
    kind: options.kind,
    codebook: options.codebook,
    labels: set.labels,
    features: FEATURE_VERSION,
    evidence: reader.dimensions - idf.length,
    evidenceScale: chosen.evidenceScale,
    lexicons: options.lexicons,
    cost: chosen.cost,
    machineWeight: machines > 0 ? chosen.machineWeight : 0,
    temperature,
    thresholds,
    trainingSet: set.digest(),
    rows: { people: people.length, machines: rows.length - people.length, groups: new Set(groups).size },
    figures: measured.figures,
  };
  return {
    model: quantise(head, idf, weights),
    figures: measured.figures,
    heldOut: Array.from(people, (row, position) => ({
      id: set.ids[row]!,
      group: groupOf[row]!,
      truth: set.labels.filter((_, place) => truth[row * labels + place] === 1),
      labels: measured.decided[position]!,
    })),
  };
}
