// How far people agree, from what was counted of them.

import type { Task } from '../model/codebook.ts';
import type { Figure, PeopleMeasures } from '../model/evaluation.ts';
import { type AlphaScale, cohenKappa, krippendorffAlpha, type PairCount, type UnitCount } from './agreement.ts';
import type { Metric } from './distance.ts';
import { agreement, f1, figure, share } from './figure.ts';
import { isOfSets } from './judged.ts';
import { PAIR, type TaskTally } from './tally.ts';

/** The distance that disagreements of a task are weighed by. */
export function metricOf(task: Pick<Task, 'kind'>): PeopleMeasures['metric'] {
  if (task.kind === 'spans') return 'character';
  if (isOfSets(task)) return 'masi';
  return task.kind === 'scale' ? 'ordinal' : 'nominal';
}

/** The measures of people; agreement is that of documents drawn at random. */
export function measurePeople(task: Task, tally: TaskTally): PeopleMeasures {
  const { persons, read, twice, undecided, leftOut } = tally;
  const metric = metricOf(task);
  const counted = { persons, read, twice, undecided, leftOut, metric };
  if (metric === 'character') return { ...counted, ...spanAgreement(tally) };
  const words = wordsOf(
    task,
    [...tally.units.keys()].flatMap((key) => key.split(PAIR)),
  );
  const units = unitsOf(tally.units, words);
  const scaleOf = (by: Metric): AlphaScale => ({ values: words.map((word) => word.split(',')), metric: by });
  const pairs = pairsOf(units);
  return {
    ...counted,
    alpha: agreement(krippendorffAlpha(units, scaleOf(metric))),
    jaccard: isOfSets(task) ? agreement(krippendorffAlpha(units, scaleOf('jaccard'))) : null,
    kappa: ofDocuments(cohenKappa(pairs), twice.random),
    same: sameOf(pairs, twice.random),
    labels: task.categories.map(({ id }) => ({
      label: id,
      alpha: agreement(labelAlpha(id, units, words)),
      share: share(given(tally.truths, id), sum([...tally.truths.values()])),
    })),
  };
}

/** Every word that was said, the categories first and in their order: an order is that of the codebook. */
export function wordsOf(task: Task, said: Iterable<string>): readonly string[] {
  return [...new Set([...task.categories.map(({ id }) => id), ...[...said].sort()])];
}

/** Units as indexes of words. */
function unitsOf(counts: ReadonlyMap<string, number>, words: readonly string[]): readonly UnitCount[] {
  const index = new Map(words.map((word, position) => [word, position]));
  return [...counts].map(([key, n]) => ({ values: key.split(PAIR).map((word) => index.get(word)!), n }));
}

/** Every two readers of a unit, both ways: who comes first means nothing here. */
function pairsOf(units: readonly UnitCount[]): readonly PairCount[] {
  const counts = new Map<string, PairCount>();
  for (const { values, n } of units) {
    values.forEach((left, first) => {
      values.forEach((right, second) => {
        if (first === second) return;
        const key = `${left} ${right}`;
        // Half, so that a pair counted both ways is one pair.
        counts.set(key, { left, right, n: (counts.get(key)?.n ?? 0) + n / 2 });
      });
    });
  }
  return [...counts.values()];
}

function sameOf(pairs: readonly PairCount[], documents: number): Figure {
  const n = pairs.reduce((total, pair) => total + pair.n, 0);
  const same = pairs.reduce((total, pair) => total + (pair.left === pair.right ? pair.n : 0), 0);
  // Pairs of one document are not independent: the interval is that of as many documents.
  return n === 0 ? share(0, 0) : share((same / n) * documents, documents);
}

/** A figure of pairs says how many documents they are of. */
function ofDocuments(found: ReturnType<typeof cohenKappa>, documents: number): Figure {
  return figure(found.value, documents, found.interval);
}

function labelAlpha(label: string, units: readonly UnitCount[], words: readonly string[]) {
  const has = words.map((word) => (word.split(',').includes(label) ? 1 : 0));
  const merged = new Map<string, UnitCount>();
  for (const { values, n } of units) {
    const binary = values.map((value) => has[value]!).sort();
    const key = binary.join('');
    merged.set(key, { values: binary, n: (merged.get(key)?.n ?? 0) + n });
  }
  return krippendorffAlpha([...merged.values()], { values: [['0'], ['1']], metric: 'nominal' });
}

/**
 * Characters are not independent of each other: their alpha has no interval here. The F1 of one reader against another has, and
 * is what kappa tends to where nearly all the text is unmarked. Source: G. Hripcsak and A. Rothschild, "Agreement, the F-measure,
 * and Reliability in Information Retrieval", JAMIA 12 (2005) 296-298.
 */
function spanAgreement(tally: TaskTally): Pick<PeopleMeasures, 'alpha' | 'jaccard' | 'kappa' | 'same' | 'labels'> {
  const words = [...new Set([...tally.characters.keys()].flatMap((key) => key.split(PAIR)))];
  const units = unitsOf(tally.characters, words);
  const scale: AlphaScale = { values: words.map((word) => [word]), metric: 'nominal' };
  const { value } = krippendorffAlpha(units, scale, { replicates: 1 });
  const n = tally.twice.random;
  return {
    alpha: figure(value, n, null),
    jaccard: null,
    kappa: figure(null, n, null),
    same: f1(tally.readersMatch),
    labels: [],
  };
}

/** How many documents were given a label, alone or among others. */
export function given(counts: ReadonlyMap<string, number>, label: string): number {
  return sum([...counts].filter(([word]) => word.split(',').includes(label)).map(([, n]) => n));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
