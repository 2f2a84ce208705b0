// The part of a run that asks models, after all else is annotated: confirmed, told as it goes, ended where it must.

import { DataSensError } from '../model/error.ts';
import type { RunId } from '../model/identity.ts';
import { usesOfRun } from '../store/model-answers.ts';
import type { App } from './app.ts';
import { sendModelJobs } from './batch-job.ts';
import { type Drained, drainStage } from './drain.ts';
import type { JourneyRequest } from './journey-request.ts';
import { type Ledger, missingOf, stageAccount } from './ledger.ts';
import { estimateCost } from './model-cost.ts';
import type { Unasked } from './model-gate.ts';
import type { Reporter } from './reporter.ts';
import type { Workers } from './workers.ts';

interface Stage {
  readonly request: JourneyRequest;
  readonly ledger: Ledger;
  readonly workers: Workers;
  readonly reporter: Reporter;
}

/** @throws what a model's server or key is refused for; one that does not answer ends the stage only */
export async function askModels(app: App, { request, ledger, workers, reporter }: Stage): Promise<Drained> {
  const missing = await missingOf(app, ledger, 'model');
  if (missing.length > 0) {
    const { above } = request.confirmed === true ? { above: [] } : await estimateCost(app);
    if (above.length > 0) return unasked(app, ledger, { reason: 'unconfirmed', reporter });
    try {
      for (const model of app.models) await app.asking.begin(app, model, ledger.run);
    } catch (error) {
      if (!(error instanceof DataSensError) || error.code !== 'remote-unavailable') throw error;
      return unasked(app, ledger, { reason: 'unreachable', reporter });
    }
    await sendModelJobs(app, ledger.run, missing);
  }
  const drained = await drainStage(app, 'model', { ledger, workers, reporter });
  const uses = await readUses(app, ledger.run);
  const left = Number(drained.total.left ?? 0);
  const stopped = uses.find((use) => use.stopped !== null)?.stopped as Unasked | undefined;
  if (stopped === undefined || left === 0) return drained;
  return { ...drained, total: { ...drained.total, unasked: left, stopped } };
}

async function unasked(
  app: App,
  ledger: Ledger,
  { reason, reporter }: { readonly reason: Unasked; readonly reporter: Reporter },
): Promise<Drained> {
  reporter.started('model');
  const { total, sources } = await stageAccount(app, ledger, 'model');
  const counts = { ...total, unasked: Number(total.left ?? 0), stopped: reason };
  reporter.finished('model', counts);
  return { total: counts, sources };
}

function readUses(app: App, run: RunId) {
  return app.control.transaction((tx) => usesOfRun(tx, run));
}
