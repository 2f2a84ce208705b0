// One pass over the packed signatures: which wordings share a key with those that are looked for.

import { fingerprintOf } from './key-block.ts';

/** Keys kept in one pass: 64 MB, and as much again to sort them. */
export const PASS_KEYS = 8_000_000;

/** What a pass keeps: keys of a range, and among them those that may be one of a set. */
export interface KeyFilter {
  /** First and last key, unsigned, both included. */
  readonly from: number;
  readonly to: number;
  /** Null keeps every key of the range. */
  readonly among: KeySet | null;
}

export interface KeyGroup {
  /** Signed, as in the signature. */
  readonly key: number;
  /** Fingerprints, sorted. */
  readonly members: readonly string[];
}

/** A set of keys that may say yes of one that it does not hold (about one in sixty). */
export class KeySet {
  private readonly bits: Uint8Array;
  private readonly mask: number;

  constructor(expected: number) {
    const size = 2 ** Math.min(31, Math.max(10, Math.ceil(Math.log2(Math.max(1, expected) * 64))));
    this.bits = new Uint8Array(size / 8);
    this.mask = size - 1;
  }

  add(key: number): void {
    const at = placeOf(key) & this.mask;
    this.bits[at >>> 3]! |= 1 << (at & 7);
  }

  has(key: number): boolean {
    const at = placeOf(key) & this.mask;
    return (this.bits[at >>> 3]! & (1 << (at & 7))) !== 0;
  }
}

/** Bands are even and anchors odd: the lowest bit says nothing of which. */
function placeOf(key: number): number {
  return (key ^ (key >>> 15)) >>> 1;
}

export class KeyPass {
  private readonly filter: KeyFilter;
  private readonly entries: BigUint64Array;
  /** The same memory: of each entry the wording's rank, then the key. */
  private readonly halves: Uint32Array;
  private readonly fingerprints: Growing = { highs: new Uint32Array(1024), lows: new Uint32Array(1024) };
  private wordings = 0;
  private kept = 0;

  constructor(filter: KeyFilter, capacity: number = PASS_KEYS) {
    this.filter = filter;
    this.entries = new BigUint64Array(capacity);
    this.halves = new Uint32Array(this.entries.buffer);
  }

  /** Adds a wording. Returns false where there is no room left: the range must be cut. */
  add(high: number, low: number, keys: Int32Array): boolean {
    if (this.kept + keys.length > this.entries.length) return false;
    const { from, to, among } = this.filter;
    const before = this.kept;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at]! >>> 0;
      if (key < from || key > to || (among !== null && !among.has(key | 0))) continue;
      this.halves[this.kept * 2] = this.wordings;
      this.halves[this.kept * 2 + 1] = key;
      this.kept += 1;
    }
    if (this.kept > before) this.remember(high, low);
    return true;
  }

  /** Groups of two or more wordings, by key. Nothing may be added afterwards. */
  *groups(): Iterable<KeyGroup> {
    this.entries.subarray(0, this.kept).sort();
    for (let start = 0; start < this.kept; ) {
      const key = this.halves[start * 2 + 1]!;
      let end = start + 1;
      while (end < this.kept && this.halves[end * 2 + 1] === key) end += 1;
      if (end > start + 1) {
        const members = Array.from({ length: end - start }, (_, at) => this.nameOf(this.halves[(start + at) * 2]!));
        yield { key: key | 0, members: members.sort() };
      }
      start = end;
    }
  }

  private nameOf(wording: number): string {
    return fingerprintOf(this.fingerprints.highs[wording]!, this.fingerprints.lows[wording]!);
  }

  private remember(high: number, low: number): void {
    const held = this.fingerprints;
    if (this.wordings === held.highs.length) {
      held.highs = doubled(held.highs);
      held.lows = doubled(held.lows);
    }
    held.highs[this.wordings] = high;
    held.lows[this.wordings] = low;
    this.wordings += 1;
  }
}

interface Growing {
  highs: Uint32Array;
  lows: Uint32Array;
}

function doubled(values: Uint32Array): Uint32Array {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}
