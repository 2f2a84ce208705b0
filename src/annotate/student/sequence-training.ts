// Trains a tagger from pieces of text that people marked, measured on texts whose group it had not seen.

import { createHash } from 'node:crypto';
import type { Interval } from '../../model/indicator.ts';
import { bootstrap } from './figures.ts';
import { dealFolds, groupRows } from './folds.ts';
import type { Gazetteer } from './gazetteer.ts';
import { learnSequences, pathFinder, type Sequence } from './perceptron.ts';
import { cutPieces, sequenceFeatures } from './sequence-features.ts';
import { quantiseSequence, SEQUENCE_VERSION, type SequenceModel } from './sequence-model.ts';
import { type Span, spansOfTags, tagsOfSpans } from './spans-of-tags.ts';
import type { HeldOutText } from './training.ts';

const FOLDS = 5;
const SEED = 20_260_101;

export interface MarkedText {
  readonly id: string;
  readonly text: string;
  readonly spans: readonly Span[];
  /** What ties it to others. */
  readonly keys: readonly string[];
}

interface SpanFigures {
  readonly label: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export interface SequenceFigures {
  /** Of spans that begin and end where people said, all labels together, with its interval by drawing groups again. */
  readonly f1: number;
  readonly interval: Interval;
  readonly perLabel: readonly SpanFigures[];
  readonly n: number;
  readonly groups: number;
}

interface Asked {
  readonly task: string;
  readonly codebook: string;
  readonly labels: readonly string[];
  readonly gazetteer: Gazetteer;
  readonly progress?: (share: number) => void;
}

export interface TrainedSequence {
  readonly model: SequenceModel;
  readonly figures: SequenceFigures;
  /** Spans spelled `label:start-end`. */
  readonly heldOut: readonly HeldOutText[];
}

/** Deterministic, whatever the order of the texts. */
export function trainSequence(given: readonly MarkedText[], asked: Asked): TrainedSequence {
  const { labels, gazetteer } = asked;
  const texts = [...given].sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
  const cut = texts.map(({ text }) => cutPieces(text));
  const sequences = texts.map(
    ({ text, spans }, place): Sequence => ({
      features: sequenceFeatures(text, cut[place]!, gazetteer),
      tags: tagsOfSpans(cut[place]!, spans, labels),
    }),
  );
  const groups = groupRows(texts.map(({ keys }) => keys));
  const folds = dealFolds(groups, FOLDS, SEED);
  const found: (readonly string[])[] = new Array(texts.length);
  let done = 0;
  const learn = (rows: readonly Sequence[]) => {
    const weights = learnSequences(rows, { labels: labels.length, seed: SEED });
    done += 1;
    asked.progress?.(done / (FOLDS + 1));
    return weights;
  };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const path = pathFinder(learn(sequences.filter((_, place) => folds[place] !== fold)));
    for (const [place, { features }] of sequences.entries()) {
      if (folds[place] === fold) found[place] = spansOfTags(cut[place]!, path(features), labels).map(spell);
    }
  }
  const heldOut = texts.map(({ id, spans }, place) => ({
    id,
    group: groups[place]!,
    truth: spans.filter(({ label }) => labels.includes(label)).map(spell),
    labels: found[place]!,
  }));
  const figures = measure(heldOut, labels);
  const hash = createHash('sha256');
  for (const { id, text, spans } of texts) hash.update(JSON.stringify([id, text, spans.map(spell)]));
  const head = {
    task: asked.task,
    kind: 'spans' as const,
    codebook: asked.codebook,
    labels,
    features: SEQUENCE_VERSION,
    trainingSet: hash.digest('hex'),
    rows: { people: texts.length, machines: 0, groups: figures.groups },
    figures,
  };
  return { model: quantiseSequence(head, learn(sequences), gazetteer), figures, heldOut };
}

const spell = ({ label, start, end }: Span) => `${label}:${start}-${end}`;

function measure(heldOut: readonly HeldOutText[], labels: readonly string[]): SequenceFigures {
  const everyone = [...heldOut.keys()];
  const groups = heldOut.map(({ group }) => group);
  const perLabel = labels.map((label) => ({ label, ...spanFigures(heldOut, everyone, `${label}:`) }));
  return {
    f1: spanFigures(heldOut, everyone, '').f1,
    interval: bootstrap(groups, (rows) => spanFigures(heldOut, rows, '').f1),
    perLabel,
    n: heldOut.length,
    groups: new Set(groups).size,
  };
}

/** Of the spans that begin with `label:`, found exactly. */
export function spanFigures(texts: readonly HeldOutText[], rows: readonly number[], prefix: string) {
  let right = 0;
  let said = 0;
  let support = 0;
  for (const row of rows) {
    const { truth, labels } = texts[row]!;
    for (const span of truth) if (span.startsWith(prefix)) support += 1;
    for (const span of labels) {
      if (!span.startsWith(prefix)) continue;
      said += 1;
      if (truth.includes(span)) right += 1;
    }
  }
  return {
    precision: said === 0 ? 0 : right / said,
    recall: support === 0 ? 0 : right / support,
    f1: said + support === 0 ? 0 : (2 * right) / (said + support),
    support,
  };
}
