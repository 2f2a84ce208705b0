// A trained tagger as it is kept and used: finds in a text the pieces that people learned it to mark.

import { type Packed, pack, type Unpacked, unpack } from './packing.ts';
import { pathFinder, type SequenceWeights, tagsOf } from './perceptron.ts';
import { cutPieces, SEQUENCE_BUCKETS, sequenceFeatures } from './sequence-features.ts';
import type { SequenceFigures } from './span-figures.ts';
import { type Span, spansOfTags } from './spans-of-tags.ts';

/** Grows when texts are read otherwise. */
export const SEQUENCE_VERSION = 1;
export const SEQUENCE_FORMAT = 'datasens-tagger-1';
const GAZETTEER_BYTES = 1 << 20;

export interface SequenceHead {
  readonly task: string;
  readonly kind: 'spans';
  readonly codebook: string;
  readonly labels: readonly string[];
  readonly features: number;
  /** Texts of the project that people marked, or a file of texts marked elsewhere. */
  readonly from: 'people' | 'file';
  /** sha256 of ids, texts and spans of the training set. */
  readonly trainingSet: string;
  readonly rows: { readonly people: number; readonly machines: number; readonly groups: number };
  /** Of the emissions and transitions, per step of 16 bits. */
  readonly steps: readonly [number, number];
  readonly figures: SequenceFigures;
}

export interface SequenceModel {
  readonly head: SequenceHead;
  readonly emissions: Int16Array;
  readonly transitions: Int16Array;
  readonly gazetteer: Uint8Array;
}

/** Weights rounded to 16 bits. */
export function quantiseSequence(
  head: Omit<SequenceHead, 'steps'>,
  { emissions, transitions }: SequenceWeights,
  gazetteer: Uint8Array,
): SequenceModel {
  const stepOf = (weights: Float32Array) => weights.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9) / 32_767;
  const round = (weights: Float32Array, step: number) => Int16Array.from(weights, (one) => Math.round(one / step));
  const steps = [stepOf(emissions), stepOf(transitions)] as const;
  return {
    head: { ...head, steps },
    emissions: round(emissions, steps[0]),
    transitions: round(transitions, steps[1]),
    gazetteer,
  };
}

/** Finds the spans of any text. */
export function tagger({ head, emissions, transitions, gazetteer }: SequenceModel): (text: string) => readonly Span[] {
  const [one, other] = head.steps;
  const scaled = Float32Array.from(transitions, (weight) => (weight * other) / one);
  const path = pathFinder({ tags: tagsOf(head.labels.length), emissions, transitions: scaled });
  return (text) => {
    const pieces = cutPieces(text);
    return pieces.length === 0 ? [] : spansOfTags(pieces, path(sequenceFeatures(text, pieces, gazetteer)), head.labels);
  };
}

/** As kept: compressed; the same tagger gives the same digest on every machine. */
export function encodeSequence({ head, emissions, transitions, gazetteer }: SequenceModel): Packed {
  return pack(SEQUENCE_FORMAT, head, [gazetteer, bytesIn(transitions), bytesIn(emissions)]);
}

/** @throws RangeError where the bytes are no tagger of this version. */
export const decodeSequence = (bytes: Uint8Array): SequenceModel => taggerIn(unpack(bytes));

/** @throws RangeError as `decodeSequence` */
export function taggerIn({ format, head, body }: Unpacked<SequenceHead>): SequenceModel {
  if (format !== SEQUENCE_FORMAT)
    throw new RangeError(`decodeSequence: the format is ${format}, not ${SEQUENCE_FORMAT}`);
  const tags = tagsOf(head.labels.length);
  let at = 0;
  const take = (count: number) => {
    const taken = new Uint8Array(body.subarray(at, at + count));
    at += count;
    return taken;
  };
  const gazetteer = take(GAZETTEER_BYTES);
  const transitions = new Int16Array(take(2 * (tags + 1) * tags).buffer);
  const emissions = new Int16Array(take(2 * SEQUENCE_BUCKETS * tags).buffer);
  return { head, emissions, transitions, gazetteer };
}

const bytesIn = ({ buffer, byteOffset, byteLength }: Int16Array) => new Uint8Array(buffer, byteOffset, byteLength);
