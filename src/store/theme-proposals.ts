// Proposed themes, what people made of them, and the texts that they are read from.

import { sql } from 'kysely';
import type { DocumentId, RecipeId } from '../model/identity.ts';
import type { Discovery, ThemeEdit, ThemeNaming } from '../model/theme.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText } from './values.ts';

export interface StoredProposal {
  readonly id: string;
  readonly proposedAt: string;
  readonly actor: string;
  readonly discovery: Discovery;
  /** Sources that were read; all where null. */
  readonly sources: readonly string[] | null;
  /** Null where no model was asked. */
  readonly naming: ThemeNaming | null;
}

export interface StoredEdit {
  readonly at: string;
  readonly actor: string;
  readonly edit: ThemeEdit;
}

type Body = Pick<StoredProposal, 'discovery' | 'sources' | 'naming'>;

export async function insertProposal(
  tx: Tx,
  { id, actor, ...body }: Omit<StoredProposal, 'proposedAt'>,
): Promise<void> {
  await sql`insert into theme_proposal (id, actor, body) values (${id}::uuid, ${actor}, ${jsonText(body)}::jsonb)`.execute(
    tx,
  );
}

/** A proposal; the newest where `id` is null; null where there is none. */
export async function readProposal(tx: Tx, id: string | null): Promise<StoredProposal | null> {
  const { rows } = await sql<{ id: string; at: Date; actor: string; body: Body }>`
    select id, proposed_at as at, actor, body from theme_proposal
    where ${id}::uuid is null or id = ${id}::uuid
    order by proposed_at desc limit 1`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  // Those written before models named themes say nothing of it.
  return {
    id: row.id,
    actor: row.actor,
    proposedAt: row.at.toISOString(),
    ...row.body,
    naming: row.body.naming ?? null,
  };
}

/** Appends an edit; those who edit one proposal wait for each other until their transactions end. */
export async function appendEdit(tx: Tx, proposal: string, { actor, edit }: Omit<StoredEdit, 'at'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${proposal} || 'themes', 0))`.execute(tx);
  await sql`
    insert into theme_edit (proposal, place, actor, body)
    select ${proposal}::uuid, coalesce(max(place), 0) + 1, ${actor}, ${jsonText(edit)}::jsonb
    from theme_edit where proposal = ${proposal}::uuid`.execute(tx);
}

/** In the order in which they were made. */
export async function readEdits(tx: Tx, proposal: string): Promise<readonly StoredEdit[]> {
  const { rows } = await sql<{ at: Date; actor: string; body: ThemeEdit }>`
    select edited_at as at, actor, body from theme_edit where proposal = ${proposal}::uuid order by place`.execute(tx);
  return rows.map(({ at, actor, body }) => ({ at: at.toISOString(), actor, edit: body }));
}

export interface ThemeText {
  readonly id: DocumentId;
  readonly text: string;
  readonly copies: number;
}

export interface ThemeScope {
  readonly recipes: readonly RecipeId[];
  readonly sources: readonly string[] | null;
  readonly limit: number;
}

/**
 * Texts in French, one for each group of near copies, of the documents that stand; at most `limit`, by their ids, which are
 * hashes: a sample that chance drew.
 */
export async function readThemeTexts(tx: Tx, scope: ThemeScope): Promise<readonly ThemeText[]> {
  const { rows } = await sql<ThemeText>`
    select encode(page.id, 'hex') as id, page.text, coalesce(document_cluster.size, 1) as copies
    ${standing(scope)} order by page.id limit ${scope.limit}`.execute(tx);
  return rows;
}

/** How many texts `readThemeTexts` would give. */
export async function countThemeTexts(tx: Tx, scope: ThemeScope): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select ${standing(scope)} limit ${scope.limit}) as page`.execute(tx);
  return rows[0]!.n;
}

const standing = ({ recipes, sources }: ThemeScope) => sql`
    from document page join snapshot held on held.id = page.snapshot
    left join document_cluster on document_cluster.document = page.id
    where page.recipe = any (${recipes.map(bytesOf)}::bytea[]) and page.text <> '' and page.language in ('fr', 'und')
      and coalesce(document_cluster.representative, true)
      and (${sources}::text[] is null or page.source = any (${sources}::text[]))
      and held.state not in ('superseded', 'abandoned')
      and not exists (
        select from document later join snapshot on snapshot.id = later.snapshot
        where later.source = page.source and later.key = page.key and later.recipe = page.recipe
          and snapshot.location = held.location and snapshot.fetched_at > held.fetched_at)`;

/** Texts of these documents, those that are erased or gone left out. */
export async function readTexts(tx: Tx, documents: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, string>> {
  const { rows } = await sql<{ id: string; text: string }>`
    select encode(id, 'hex') as id, text from document where id = any (${documents.map(bytesOf)}::bytea[])`.execute(tx);
  return new Map(rows.map(({ id, text }) => [id as DocumentId, text]));
}
