// Whether a source is well: from its last collections, its rhythm and the clock.

import { type JsonObject, textIn } from '../model/json.ts';
import type { SourceFacts, StoredAttempt } from '../store/source-health.ts';
import type { Attempt, Estimate, HealthState, SourceFailure, SourceHealth } from './desk.ts';

/** Collections that health is judged by. */
export const JUDGED_ATTEMPTS = 20;
/** Collections that an estimate rests on. */
const ESTIMATED_ATTEMPTS = 5;

/** Instants at which a rhythm falls after another; none where it is not understood. */
type NextRuns = (every: string, from: Date) => readonly Date[];

export interface Standing {
  readonly facts: SourceFacts | undefined;
  /** Newest first. */
  readonly attempts: readonly Attempt[];
  readonly paused: boolean;
  readonly every: string | null;
}

export interface Beat {
  readonly nextRuns: NextRuns;
  readonly now: Date;
}

/** A stored attempt as it is shown. */
export function attemptOf({ at, detail, runError }: StoredAttempt): Attempt {
  const [records, newRecords, refusals] = ['records', 'newRecords', 'refusals'].map(
    (key) => numberIn(detail, key) ?? 0,
  );
  const durationMs = numberIn(detail, 'durationMs');
  const code = textIn(detail, 'error');
  return {
    at,
    run: textIn(detail, 'run'),
    outcome: outcomeOf(code, records!, refusals!),
    records: records!,
    newRecords: newRecords!,
    refusals: refusals!,
    seconds: durationMs === null ? null : durationMs / 1000,
    failure: code === null ? null : failureOf(code, runError),
  };
}

/** Nothing came and something was refused: whatever the run says, the source gave nothing. */
function outcomeOf(code: string | null, records: number, refusals: number): Attempt['outcome'] {
  if (code === 'cancelled' || code === 'locked') return 'stopped';
  if (code !== null || (records === 0 && refusals > 0)) return 'failed';
  return refusals > 0 ? 'partial' : 'done';
}

function failureOf(code: string, runError: JsonObject | null): SourceFailure {
  const isSame = runError?.code === code;
  return {
    code,
    message: isSame ? textIn(runError, 'message') : null,
    remedy: isSame ? textIn(runError, 'remedy') : null,
  };
}

/** Judges a source. It is late once a whole beat of its rhythm has gone by without a success. */
export function healthOf({ facts, attempts, paused, every }: Standing, { nextRuns, now }: Beat): SourceHealth {
  const judged = attempts.filter(({ outcome }) => outcome !== 'stopped');
  const last = judged[0];
  const lastSuccessAt = judged.find(({ outcome }) => outcome !== 'failed')?.at ?? facts?.lastFetchedAt ?? null;
  const due = every === null || lastSuccessAt === null ? null : nextRuns(every, new Date(lastSuccessAt))[1];
  const state = (): HealthState => {
    if (paused) return 'paused';
    if (facts?.quarantined) return 'quarantined';
    if (last === undefined && lastSuccessAt === null) return 'never';
    if (last?.outcome === 'failed') return 'failing';
    return due && due < now ? 'late' : 'ok';
  };
  const failed = judged.filter(({ outcome }) => outcome === 'failed').length;
  return {
    state: state(),
    lastSuccessAt,
    lastAttemptAt: attempts[0]?.at ?? null,
    lagSeconds: lastSuccessAt === null ? null : Math.max(0, (now.getTime() - Date.parse(lastSuccessAt)) / 1000),
    errorRate: judged.length === 0 ? null : failed / judged.length,
    attempts: judged.length,
    refusals: facts?.refusals ?? 0,
    failure: last?.outcome === 'failed' ? (last.failure ?? refusalOf(facts)) : null,
  };
}

/** A source that gave nothing but refusals failed for the reason of the last one. */
function refusalOf(facts: SourceFacts | undefined): SourceFailure | null {
  return facts?.lastRefusal ? { ...facts.lastRefusal, remedy: null } : null;
}

/** The collections that an estimate rests on: the last ones that brought something and were timed. */
export function estimable(attempts: readonly Attempt[]): readonly (Attempt & { readonly seconds: number })[] {
  return attempts
    .filter((attempt): attempt is Attempt & { readonly seconds: number } => attempt.seconds !== null)
    .filter(({ outcome, records }) => (outcome === 'done' || outcome === 'partial') && records > 0)
    .slice(0, ESTIMATED_ATTEMPTS);
}

/** Means over past collections. `sizes` are their bytes, in the same order. */
export function estimateOf(
  past: readonly { readonly records: number; readonly seconds: number }[],
  sizes: readonly number[],
): Estimate | null {
  if (past.length === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / past.length;
  return {
    runs: past.length,
    records: Math.round(mean(past.map(({ records }) => records))),
    sizeBytes: Math.round(mean(sizes)),
    seconds: mean(past.map(({ seconds }) => seconds)),
  };
}

function numberIn(body: JsonObject, key: string): number | null {
  const value = body[key];
  return typeof value === 'number' ? value : null;
}
