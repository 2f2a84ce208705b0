// The part of a run that makes documents again by the recipes that the settings ask for, and says what would change.

import type { RunId } from '../model/identity.ts';
import { appendAct } from '../store/acts.ts';
import { carryJudgements } from '../store/carried-annotations.ts';
import type { Tx } from '../store/database.ts';
import { moveSeenDocuments } from '../store/documents.ts';
import { setRecipeState } from '../store/recipe-uses.ts';
import type { App, ConfiguredSource } from './app.ts';
import { changesNothing, compareProposal, type RecipeComparison } from './compare-recipes.ts';
import { drainStage } from './drain.ts';
import { openLedger } from './ledger.ts';
import { sendRederivation, stagesOf } from './rederivation.ts';
import type { Reporter } from './reporter.ts';
import type { Workers } from './workers.ts';

/** Sources by what came of the recipe that their settings ask for; documents are those of all of them. */
export interface RederiveCounts {
  /** Compared: a person must say whether it replaces the one in force. */
  readonly waiting: number;
  readonly replaced: number;
  /** Some batches could not be derived: nothing was compared. */
  readonly incomplete: number;
  readonly same: number;
  readonly changed: number;
  readonly gone: number;
  readonly new: number;
}

/**
 * Documents of a recipe that this version cannot make any more are seen again where their records are: a newer capture must
 * not make them past. New records wait for another recipe.
 */
export async function keepSeen(app: App): Promise<void> {
  for (const { name, recipeId, derivable } of app.sources) {
    if (derivable) continue;
    await app.database.transaction((tx) => moveSeenDocuments(tx, name, recipeId), { statementTimeoutMs: 0 });
  }
}

/**
 * Derives the documents of the proposals from kept records, beside those in force, and compares. One that changes nothing
 * replaces at once, and so does any where the settings say `replace: at-once`.
 */
export async function rederive(
  app: App,
  { run, workers, reporter }: { readonly run: RunId; readonly workers: Workers; readonly reporter: Reporter },
): Promise<RederiveCounts> {
  reporter.started('recipes');
  await sendRederivation(app);
  const beside: App = { ...app, sources: app.proposals };
  const stages = stagesOf(app);
  const ledger = await openLedger(beside, run, { stages, only: null });
  const told = toldAs(reporter, 'recipes');
  for (const stage of stages) await drainStage(beside, stage, { ledger, workers, reporter: told });
  const counts = { waiting: 0, replaced: 0, incomplete: 0, same: 0, changed: 0, gone: 0, new: 0 };
  for (const proposal of app.proposals) {
    app.signal.throwIfAborted();
    const comparison = await compareProposal(app, proposal);
    if (comparison === null) {
      counts.incomplete += 1;
      continue;
    }
    for (const name of ['same', 'changed', 'gone', 'new'] as const) counts[name] += comparison.documents[name];
    const isSettled = changesNothing(comparison) || app.project.settings.refine.replace === 'at-once';
    if (isSettled) await replaceAlone(app, proposal, comparison);
    counts[isSettled ? 'replaced' : 'waiting'] += 1;
  }
  reporter.finished('recipes', counts);
  return counts;
}

async function replaceAlone(app: App, proposal: ConfiguredSource, comparison: RecipeComparison): Promise<void> {
  const why = changesNothing(comparison) ? 'the new recipe changes nothing' : 'refine.replace is at-once';
  await app.database.transaction((tx) => replaceRecipe(tx, proposal, comparison, { actor: 'system', why }), {
    statementTimeoutMs: 0,
  });
}

/** Puts a compared recipe in force, with what people judged of unchanged texts, and writes down who did and why. */
export async function replaceRecipe(
  tx: Tx,
  proposal: Pick<ConfiguredSource, 'name' | 'recipeId'>,
  { before, documents, judgements }: RecipeComparison,
  by: { readonly actor: string; readonly why: string },
): Promise<{ readonly carried: number }> {
  const replacement = { source: proposal.name, before, after: proposal.recipeId };
  await setRecipeState(tx, { source: proposal.name, recipe: proposal.recipeId, state: 'in-force' }, by);
  const carried = await carryJudgements(tx, replacement);
  const { same, changed, gone, new: added } = documents;
  const detail = { before, recipe: proposal.recipeId, same, changed, gone, new: added, carried };
  const object = `source:${proposal.name}`;
  await appendAct(tx, { ...by, verb: 'accept', object, detail: { ...detail, stranded: judgements.stranded } });
  return { carried };
}

/** A reporter that tells what any stage says as that of one. */
function toldAs(reporter: Reporter, stage: string): Reporter {
  return {
    ...reporter,
    started: () => undefined,
    progress: (of, body) => reporter.progress(stage, { ...body, of }),
    finished: (of, body) => reporter.progress(stage, { ...body, of }),
  };
}
