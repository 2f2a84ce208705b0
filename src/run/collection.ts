// Collects the sources of a run one after the other: one that fails is written down with its cause, the others go on.

import { DataSensError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { appendAct } from '../store/acts.ts';
import { beginRunSource, endRunSource } from '../store/run-sources.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type CollectRun, collectSource, type SourceOutcome } from './collect.ts';
import { failureWords, namedFailure, stopsRun } from './failure.ts';
import type { CollectCounts } from './pack-writer.ts';
import type { Reporter } from './reporter.ts';

const NOTHING: CollectCounts = {
  snapshots: 0,
  records: 0,
  received: 0,
  newRecords: 0,
  kept: 0,
  known: 0,
  refusals: 0,
  sizeBytes: 0,
};

/**
 * Collects the sources; `onCounts` is told what they gave so far, all together, after each.
 * @throws what stops the run: its signal, its store, or the failure of every source
 */
export async function collectSources(
  app: App,
  sources: readonly ConfiguredSource[],
  { onCounts, ...how }: CollectRun & { readonly onCounts: (counts: JsonObject) => void },
): Promise<void> {
  const { reporter } = how;
  reporter.started('collect');
  const failures: { readonly source: ConfiguredSource; readonly error: unknown }[] = [];
  let total = NOTHING;
  const tell = () => onCounts({ ...total, failedSources: failures.length });
  tell();
  for (const source of sources) {
    app.signal.throwIfAborted();
    const startedAt = performance.now();
    await app.database.transaction((tx) => beginRunSource(tx, reporter.run, source.name));
    const { counts, failure } = await collectOne(app, source, how);
    total = added(total, counts);
    const told = { reporter, counts, durationMs: Math.round(performance.now() - startedAt) };
    if (failure === null) {
      await keep(app, source, { ...told, state: 'done', error: null });
    } else {
      const error = { ...failureWords(failure.error), place: failure.place };
      const stopped = app.signal.aborted;
      const kept = keep(app, source, { ...told, state: stopped ? 'cancelled' : 'failed', error });
      if (stopped || stopsRun(failure.error)) {
        tell();
        // The store may be what failed: the failure itself says more than that it cannot be written down.
        await kept.catch(() => undefined);
        throw failure.error;
      }
      await kept;
      failures.push({ source, error: failure.error });
      reporter.progress('collect', { source: source.name, ...counts, error: error.code });
    }
    tell();
  }
  reporter.finished('collect', { ...total, failedSources: failures.length });
  if (failures.length > 0 && failures.length === sources.length) throw failureOfAll(failures);
}

async function collectOne(app: App, source: ConfiguredSource, how: CollectRun): Promise<SourceOutcome> {
  try {
    return await collectSource(app, source, how);
  } catch (error) {
    return { counts: NOTHING, failure: { error, place: null } };
  }
}

interface Kept {
  readonly reporter: Reporter;
  readonly counts: CollectCounts;
  readonly durationMs: number;
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly error: JsonObject | null;
}

/** Keeps with the run, and as an act that the health of the source is read from, how its collection went. */
async function keep(app: App, source: ConfiguredSource, kept: Kept): Promise<void> {
  const { reporter, counts, durationMs, state, error } = kept;
  await app.database.transaction(async (tx) => {
    await endRunSource(tx, reporter.run, { source: source.name, state, counts: { collect: { ...counts } }, error });
    await appendAct(tx, {
      actor: 'system',
      verb: 'collect',
      object: `source:${source.name}`,
      why: `settings of ${app.project.settings.organisation}`,
      detail: { ...counts, run: reporter.run, durationMs, ...(error === null ? {} : { error: error.code ?? null }) },
    });
  });
}

function failureOfAll(failures: readonly { readonly source: ConfiguredSource; readonly error: unknown }[]): unknown {
  const [first] = failures;
  const error = namedFailure(first!.error);
  if (failures.length === 1 || !(error instanceof DataSensError)) return error;
  const names = failures.map(({ source }) => source.name).join(', ');
  return new DataSensError(error.code, `none of ${names} could be collected; ${first!.source.name}: ${error.message}`, {
    cause: error,
    retryable: error.retryable,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
  });
}

function added(left: CollectCounts, right: CollectCounts): CollectCounts {
  const names = Object.keys(NOTHING) as (keyof CollectCounts)[];
  return Object.fromEntries(names.map((name) => [name, left[name] + right[name]])) as unknown as CollectCounts;
}
