// Whether a student does better than who judges now: on the same people's texts, none of which either had learned from.

import type { Interval } from '../../model/indicator.ts';
import { bootstrap } from './figures.ts';
import { countTexts, scoreSpans } from './span-figures.ts';
import type { HeldOutText } from './training.ts';

/** Another that judges: its labels by document; texts it did not judge are not compared. */
export interface Rival {
  /** `student:<digest>`, an annotator's name, or `majority`: always the most frequent label. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

export interface Comparison {
  readonly rival: string;
  /** Texts that both judged. */
  readonly n: number;
  readonly mine: number;
  readonly theirs: number;
  /** 95 % interval of the difference of F1, by drawing groups of texts again. */
  readonly difference: Interval;
  readonly better: boolean;
}

/** Fewer texts in common say nothing. */
export const LEAST_TEXTS = 30;

/** Gives a score of the texts drawn, by place, of those that both judged. */
type Scorer = (texts: readonly HeldOutText[]) => (rows: readonly number[]) => number;

/** Compares by macro-F1 on the texts that both judged; null where those are too few. */
export function compareWith(
  heldOut: readonly HeldOutText[],
  rival: Rival,
  labels: readonly string[],
): Comparison | null {
  return compare(heldOut, rival, (texts) => (rows) => macroF1(rows, texts, labels));
}

/** The same for pieces of text, by the F1 of those found exactly. */
export function compareSpans(heldOut: readonly HeldOutText[], rival: Rival): Comparison | null {
  return compare(heldOut, rival, (texts) => {
    const counts = countTexts(texts);
    return (rows) => scoreSpans(counts, rows).f1;
  });
}

function compare(heldOut: readonly HeldOutText[], rival: Rival, scorer: Scorer): Comparison | null {
  const common = heldOut.filter(({ id }) => rival.labels.has(id));
  if (common.length < LEAST_TEXTS) return null;
  const everyone = [...common.keys()];
  const mine = scorer(common);
  const theirs = scorer(common.map((text) => ({ ...text, labels: rival.labels.get(text.id)! })));
  const difference = bootstrap(
    common.map(({ group }) => group),
    (rows) => mine(rows) - theirs(rows),
  );
  return {
    rival: rival.name,
    n: common.length,
    mine: mine(everyone),
    theirs: theirs(everyone),
    difference,
    better: difference.low > 0,
  };
}

/** Always the label, or the several together, that people give most often. */
export function majority(heldOut: readonly HeldOutText[]): Rival {
  const counts = new Map<string, { readonly labels: readonly string[]; n: number }>();
  for (const { truth } of heldOut) {
    const count = counts.get(truth.join()) ?? { labels: truth, n: 0 };
    count.n += 1;
    counts.set(truth.join(), count);
  }
  const [most] = [...counts.values()].sort((left, right) => right.n - left.n);
  return { name: 'majority', labels: new Map(heldOut.map(({ id }) => [id, most?.labels ?? []])) };
}

function macroF1(rows: readonly number[], texts: readonly HeldOutText[], labels: readonly string[]): number {
  const places = new Map(labels.map((label, place) => [label, place]));
  const right = new Float64Array(labels.length);
  const said = new Float64Array(labels.length);
  const support = new Float64Array(labels.length);
  for (const row of rows) {
    const { truth, labels: given } = texts[row]!;
    for (const label of truth) support[places.get(label)!]! += 1;
    for (const label of given) {
      const place = places.get(label);
      if (place === undefined) continue;
      said[place]! += 1;
      if (truth.includes(label)) right[place]! += 1;
    }
  }
  let sum = 0;
  let met = 0;
  for (let place = 0; place < labels.length; place += 1) {
    if (support[place] === 0) continue;
    met += 1;
    sum += (2 * right[place]!) / (said[place]! + support[place]!);
  }
  return met === 0 ? 0 : sum / met;
}
