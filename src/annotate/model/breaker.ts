// Stops asking a server that fails again and again, tries it now and then, and gives up when it does not come back.

/** Failures in a row, of any documents, that mean that the server is the trouble. */
const FAILURES = 8;
/** Rests before the next try, in milliseconds; after the last one it is given up. */
const RESTS = [2000, 10_000, 30_000] as const;

export interface Breaker {
  /** Waits while the server rests; false where it was given up. @throws the signal's reason */
  pass(signal: AbortSignal): Promise<boolean>;
  succeeded(): void;
  failed(): void;
}

export interface BreakerEffects {
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export function openBreaker({ wait }: BreakerEffects): Breaker {
  let failures = 0;
  let rests = 0;
  let resting: Promise<void> | null = null;
  /** One request tries for all. */
  let trying = false;
  return {
    async pass(signal) {
      for (;;) {
        if (failures < FAILURES) return true;
        if (rests >= RESTS.length && !trying) return false;
        if (!trying) {
          trying = true;
          resting = wait(RESTS[rests]!, signal);
          rests += 1;
          try {
            await resting;
          } catch (error) {
            trying = false;
            throw error;
          } finally {
            resting = null;
          }
          return true;
        }
        // Others wait until the one that tries has an answer.
        await (resting ?? wait(50, signal));
        signal.throwIfAborted();
      }
    },
    succeeded() {
      failures = 0;
      rests = 0;
      trying = false;
    },
    failed() {
      failures += 1;
      trying = false;
    },
  };
}
