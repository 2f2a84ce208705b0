// A run's events as server-sent events: replayed from where the reader stopped, then followed until the run ends.

import type { Reader } from '../run/reader.ts';

const HEARTBEAT_MS = 15_000;

interface Following {
  readonly run: string;
  /** Sequence number the reader saw last; 0 for none. */
  readonly after: number;
  readonly signal: AbortSignal;
  readonly heartbeatMs?: number | undefined;
  /** False once the reader may no longer read it: asked at each ring. */
  readonly isAllowed?: (() => Promise<boolean>) | undefined;
}

/**
 * Yields text/event-stream frames. The store's rows are the only truth: notifications merely wake the loop, so that
 * nothing is missed or doubled. Ends after the event that ends the run, or when the signal aborts.
 */
export async function* eventFrames(reader: Reader, following: Following): AsyncGenerator<string> {
  const stop = new AbortController();
  const signal = AbortSignal.any([following.signal, stop.signal]);
  const bell = createBell(signal);
  const heartbeat = setInterval(() => bell.ring('heartbeat'), following.heartbeatMs ?? HEARTBEAT_MS);
  let last = following.after;
  try {
    await reader.subscribe(following.run, () => bell.ring('events'), signal);
    yield 'retry: 2000\n\n';
    while (!signal.aborted && ((await following.isAllowed?.()) ?? true)) {
      const events = await reader.runEvents(following.run, last);
      for (const event of events) {
        last = event.seq;
        yield `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
        if (event.kind === 'ended') return;
      }
      if (events.length > 0) continue;
      if ((await bell.wait()) === 'heartbeat') yield ': heartbeat\n\n';
    }
  } finally {
    clearInterval(heartbeat);
    stop.abort();
  }
}

type Ring = 'events' | 'heartbeat' | 'stop';

/** Remembers a ring that nobody was waiting for; `events` wins over `heartbeat`. */
function createBell(signal: AbortSignal) {
  let pending: Ring | null = null;
  let wake: (() => void) | null = null;
  function ring(kind: Ring): void {
    if (pending !== 'events') pending = kind;
    wake?.();
  }
  signal.addEventListener('abort', () => ring('stop'), { once: true });
  return {
    ring,
    async wait(): Promise<Ring> {
      if (pending === null) await new Promise<void>((resolve) => (wake = resolve));
      const rung = pending ?? 'stop';
      pending = null;
      wake = null;
      return rung;
    },
  };
}
