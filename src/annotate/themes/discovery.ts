// Proposes themes from texts: terms, how many themes, themes that repeats agree on, their terms, and what few people say.

import type { Discovery, Theme } from '../../model/theme.ts';
import { seededRandom, shuffled } from '../seeded-random.ts';
import { assess, type ReadText } from './assessment.ts';
import { prepareAssignment } from './assignment.ts';
import { agreeOn } from './consensus.ts';
import { chosenCount, selectRows, tryCounts } from './counts.ts';
import { coherenceOf, distinctiveTerms, firstOf, labelOf, weightsOf } from './distinctive.ts';
import { type Rows, rowsOf, type Vocabulary, vocabularyOf } from './vocabulary.ts';

export interface DiscoveryOptions {
  readonly seed: number;
  /** How many themes; null lets the texts say. */
  readonly count: number | null;
  /** Told how far it is, in [0, 1]. */
  readonly progress?: (part: number) => void;
}

/** Texts that themes are learned from; figures are counted on all that are given. */
export const LEARNED = 10_000;
const REPEATS = 6;
const MINORITY_SHARE = 0.05;
const FEWEST = 8;
/** Least coherence of a theme that few speak of, and least stability. */
const KEPT_TOGETHER = 0.1;
const STEADY = 0.4;
const RESIDUE_THEMES = 10;
/** A theme whose first terms keep together less than this gathers what fits nowhere: its texts are looked at again. */
const CATCH_ALL = 0.2;
/** Themes whose texts overlap more than this are one. */
const SAME = 0.6;

/** The same texts, whatever their order, and the same seed give the same themes. */
export function discoverThemes(given: readonly ReadText[], options: DiscoveryOptions): Discovery {
  const { seed, count, progress = () => undefined } = options;
  const texts = [...given].sort((left, right) => (left.id < right.id ? -1 : 1));
  const learned = shuffled(texts.length, seededRandom(seed)).subarray(0, LEARNED).sort();
  const words = Array.from(learned, (at) => texts[at]!.text);
  const vocabulary = vocabularyOf(words);
  const all = rowsOf(words, vocabulary);
  const rows = selectRows(all, filled(all));
  progress(0.1);
  const tried = count === null ? tryCounts(rows, seed, (done, of) => progress(0.1 + (0.3 * done) / of)) : [];
  const wanted = Math.max(1, Math.min(count ?? chosenCount(tried), rows.count));
  const agreed = agreeOn(rows, { count: wanted, seed, repeats: REPEATS }, (done) =>
    progress(0.4 + (0.4 * done) / REPEATS),
  );
  const main = agreed.members.flatMap((members, theme) =>
    describe(rows, vocabulary, { members, stability: agreed.stability[theme]! }),
  );
  const residue = count === null ? residueOf(rows, vocabulary, { main, words: filledWords(words, all), seed }) : [];
  progress(0.9);
  const found = distinctThemes([...main, ...residue]);
  const { figures, unassigned } = assess(
    texts,
    found.map(({ terms }) => terms),
  );
  const themes = found
    .map(
      (theme, at): Theme => ({
        ...theme,
        id: '',
        minority: isMinority(theme, figures[at]!.share),
        figures: figures[at]!,
      }),
    )
    .filter((theme) => theme.figures.texts >= 2)
    .sort((left, right) => right.figures.texts - left.figures.texts || (left.name < right.name ? -1 : 1))
    .map((theme, at) => ({ ...theme, id: `t${at + 1}` }));
  progress(1);
  const documents = texts.reduce((sum, { copies }) => sum + copies, 0);
  return {
    seed,
    texts: texts.length,
    documents,
    unassigned,
    tried,
    agreement: agreed.agreement,
    repeats: REPEATS,
    themes,
  };
}

interface Found extends Pick<Theme, 'name' | 'terms' | 'first' | 'stability' | 'coherence'> {
  readonly members: ReadonlySet<number>;
}

function describe(
  rows: Rows,
  vocabulary: Vocabulary,
  { members, stability }: { readonly members: ReadonlySet<number>; readonly stability: number },
): readonly (Omit<Found, 'stability' | 'coherence'> & { stability: number; coherence: number })[] {
  const terms = distinctiveTerms(rows, members);
  if (terms.length < 2 || members.size < Math.min(FEWEST, Math.max(3, rows.count / 100))) return [];
  const coherence = coherenceOf(rows, terms, vocabulary);
  const weights = weightsOf(rows, members, { terms, words: vocabulary.words });
  return [{ name: labelOf(terms, vocabulary), terms: weights, first: firstOf(weights), stability, coherence, members }];
}

/** What the texts that no theme was given to speak of, where enough of them keep together: the opinions of few. */
function residueOf(
  rows: Rows,
  vocabulary: Vocabulary,
  { main, words, seed }: { readonly main: readonly Found[]; readonly words: readonly string[]; readonly seed: number },
): readonly Found[] {
  const assign = prepareAssignment(main.filter(isOneTheme).map(({ terms }) => terms));
  const left = words.flatMap((text, row) => (assign(text).length === 0 ? [row] : []));
  const count = Math.min(RESIDUE_THEMES, Math.floor(left.length / (FEWEST * 2)));
  if (count < 2) return [];
  const part = selectRows(rows, left);
  const agreed = agreeOn(part, { count, seed: seed + 1, repeats: 5 });
  return agreed.members
    .flatMap((members, theme) => {
      const own = new Set([...members].map((row) => left[row]!));
      return describe(rows, vocabulary, { members: own, stability: agreed.stability[theme]! });
    })
    .filter(
      ({ members, coherence, stability }) => members.size >= FEWEST && coherence >= CATCH_ALL && stability >= STEADY,
    );
}

/** Themes found twice are one: that of more texts. */
function distinctThemes(found: readonly Found[]): readonly Omit<Found, 'members'>[] {
  const kept: Found[] = [];
  for (const theme of [...found].sort((left, right) => right.members.size - left.members.size)) {
    const twin = kept.some((one) => isOneTheme(one) && shareOf(theme.members, one.members) > SAME);
    if (!twin) kept.push(theme);
  }
  return kept.map(({ members: _, ...theme }) => theme);
}

const isOneTheme = ({ coherence }: Pick<Theme, 'coherence'>) => (coherence ?? 0) >= CATCH_ALL;

function shareOf(small: ReadonlySet<number>, large: ReadonlySet<number>): number {
  let shared = 0;
  for (const row of small) if (large.has(row)) shared += 1;
  return small.size === 0 ? 0 : shared / small.size;
}

function isMinority({ coherence }: Pick<Theme, 'coherence'>, share: number): boolean {
  return share < MINORITY_SHARE && (coherence ?? 0) >= KEPT_TOGETHER;
}

/** Rows that hold at least one known term. */
function filled(rows: Rows): readonly number[] {
  return Array.from({ length: rows.count }, (_, row) => row).filter((row) => rows.starts[row + 1]! > rows.starts[row]!);
}

function filledWords(words: readonly string[], all: Rows): readonly string[] {
  return filled(all).map((row) => words[row]!);
}
