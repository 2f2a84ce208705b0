// Signatures packed for storage: for each wording its fingerprint and the keys it is looked for by, 32-bit words throughout.

import { endianness } from 'node:os';

/** A text as it is written, whoever sent it: documents of one fingerprint are one wording. */
export interface Wording {
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  readonly keys: ArrayLike<number>;
}

/** Bytes of a block: fingerprint (two words), count, keys; and so on. Little-endian. */
export function packWordings(wordings: readonly Wording[]): Uint8Array {
  const block = new Int32Array(wordings.reduce((size, { keys }) => size + 3 + keys.length, 0));
  let at = 0;
  for (const { fingerprint, keys } of wordings) {
    block[at] = Number.parseInt(fingerprint.slice(0, 8), 16) | 0;
    block[at + 1] = Number.parseInt(fingerprint.slice(8), 16) | 0;
    block[at + 2] = keys.length;
    block.set(keys, at + 3);
    at += 3 + keys.length;
  }
  return swapped(new Uint8Array(block.buffer));
}

/** Calls `visit` with each wording of a block: the halves of its fingerprint, and its keys, to be read before it returns. */
export function visitWordings(bytes: Uint8Array, visit: (high: number, low: number, keys: Int32Array) => void): void {
  // A copy, since the bytes of a row begin anywhere.
  const block = new Int32Array(swapped(new Uint8Array(bytes)).buffer);
  for (let at = 0; at < block.length; ) {
    const count = block[at + 2]!;
    visit(block[at]! >>> 0, block[at + 1]! >>> 0, block.subarray(at + 3, at + 3 + count));
    at += 3 + count;
  }
}

export function fingerprintOf(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

function swapped(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return endianness() === 'BE' ? new Uint8Array(Buffer.from(bytes.buffer).swap32()) : bytes;
}
