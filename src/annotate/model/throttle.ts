// How many documents a server is given at once: one more while it keeps its pace, half as many when it says that it is busy.

/** Answers this many times slower than the best seen mean that the server queues. */
const SLOW = 3;
const SMOOTHING = 0.2;
/** The best pace is forgotten slowly: a server that became slower for good is not punished for ever. */
const FORGETTING = 1.01;

export interface ThrottleEffects {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What came of one request. */
export type Passed =
  | { readonly kind: 'answered'; readonly ms: number }
  /** 429 or 503; `retryAfterMs` where the server said when. */
  | { readonly kind: 'busy'; readonly retryAfterMs: number | null }
  | { readonly kind: 'failed' };

export interface Throttle {
  /** Resolves when a request may be sent, to what must be told how it went. @throws the signal's reason */
  enter(signal: AbortSignal): Promise<(passed: Passed) => void>;
  /** Requests allowed at once now. */
  readonly limit: number;
}

/** Additive increase, multiplicative decrease (Chiu and Jain, 1989), once for each round of requests. */
export function openThrottle(maximum: number, { now, wait }: ThrottleEffects): Throttle {
  let limit = Math.min(4, maximum);
  let running = 0;
  let notBefore = 0;
  let recent: number | null = null;
  let best = Number.POSITIVE_INFINITY;
  /** Requests sent before this instant were sent under the old limit, and say nothing of the new one. */
  let changedAt = Number.NEGATIVE_INFINITY;
  let queue: (() => void)[] = [];

  const wake = () => {
    const waiting = queue;
    queue = [];
    for (const resume of waiting) resume();
  };
  const decrease = (factor: number, sentAt: number) => {
    if (sentAt < changedAt) return;
    limit = Math.max(1, limit * factor);
    changedAt = now();
  };

  function learn(passed: Passed, sentAt: number): void {
    if (passed.kind !== 'answered') {
      if (passed.kind === 'busy') notBefore = Math.max(notBefore, now() + (passed.retryAfterMs ?? 0));
      decrease(0.5, sentAt);
      return;
    }
    recent = recent === null ? passed.ms : recent + SMOOTHING * (passed.ms - recent);
    best = Math.min(best * FORGETTING, recent);
    if (recent > SLOW * best) decrease(0.8, sentAt);
    else if (running >= Math.floor(limit) - 1) limit = Math.min(maximum, limit + 1 / limit);
  }

  return {
    async enter(signal) {
      for (;;) {
        signal.throwIfAborted();
        const delay = notBefore - now();
        if (delay > 0) {
          await wait(delay, signal);
        } else if (running < Math.floor(limit)) {
          break;
        } else {
          await new Promise<void>((resolve) => {
            const resume = () => {
              signal.removeEventListener('abort', resume);
              resolve();
            };
            queue.push(resume);
            signal.addEventListener('abort', resume, { once: true });
          });
        }
      }
      running += 1;
      const sentAt = now();
      return (passed) => {
        running -= 1;
        learn(passed, sentAt);
        wake();
      };
    },
    get limit() {
      return Math.floor(limit);
    },
  };
}
