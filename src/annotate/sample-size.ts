// How many documents people must read for a figure to be as precise as wanted.

/** 95 % of the normal law. */
const Z = 1.96;

/**
 * Documents to read so that the 95 % interval of a share is `half` on either side (0.05 is ±5 points), among `population` of
 * them. `share` is what is expected; 0.5, the worst, where nothing is known. RangeError where `half` is not in ]0, 1[.
 * Source: W. G. Cochran, "Sampling Techniques", 3rd ed. (1977), section 4.4: n0 = z² p (1 − p) / d², n = n0 / (1 + (n0 − 1) / N).
 */
export function sampleSize(half: number, population: number, share = 0.5): number {
  if (!(half > 0 && half < 1)) throw new RangeError(`sampleSize: an interval of ±${half} is none`);
  if (population <= 0) return 0;
  const infinite = (Z * Z * share * (1 - share)) / (half * half);
  const finite = infinite / (1 + (infinite - 1) / population);
  // What rounding adds to a whole number is not one more document.
  return Math.min(population, Math.ceil(finite - 1e-9));
}
