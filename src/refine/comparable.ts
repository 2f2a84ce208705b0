// What two texts are compared by, computed once per text and kept for the groups that follow.

import { type Passages, passagesOf, sharePassages } from './shared-passages.ts';
import { letterShingles, wordShingles, wordsOf } from './shingles.ts';
import { comparesLetters, comparesWords, isTooShort } from './signature.ts';

/**
 * Half of the distinct shingles shared. One word in eight replaced, or one in seven left out, is still a copy; texts
 * that merely quote each other or fill in the same form stay apart. Letters of short texts agree more by chance.
 */
const WORD_JACCARD = 0.5;
const LETTER_JACCARD = 0.6;

export interface Comparable {
  /** Sorted distinct shingles; null where texts of this length are not compared by words. */
  readonly byWords: Uint32Array | null;
  readonly byLetters: Uint32Array | null;
  /** Computed at the first call: most pairs are told apart without. Null for texts too short to fill in a form. */
  readonly passages: () => Passages | null;
}

export function comparable(text: string): Comparable {
  const words = wordsOf(text);
  if (isTooShort(words)) return { byWords: null, byLetters: null, passages: () => null };
  const hasPassages = comparesWords(words);
  // A copy: the words are a window on a buffer several times their size.
  const kept = hasPassages ? { words: words.words.slice(), quotes: words.quotes } : null;
  let passages: Passages | null = null;
  return {
    byWords: hasPassages ? wordShingles(words.words) : null,
    byLetters: comparesLetters(words) ? letterShingles(words.letters) : null,
    passages: () => {
      if (passages === null && kept !== null) passages = passagesOf(kept);
      return passages;
    },
  };
}

/** True where one text is the other with small changes. Symmetric; never true for texts too short to compare. */
export function areAlike(a: Comparable, b: Comparable): boolean {
  return isShared(a.byWords, b.byWords, WORD_JACCARD) || isShared(a.byLetters, b.byLetters, LETTER_JACCARD);
}

/** True where both are fillings of one form letter: long passages in common, other words around. Symmetric. */
export function fillOneForm(a: Comparable, b: Comparable): boolean {
  const ofA = a.passages();
  const ofB = b.passages();
  return ofA !== null && ofB !== null && sharePassages(ofA, ofB);
}

/** True where two sorted sets share at least this part of what either holds. */
function isShared(a: Uint32Array | null, b: Uint32Array | null, part: number): boolean {
  if (a === null || b === null) return false;
  if (Math.min(a.length, b.length) < part * Math.max(a.length, b.length)) return false;
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right) shared += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return shared >= part * (a.length + b.length - shared);
}

/** Comparables by id, the least recently used forgotten first. */
export class ComparableCache<Id extends string> {
  private readonly kept = new Map<Id, Comparable>();
  private readonly capacity: number;
  private readonly textOf: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, string>>;

  constructor(textOf: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, string>>, capacity: number) {
    this.textOf = textOf;
    this.capacity = capacity;
  }

  /** Comparables of the ids that have a text. */
  async read(ids: readonly Id[]): Promise<ReadonlyMap<Id, Comparable>> {
    const found = new Map<Id, Comparable>();
    const missing: Id[] = [];
    for (const id of ids) {
      const known = this.kept.get(id);
      if (known === undefined) missing.push(id);
      else this.keep(id, known, found);
    }
    if (missing.length === 0) return found;
    const texts = await this.textOf(missing);
    for (const [id, text] of texts) this.keep(id, comparable(text), found);
    while (this.kept.size > this.capacity) this.kept.delete(this.kept.keys().next().value!);
    return found;
  }

  private keep(id: Id, value: Comparable, found: Map<Id, Comparable>): void {
    this.kept.delete(id);
    this.kept.set(id, value);
    found.set(id, value);
  }
}
