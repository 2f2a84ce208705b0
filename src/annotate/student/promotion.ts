// Whether a student does better than who judges now: on the same people's texts, none of which either had learned from.

import type { Interval } from '../../model/indicator.ts';
import { bootstrap } from './figures.ts';
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
  /** 95 % interval of the difference of macro-F1, by drawing groups of texts again. */
  readonly difference: Interval;
  readonly better: boolean;
}

/** Fewer texts in common say nothing. */
const LEAST_TEXTS = 30;

/** Compares on the texts that both judged; null where those are too few. */
export function compareWith(
  heldOut: readonly HeldOutText[],
  rival: Rival,
  labels: readonly string[],
): Comparison | null {
  const common = heldOut.filter(({ id }) => rival.labels.has(id));
  if (common.length < LEAST_TEXTS) return null;
  const everyone = [...common.keys()];
  const mine = (rows: readonly number[]) => macroF1(rows, common, labels, (row) => common[row]!.labels);
  const theirs = (rows: readonly number[]) =>
    macroF1(rows, common, labels, (row) => rival.labels.get(common[row]!.id)!);
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

function macroF1(
  rows: readonly number[],
  texts: readonly HeldOutText[],
  labels: readonly string[],
  givenTo: (row: number) => readonly string[],
): number {
  const places = new Map(labels.map((label, place) => [label, place]));
  const right = new Float64Array(labels.length);
  const said = new Float64Array(labels.length);
  const support = new Float64Array(labels.length);
  for (const row of rows) {
    const { truth } = texts[row]!;
    for (const label of truth) support[places.get(label)!]! += 1;
    for (const label of givenTo(row)) {
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
