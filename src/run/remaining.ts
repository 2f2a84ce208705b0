// Time to the end of a run that goes: the speed of the stage at work, and what later phases took in past runs.

import type { StoredRun } from '../store/runs.ts';
import { type Estimate, PHASES, type PhaseName, secondsLeft } from './estimate.ts';
import type { Remaining, RunStage } from './reader.ts';

export interface Began {
  readonly at: string;
  readonly handled: number;
}

interface Going {
  readonly stages: readonly RunStage[];
  readonly began: Readonly<Record<string, Began>>;
  readonly phase: { readonly name: string; readonly at: string } | null;
}

const DRAINED = { drain: ['refine', 'annotate'], model: ['model'] } as const;

/** Null where neither speed nor history tell, and where a run takes longer than any before it. */
export function remainingOf(
  going: Going,
  run: Pick<StoredRun, 'startedAt' | 'estimate'>,
  now: string,
): Remaining | null {
  const phase = phaseOf(going.phase?.name);
  const estimate = run.estimate as unknown as Estimate | null;
  if (going.phase === null || phase === null) return null;
  if (phase === 'drain' || phase === 'model') {
    const seconds = drainLeft(going, DRAINED[phase], now);
    return seconds === null ? null : withLater(seconds, phase, estimate);
  }
  if (estimate === null) return null;
  // What a source will still bring is not known before its end: only the whole was measured.
  const expected = phase === 'collect' ? estimate.seconds.middle : (estimate.phases[phase] ?? 0);
  const since = phase === 'collect' ? run.startedAt : going.phase.at;
  const seconds = expected - elapsed(since, now);
  if (seconds <= 0) return null;
  return phase === 'collect' ? { seconds, atLeast: estimate.unknown.length > 0 } : withLater(seconds, phase, estimate);
}

/** Stages go together: the slowest says when all are done. */
function drainLeft({ stages, began }: Going, names: readonly string[], now: string): number | null {
  let longest: number | null = null;
  for (const name of names) {
    const stage = stages.find((entry) => entry.stage === name);
    const start = began[name];
    if (stage === undefined || stage.total === null || start === undefined) continue;
    const handled = stage.total - stage.left - start.handled;
    const seconds = secondsLeft({ handled, left: stage.left, seconds: elapsed(start.at, now) });
    if (seconds !== null) longest = Math.max(longest ?? 0, seconds);
  }
  return longest;
}

function withLater(seconds: number, phase: PhaseName, estimate: Estimate | null): Remaining {
  if (estimate === null) return { seconds, atLeast: true };
  const later = PHASES.slice(PHASES.indexOf(phase) + 1).filter((name) => name !== 'rest');
  return { seconds: later.reduce((sum, name) => sum + (estimate.phases[name] ?? 0), seconds), atLeast: false };
}

/** The phase that an event's stage belongs to. */
function phaseOf(stage: string | undefined): PhaseName | null {
  if (stage === 'refine' || stage === 'annotate' || stage === 'index') return 'drain';
  return PHASES.find((name) => name === stage) ?? null;
}

function elapsed(since: string, now: string): number {
  return (Date.parse(now) - Date.parse(since)) / 1000;
}
