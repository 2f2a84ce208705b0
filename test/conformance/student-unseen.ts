// What a student is worth on texts that it never met: those that were left when its own were drawn, and what rounding costs it.

import { type Bet, calibrationError, probabilities } from '../../src/annotate/student/calibration.ts';
import { decide, isApart, likeliest } from '../../src/annotate/student/decision.ts';
import type { FeatureReader } from '../../src/annotate/student/features.ts';
import { dealFolds, groupRows } from '../../src/annotate/student/folds.ts';
import { type LinearModel, quantise, scorer } from '../../src/annotate/student/linear-model.ts';
import { solve } from '../../src/annotate/student/sdca.ts';
import type { TrainingSet } from '../../src/annotate/student/training-set.ts';
import { idfOf, weigh } from '../../src/annotate/student/vectors.ts';
import type { LabelledText } from '../labelled.ts';

interface Unseen {
  readonly calibrationError: number;
  readonly judged: number;
  readonly right: number;
  readonly texts: number;
}

/** Judges the texts that are not of the set, row `n` of which has the id `dn`. */
export function judgeUnseen(
  model: LinearModel,
  {
    reader,
    set,
    texts,
  }: { readonly reader: FeatureReader; readonly set: TrainingSet; readonly texts: readonly LabelledText[] },
): Unseen {
  const { kind, labels, thresholds } = model.head;
  const known = new Set(set.ids);
  const score = scorer(model);
  const bets: Bet[] = [];
  const counts = { judged: 0, right: 0, texts: 0 };
  for (const [row, { text, label }] of texts.entries()) {
    if (known.has(`d${row}`)) continue;
    const truth = label.split('|');
    const has = (place: number) => truth.includes(labels[place]!);
    reader.read(null, text);
    const scores = score(reader);
    const places = isApart(kind) ? [...labels.keys()] : [likeliest(scores, kind)];
    for (const place of places) bets.push({ score: scores[place]!, right: has(place) });
    const decision = decide(scores, kind, thresholds);
    counts.texts += 1;
    if (decision.abstains) continue;
    counts.judged += 1;
    if (decision.places.every(has)) counts.right += 1;
  }
  return { calibrationError: calibrationError(bets), ...counts };
}

/** Macro-F1 on a fifth of the set, of groups that the rest does not hold: as it was learned, and with weights of one byte. */
export function measureRounding(set: TrainingSet, { head }: LinearModel, reader: FeatureReader) {
  const { labels, kind, temperature, cost, evidenceScale } = head;
  const order = set.order();
  const folds = dealFolds(groupRows([...order].map((row) => set.keys[row]!)), 5, 1);
  const rows = order.filter((_, place) => folds[place] !== 0);
  const held = order.filter((_, place) => folds[place] === 0);
  const idf = idfOf(set.vectors, rows);
  const values = weigh(set.vectors, idf, evidenceScale);
  const truth = set.truth();
  const { vectors } = set;
  const { dimensions } = reader;
  const size = { labels: labels.length, dimensions, cost, seed: 1 };
  const { weights } = solve({ vectors, values, rows, truth, weights: new Float32Array(order.length).fill(1), ...size });
  const kept = quantise(head, idf, weights);
  const rounded = new Float32Array(weights.length);
  for (let at = 0; at < kept.weights.length; at += 1) rounded[at] = kept.weights[at]! * kept.steps[at % labels.length]!;
  rounded.set(kept.dense, kept.weights.length);
  // Of several labels those that are likelier than one in five: the same for both, whatever the thresholds.
  const always = isApart(kind) ? labels.map(() => 0.2) : [0];
  const measure = (given: Float32Array) => {
    const counts = labels.map(() => ({ right: 0, said: 0, having: 0 }));
    const margins = new Float64Array(labels.length);
    const scores = new Float64Array(labels.length);
    for (const row of held) {
      margins.set(given.subarray(dimensions * labels.length));
      for (let at = vectors.starts[row]!; at < vectors.starts[row + 1]!; at += 1) {
        for (let label = 0; label < labels.length; label += 1) {
          margins[label]! += given[vectors.indices[at]! * labels.length + label]! * values[at]!;
        }
      }
      probabilities(margins, { temperature, apart: isApart(kind) }, scores);
      const { places } = decide(scores, kind, always);
      for (const [label, count] of counts.entries()) {
        const has = truth[row * labels.length + label]!;
        const says = places.includes(label) ? 1 : 0;
        count.right += has & says;
        count.said += says;
        count.having += has;
      }
    }
    return (
      counts.reduce((sum, { right, said, having }) => sum + (2 * right) / Math.max(1, said + having), 0) / labels.length
    );
  };
  return { exact: measure(weights), rounded: measure(rounded), texts: held.length };
}
