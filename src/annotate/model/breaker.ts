// Stops asking a server that fails again and again, tries it now and then, and gives up when it does not come back.
// A server that still answers a trial question is well: the documents it fails on are the trouble, and it goes on.

/** Failures in a row, of any documents, after which it is asked whether the server is the trouble. */
const FAILURES = 8;
/** Rests before the next trial, in milliseconds; after the last one it is given up. */
const RESTS = [2000, 10_000, 30_000] as const;
/** Trials in a row that the server answered while every document failed between them: nothing will come of the others. */
const VAIN_TRIALS = 100;

export interface Breaker {
  /** Waits while the server rests; false where it was given up. @throws the signal's reason */
  pass(signal: AbortSignal): Promise<boolean>;
  succeeded(): void;
  failed(): void;
}

export interface BreakerEffects {
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Asks the server something that holds no document; true where it answers, whatever it says. */
  readonly trial: (signal: AbortSignal) => Promise<boolean>;
}

export function openBreaker({ wait, trial }: BreakerEffects): Breaker {
  let failures = 0;
  let rests = 0;
  let vain = 0;
  /** One tries for all. */
  let trying: Promise<void> | null = null;

  async function tryServer(signal: AbortSignal): Promise<void> {
    await wait(RESTS[rests]!, signal);
    rests += 1;
    if (!(await trial(signal))) return;
    failures = 0;
    rests = 0;
    vain += 1;
  }

  return {
    async pass(signal) {
      for (;;) {
        if (vain >= VAIN_TRIALS) return false;
        if (failures < FAILURES) return true;
        if (trying !== null) {
          // Who tries may be stopped before it knows: then another tries.
          await trying.catch(() => undefined);
          signal.throwIfAborted();
          continue;
        }
        if (rests >= RESTS.length) return false;
        trying = tryServer(signal);
        try {
          await trying;
        } finally {
          trying = null;
        }
      }
    },
    succeeded() {
      failures = 0;
      rests = 0;
      vain = 0;
    },
    failed() {
      failures += 1;
    },
  };
}
