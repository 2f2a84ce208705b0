// Themes and k-means held against labels, both with as many classes as there are labels: purity, NMI, adjusted Rand.

import type { ReadText } from '../src/annotate/themes/assessment.ts';
import { prepareAssignment } from '../src/annotate/themes/assignment.ts';
import { discoverThemes } from '../src/annotate/themes/discovery.ts';
import { adjustedRand } from '../src/annotate/themes/stability.ts';
import { rowsOf, vocabularyOf } from '../src/annotate/themes/vocabulary.ts';
import { kMeans } from './k-means.ts';

export interface Scores {
  readonly purity: number;
  readonly nmi: number;
  readonly rand: number;
}

export interface Comparison {
  /** Every text; those that no theme was given are one more class. */
  readonly themes: Scores;
  readonly kMeans: Scores;
  /** Only texts that were given a theme, the same ones for both. */
  readonly covered: { readonly share: number; readonly themes: Scores; readonly kMeans: Scores };
}

/** What was decided before any figure was seen: the seeds averaged over, and as many beginnings as themes have repeats. */
const SEEDS = [101, 102, 103];
const BEGINNINGS = 6;

/** `labels` has null for texts that are learned from but not scored. */
export function compareThemes(texts: readonly ReadText[], labels: readonly (string | null)[]): Comparison {
  const known = labels.flatMap((label, at) => (label === null ? [] : [at]));
  const names = [...new Set(known.map((at) => labels[at]!))];
  const count = names.length;
  const truth = known.map((at) => names.indexOf(labels[at]!));
  const words = texts.map(({ text }) => text);
  const rows = rowsOf(words, vocabularyOf(words));
  const runs = SEEDS.map((seed) => {
    const { themes } = discoverThemes(texts, { seed, count });
    const assign = prepareAssignment(themes.map(({ terms }) => terms));
    const given = known.map((at) => {
      const found = assign(words[at]!).toSorted((one, other) => other.sum - one.sum || one.theme - other.theme);
      return found[0]?.theme ?? -1;
    });
    const clusters = kMeans(rows, { count, seed, beginnings: BEGINNINGS });
    const grouped = known.map((at) => clusters[at]!);
    const covered = given.flatMap((theme, at) => (theme === -1 ? [] : [at]));
    const part = (values: readonly number[]) => covered.map((at) => values[at]!);
    return {
      themes: scoresOf(given, truth),
      kMeans: scoresOf(grouped, truth),
      covered: {
        share: covered.length / known.length,
        themes: scoresOf(part(given), part(truth)),
        kMeans: scoresOf(part(grouped), part(truth)),
      },
    };
  });
  const mean = (read: (run: Comparison) => Scores): Scores => ({
    purity: meanOf(runs.map((run) => read(run).purity)),
    nmi: meanOf(runs.map((run) => read(run).nmi)),
    rand: meanOf(runs.map((run) => read(run).rand)),
  });
  return {
    themes: mean((run) => run.themes),
    kMeans: mean((run) => run.kMeans),
    covered: {
      share: meanOf(runs.map((run) => run.covered.share)),
      themes: mean((run) => run.covered.themes),
      kMeans: mean((run) => run.covered.kMeans),
    },
  };
}

/** Purity, mutual information over the mean of both entropies, and the adjusted Rand index, of two partitions. */
export function scoresOf(found: readonly number[], truth: readonly number[]): Scores {
  const cells = Map.groupBy(found.keys(), (at) => found[at]!);
  let pure = 0;
  let shared = 0;
  const n = Math.max(1, found.length);
  const sizes = counts(truth);
  for (const members of cells.values()) {
    const within = counts(members.map((at) => truth[at]!));
    pure += Math.max(...within.values());
    for (const [label, both] of within) {
      shared += (both / n) * Math.log((both * n) / (members.length * sizes.get(label)!));
    }
  }
  const entropies =
    entropy([...cells.values()].map(({ length }) => length / n)) + entropy([...sizes.values()].map((size) => size / n));
  return { purity: pure / n, nmi: entropies === 0 ? 1 : (2 * shared) / entropies, rand: adjustedRand(found, truth) };
}

function counts(values: readonly number[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

const entropy = (parts: readonly number[]) =>
  -parts.reduce((sum, part) => sum + (part > 0 ? part * Math.log(part) : 0), 0);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One line of figures for people. */
export const scoreWords = ({ purity, nmi, rand }: Scores) =>
  `purity ${purity.toFixed(3)}, NMI ${nmi.toFixed(3)}, ARI ${rand.toFixed(3)}`;
