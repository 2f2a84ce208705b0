// Politeness: how often and how many at once a host is asked.

export interface Pace {
  readonly perSecond: number;
  /** Requests that may follow each other at once after a rest. */
  readonly burst: number;
  readonly concurrency: number;
}

export interface PaceEffects {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Pacer {
  /**
   * Resolves when the host may be asked, to what must be called when the answer was read. `perSecond` is this request's own
   * pace, kept without bursts: it is what the settings or the site ask for. @throws the signal's reason
   */
  enter(host: string, signal: AbortSignal, perSecond?: number): Promise<() => void>;
  /** Nobody asks this host again before `ms` have passed. */
  postpone(host: string, ms: number): void;
}

interface Lane {
  /** When the next request is due if all came evenly (generic cell rate algorithm, ITU-T I.371). */
  due: number;
  notBefore: number;
  running: number;
  readonly queue: (() => void)[];
}

export function openPacer(pace: Pace, { now, wait }: PaceEffects): Pacer {
  const lanes = new Map<string, Lane>();

  function laneOf(host: string): Lane {
    const lane = lanes.get(host) ?? { due: Number.NEGATIVE_INFINITY, notBefore: 0, running: 0, queue: [] };
    lanes.set(host, lane);
    return lane;
  }

  return {
    async enter(host, signal, perSecond) {
      const interval = 1000 / (perSecond ?? pace.perSecond);
      const burst = perSecond === undefined ? pace.burst : 1;
      signal.throwIfAborted();
      const lane = laneOf(host);
      await takePlace(lane, pace.concurrency, signal);
      try {
        const at = Math.max(now(), lane.notBefore);
        const start = Math.max(at, lane.due - (burst - 1) * interval);
        lane.due = Math.max(start, lane.due) + interval;
        const delay = start - now();
        if (delay > 0) await wait(delay, signal);
        return once(() => leavePlace(lane));
      } catch (error) {
        leavePlace(lane);
        throw error;
      }
    },
    postpone(host, ms) {
      const lane = laneOf(host);
      lane.notBefore = Math.max(lane.notBefore, now() + ms);
    },
  };
}

function takePlace(lane: Lane, concurrency: number, signal: AbortSignal): Promise<void> {
  if (lane.running < concurrency) {
    lane.running += 1;
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const give = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      lane.queue.splice(lane.queue.indexOf(give), 1);
      reject(signal.reason as Error);
    };
    lane.queue.push(give);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

function leavePlace(lane: Lane): void {
  const next = lane.queue.shift();
  if (next) next();
  else lane.running -= 1;
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
