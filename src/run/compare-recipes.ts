// What a recipe that waits would change: documents, marks, findings, the policy's answers and people's judgements, counted by
// the database, and a few examples. No word of a document is kept with it.

import { createHash } from 'node:crypto';
import type { RecipeId } from '../model/identity.ts';
import { canonicalJson, type Json, type JsonObject } from '../model/json.ts';
import { countProgress } from '../store/batches.ts';
import { countJudgements } from '../store/carried-annotations.ts';
import type { Tx } from '../store/database.ts';
import {
  clearanceShifts,
  countPairs,
  dropPairs,
  findingShifts,
  type PairExample,
  pairExamples,
  pairRecipes,
  personalShifts,
  type RecipeCounts,
  type Shift,
} from '../store/recipe-pairs.ts';
import { listRecipeUses, type RecipeUse, saveComparison } from '../store/recipe-uses.ts';
import type { App, ConfiguredSource } from './app.ts';
import { clearSource } from './clear.ts';
import type { RecipeEntry } from './recipe-desk.ts';
import { leftOf } from './rederivation.ts';

const EXAMPLES_PER_CHANGE = 3;

export interface RecipeComparison {
  /** The recipe that it was compared with. */
  readonly before: RecipeId;
  readonly documents: RecipeCounts;
  readonly personal: readonly Shift[];
  readonly findings: readonly Shift[];
  /** Documents `cleared`, and refused by reason. */
  readonly clearance: readonly Shift[];
  /** Judgements of people on texts that stay, and on texts that change. */
  readonly judgements: { readonly carried: number; readonly stranded: number };
  readonly examples: readonly PairExample[];
}

/** True where nobody would see a difference, nor anything gone. */
export function changesNothing({ documents }: RecipeComparison): boolean {
  return documents.changed === 0 && documents.gone === 0 && documents.new === 0;
}

/**
 * Compares the documents of a proposal with those of the recipe in force, both as they are now; what was found before is
 * given again where neither changed since. Memory does not grow with the documents.
 * @returns null where the proposal is not derived to its end
 */
export async function compareProposal(app: App, proposal: ConfiguredSource): Promise<RecipeComparison | null> {
  const inForce = app.sources.find(({ name }) => name === proposal.name);
  if (inForce === undefined || inForce.recipeId === proposal.recipeId) return null;
  const look = await app.database.transaction(async (tx) => ({
    left: (await leftOf(tx, app, proposal)).batches,
    key: await keyOf(tx, app, inForce, proposal),
    use: (await listRecipeUses(tx, [proposal.name])).find(({ recipe }) => recipe === proposal.recipeId),
  }));
  if (look.left > 0) return null;
  if (look.use?.comparison && look.use.comparedKey === look.key) return comparisonIn(look.use.comparison);
  await clearSource(app, proposal, [inForce.recipeId, proposal.recipeId]);
  const replacement = { source: proposal.name, before: inForce.recipeId, after: proposal.recipeId };
  return app.database.transaction(
    async (tx) => {
      await pairRecipes(tx, { ...replacement, policy: app.policyId });
      const comparison: RecipeComparison = {
        before: inForce.recipeId,
        documents: await countPairs(tx),
        personal: await personalShifts(tx),
        findings: await findingShifts(tx),
        clearance: await clearanceShifts(tx, app.policyId),
        judgements: await countJudgements(tx, replacement),
        examples: await pairExamples(tx, EXAMPLES_PER_CHANGE),
      };
      await dropPairs(tx);
      await saveComparison(tx, { source: proposal.name, recipe: proposal.recipeId }, kept(look.key, comparison));
      return comparison;
    },
    { statementTimeoutMs: 0 },
  );
}

/** True where what was found holds: neither recipe has made other documents since. */
export async function isCurrent(tx: Tx, app: App, proposal: ConfiguredSource, use: RecipeUse): Promise<boolean> {
  const inForce = app.sources.find(({ name }) => name === proposal.name);
  return inForce !== undefined && use.comparedKey === (await keyOf(tx, app, inForce, proposal));
}

/** A comparison as it was kept. */
export function comparisonIn(kept: JsonObject): RecipeComparison {
  return kept as unknown as RecipeComparison;
}

function kept(key: string, comparison: RecipeComparison) {
  return { key, comparison: comparison as unknown as JsonObject };
}

/** What a comparison depends on: both recipes, the batches that each is done with, and the policy. */
async function keyOf(tx: Tx, app: App, inForce: ConfiguredSource, proposal: ConfiguredSource): Promise<string> {
  const done = async (source: ConfiguredSource) =>
    (await countProgress(tx, 'refine', source.recipeId, source.name)).batches.done;
  const parts = [inForce.recipeId, await done(inForce), await done(proposal), app.policyId];
  return createHash('sha256').update(canonicalJson(parts)).digest('hex');
}

function spelled(value: Json): string | null {
  return value === null ? null : canonicalJson(value);
}

/** What two recipes say differently. */
export function recipeEntries(before: JsonObject, after: JsonObject): readonly RecipeEntry[] {
  const entries: RecipeEntry[] = [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of [...names].sort()) {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    if (canonicalJson(was) === canonicalJson(is)) continue;
    const isNested = (value: Json): value is JsonObject =>
      value !== null && typeof value === 'object' && !Array.isArray(value);
    if (isNested(was) && isNested(is)) {
      entries.push(...recipeEntries(was, is).map((entry) => ({ ...entry, name: `${name}.${entry.name}` })));
    } else entries.push({ name, before: spelled(was), after: spelled(is) });
  }
  return entries;
}
