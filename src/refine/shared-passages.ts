// The passages of a text: what remains of a form letter when each sender adds a paragraph, and the anchors they are found by.

import { mix, type Words, wordsOf } from './shingles.ts';

/** Words in a row that strangers do not write alike by chance. */
const PASSAGE_WORDS = 8;
/**
 * One anchor is kept in every row of this many passages (winnowing: S. Schleimer, 2003), so that two texts that share 19 words
 * in a row share an anchor wherever these stand. Long texts keep fewer, by longer rows: about 48 at most.
 */
const ROW = 12;
const ROWS_PER_TEXT = 24;
/** Shares of the words of the shorter and of the longer text that make them two fillings of one form. */
const SHORTER_SHARE = 0.3;
const LONGER_SHARE = 0.15;
/** A paragraph. Fewer words in common are a slogan, a sentence that everybody read, a legal reference. */
const SHARED_WORDS = 40;
/** Shorter stretches are met by chance in texts on one subject: many of them make no form. */
const STRETCH_WORDS = 12;
/** What 40 words in stretches of 12 or more hold at least: three stretches, each with seven passages less than words. */
const SHARED_PASSAGES = 19;
/** A text most of which stands between quotation marks is no quotation: its author wrapped it. */
const QUOTED_PART = 0.6;

/** Words of greetings and closing formulas: with two of them among eight words, these eight are nobody's own. */
const FORMULA_WORDS: ReadonlySet<number> = new Set(
  wordsOf(
    `madame monsieur mesdames messieurs mademoiselle bonjour bonsoir cher chère chers chères agréer veuillez prie prions
    expression salutations sentiments distingués distinguées distinguée respectueux respectueuses respectueusement
    cordialement cordiales cordiaux sincères sincèrement dévoués considération remercie remercions remerciant merci attention
    attente réponse lecture croire assurance honneur haute permets permettons soussigné soussignée soussignés avance
    porterez accorderez dear sir madam sincerely faithfully regards yours thank thanks hearing respectfully`,
  ).words,
);
/** Rejects most other words without a look at the set. */
const FORMULA_BITS = new Uint8Array(4096);
for (const word of FORMULA_WORDS) FORMULA_BITS[word & 4095] = 1;

export interface Passages {
  /** Hash of the eight words that begin at each rank; 0 where they hold a quotation or a formula. */
  readonly hashes: Uint32Array;
  /** The same, each once, sorted, without 0. */
  readonly distinct: Uint32Array;
  /** Words that stand in at least one of them. */
  readonly words: number;
}

const MULTIPLIER = 0x9e3779b1;
/** Weight of the word that leaves the eight. */
let leaving = 1;
for (let times = 0; times < PASSAGE_WORDS; times += 1) leaving = Math.imul(leaving, MULTIPLIER);
const LEAVING = leaving;

/** Passages of a text, by its words. Linear, never throws; a text of less than eight words has none. */
export function passagesOf(given: Pick<Words, 'words' | 'quotes'>): Passages {
  const hashes = passageHashes(given);
  const sorted = hashes.filter((hash) => hash !== 0).sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at]!;
  }
  return { hashes, distinct: sorted.subarray(0, kept), words: covered(hashes, PASSAGE_WORDS, (hash) => hash !== 0) };
}

/**
 * Anchors of a text: the smallest hash of every row of passages. Texts that share a long enough passage share one of them,
 * whatever surrounds it, and however long the rest is.
 */
export function anchorsOf(given: Pick<Words, 'words' | 'quotes'>): readonly number[] {
  const hashes = passageHashes(given);
  const row = Math.max(ROW, Math.ceil(hashes.length / ROWS_PER_TEXT));
  const anchors = new Set<number>();
  let smallest = -1;
  for (let end = Math.min(row, hashes.length); end <= hashes.length && end > 0; end += 1) {
    const start = Math.max(0, end - row);
    const last = end - 1;
    if (smallest < start) {
      smallest = -1;
      for (let at = start; at < end; at += 1) if (isSmaller(hashes, at, smallest)) smallest = at;
    } else if (isSmaller(hashes, last, smallest)) smallest = last;
    if (smallest >= 0) anchors.add(hashes[smallest]!);
  }
  return [...anchors];
}

