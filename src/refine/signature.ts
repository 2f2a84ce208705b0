// What texts are looked for by: bands of a MinHash signature, shared by texts that may be copies (A. Broder, 1997; LSH banding),
// and anchors of passages, shared by texts that may be fillings of one form.

import { openMinima } from './minima.ts';
import { anchorsOf } from './shared-passages.ts';
import { letterShingles, mix, type Words, wordShingles, wordsOf } from './shingles.ts';

/**
 * 32 bands of 4 rows: two texts that share half of their shingles meet in a band with a probability of 87 %, 60 % of
 * them with 99 %, 10 % of them with 0.3 %. The comparison of copies.ts decides.
 */
const BANDS = 32;
const ROWS = 4;
const PERMUTATIONS = BANDS * ROWS;

/** Texts shorter than this say too little for equality to mean that one was copied from the other ("plus de bus !"). */
const SHORTEST_WORDS = 6;
const SHORTEST_LETTERS = 30;
/** Up to this many words letters are compared, from `WORDS_FROM` words on words are; between, both. */
const LETTERS_UNTIL = 30;
const WORDS_FROM = 20;

export interface Signature {
  /**
   * Signed 32-bit hashes; empty for texts too short to compare. First 32 or 64 bands, which are even: letters come second
   * where words are compared too; each holds its own place and kind. Then the anchors, which are odd. Equal hashes may so be
   * looked for wherever they stand.
   */
  readonly bands: readonly number[];
  /** 16 hexadecimal digits: equal for texts with the same words and the same quotations in the same order. */
  readonly fingerprint: string;
}

const MULTIPLIERS = new Uint32Array(PERMUTATIONS);
const ADDENDS = new Uint32Array(PERMUTATIONS);
for (let at = 0; at < PERMUTATIONS; at += 1) {
  MULTIPLIERS[at] = mix(at * 2 + 1) | 1;
  ADDENDS[at] = mix(at * 2 + 0x5bd1e995);
}
const minimaOf = openMinima(MULTIPLIERS, ADDENDS);

/** Signature of a text whose personal data is already marked. Pure, deterministic across machines, never throws. */
export function signatureOf(text: string): Signature {
  const words = wordsOf(text);
  const fingerprint = fingerprintOf(words, text);
  if (isTooShort(words)) return { bands: [], fingerprint };
  const bands: number[] = [];
  if (comparesWords(words)) pushBands(bands, wordShingles(words.words), 0x57a1);
  if (comparesLetters(words)) pushBands(bands, letterShingles(words.letters), 0x1e77);
  if (comparesWords(words)) for (const anchor of anchorsOf(words)) bands.push(anchor | 1);
  return { bands, fingerprint };
}

/** True for the anchor of a passage, false for a band. */
export function isAnchor(key: number): boolean {
  return (key & 1) === 1;
}

export function isTooShort(words: Words): boolean {
  return words.words.length < SHORTEST_WORDS || words.letters.length < SHORTEST_LETTERS;
}

export function comparesWords(words: Words): boolean {
  return words.words.length >= WORDS_FROM;
}

export function comparesLetters(words: Words): boolean {
  return words.words.length <= LETTERS_UNTIL;
}

function pushBands(bands: number[], shingles: Uint32Array, seed: number): void {
  const minima = minimaOf(shingles);
  for (let band = 0; band < BANDS; band += 1) {
    let hash = mix(seed + band);
    for (let row = 0; row < ROWS; row += 1) hash = mix(hash ^ minima[band * ROWS + row]!);
    bands.push(hash & ~1);
  }
}

/** Two independent 32-bit lanes over the words; a text without words is compared as it is written. */
function fingerprintOf(words: Words, text: string): string {
  let high = 0x243f6a88;
  let low = 0x85a308d3;
  const add = (unit: number): void => {
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
    high ^= high >>> 15;
    low ^= low >>> 13;
  };
  const { letters, quotes } = words;
  for (let at = 0; at < letters.length; at += 1) add(letters[at]!);
  // Anchors depend on them: texts of one fingerprint must be looked for by the same keys.
  for (const place of quotes) add(place + 0x20000);
  if (letters.length === 0) for (let at = 0; at < text.length; at += 1) add(text.charCodeAt(at) + 0x10000);
  return hex(mix(high ^ letters.length)) + hex(mix(low ^ (high >>> 7)));
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
