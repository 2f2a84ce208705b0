// Which recipe each source is shown under: the settings' own where nothing came before it, else the one in force until a
// person replaces it.

import type { Collector } from '../collect/collector.ts';
import type { RecipeId, SourceName } from '../model/identity.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { DEFAULT_RECIPE, type Recipe } from '../model/recipe.ts';
import type { Tx } from '../store/database.ts';
import {
  dropProposals,
  hasRefined,
  keepRecipeUse,
  lastRefinedRecipe,
  listRecipeUses,
  lockRecipes,
  type RecipeUse,
  setRecipeState,
} from '../store/recipe-uses.ts';

/** A source as its records are made documents of: one recipe, and who reads them with which settings. */
export interface Derivation {
  readonly name: SourceName;
  readonly recipe: Recipe;
  readonly recipeId: RecipeId;
  readonly reading: { readonly collector: string; readonly config: Json };
  /** False where this version of the program cannot make documents of the recipe any more: they are kept, none is added. */
  readonly derivable: boolean;
}

interface Asked extends Derivation {
  readonly settings: { readonly collector: string; readonly with: Readonly<Record<string, unknown>> };
}

export interface Settled<Source> {
  /** Every source under the recipe in force for it. */
  readonly sources: readonly Source[];
  /** Sources whose settings ask for another recipe, under that one: it waits for a decision. */
  readonly proposals: readonly Source[];
  /** Names of the sources whose settings ask for a recipe that a person refused. */
  readonly refused: readonly SourceName[];
}

/**
 * Finds, and keeps, what is in force and what is proposed. The first recipe of a source is in force at once, and so is
 * another one as long as nothing was refined by the first. Before the sources' settings are saved: those of the recipe that
 * made the documents of a project of before are read there.
 */
export async function settleRecipes<Source extends Asked>(
  tx: Tx,
  asked: readonly Source[],
  collectors: ReadonlyMap<string, Collector>,
): Promise<Settled<Source>> {
  await lockRecipes(tx);
  const names = asked.map(({ name }) => name);
  const uses = Map.groupBy(await listRecipeUses(tx, names), ({ source }) => source);
  const sources: Source[] = [];
  const proposals: Source[] = [];
  const refused: SourceName[] = [];
  for (const source of asked) {
    const known = uses.get(source.name) ?? [];
    const held = await heldOf(tx, source, known);
    if (held === null) {
      await dropProposals(tx, source.name, source.recipeId);
      sources.push(source);
      continue;
    }
    await keepRecipeUse(tx, settingsOf(source, 'proposed'));
    sources.push(underRecipe(source, held, collectors));
    if (known.some(({ recipe, state }) => recipe === source.recipeId && state === 'refused')) {
      await dropProposals(tx, source.name, source.recipeId);
      refused.push(source.name);
      continue;
    }
    await setRecipeState(tx, { source: source.name, recipe: source.recipeId, state: 'proposed' });
    await dropProposals(tx, source.name, source.recipeId);
    proposals.push(source);
  }
  return { sources, proposals, refused };
}

/** The recipe in force where it is another one than the settings ask for, else null. */
async function heldOf(tx: Tx, source: Asked, known: readonly RecipeUse[]): Promise<RecipeUse | null> {
  let held = known.find(({ state }) => state === 'in-force') ?? null;
  if (held === null) {
    const last = await lastRefinedRecipe(tx, source.name);
    if (last !== null && last.recipe !== source.recipeId) {
      await keepRecipeUse(tx, { source: source.name, state: 'in-force', ...last });
      held = (await listRecipeUses(tx, [source.name])).find(({ state }) => state === 'in-force') ?? null;
    }
  }
  if (held !== null && held.recipe !== source.recipeId && (await hasRefined(tx, source.name, held.recipe))) return held;
  await keepRecipeUse(tx, settingsOf(source, held === null ? 'in-force' : 'proposed'));
  await setRecipeState(tx, { source: source.name, recipe: source.recipeId, state: 'in-force' });
  return null;
}

function settingsOf(source: Asked, state: RecipeUse['state']) {
  const { collector, with: settings } = source.settings;
  return { source: source.name, recipe: source.recipeId, state, collector, settings: settings as JsonObject };
}

/** The source as it was read when the recipe in force made its documents. */
function underRecipe<Source extends Asked>(
  source: Source,
  held: RecipeUse,
  collectors: ReadonlyMap<string, Collector>,
): Source {
  const parsed = collectors.get(held.collector)?.config.safeParse(held.settings);
  const recipe = held.body as unknown as Recipe;
  return {
    ...source,
    recipe,
    recipeId: held.recipe,
    reading: { collector: held.collector, config: (parsed?.data ?? null) as Json },
    derivable: parsed?.success === true && recipe.version === DEFAULT_RECIPE.version,
  };
}
