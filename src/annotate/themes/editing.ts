// What people make of themes: one of several, two of one.

import type { Theme } from '../../model/theme.ts';
import { assess, type ReadText } from './assessment.ts';
import { prepareAssignment } from './assignment.ts';
import { agreeOn } from './consensus.ts';
import { selectRows } from './counts.ts';
import { coherenceOf, distinctiveTerms, firstOf, labelOf, weightsOf } from './distinctive.ts';
import { rowsOf, vocabularyOf } from './vocabulary.ts';

const REPEATS = 5;

/** One theme that has every text that one of these has: a term keeps its greatest weight. */
export function mergeThemes(themes: readonly Theme[], texts: readonly ReadText[], id: string): Theme {
  const terms: Record<string, number> = {};
  for (const theme of themes) {
    for (const [term, weight] of Object.entries(theme.terms)) terms[term] = Math.max(terms[term] ?? 0, weight);
  }
  const { figures } = assess(texts, [terms]);
  const first = themes.map(({ name }) => name.split(', ')[0]!);
  const name = [...new Set(first)].join(', ');
  const surest = [...new Set(themes.flatMap((theme) => theme.first.slice(0, 5)))];
  return { id, name, terms, first: surest, stability: null, coherence: null, minority: false, figures: figures[0]! };
}

/** Two themes of one, each with its own terms; none where its texts do not fall apart. The same seed, the same two. */
export function splitTheme(
  theme: Theme,
  texts: readonly ReadText[],
  { ids, seed }: { readonly ids: readonly [string, string]; readonly seed: number },
): readonly Theme[] {
  const assign = prepareAssignment([theme.terms]);
  const words = texts.map(({ text }) => text);
  const members = words.flatMap((text, row) => (assign(text).length > 0 ? [row] : []));
  const vocabulary = vocabularyOf(words);
  const rows = rowsOf(words, vocabulary);
  if (members.length < 6) return [];
  const { members: parts, stability } = agreeOn(selectRows(rows, members), { count: 2, seed, repeats: REPEATS });
  const halves = parts.flatMap((part, at) => {
    const own = new Set([...part].map((row) => members[row]!));
    const terms = distinctiveTerms(rows, own);
    if (own.size < 2 || terms.length === 0) return [];
    const weights = weightsOf(rows, own, { terms, words: vocabulary.words });
    const coherence = coherenceOf(rows, terms, vocabulary);
    return [
      {
        name: labelOf(terms, vocabulary),
        terms: weights,
        first: firstOf(weights),
        stability: stability[at]!,
        coherence,
      },
    ];
  });
  if (halves.length < 2) return [];
  const { figures } = assess(
    texts,
    halves.map(({ terms }) => terms),
  );
  return halves.map((half, at) => ({ ...half, id: ids[at]!, minority: false, figures: figures[at]! }));
}
