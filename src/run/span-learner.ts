// Learns a task of spans, and lets the tagger that judges now, and a list of the marked words, judge the same texts.

import { buildGazetteer } from '../annotate/student/gazetteer.ts';
import { LEAST_TEXTS } from '../annotate/student/promotion.ts';
import { cutPieces } from '../annotate/student/sequence-features.ts';
import { decodeSequence, encodeSequence, tagger } from '../annotate/student/sequence-model.ts';
import { type MarkedText, spellSpan, trainSequence } from '../annotate/student/sequence-training.ts';
import type { JsonObject } from '../model/json.ts';
import { knownWords } from '../refine/names/lexicon.ts';
import type { Learner, Missing, TrainingTask } from './training-task.ts';

/** Words and signs of all texts; each takes about 120 bytes while it is learned from. */
const MOST_PIECES = 4_000_000;

/** Names by which those are told that judge beside a new tagger. */
export const REPEATED = 'repetition';
export const IN_FORCE = 'in-force';

export function openSpanLearner(task: TrainingTask): Learner<MarkedText> {
  const texts: MarkedText[] = [];
  let pieces = 0;
  let leftOut = 0;
  return {
    add(text) {
      const size = cutPieces(text.text).length;
      if (pieces + size > MOST_PIECES) {
        leftOut += 1;
        return;
      }
      pieces += size;
      texts.push(text);
    },
    learn(progress) {
      const missing = missingOf(texts, task);
      if (missing.length > 0) return { kind: 'missing', missing };
      const gazetteer = buildGazetteer(knownWords());
      const trained = trainSequence(texts, { ...task, gazetteer, progress });
      const head = { ...trained.model.head } as unknown as JsonObject;
      const others = new Map([[REPEATED, trained.repeated]]);
      if (task.inForce !== null) others.set(IN_FORCE, judgedBy(task.inForce, texts));
      return { kind: 'trained', ...encodeSequence(trained.model), head, heldOut: trained.heldOut, leftOut, others };
    },
  };
}

/** Labels that too few of people's texts hold, and how many texts are missing to compare on. */
function missingOf(texts: readonly MarkedText[], { labels, leastLabels }: TrainingTask): readonly Missing[] {
  const people = texts.filter(({ person }) => person);
  const short = (label: string | null, wanted: number, having: number): readonly Missing[] =>
    having >= wanted ? [] : [{ label, missing: wanted - having }];
  return [
    ...labels.flatMap((label) =>
      short(label, leastLabels, people.filter(({ spans }) => spans.some((span) => span.label === label)).length),
    ),
    ...short(null, LEAST_TEXTS, people.length),
  ];
}

function judgedBy(artefact: Uint8Array, texts: readonly MarkedText[]): ReadonlyMap<string, readonly string[]> {
  const find = tagger(decodeSequence(artefact));
  return new Map(texts.filter(({ person }) => person).map(({ id, text }) => [id, find(text).map(spellSpan)]));
}
