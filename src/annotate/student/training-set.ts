// Labelled texts as a classifier learns from them: their vectors, never the texts, in an order that is always the same.

import { createHash } from 'node:crypto';
import type { FeatureReader } from './features.ts';
import { Vectors } from './vectors.ts';

/** Places kept at most: 8 bytes each. Beyond it, texts are left out and counted. */
const MAXIMUM_PLACES = 32_000_000;

export interface Example {
  /** The document's. */
  readonly id: string;
  readonly title: string | null;
  readonly text: string;
  /** Categories it has; none is an answer where a task has several labels. */
  readonly labels: readonly string[];
  /** True where people said so; the others are machines', and count less. */
  readonly person: boolean;
  /** What ties it to others: copies, author, source. Texts that share one are held out together. */
  readonly keys: readonly string[];
}

/** Grows example by example; `rows` of people are what figures are measured on. */
export class TrainingSet {
  readonly vectors = new Vectors();
  readonly labels: readonly string[];
  readonly ids: string[] = [];
  readonly persons: boolean[] = [];
  readonly keys: (readonly string[])[] = [];
  /** Examples that found no room. */
  leftOut = 0;
  readonly #reader: FeatureReader;
  readonly #truths: Uint8Array[] = [];
  readonly #hashes: string[] = [];

  constructor(labels: readonly string[], reader: FeatureReader) {
    this.labels = labels;
    this.#reader = reader;
  }

  /** Reads one example; a label that is not of the task's is a RangeError. */
  add({ id, title, text, labels, person, keys }: Example): void {
    const truth = new Uint8Array(this.labels.length);
    for (const label of labels) {
      const place = this.labels.indexOf(label);
      if (place < 0) throw new RangeError(`TrainingSet: \`${label}\` is not of the labels`);
      truth[place] = 1;
    }
    this.#reader.read(title, text);
    if (this.vectors.starts[this.vectors.rows]! + this.#reader.size > MAXIMUM_PLACES) {
      this.leftOut += 1;
      return;
    }
    this.vectors.add(this.#reader);
    this.ids.push(id);
    this.persons.push(person);
    this.keys.push(keys);
    this.#truths.push(truth);
    this.#hashes.push(
      createHash('sha256')
        .update(JSON.stringify([id, title, text, labels, person]))
        .digest('hex'),
    );
  }

  /** Row numbers in the order of ids, whatever the order they came in. */
  order(): Uint32Array {
    const { ids } = this;
    const hashes = this.#hashes;
    const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
    return new Uint32Array(ids.length)
      .map((_, row) => row)
      .sort((left, right) => compare(ids[left]!, ids[right]!) || compare(hashes[left]!, hashes[right]!));
  }

  /** 1 where a row has a label, row after row. */
  truth(): Uint8Array {
    const labels = this.labels.length;
    const truth = new Uint8Array(this.#truths.length * labels);
    for (const [row, own] of this.#truths.entries()) truth.set(own, row * labels);
    return truth;
  }

  /** sha256 of all examples. */
  digest(): string {
    const hash = createHash('sha256');
    for (const row of this.order()) hash.update(this.#hashes[row]!);
    return hash.digest('hex');
  }

  /** For each label, how many of people's examples are missing to have `least`; labels that have enough are left out. */
  missing(least: number): readonly { readonly label: string; readonly missing: number }[] {
    return this.labels.flatMap((label, place) => {
      const having = this.#truths.filter((truth, row) => this.persons[row] && truth[place] === 1).length;
      return having >= least ? [] : [{ label, missing: least - having }];
    });
  }
}
