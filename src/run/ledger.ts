// What a run answers for: the batches it found undone and those it brings, and where each of their records went.

import type { BatchId, RunId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { missingBatches } from '../store/batches.ts';
import { annotateAccount, type RunBatches, refineAccount } from '../store/run-accounts.ts';
import type { App, ConfiguredSource } from './app.ts';
import { type BatchStage, progressKey } from './batch-job.ts';

export interface Ledger {
  readonly run: RunId;
  readonly stages: readonly BatchStage[];
  /** Batches that were undone when the run began, by stage. */
  readonly found: Readonly<Record<BatchStage, readonly BatchId[]>>;
  /** Records of those. */
  readonly backlog: Readonly<Record<BatchStage, number>>;
}

export interface MissingWork {
  readonly source: ConfiguredSource;
  readonly batch: BatchId;
  readonly records: number;
}

/** Looks at what is undone. With `only`, the run answers for no others than these, besides those it will bring. */
export async function openLedger(
  app: App,
  run: RunId,
  { stages, only }: { readonly stages: readonly BatchStage[]; readonly only: ReadonlySet<BatchId> | null },
): Promise<Ledger> {
  const found: Record<BatchStage, BatchId[]> = { refine: [], annotate: [], index: [] };
  const backlog: Record<BatchStage, number> = { refine: 0, annotate: 0, index: 0 };
  for (const stage of stages) {
    for (const { batch, records } of await allMissing(app, stage)) {
      if (only !== null && !only.has(batch)) continue;
      found[stage].push(batch);
      backlog[stage] += records;
    }
  }
  return { run, stages, found, backlog };
}

/** Batches of the run that a stage has still to do, oldest first within a source. */
export async function missingOf(app: App, ledger: Ledger, stage: BatchStage): Promise<readonly MissingWork[]> {
  const found = new Set(ledger.found[stage]);
  return (await allMissing(app, stage)).filter(({ batch, run }) => run === ledger.run || found.has(batch));
}

/** Where the records or documents of a stage went, in all and by source; sources without any are left out. */
export async function stageAccount(
  app: App,
  ledger: Ledger,
  stage: 'refine' | 'annotate',
): Promise<{ readonly total: JsonObject; readonly sources: ReadonlyMap<string, JsonObject> }> {
  const batches: RunBatches = { run: ledger.run, found: ledger.found[stage] };
  const sources = new Map<string, JsonObject>();
  const total: Record<string, number> = {};
  await app.control.transaction(async (tx) => {
    for (const source of app.sources) {
      const scope = { batches, source: source.name };
      const accountOf = stage === 'refine' ? refineAccount : annotateAccount;
      const account = await accountOf(tx, scope, progressKey(app, stage, source));
      for (const [name, value] of Object.entries(account)) total[name] = (total[name] ?? 0) + value;
      if (account.received > 0) sources.set(source.name, { ...account });
    }
  });
  return { total, sources };
}

async function allMissing(app: App, stage: BatchStage): Promise<readonly (MissingWork & { run: RunId | null })[]> {
  return app.control.transaction(async (tx) => {
    const missing: (MissingWork & { run: RunId | null })[] = [];
    for (const source of app.sources.filter(({ derivable }) => derivable)) {
      const batches = await missingBatches(tx, stage, progressKey(app, stage, source), source.name);
      missing.push(...batches.map(({ id, records, run }) => ({ source, batch: id, records, run })));
    }
    return missing;
  });
}
