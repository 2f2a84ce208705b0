// A number with its release, query, n, interval and coverage.

import type { ReleaseId } from './identity.ts';
import type { Coverage, Withheld } from './release.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How copies are counted: every document, or one per cluster. */
export type Counting = 'raw' | 'deduplicated';

export interface BarometerFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly source?: string | undefined;
  readonly theme?: string | undefined;
  readonly tone?: string | undefined;
  readonly department?: string | undefined;
}

/** One cell: week × theme × département; null is the total over that dimension. */
export interface BarometerCell {
  readonly week: string | null;
  readonly theme: string | null;
  readonly department: string | null;
  readonly counting: Counting;
  /** Documents in the cell. */
  readonly n: number;
  /** Documents with a tone other than abstention. */
  readonly judged: number;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
  /** (positive − negative) / judged, in [-1, 1]; null where judged is 0. */
  readonly balance: number | null;
  /** n over `base`. */
  readonly share: number;
  /** All documents of the same week and département, whatever the theme. */
  readonly base: number;
  /** Wilson 95 % interval of `share` (Wilson 1927). */
  readonly shareInterval: Interval;
  /** Wilson 95 % interval of the negative share among judged; null where judged is 0. */
  readonly negativeInterval: Interval | null;
}

export interface Barometer {
  readonly release: ReleaseId;
  readonly filter: BarometerFilter;
  readonly cells: readonly BarometerCell[];
  readonly coverage: Coverage;
  readonly provisional: boolean;
  /** True where a document counts in each of its themes: cells by theme then add up to more than the whole. */
  readonly severalThemes: boolean;
  /** Labels that the release keeps back; absent where no bar is set. */
  readonly withheld?: readonly Withheld[];
}
