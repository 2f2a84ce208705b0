// The condition that documents are those of the recipes in force.

import { type RawBuilder, sql } from 'kysely';
import type { RecipeId } from '../model/identity.ts';
import { bytesOf } from './values.ts';

/**
 * True of rows of `table` (with `source` and `recipe`) that the recipes made, where theirs was not replaced for their source:
 * two sources may share a recipe, and only one of them have left it.
 */
export function standing(
  recipes: readonly RecipeId[],
  table: 'document' | 'document_search' | 'page',
): RawBuilder<boolean> {
  const of = (column: 'source' | 'recipe') => sql.ref(`${table}.${column}`);
  return sql<boolean>`(${of('recipe')} = any (${recipes.map(bytesOf)}::bytea[]) and not exists (
    select from recipe_use held
    where held.source = ${of('source')} and held.recipe = ${of('recipe')} and held.state <> 'in-force'))`;
}