/** True where both texts are fillings of one form: a good part of their own words stands in passages they share. Symmetric. */
export function sharePassages(a: Passages, b: Passages): boolean {
  if (Math.min(a.words, b.words) < SHARED_WORDS || !shareAtLeast(a.distinct, b.distinct, SHARED_PASSAGES)) return false;
  const inA = sharedWords(a, b);
  if (inA < SHARED_WORDS) return false;
  const inB = sharedWords(b, a);
  const [less, more] = [inA / a.words, inB / b.words].sort((one, other) => one - other) as [number, number];
  return inB >= SHARED_WORDS && more >= SHORTER_SHARE && less >= LONGER_SHARE;
}

/** True where two sorted sets share this many; most pairs are told apart by this. */
function shareAtLeast(a: Uint32Array, b: Uint32Array, least: number): boolean {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right && ++shared >= least) return true;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return false;
}

/** Words of `a` in stretches which `b` has too. */
function sharedWords(a: Passages, b: Passages): number {
  return covered(a.hashes, STRETCH_WORDS, (hash) => hash !== 0 && holds(b.distinct, hash));
}

/** Words in stretches of passages for which `wanted` holds, of `least` words or more. */
function covered(hashes: Uint32Array, least: number, wanted: (hash: number) => boolean): number {
  let words = 0;
  let end = 0;
  for (let at = 0; at < hashes.length; at += 1) {
    if (!wanted(hashes[at]!)) continue;
    const start = at;
    while (at + 1 < hashes.length && wanted(hashes[at + 1]!)) at += 1;
    const last = at + PASSAGE_WORDS;
    if (last - start < least) continue;
    words += last - Math.max(start, end);
    end = last;
  }
  return words;
}

function passageHashes({ words, quotes }: Pick<Words, 'words' | 'quotes'>): Uint32Array {
  const count = words.length - PASSAGE_WORDS + 1;
  if (count <= 0) return new Uint32Array(0);
  const hashes = new Uint32Array(count);
  let hash = 0;
  let formulas = 0;
  for (let at = 0; at < words.length; at += 1) {
    hash = (Math.imul(hash, MULTIPLIER) + words[at]!) | 0;
    formulas += Number(isFormula(words[at]!));
    const start = at - PASSAGE_WORDS + 1;
    if (start > 0) {
      hash = (hash - Math.imul(words[start - 1]!, LEAVING)) | 0;
      formulas -= Number(isFormula(words[start - 1]!));
    }
    if (start >= 0 && formulas < 2) hashes[start] = mix(hash);
  }
  if (quotes.length > 0) leaveOutQuotes(hashes, quotes, words.length);
  return hashes;
}

/** Who quotes says so: the words are those of another, and several may quote the same article. */
function leaveOutQuotes(hashes: Uint32Array, quotes: readonly number[], words: number): void {
  let quoted = 0;
  for (let at = 0; at < quotes.length; at += 2) quoted += quotes[at + 1]! - quotes[at]!;
  if (quoted > QUOTED_PART * words) return;
  for (let at = 0; at < quotes.length; at += 2) {
    hashes.fill(0, Math.max(0, quotes[at]! - PASSAGE_WORDS + 1), Math.min(hashes.length, quotes[at + 1]!));
  }
}

function isFormula(word: number): boolean {
  return FORMULA_BITS[word & 4095] === 1 && FORMULA_WORDS.has(word);
}

/** True where the passage at `at` is before the one at `smallest` (−1: none yet); the later of two equal ones wins. */
function isSmaller(hashes: Uint32Array, at: number, smallest: number): boolean {
  const hash = hashes[at]!;
  return hash !== 0 && (smallest < 0 || hash <= hashes[smallest]!);
}

function holds(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle]!;
    if (found === value) return true;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
