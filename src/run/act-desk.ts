// The journal: who did what to what, newest first, and whether the chain of acts is whole.

import type { Act } from '../model/act.ts';
import { listActs, verifyActs } from '../store/acts.ts';
import type { Database } from '../store/database.ts';

export interface JournalAct extends Act {
  /** Place in the chain, from 1. */
  readonly seq: number;
  readonly at: string;
}

export interface ActDesk {
  /** `before` is the place of the last act already seen; of one actor where it is named. */
  list(page: { readonly before: number | null; readonly actor: string | null }): Promise<{
    readonly acts: readonly JournalAct[];
    /** Null where nothing is left. */
    readonly before: number | null;
  }>;
  /** Recomputes the whole chain: the first act that is not what was written, or null. */
  verify(): Promise<{ readonly count: number; readonly broken: number | null }>;
}

const PAGE = 50;

export function openActDesk(database: Database): ActDesk {
  return {
    async list(page) {
      const acts = await database.transaction((tx) => listActs(tx, { ...page, limit: PAGE + 1 }));
      const shown = acts.slice(0, PAGE);
      return {
        acts: shown.map((act) => ({ ...act, at: act.at.toISOString() })),
        before: acts.length > PAGE ? shown.at(-1)!.seq : null,
      };
    },
    verify: () => database.transaction(verifyActs),
  };
}
