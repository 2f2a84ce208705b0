// A seeded random source for shuffles and samples: the same seed gives the same model, byte for byte.

/** Numbers in [0, 1) by mulberry32 (Tommy Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts the first `length` numbers in a random order, in place (Fisher and Yates). */
export function shuffle(numbers: Uint32Array, random: () => number): void {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    const kept = numbers[last]!;
    numbers[last] = numbers[at]!;
    numbers[at] = kept;
  }
}
