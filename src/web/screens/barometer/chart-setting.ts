// What every chart of the barometer is given.

import type { CellAnswer } from '../../../api/barometer.ts';
import type { Parameters } from '../../address.ts';

export interface ChartSetting {
  readonly cells: readonly CellAnswer[];
  /** First characters of the release, for names of exported files. */
  readonly release: string;
  /** Address of the corpus under the screen's filters and these. */
  readonly corpus: (changes: Parameters) => string;
  readonly open: (changes: Parameters) => void;
}

/** Below this many answers a share is hatched (the threshold of Jigsaw's reports, and of usual practice). */
export const FEW = 30;

/** Sunday of the week that starts on this Monday, `YYYY-MM-DD`. */
export function weekEnd(monday: string): string {
  return new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10);
}
