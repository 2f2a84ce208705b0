// Numbers that look random and are the same each time for a seed, on every machine.

/** Numbers in [0, 1). */
export type Draw = () => number;

/** Source: the `mulberry32` generator of T. Ettinger (2017), 32 bits of state; period 2^32, far above what is drawn here. */
export function seededRandom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Puts numbers in a random order, in place (Fisher and Yates). */
export function shuffle(numbers: Int32Array | Uint32Array, draw: Draw): void {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const at = Math.floor(draw() * (last + 1));
    const kept = numbers[last]!;
    numbers[last] = numbers[at]!;
    numbers[at] = kept;
  }
}

/** The numbers 0 … count-1 in a random order. */
export function shuffled(count: number, draw: Draw): Int32Array {
  const order = Int32Array.from({ length: count }, (_, at) => at);
  shuffle(order, draw);
  return order;
}
