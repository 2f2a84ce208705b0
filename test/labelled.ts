// Labelled French texts beside the repository, with what ties near copies together, for measuring the student.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, shuffle } from '../src/annotate/seeded-random.ts';
import type { FeatureReader } from '../src/annotate/student/features.ts';
import { TrainingSet } from '../src/annotate/student/training-set.ts';

export interface LabelledText {
  readonly text: string;
  /** Of several, parted by `|`. */
  readonly label: string;
}

export const LABELLED = {
  tweets: ['sent3-tweets-umsab/train', 'sent3-tweets-umsab/val'],
  films: ['sent2-allocine/train', 'sent2-tvseries/train', 'sent2-tvseries/dev'],
  topics: ['topic-sib200-fra/train', 'topic-sib200-fra/dev'],
  emotions: ['emotion-xed-fr/all'],
} as const;
export type Labelled = keyof typeof LABELLED;

/** @param data the folder of inputs that are not part of the repository */
export function readLabelled(data: string, name: Labelled): readonly LabelledText[] {
  return LABELLED[name].flatMap((file) =>
    readFileSync(join(data, 'language', `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LabelledText),
  );
}

/** A set of `size` of the texts, drawn by this seed; all of people. Texts that begin alike are one group. */
export function setOf(texts: readonly LabelledText[], reader: FeatureReader, draw: { size: number; seed: number }) {
  const labels = [...new Set(texts.flatMap(({ label }) => label.split('|')))].sort();
  const set = new TrainingSet(labels, reader);
  const order = new Uint32Array(texts.length).map((_, row) => row);
  shuffle(order, seededRandom(draw.seed));
  for (const row of order.subarray(0, draw.size)) {
    const { text, label } = texts[row]!;
    set.add({ id: `d${row}`, title: null, text, labels: label.split('|'), person: true, keys: keysOf(text) });
  }
  return set;
}

/** Headlines are passed on with other links, names and ends: what is left of their beginning and of their end is the same. */
function keysOf(text: string): readonly string[] {
  const words = (
    text
      .toLowerCase()
      .replaceAll(/https?\S*|@\S+/g, ' ')
      .match(/\p{L}+/gu) ?? []
  ).filter((word) => word !== 'rt' && word !== 'via');
  if (words.length < 6) return [words.join(' ')];
  return [`<${words.slice(0, 6).join(' ')}`, `>${words.slice(-6).join(' ')}`];
}
