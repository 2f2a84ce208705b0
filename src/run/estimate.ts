// How long a run will take, from how long others took: pure arithmetic over what was measured, nothing guessed.

/** Parts of a run that follow each other; `drain` is refining, annotating and indexing, which go together. */
export const PHASES = [
  'collect',
  'drain',
  'model',
  'copies',
  'measure',
  'govern',
  'publish',
  'decide',
  'rest',
] as const;
export type PhaseName = (typeof PHASES)[number];

/** What one run needed for one phase. */
export interface PhaseTiming {
  readonly seconds: number;
  /** Records or documents that the phase went through. */
  readonly documents: number;
}
export type Timings = Partial<Record<PhaseName, PhaseTiming>>;

export interface Range {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface Estimate {
  readonly seconds: Range;
  /** Records that the sources are expected to bring. */
  readonly records: Range;
  /** Records that wait from earlier runs. */
  readonly backlog: number;
  /** Runs that this rests on. */
  readonly runs: number;
  /** Sources that were never collected to their end: their time is not in it. */
  readonly unknown: readonly string[];
  readonly phases: Readonly<Partial<Record<PhaseName, number>>>;
}

/** Lowest, median and highest of some values; null of none. */
export function rangeOf(values: readonly number[]): Range | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const middle = sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  return { low: sorted[0]!, middle, high: sorted.at(-1)! };
}

export function addRanges(ranges: readonly Range[]): Range {
  return ranges.reduce(
    (sum, { low, middle, high }) => ({ low: sum.low + low, middle: sum.middle + middle, high: sum.high + high }),
    { low: 0, middle: 0, high: 0 },
  );
}

/** Measures whose sizes differ by less than this say nothing of the part per document: noise would. */
const SPREAD = 2;

/**
 * Seconds for a number of documents, by least squares over what was measured: a fixed part and a part per document, which
 * is neither negative nor above the slowest measure. Where measures are of about the same size, seconds are in proportion.
 * Null of none.
 */
export function fitSeconds(timings: readonly PhaseTiming[]): ((documents: number) => number) | null {
  if (timings.length === 0) return null;
  const n = timings.length;
  const meanDocuments = timings.reduce((sum, { documents }) => sum + documents, 0) / n;
  const meanSeconds = timings.reduce((sum, { seconds }) => sum + seconds, 0) / n;
  const sizes = timings.map(({ documents }) => documents);
  if (Math.max(...sizes) < SPREAD * Math.max(1, Math.min(...sizes))) {
    return (documents) => (meanDocuments === 0 ? meanSeconds : (meanSeconds * documents) / meanDocuments);
  }
  const together = timings.reduce(
    (sum, { documents, seconds }) => sum + (documents - meanDocuments) * (seconds - meanSeconds),
    0,
  );
  const variance = sizes.reduce((sum, documents) => sum + (documents - meanDocuments) ** 2, 0);
  const slowest = Math.max(...timings.map(({ documents, seconds }) => (documents === 0 ? 0 : seconds / documents)));
  const perDocument = Math.min(slowest, Math.max(0, together / variance));
  const fixed = Math.max(0, meanSeconds - perDocument * meanDocuments);
  return (documents) => fixed + perDocument * documents;
}

export interface Speed {
  readonly handled: number;
  readonly left: number;
  /** Seconds in which `handled` was done. */
  readonly seconds: number;
}

/** Least time and number from which a speed is worth telling. */
const MINIMUM_SECONDS = 1;

/** Seconds that what is left needs at the speed seen so far; null where too little was seen. */
export function secondsLeft({ handled, left, seconds }: Speed): number | null {
  if (left === 0) return 0;
  return handled > 0 && seconds >= MINIMUM_SECONDS ? (left * seconds) / handled : null;
}
