// Which recipe is in force for each source, which one waits beside it, and what was decided of others.

import { sql } from 'kysely';
import type { RecipeId, SourceName } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText } from './values.ts';

export const RECIPE_STATES = ['in-force', 'proposed', 'refused', 'past', 'dropped'] as const;
export type RecipeState = (typeof RECIPE_STATES)[number];

/** Told whenever another recipe is in force: processes that stay read again. The payload is the organisation. */
export const RECIPES_CHANNEL = 'datasens_recipes';

export interface RecipeUse {
  readonly source: SourceName;
  readonly recipe: RecipeId;
  readonly state: RecipeState;
  readonly collector: string;
  /** `with` of the source, as the settings said it. */
  readonly settings: JsonObject;
  /** What the recipe says; empty where it is not kept. */
  readonly body: JsonObject;
  /** Since when it is in this state, ISO 8601 UTC. */
  readonly since: string;
  readonly replaced: RecipeId | null;
  readonly actor: string | null;
  readonly why: string | null;
  readonly comparison: JsonObject | null;
  readonly comparedKey: string | null;
}

/** Until the transaction ends, no other process settles which recipes are in force. */
export async function lockRecipes(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(current_setting('datasens.organisation') || 'recipes', 0))`.execute(
    tx,
  );
}

/** Every use of the sources, by source, oldest first. */
export async function listRecipeUses(tx: Tx, sources: readonly SourceName[]): Promise<readonly RecipeUse[]> {
  const { rows } = await sql<Omit<RecipeUse, 'since'> & { since: Date }>`
    select held.source, encode(held.recipe, 'hex') as recipe, state, collector, settings, since,
      encode(replaced, 'hex') as replaced, actor, why, comparison, compared_key as "comparedKey",
      coalesce(recipe.body, '{}') as body
    from recipe_use held left join recipe on recipe.id = held.recipe
    where held.source = any (${sources}::text[])
    order by held.source collate "C", held.since, held.recipe`.execute(tx);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** The recipe that refined batches of the source last, with the settings that the source had; null where none did. */
export async function lastRefinedRecipe(
  tx: Tx,
  source: SourceName,
): Promise<{ readonly recipe: RecipeId; readonly collector: string; readonly settings: JsonObject } | null> {
  const { rows } = await sql<{ recipe: RecipeId; collector: string; settings: JsonObject }>`
    select progress.key as recipe, source.collector, coalesce(source.settings -> 'with', '{}') as settings
    from batch join progress on progress.batch = batch.id and stage = 'refine'
    join source on source.name = batch.source
    where batch.source = ${source} order by progress.at desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** True where a batch of the source was refined by the recipe. */
export async function hasRefined(tx: Tx, source: SourceName, recipe: RecipeId): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (
      select from batch join progress on progress.batch = batch.id and stage = 'refine' and key = ${recipe}
      where batch.source = ${source}
    ) as some`.execute(tx);
  return rows[0]!.some;
}

/** Keeps what the settings say of a recipe; one that is new is in this state. */
export async function keepRecipeUse(
  tx: Tx,
  use: Pick<RecipeUse, 'source' | 'recipe' | 'state' | 'collector' | 'settings'>,
): Promise<void> {
  await sql`
    insert into recipe_use (source, recipe, state, collector, settings)
    values (${use.source}, ${bytesOf(use.recipe)}, ${use.state}, ${use.collector}, ${jsonText(use.settings)})
    on conflict (organisation, source, recipe) do update
      set collector = excluded.collector, settings = excluded.settings
      where (recipe_use.collector, recipe_use.settings) is distinct from (excluded.collector, excluded.settings)
    `.execute(tx);
}

/** Puts a recipe in a state; where it comes into force, the one that was is past. Processes that stay are told. */
export async function setRecipeState(
  tx: Tx,
  { source, recipe, state }: Pick<RecipeUse, 'source' | 'recipe' | 'state'>,
  by: { readonly actor: string | null; readonly why: string | null } = { actor: null, why: null },
): Promise<void> {
  if (state === 'in-force') {
    const { rows } = await sql<{ recipe: Buffer }>`
      update recipe_use set state = 'past', since = clock_timestamp()
      where source = ${source} and state = 'in-force' and recipe <> ${bytesOf(recipe)} returning recipe`.execute(tx);
    await sql`update recipe_use set replaced = ${rows[0]?.recipe ?? null}
      where source = ${source} and recipe = ${bytesOf(recipe)} and state <> 'in-force'`.execute(tx);
  }
  const { numAffectedRows } = await sql`
    update recipe_use set state = ${state}, since = clock_timestamp(), actor = ${by.actor}, why = ${by.why}
    where source = ${source} and recipe = ${bytesOf(recipe)} and state <> ${state}`.execute(tx);
  if (Number(numAffectedRows ?? 0) > 0) {
    await sql`select pg_notify(${RECIPES_CHANNEL}, current_setting('datasens.organisation'))`.execute(tx);
  }
}

/** Drops the proposals of a source but this recipe: the settings ask for something else now. */
export async function dropProposals(tx: Tx, source: SourceName, but: RecipeId): Promise<void> {
  await sql`
    update recipe_use set state = 'dropped', since = clock_timestamp()
    where source = ${source} and state = 'proposed' and recipe <> ${bytesOf(but)}`.execute(tx);
}

/** Keeps what a comparison found, and what it was made of (`key`): where that changed, it is to be made again. */
export async function saveComparison(
  tx: Tx,
  { source, recipe }: Pick<RecipeUse, 'source' | 'recipe'>,
  { key, comparison }: { readonly key: string; readonly comparison: JsonObject },
): Promise<void> {
  await sql`
    update recipe_use set comparison = ${jsonText(comparison)}, compared_key = ${key}, compared_at = clock_timestamp()
    where source = ${source} and recipe = ${bytesOf(recipe)}`.execute(tx);
}
