// Trains a student: chooses the cost of errors on people's labels held out by groups, calibrates, and learns from everything.

import { fitTemperature, logLoss, type Scored } from './calibration.ts';
import { isApart, type LinearKind } from './decision.ts';
import type { FeatureReader } from './features.ts';
import { type Figures, measureHeldOut } from './figures.ts';
import { dealFolds, groupRows } from './folds.ts';
import { FEATURE_VERSION, type LinearModel, quantise } from './linear-model.ts';
import { type Problem, solve } from './sdca.ts';
import { chooseThresholds } from './thresholds.ts';
import type { TrainingSet } from './training-set.ts';
import { idfOf, weigh } from './vectors.ts';

const COSTS = [0.3, 1, 3, 10] as const;
/** How much a machine's label counts beside a person's; 0 leaves them out. */
const MACHINE_WEIGHTS = [0, 0.1, 0.3, 1] as const;
const FIRST_MACHINE_WEIGHT = 0.3;
const FOLDS = 5;
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

interface Setting {
  readonly cost: number;
  readonly machineWeight: number;
}

interface Tried extends Setting {
  /** Of people's rows, in order. */
  readonly margins: Float64Array;
}

/**
 * Trains on a set whose every label people gave at least twice. Choices (cost, weight of machines, temperature, thresholds) that
 * a figure depends on are made without the fold it is measured on. Deterministic, whatever the order of the examples.
 */
export function train(set: TrainingSet, reader: FeatureReader, options: TrainingOptions): Trained {
  const labels = set.labels.length;
  const order = set.order();
  const truth = set.truth();
  const people = order.filter((row) => set.persons[row]);
  const machines = order.length - people.length;
  const groups = groupRows([...order].map((row) => set.keys[row]!));
  const foldByOrder = dealFolds(groups, FOLDS, SEED);
  const foldOf = new Uint8Array(order.length);
  const groupOf = new Uint32Array(order.length);
  for (const [position, row] of order.entries()) {
    foldOf[row] = foldByOrder[position]!;
    groupOf[row] = groups[position]!;
  }
  const steps = (COSTS.length + (machines > 0 ? MACHINE_WEIGHTS.length - 1 : 0)) * FOLDS + 1;
  let done = 0;
  const advance = () => {
    done += 1;
    options.progress?.(done / steps);
  };

  const learn = (rows: Uint32Array, values: Float32Array, { cost, machineWeight }: Setting) => {
    const weights = new Float32Array(order.length);
    for (const row of rows) weights[row] = set.persons[row] ? 1 : machineWeight;
    const problem: Problem = {
      vectors: set.vectors,
      values,
      rows,
      truth,
      weights,
      labels,
      dimensions: reader.dimensions,
      cost,
      seed: SEED,
    };
    const learned = solve(problem);
    advance();
    return learned;
  };
  const rowsFor = ({ machineWeight }: Setting, rows: Uint32Array) =>
    machineWeight === 0 ? rows.filter((row) => set.persons[row]) : rows;
  const tryOut = (settings: readonly Setting[]): readonly Tried[] => {
    const tried = settings.map((setting) => ({ ...setting, margins: new Float64Array(people.length * labels) }));
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const rows = order.filter((row) => foldOf[row] !== fold);
      let values: { readonly without: boolean; readonly values: Float32Array } | null = null;
      for (const one of tried) {
        const without = one.machineWeight === 0;
        const known = rowsFor(one, rows);
        if (values === null || values.without !== without) {
          values = { without, values: weigh(set.vectors, idfOf(set.vectors, known)) };
        }
        const weights = learn(known, values.values, one);
        for (const [position, row] of people.entries()) {
          if (foldOf[row] !== fold) continue;
          writeMargins(
            set,
            { values: values.values, weights, dimensions: reader.dimensions, row },
            one.margins,
            position,
          );
        }
      }
    }
    return tried;
  };

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
  const bestOf = (tried: readonly Tried[], rows: readonly number[]): Tried => {
    const lossOf = (one: Tried) => logLoss(scoredBy(one), rows, fitTemperature(scoredBy(one), rows));
    return tried
      .map((one) => ({ one, loss: lossOf(one) }))
      .reduce((best, next) => (next.loss < best.loss - 1e-9 ? next : best)).one;
  };
  const first = machines > 0 ? FIRST_MACHINE_WEIGHT : 1;
  let tried = tryOut(COSTS.map((cost) => ({ cost, machineWeight: first })));
  if (machines > 0) {
    const { cost } = bestOf(tried, everyone);
    const others = MACHINE_WEIGHTS.filter((weight) => weight !== first);
    tried = [...tried, ...tryOut(others.map((machineWeight) => ({ cost, machineWeight })))];
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
  const rows = rowsFor(chosen, order);
  const idf = idfOf(set.vectors, rows);
  const weights = learn(rows, weigh(set.vectors, idf), chosen);
  const head = {
    task: options.task,
    kind: options.kind,
    codebook: options.codebook,
    labels: set.labels,
    features: FEATURE_VERSION,
    evidence: reader.dimensions - idf.length,
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

interface Reading {
  readonly values: Float32Array;
  readonly weights: Float32Array;
  readonly dimensions: number;
  readonly row: number;
}

function writeMargins(set: TrainingSet, reading: Reading, margins: Float64Array, position: number): void {
  const { values, weights, dimensions, row } = reading;
  const labels = set.labels.length;
  const { indices, starts } = set.vectors;
  const at = position * labels;
  for (let label = 0; label < labels; label += 1) margins[at + label] = weights[dimensions * labels + label]!;
  for (let place = starts[row]!; place < starts[row + 1]!; place += 1) {
    const base = indices[place]! * labels;
    for (let label = 0; label < labels; label += 1) margins[at + label]! += weights[base + label]! * values[place]!;
  }
}
