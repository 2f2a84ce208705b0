// One collection of a source, kept as an act whether it went well or not: health and estimates are read from these.

import type { JsonObject } from '../model/json.ts';
import { appendAct } from '../store/acts.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type CollectRun, collectSource } from './collect.ts';
import { failureCode } from './failure.ts';
import type { CollectCounts } from './pack-writer.ts';

/** As `collectSource`. The act holds counts, duration and run; the code of what stopped it where something did. */
export async function attemptSource(app: App, source: ConfiguredSource, run: CollectRun): Promise<CollectCounts> {
  const startedAt = performance.now();
  const attest = (outcome: JsonObject) => {
    const detail = { ...outcome, run: run.reporter.run, durationMs: Math.round(performance.now() - startedAt) };
    const why = `settings of ${app.project.settings.organisation}`;
    const act = { actor: 'system', verb: 'collect', object: `source:${source.name}`, why, detail } as const;
    return app.database.transaction((tx) => appendAct(tx, act));
  };
  let counts: CollectCounts;
  try {
    counts = await collectSource(app, source, run);
  } catch (error) {
    // A store that is gone keeps nothing: its own failure is the one to tell.
    await attest({ error: failureCode(error) }).catch(() => undefined);
    throw error;
  }
  await attest({ ...counts });
  return counts;
}
