// Tells the database to look at its tables again each time a run has made them grow fourfold.

import type { Database } from '../store/database.ts';

const FIRST_ROWS = 1000;
const GROWTH = 4;

export interface Statistics {
  /** Counts rows that were just committed. Never waits, never fails: statistics only make queries faster. */
  grew(rows: number): void;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

export function openStatistics(database: Pick<Database, 'refreshStatistics'>): Statistics {
  let rows = 0;
  let next = FIRST_ROWS;
  let underWay: Promise<void> | null = null;
  return {
    grew(more) {
      rows += more;
      if (rows < next || underWay !== null) return;
      while (next <= rows) next *= GROWTH;
      underWay = database
        .refreshStatistics()
        .catch(() => undefined)
        .finally(() => {
          underWay = null;
        });
    },
    settle: async () => {
      await underWay;
    },
  };
}
