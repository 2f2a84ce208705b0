// Averaged structured perceptron: learns to tag sequences by correcting the best path it finds.
//
// M. Collins, "Discriminative training methods for hidden Markov models", EMNLP 2002; averaging as in H. Daumé's thesis.

import { seededRandom, shuffle } from '../seeded-random.ts';
import { SEQUENCE_BUCKETS, WORD_FEATURES } from './sequence-features.ts';

const EPOCHS = 8;

/** A text's features and, where people tagged it, its tags: 0 outside, 2l + 1 where label l begins, 2l + 2 where it goes on. */
export interface Sequence {
  readonly features: Uint32Array;
  readonly tags: Uint8Array;
}

export interface SequenceWeights {
  readonly tags: number;
  /** Of each bucket and tag, bucket after bucket. */
  readonly emissions: Float32Array;
  /** From one tag (the last row: the start) to the next. */
  readonly transitions: Float32Array;
}

export const tagsOf = (labels: number) => 1 + 2 * labels;

/** True where the tag may follow: a label only goes on after itself. */
const follows = (before: number, tag: number) => tag === 0 || tag % 2 === 1 || before === tag || before === tag - 1;

/** Learns from sequences in the order given; `onEpoch` is told after each pass. Deterministic. */
export function learnSequences(
  sequences: readonly Sequence[],
  { labels, seed, onEpoch }: { readonly labels: number; readonly seed: number; readonly onEpoch?: () => void },
): SequenceWeights {
  const tags = tagsOf(labels);
  const weights = {
    tags,
    emissions: new Float32Array(SEQUENCE_BUCKETS * tags),
    transitions: new Float32Array((tags + 1) * tags),
  };
  // Sum of what each weight was given, by when it was: the average is the weight less this over the number of steps.
  const late = {
    emissions: new Float64Array(SEQUENCE_BUCKETS * tags),
    transitions: new Float64Array((tags + 1) * tags),
  };
  const order = new Uint32Array(sequences.length).map((_, place) => place);
  const random = seededRandom(seed);
  const path = pathFinder(weights);
  let step = 1;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const place of order) {
      const { features, tags: truth } = sequences[place]!;
      const found = path(features);
      correct(truth, 1);
      correct(found, -1);
      step += 1;
      function correct(given: Uint8Array, by: number): void {
        for (let at = 0; at < truth.length; at += 1) {
          const [tag, before] = [given[at]!, at === 0 ? tags : given[at - 1]!];
          const [trueTag, foundTag] = [truth[at]!, found[at]!];
          if (trueTag !== foundTag) {
            for (let feature = at * WORD_FEATURES; feature < (at + 1) * WORD_FEATURES; feature += 1) {
              const weight = features[feature]! * tags + tag;
              weights.emissions[weight]! += by;
              late.emissions[weight]! += by * step;
            }
          }
          if (trueTag === foundTag && (at === 0 || truth[at - 1] === found[at - 1])) continue;
          weights.transitions[before * tags + tag]! += by;
          late.transitions[before * tags + tag]! += by * step;
        }
      }
    }
    onEpoch?.();
  }
  average(weights.emissions, late.emissions, step);
  average(weights.transitions, late.transitions, step);
  return weights;
}

function average(weights: Float32Array, late: Float64Array, steps: number): void {
  for (let at = 0; at < weights.length; at += 1) weights[at]! -= late[at]! / steps;
}

interface Scores {
  readonly tags: number;
  readonly emissions: ArrayLike<number>;
  readonly transitions: ArrayLike<number>;
}

/** Finds the best path (Viterbi); the array it answers with is its own until the next call. */
export function pathFinder({ tags, emissions, transitions }: Scores): (features: Uint32Array) => Uint8Array {
  let from = new Uint8Array(0);
  let best = new Float64Array(tags);
  let next = new Float64Array(tags);
  const own = new Float64Array(tags);
  return (features) => {
    const length = features.length / WORD_FEATURES;
    if (from.length < length * tags) from = new Uint8Array(length * tags * 2);
    for (let at = 0; at < length; at += 1) {
      own.fill(0);
      for (let feature = at * WORD_FEATURES; feature < (at + 1) * WORD_FEATURES; feature += 1) {
        const base = features[feature]! * tags;
        for (let tag = 0; tag < tags; tag += 1) own[tag]! += emissions[base + tag]!;
      }
      for (let tag = 0; tag < tags; tag += 1) {
        let highest = -Infinity;
        let source = 0;
        if (at === 0) {
          if (follows(0, tag)) highest = transitions[tags * tags + tag]!;
        } else {
          for (let before = 0; before < tags; before += 1) {
            if (!follows(before, tag)) continue;
            const score = best[before]! + transitions[before * tags + tag]!;
            if (score <= highest) continue;
            highest = score;
            source = before;
          }
        }
        next[tag] = highest + own[tag]!;
        from[at * tags + tag] = source;
      }
      [best, next] = [next, best];
    }
    const path = new Uint8Array(length);
    let tag = 0;
    for (let candidate = 1; candidate < tags; candidate += 1) if (best[candidate]! > best[tag]!) tag = candidate;
    for (let at = length - 1; at >= 0; at -= 1) {
      path[at] = tag;
      tag = from[at * tags + tag]!;
    }
    return path;
  };
}
