// Trains a tagger from pieces of text that people marked, measured on texts whose group it had not seen.

import { createHash } from 'node:crypto';
import { byCodeUnits } from '../../model/order.ts';
import { bootstrap } from './figures.ts';
import { dealFolds, groupRows } from './folds.ts';
import type { Gazetteer } from './gazetteer.ts';
import { learnSequences, pathFinder, type Sequence, type SequenceWeights } from './perceptron.ts';
import { rememberSpans, repeatSpans } from './repetition.ts';
import { cutPieces, sequenceFeatures } from './sequence-features.ts';
import { quantiseSequence, SEQUENCE_VERSION, type SequenceModel } from './sequence-model.ts';
import { countTexts, type SequenceFigures, scoreSpans } from './span-figures.ts';
import { type Span, spansOfTags, tagsOfSpans } from './spans-of-tags.ts';
import type { HeldOutText } from './training.ts';

const FOLDS = 5;
const SEED = 20_260_101;

export interface MarkedText {
  readonly id: string;
  readonly text: string;
  /** None where who read it found nothing to mark. */
  readonly spans: readonly Span[];
  /** What ties it to others. */
  readonly keys: readonly string[];
  /** True where people marked it; what models marked is never measured on. */
  readonly person: boolean;
}

interface Asked {
  readonly task: string;
  readonly codebook: string;
  readonly labels: readonly string[];
  readonly gazetteer: Gazetteer;
  /** Where the texts come from. */
  readonly from?: 'people' | 'file';
  readonly progress?: (share: number) => void;
}

export interface TrainedSequence {
  readonly model: SequenceModel;
  readonly figures: SequenceFigures;
  /** Of people's texts. Spans spelled `label:start-end`. */
  readonly heldOut: readonly HeldOutText[];
  /** By text, what a list of the words marked in the other folds would mark. */
  readonly repeated: ReadonlyMap<string, readonly string[]>;
}

/**
 * Learns from people's texts, and from models' where that does better on people's: chosen for each fold on the others.
 * Deterministic, whatever the order of the texts.
 */
export function trainSequence(given: readonly MarkedText[], asked: Asked): TrainedSequence {
  const { labels, gazetteer } = asked;
  const texts = [...given].sort((left, right) => byCodeUnits(left.id, right.id));
  const cut = texts.map(({ text }) => cutPieces(text));
  const sequences = texts.map(
    ({ text, spans }, place): Sequence => ({
      features: sequenceFeatures(text, cut[place]!, gazetteer),
      tags: tagsOfSpans(cut[place]!, spans, labels),
    }),
  );
  const groups = groupRows(texts.map(({ keys }) => keys));
  const folds = dealFolds(groups, FOLDS, SEED);
  const people = [...texts.keys()].filter((place) => texts[place]!.person);
  const choices = people.length < texts.length ? [false, true] : [false];
  let done = 0;
  const learn = (wanted: (place: number) => boolean, withMachines: boolean): SequenceWeights => {
    const rows = sequences.filter((_, place) => wanted(place) && (withMachines || texts[place]!.person));
    const weights = learnSequences(rows, { labels: labels.length, seed: SEED });
    done += 1;
    asked.progress?.(done / (choices.length * FOLDS + 1));
    return weights;
  };
  const readingOf = (place: number, found: readonly (readonly string[])[]): HeldOutText => ({
    id: texts[place]!.id,
    group: groups[place]!,
    truth: texts[place]!.spans.filter(({ label }) => labels.includes(label)).map(spellSpan),
    labels: found[place]!,
  });
  const tried = choices.map((withMachines) => {
    const found: (readonly string[])[] = new Array(texts.length);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const path = pathFinder(learn((place) => folds[place] !== fold, withMachines));
      for (const place of people) {
        if (folds[place] !== fold) continue;
        found[place] = spansOfTags(cut[place]!, path(sequences[place]!.features), labels).map(spellSpan);
      }
    }
    const held = people.map((place) => readingOf(place, found));
    return { withMachines, held, counts: countTexts(held) };
  });
  const bestOf = (rows: readonly number[]) =>
    tried.reduce((best, one) => (scoreSpans(one.counts, rows).f1 > scoreSpans(best.counts, rows).f1 ? one : best));
  const chosenFor = Array.from({ length: FOLDS }, (_, fold) =>
    bestOf([...people.keys()].filter((row) => folds[people[row]!] !== fold)),
  );
  const heldOut = people.map((place, row) => chosenFor[folds[place]!]!.held[row]!);
  const { withMachines } = bestOf([...people.keys()]);
  const figures = measure(heldOut, labels);
  const hash = createHash('sha256');
  for (const { id, text, spans, person } of texts)
    hash.update(JSON.stringify([id, text, spans.map(spellSpan), person]));
  const head = {
    task: asked.task,
    kind: 'spans' as const,
    codebook: asked.codebook,
    labels,
    features: SEQUENCE_VERSION,
    from: asked.from ?? 'people',
    trainingSet: hash.digest('hex'),
    rows: {
      people: people.length,
      machines: withMachines ? texts.length - people.length : 0,
      groups: new Set(groups).size,
    },
    figures,
  };
  const repeated = new Map<string, readonly string[]>();
  const read = texts.map(({ text, spans }, place) => ({ text, spans, pieces: cut[place]! }));
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const memory = rememberSpans(people.filter((place) => folds[place] !== fold).map((place) => read[place]!));
    for (const place of people) {
      if (folds[place] !== fold) continue;
      repeated.set(texts[place]!.id, repeatSpans(memory, texts[place]!.text, cut[place]!).map(spellSpan));
    }
  }
  const model = quantiseSequence(
    head,
    learn(() => true, withMachines),
    gazetteer,
  );
  return { model, figures, heldOut, repeated };
}

export const spellSpan = ({ label, start, end }: Span) => `${label}:${start}-${end}`;

function measure(heldOut: readonly HeldOutText[], labels: readonly string[]): SequenceFigures {
  const counts = countTexts(heldOut);
  const { precision, recall, f1 } = scoreSpans(counts);
  const groups = heldOut.map(({ group }) => group);
  const blank = heldOut.filter(({ labels: given }) => given.length === 0);
  return {
    f1,
    interval: bootstrap(groups, (rows) => scoreSpans(counts, rows).f1),
    precision,
    recall,
    perLabel: labels.map((label) => ({ label, ...scoreSpans(countTexts(heldOut, `${label}:`)) })),
    blank: {
      n: blank.length,
      right: blank.length === 0 ? 0 : blank.filter(({ truth }) => truth.length === 0).length / blank.length,
    },
    n: heldOut.length,
    groups: new Set(groups).size,
  };
}
