// What the settings say: sources, recipes, codebooks and policies, kept as they were when work was done with them.

import { sql } from 'kysely';
import type { Codebook } from '../model/codebook.ts';
import type { CodebookVersion, PolicyId, RecipeId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText } from './values.ts';

export interface StoredSource {
  readonly name: string;
  readonly collector: string;
  readonly settings: JsonObject;
}

/** Keeps the sources as the settings describe them now; sources that left the settings stay, with their documents. */
export async function saveSources(tx: Tx, sources: readonly StoredSource[]): Promise<void> {
  await sql`
    insert into source (name, collector, settings)
    select name, collector, settings from unnest(
      ${sources.map(({ name }) => name)}::text[],
      ${sources.map(({ collector }) => collector)}::text[],
      ${sources.map(({ settings }) => jsonText(settings))}::jsonb[]
    ) as given (name, collector, settings)
    on conflict (organisation, name) do update
      set collector = excluded.collector, settings = excluded.settings, updated_at = now()
      where (source.collector, source.settings) is distinct from (excluded.collector, excluded.settings)`.execute(tx);
}

/** Every source ever configured, by name. */
export async function listSources(tx: Tx): Promise<readonly StoredSource[]> {
  const rows = await tx.selectFrom('source').select(['name', 'collector', 'settings']).execute();
  return rows
    .map((row) => ({ ...row, settings: row.settings as JsonObject }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

export async function saveRecipe(tx: Tx, id: RecipeId, body: JsonObject): Promise<void> {
  await sql`insert into recipe (id, body) values (${bytesOf(id)}, ${jsonText(body)})
    on conflict do nothing`.execute(tx);
}

/**
 * Keeps a codebook; the one saved last is the one search shows. What a version says never changes once it is kept.
 * @returns true where the version is new.
 */
export async function saveCodebook(tx: Tx, version: CodebookVersion, body: JsonObject): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into codebook (version, body, saved_at) values (${version}, ${jsonText(body)}, clock_timestamp())
    on conflict (organisation, version) do update set saved_at = excluded.saved_at
    returning xmax = 0 as fresh`.execute(tx);
  return rows[0]!.fresh;
}

/** A codebook by its version, or null where it was never saved. */
export async function readCodebook(tx: Tx, version: CodebookVersion): Promise<Codebook | null> {
  const row = await tx.selectFrom('codebook').select('body').where('version', '=', version).executeTakeFirst();
  return row === undefined ? null : (row.body as unknown as Codebook);
}

/** The codebook saved last, or null. */
export async function latestCodebook(
  tx: Tx,
): Promise<{ readonly version: CodebookVersion; readonly body: JsonObject } | null> {
  const row = await tx
    .selectFrom('codebook')
    .select(['version', 'body'])
    .orderBy('saved_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { version: row.version as CodebookVersion, body: row.body as JsonObject };
}

export async function savePolicy(tx: Tx, id: PolicyId, body: JsonObject): Promise<void> {
  await sql`insert into policy (id, body) values (${bytesOf(id)}, ${jsonText(body)})
    on conflict do nothing`.execute(tx);
}
