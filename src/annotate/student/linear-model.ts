// A trained classifier as it is kept and used: bytes for what texts weigh, and what was measured of it.

import type { TaskKind } from '../../model/codebook.ts';
import { probabilities } from './calibration.ts';
import { BUCKETS, type FeatureReader } from './features.ts';
import { type Packed, pack, type Unpacked, unpack } from './packing.ts';

/** Grows when texts are read otherwise: a model only reads texts as those it learned from. */
export const FEATURE_VERSION = 2;
const FORMAT = 'datasens-student-1';

export interface LinearHead {
  readonly task: string;
  readonly kind: Exclude<TaskKind, 'spans'>;
  readonly codebook: string;
  /** Category ids, in the codebook's order. */
  readonly labels: readonly string[];
  readonly features: number;
  /** Numbers that the lexicons gave when it was trained; 0 without. */
  readonly evidence: number;
  /** What they are multiplied by beside words of length 1 together, chosen on people's labels; 0: they are left out. */
  readonly evidenceScale: number;
  /** sha256 of the lexicons. */
  readonly lexicons: string;
  readonly cost: number;
  /** How much a model's label counted beside a person's. */
  readonly machineWeight: number;
  readonly temperature: number;
  /** Of each label where there are several, else one; a score below it is an abstention; null: never reached. */
  readonly thresholds: readonly (number | null)[];
  /** sha256 of ids, texts, labels and weights of the training set. */
  readonly trainingSet: string;
  readonly rows: { readonly people: number; readonly machines: number; readonly groups: number };
  readonly figures: unknown;
}

export interface LinearModel {
  readonly head: LinearHead;
  readonly idf: Uint8Array;
  /** Of hashed buckets, bucket after bucket, in steps of `steps`. */
  readonly weights: Int8Array;
  /** Of evidence, place after place, then biases. */
  readonly dense: Float32Array;
  readonly steps: Float32Array;
}

/** Weights rounded to a byte a bucket and label: a quarter of the size that single precision takes. */
export function quantise(head: LinearHead, idf: Uint8Array, weights: Float32Array): LinearModel {
  const labels = head.labels.length;
  const hashed = BUCKETS * labels;
  const steps = new Float32Array(labels);
  for (let at = 0; at < hashed; at += 1) steps[at % labels] = Math.max(steps[at % labels]!, Math.abs(weights[at]!));
  for (let label = 0; label < labels; label += 1) steps[label]! /= 127;
  const bytes = new Int8Array(hashed);
  for (let at = 0; at < hashed; at += 1) {
    const step = steps[at % labels]!;
    bytes[at] = step === 0 ? 0 : Math.round(weights[at]! / step);
  }
  return { head, idf, weights: bytes, dense: weights.slice(hashed), steps };
}

/** Gives probabilities of each label to what a reader last read, in the same array every time. */
export function scorer(model: LinearModel): (reader: FeatureReader) => Float64Array {
  const { head, idf, weights, dense, steps } = model;
  const labels = head.labels.length;
  const bias = dense.length - labels;
  const apart = head.kind === 'several-labels' || head.kind === 'themes';
  const margins = new Float64Array(labels);
  const scores = new Float64Array(labels);
  const scale = { temperature: head.temperature, apart };
  return ({ indices, values, size, hashed }) => {
    margins.fill(0);
    let squares = 0;
    for (let at = 0; at < hashed; at += 1) {
      const bucket = indices[at]!;
      const value = values[at]! * idf[bucket]!;
      if (value === 0) continue;
      squares += value * value;
      const base = bucket * labels;
      for (let label = 0; label < labels; label += 1) margins[label]! += weights[base + label]! * value;
    }
    const length = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let label = 0; label < labels; label += 1) {
      margins[label] = margins[label]! * length * steps[label]! + dense[bias + label]!;
    }
    for (let at = hashed; at < size; at += 1) {
      const base = (indices[at]! - BUCKETS) * labels;
      const value = values[at]! * head.evidenceScale;
      for (let label = 0; label < labels; label += 1) margins[label]! += dense[base + label]! * value;
    }
    probabilities(margins, scale, scores);
    return scores;
  };
}

/** As kept: compressed; the same model gives the same digest on every machine. */
export function encodeModel({ head, idf, weights, dense, steps }: LinearModel): Packed {
  const numbers = Buffer.alloc(4 * (steps.length + dense.length));
  let at = 0;
  for (const value of [...steps, ...dense]) at = numbers.writeFloatLE(value, at);
  return pack(FORMAT, head, [numbers, idf, new Uint8Array(weights.buffer, weights.byteOffset, weights.length)]);
}

/** @throws RangeError where the bytes are no model of this version. */
export const decodeModel = (bytes: Uint8Array): LinearModel => modelIn(unpack(bytes));

/** @throws RangeError as `decodeModel` */
export function modelIn({ format, head, body }: Unpacked<LinearHead>): LinearModel {
  if (format !== FORMAT) throw new RangeError(`decodeModel: the format is ${format}, not ${FORMAT}`);
  const labels = head.labels.length;
  let at = 0;
  const floats = (count: number) => {
    const read = new Float32Array(count).map((_, place) => body.readFloatLE(at + 4 * place));
    at += 4 * count;
    return read;
  };
  const steps = floats(labels);
  const dense = floats((head.evidence + 1) * labels);
  const idf = new Uint8Array(body.subarray(at, at + BUCKETS));
  const weights = new Int8Array(new Uint8Array(body.subarray(at + BUCKETS)).buffer);
  if (weights.length !== BUCKETS * labels) throw new RangeError('decodeModel: the weights are cut short');
  return { head, idf, weights, dense, steps };
}
