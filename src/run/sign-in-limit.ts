// How many sign-ins may be tried: few for a name from one address, more for either alone, so that nobody is locked out
// by a stranger at once, and no password is guessed.

import { DataSensError } from '../model/error.ts';
import type { Database, Tx } from '../store/database.ts';
import {
  type AttemptLimit,
  countAttempt,
  deletePastAttempts,
  forgetAttempts,
  uncountAttempt,
} from '../store/sign-in-attempts.ts';

const WINDOW_MS = 15 * 60_000;
/** NIST SP 800-63B allows a hundred wrong tries in a row at most. */
const LIMITS = { pair: 5, name: 50, address: 60 } as const;

export interface Tries {
  readonly pair: string;
  readonly name: string;
  readonly address: string;
}

/** Counts a try before it is made; names that nobody has are counted as any other. @throws throttled */
export async function countTry(
  database: Database,
  { name, address, at }: { readonly name: string; readonly address: string; readonly at: Date },
): Promise<Tries> {
  const tries: Tries = { pair: `pair\0${name}\0${address}`, name: `name\0${name}`, address: `address\0${address}` };
  const limits: readonly AttemptLimit[] = (['pair', 'name', 'address'] as const).map((by) => ({
    counted: tries[by],
    limit: LIMITS[by],
  }));
  await database.transaction(async (tx) => {
    await deletePastAttempts(tx, { at, windowMs: WINDOW_MS });
    const until = await countAttempt(tx, limits, { at, windowMs: WINDOW_MS });
    if (until === null) return;
    const minutes = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 60_000));
    throw new DataSensError('throttled', 'too many sign-ins were tried', {
      retryable: true,
      remedy: `wait ${minutes} minutes`,
    });
  });
  return tries;
}

/** One was right: the name starts afresh, and what others tried from the address still counts. */
export async function forgetTries(tx: Tx, tries: Tries): Promise<void> {
  await forgetAttempts(tx, [tries.pair, tries.name]);
  await uncountAttempt(tx, tries.address);
}
