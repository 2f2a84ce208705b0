// The terms that texts are compared by, and the texts as rows of weights: bounded whatever the corpus.

import { properNames } from './proper-names.ts';
import { termsOf } from './terms.ts';

export interface Vocabulary {
  /** Keys, in a fixed order: by how many texts have them, then by themselves. */
  readonly keys: readonly string[];
  /** How people most often write each, as it stands in the texts, in lower case. */
  readonly words: readonly string[];
  /** Texts that have each. */
  readonly texts: Int32Array;
}

/** Sparse rows of unit length, one a text: terms by their tf-idf weight. */
export interface Rows {
  readonly count: number;
  readonly terms: number;
  /** Row r holds columns[starts[r]] … columns[starts[r + 1] - 1]. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

const LARGEST = 5000;
/** A term in more texts than this part of them tells none apart. */
const COMMON = 0.3;
/** Entries of the count beyond which those seen once are forgotten. */
const COUNTED = 300_000;
/** Normalised pointwise mutual information (Bouma 2009) below which two words stand together by chance. */
const TOGETHER = 0.2;
/** Weight of a pair beside that of a word: its words are counted too. */
const PAIR = 0.5;

/**
 * Terms in enough texts and in not too many, names left out; pairs only where their words belong together. Order of texts does
 * not matter.
 */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const counts = countTerms(texts);
  const names = properNames(texts);
  const least = Math.max(3, Math.ceil(texts.length * 0.0008));
  const chosen = [...counts]
    .filter(([key]) => !key.split(' ').some((stem) => names.has(stem)))
    .filter(([key, n]) => n >= least && n <= texts.length * COMMON && belongs(key, n, counts, texts.length))
    .sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
    .slice(0, LARGEST);
  const keys = chosen.map(([key]) => key);
  return { keys, words: spellings(texts, keys), texts: Int32Array.from(chosen.map(([, n]) => n)) };
}

function countTerms(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const key of new Set(termsOf(text).map((place) => place.key))) counts.set(key, (counts.get(key) ?? 0) + 1);
    if (counts.size > COUNTED) for (const [key, n] of counts) if (n === 1) counts.delete(key);
  }
  return counts;
}

function belongs(key: string, n: number, counts: ReadonlyMap<string, number>, texts: number): boolean {
  const space = key.indexOf(' ');
  if (space < 0) return true;
  const [one, other] = [counts.get(key.slice(0, space)) ?? n, counts.get(key.slice(space + 1)) ?? n];
  return Math.log((n * texts) / (one * other)) / -Math.log(n / texts) >= TOGETHER;
}

function spellings(texts: readonly string[], keys: readonly string[]): readonly string[] {
  const forms = new Map(keys.map((key) => [key, new Map<string, number>()]));
  for (const text of texts) {
    for (const { key, start, end } of termsOf(text)) {
      const known = forms.get(key);
      if (known === undefined || (known.size > 50 && !known.has(text.slice(start, end).toLowerCase()))) continue;
      const form = text.slice(start, end).toLowerCase().replace(/\s+/g, ' ');
      known.set(form, (known.get(form) ?? 0) + 1);
    }
  }
  return keys.map((key) => {
    const known = [...forms.get(key)!];
    known.sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1));
    return known[0]?.[0] ?? key;
  });
}

/** The texts as rows over a vocabulary: (1 + ln tf) · ln(N / n), half of it for a pair, of unit length; a text without known term is an empty row. */
export function rowsOf(texts: readonly string[], vocabulary: Vocabulary): Rows {
  const index = new Map(vocabulary.keys.map((key, at) => [key, at]));
  const starts = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  texts.forEach((text, row) => {
    const found = new Map<number, number>();
    for (const { key } of termsOf(text)) {
      const column = index.get(key);
      if (column !== undefined) found.set(column, (found.get(column) ?? 0) + 1);
    }
    const weights = [...found].map(([column, n]) => {
      const rare = Math.log((texts.length + 1) / (vocabulary.texts[column]! + 1));
      const part = vocabulary.keys[column]!.includes(' ') ? PAIR : 1;
      return [column, (1 + Math.log(n)) * rare * part] as const;
    });
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    for (const [column, weight] of weights) {
      columns.push(column);
      values.push(weight / length);
    }
    starts[row + 1] = columns.length;
  });
  return {
    count: texts.length,
    terms: vocabulary.keys.length,
    starts,
    columns: Int32Array.from(columns),
    values: Float32Array.from(values),
  };
}
