// A text as a sparse vector: words, pairs of words and runs of 3 to 5 characters, hashed, and what the lexicons say.

import { EvidenceReader } from './evidence.ts';
import { mixed } from './gazetteer.ts';
import { LETTER, MARK, PAIR, SPACE, studentClasses } from './unit-classes.ts';

/** Buckets that words and runs of characters are hashed into; evidence comes after. */
export const BUCKETS = 1 << 18;
const MASK = BUCKETS - 1;

const WORD_SEED = 0x9747b28c | 0;
const PAIR_SEED = 0x3c6ef372 | 0;
const RUN_SEEDS = [0x1b873593 | 0, 0x2545f491 | 0, 0x27d4eb2f | 0] as const;
const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;

/** Reads texts one after the other into the same arrays: nothing is allocated per feature. */
export class FeatureReader {
  /** Buckets of the last text, in the order they were met, then the places of its evidence. Only the first `size` count. */
  indices = new Uint32Array(4096);
  /** 1 + ln of the count of a bucket; the number itself for evidence. */
  values = new Float32Array(4096);
  size = 0;
  /** How many of them are hashed; the others are evidence. */
  hashed = 0;
  readonly #counts = new Int32Array(BUCKETS);
  readonly #classes = studentClasses();
  readonly #evidence: EvidenceReader | null;
  #units = new Uint16Array(4096);

  constructor(options: { readonly evidence: boolean }) {
    this.#evidence = options.evidence ? new EvidenceReader() : null;
  }

  /** Buckets and evidence together. */
  get dimensions(): number {
    return BUCKETS + (this.#evidence?.values.length ?? 0);
  }

  read(title: string | null, text: string): void {
    this.size = 0;
    this.#hash(title === null ? text : `${title}\n${text}`);
    for (let at = 0; at < this.size; at += 1) {
      const bucket = this.indices[at]!;
      const count = this.#counts[bucket]!;
      this.values[at] = count === 1 ? 1 : 1 + Math.log(count);
      this.#counts[bucket] = 0;
    }
    this.hashed = this.size;
    if (this.#evidence === null) return;
    this.#evidence.read(title, text);
    const numbers = this.#evidence.values;
    this.#reserve(numbers.length);
    for (let place = 0; place < numbers.length; place += 1) {
      if (numbers[place] === 0) continue;
      this.indices[this.size] = BUCKETS + place;
      this.values[this.size] = numbers[place]!;
      this.size += 1;
    }
  }

  #hash(text: string): void {
    const length = this.#spell(text);
    const units = this.#units;
    // Each character of the text adds at most one word, one pair and three runs.
    this.#reserve(length * 5);
    let before = 0;
    for (let start = 1; start < length; ) {
      let end = start;
      let hash = WORD_SEED;
      while (units[end] !== 32) {
        hash = Math.imul(hash ^ units[end]!, 0x01000193);
        end += 1;
      }
      this.#count(mixed(hash));
      if (before !== 0) this.#count(mixed(Math.imul(before ^ PAIR_SEED, 0x01000193) ^ hash));
      before = hash | 1;
      start = end + 1;
    }
    for (let start = 0; start + SHORTEST_RUN <= length; start += 1) {
      let hash = Math.imul(Math.imul(0x811c9dc5 ^ units[start]!, 0x01000193) ^ units[start + 1]!, 0x01000193);
      const last = Math.min(length, start + LONGEST_RUN);
      for (let at = start + 2; at < last; at += 1) {
        hash = Math.imul(hash ^ units[at]!, 0x01000193);
        this.#count(mixed(hash ^ RUN_SEEDS[at - start - 2]!));
      }
    }
  }

  /** Writes the text as lower-case words between single spaces, without accents; returns how many units. */
  #spell(text: string): number {
    const spelled = text.toLowerCase().normalize('NFD');
    // A symbol may become three units: space, itself, space.
    if (this.#units.length < spelled.length * 3 + 4) this.#units = new Uint16Array(spelled.length * 4 + 4);
    const units = this.#units;
    const classes = this.#classes;
    units[0] = 32;
    let length = 1;
    for (let at = 0; at < spelled.length; at += 1) {
      const unit = spelled.charCodeAt(at);
      const kind = classes[unit]!;
      if (kind === LETTER) {
        units[length] = unit;
        length += 1;
      } else if (kind === SPACE) {
        if (units[length - 1] !== 32) {
          units[length] = 32;
          length += 1;
        }
      } else if (kind !== MARK) {
        if (units[length - 1] !== 32) {
          units[length] = 32;
          length += 1;
        }
        units[length] = unit;
        length += 1;
        if (kind === PAIR && at + 1 < spelled.length) {
          at += 1;
          units[length] = spelled.charCodeAt(at);
          length += 1;
        }
        units[length] = 32;
        length += 1;
      }
    }
    if (units[length - 1] !== 32) {
      units[length] = 32;
      length += 1;
    }
    return length;
  }

  #count(hash: number): void {
    const bucket = hash & MASK;
    const count = this.#counts[bucket]!;
    this.#counts[bucket] = count + 1;
    if (count !== 0) return;
    this.indices[this.size] = bucket;
    this.size += 1;
  }

  #reserve(more: number): void {
    const wanted = this.size + more;
    if (wanted <= this.indices.length) return;
    const capacity = Math.max(wanted, this.indices.length * 2);
    const indices = new Uint32Array(capacity);
    indices.set(this.indices);
    const values = new Float32Array(capacity);
    values.set(this.values);
    this.indices = indices;
    this.values = values;
  }
}
