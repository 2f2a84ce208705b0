// Tries settings on people's texts: each fold is judged by what was learned from the others.

import type { FeatureReader } from './features.ts';
import { type Solution, solve } from './sdca.ts';
import type { TrainingSet } from './training-set.ts';
import { idfOf, weigh } from './vectors.ts';

const SEED = 20_260_101;

export interface Setting {
  readonly cost: number;
  /** How much a machine's label counts beside a person's; 0 leaves machines out. */
  readonly machineWeight: number;
  /** How much what the lexicons say stands beside words; 0 leaves it out. */
  readonly evidenceScale: number;
}

export interface Tried extends Setting {
  /** Of people's rows, in order. */
  readonly margins: Float64Array;
}

export interface Trials {
  /** Tries one cost after the other, all else equal: each begins from what the one before it learned. */
  path(rest: Omit<Setting, 'cost'>): (cost: number) => Tried;
  /** Rows of a setting, what each bucket weighs, and what is learned from all of them. */
  learnAll(setting: Setting): { readonly rows: Uint32Array; readonly idf: Uint8Array; readonly weights: Float32Array };
}

interface Ground {
  readonly set: TrainingSet;
  readonly reader: FeatureReader;
  /** Every row, in order, and the fold of each row. */
  readonly order: Uint32Array;
  readonly foldOf: Uint8Array;
  readonly folds: number;
  /** Told after each training. */
  readonly advance: () => void;
}

export function openTrials({ set, reader, order, foldOf, folds, advance }: Ground): Trials {
  const { vectors, persons, labels } = set;
  const { dimensions } = reader;
  const truth = set.truth();
  const people = order.filter((row) => persons[row]);
  const rowsOf = (rows: Uint32Array, { machineWeight }: Setting) =>
    machineWeight === 0 ? rows.filter((row) => persons[row]) : rows;

  function learn(rows: Uint32Array, values: Float32Array, setting: Setting, start?: Float64Array): Solution {
    const weights = new Float32Array(order.length);
    for (const row of rows) weights[row] = persons[row] ? 1 : setting.machineWeight;
    const { cost } = setting;
    const problem = { vectors, values, rows, truth, weights, labels: labels.length, dimensions, cost, seed: SEED };
    const learned = solve(start === undefined ? problem : { ...problem, start });
    advance();
    return learned;
  }

  return {
    path(rest) {
      const starts: Float64Array[] = [];
      return (cost) => {
        const setting = { ...rest, cost };
        const margins = new Float64Array(people.length * labels.length);
        for (let fold = 0; fold < folds; fold += 1) {
          const rows = rowsOf(
            order.filter((row) => foldOf[row] !== fold),
            setting,
          );
          const values = weigh(vectors, idfOf(vectors, rows), setting.evidenceScale);
          const { weights, shares } = learn(rows, values, setting, starts[fold]);
          starts[fold] = shares;
          for (const [position, row] of people.entries()) {
            if (foldOf[row] !== fold) continue;
            const into = margins.subarray(position * labels.length, (position + 1) * labels.length);
            writeMargins({ set, values, weights, dimensions }, row, into);
          }
        }
        return { ...setting, margins };
      };
    },
    learnAll(setting) {
      const rows = rowsOf(order, setting);
      const idf = idfOf(vectors, rows);
      return { rows, idf, weights: learn(rows, weigh(vectors, idf, setting.evidenceScale), setting).weights };
    },
  };
}

interface Reading {
  readonly set: TrainingSet;
  readonly values: Float32Array;
  readonly weights: Float32Array;
  readonly dimensions: number;
}

function writeMargins({ set, values, weights, dimensions }: Reading, row: number, margins: Float64Array): void {
  const labels = margins.length;
  const { indices, starts } = set.vectors;
  for (let label = 0; label < labels; label += 1) margins[label] = weights[dimensions * labels + label]!;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
    const base = indices[at]! * labels;
    for (let label = 0; label < labels; label += 1) margins[label]! += weights[base + label]! * values[at]!;
  }
}
