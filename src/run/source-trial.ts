// Runs a collector on a source that is not saved yet: the network it names and nothing else, a limit of time, no store.

import type { Collected, Collector } from '../collect/collector.ts';
import { openEgress } from '../egress/egress.ts';
import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { collectEffects } from './collect-effects.ts';
import { urlsIn } from './declared-addresses.ts';
import type { TestResult } from './desk.ts';
import { failureCode } from './failure.ts';
import { version } from './version.ts';

export interface Trial {
  readonly collector: Collector;
  /** As the settings would say it; the hosts in it are the only ones reached. */
  readonly settings: JsonObject;
  /** The same, parsed by the collector. */
  readonly config: unknown;
  readonly root: string;
  /** Where those who are asked may complain. */
  readonly contact: string | null;
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

/** Hands each event to `take` until it returns false, the collector ends or time is up. @returns whether it was not the time */
export async function collectBriefly(trial: Trial, take: (event: Collected) => boolean): Promise<boolean> {
  const limit = AbortSignal.timeout(trial.limitMs);
  const stop = new AbortController();
  const signal = AbortSignal.any([trial.signal, limit, stop.signal]);
  const egress = openEgress({
    allow: { collect: urlsIn([trial.settings, trial.config]), text: [] },
    clock: trial.clock,
    identity: { version: version(), ...(trial.contact ? { contact: trial.contact } : {}) },
    retry: { attempts: 1 },
  });
  // Nothing is remembered: what did not change since the last collection is read all the same.
  const state = () => Promise.resolve(undefined);
  const effects = collectEffects({ egress, signal, clock: trial.clock, root: trial.root, state });
  const events = trial.collector.collect(trial.config, effects)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(events.next(), signal);
      if (next.done || !take(next.value)) return true;
    }
  } catch (error) {
    trial.signal.throwIfAborted();
    if (limit.aborted) return false;
    throw error;
  } finally {
    stop.abort();
    // A collector that hears no signal must not hold the answer back.
    void events.return?.().catch(() => undefined);
    await egress.close();
  }
}

/** What went wrong, in words that may be shown. */
export function failureOf(error: unknown): Extract<TestResult, { readonly kind: 'failed' }> {
  const code = failureCode(error);
  const known = error instanceof DataSensError;
  return {
    kind: 'failed',
    code,
    message: known ? error.message : 'the collector failed in a way that was not foreseen',
    remedy: known ? (error.remedy ?? null) : null,
  };
}

function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}
