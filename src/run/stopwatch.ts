// Times the phases of a run: what later estimates rest on.

import type { JsonObject } from '../model/json.ts';
import type { PhaseName, PhaseTiming } from './estimate.ts';

export interface Stopwatch {
  /**
   * Times `work`, which answers how many records or documents it went through. A phase that fails is not kept. What a run
   * does once, for another recipe, is timed apart: no estimate of the next run rests on it.
   */
  time(phase: PhaseName | 'recipes', work: () => Promise<number>): Promise<void>;
  /** Seconds and documents by phase; `rest` is what lies between them. */
  timings(): JsonObject;
}

export function openStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const startedAt = now();
  const phases: Partial<Record<PhaseName | 'recipes', PhaseTiming>> = {};
  return {
    async time(phase, work) {
      const from = now();
      const documents = await work();
      phases[phase] = { seconds: rounded((now() - from) / 1000), documents };
    },
    timings() {
      const inPhases = Object.values(phases).reduce((sum, { seconds }) => sum + seconds, 0);
      const rest = Math.max(0, rounded((now() - startedAt) / 1000 - inPhases));
      return { ...phases, rest: { seconds: rest, documents: 0 } } as unknown as JsonObject;
    },
  };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
