// How long to wait between tries, and how long a model was at work.

/** Temperature of second and later tries: the same question at 0 would have the same answer. */
export const RETRY_TEMPERATURE = 0.4;
const FIRST_WAIT_MS = 500;
/** However long a server asks to wait. */
export const LONGEST_WAIT_MS = 60_000;

/** Milliseconds before another try, longer each time, never quite the same. */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Counts the time during which at least one request is under way. */
export function openBusyClock(now: () => number) {
  let running = 0;
  let since = 0;
  let total = 0;
  return {
    begin() {
      if (running === 0) since = now();
      running += 1;
    },
    end() {
      running -= 1;
      if (running === 0) total += now() - since;
    },
    ms: () => total + (running > 0 ? now() - since : 0),
  };
}
