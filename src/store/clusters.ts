// Who may have copied whom: groups of candidates found by the database, and the clusters decided from them.

import { sql } from 'kysely';
import type { DocumentId, RecipeId } from '../model/identity.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface ClusterMember {
  readonly document: DocumentId;
  /** Id of the cluster: its smallest document id. */
  readonly cluster: DocumentId;
  readonly size: number;
  readonly representative: boolean;
  readonly campaign: boolean;
}

const GROUPS_PER_FETCH = 200;
const ROWS_PER_INSERT = 5000;

/**
 * Groups of documents to compare: those with the same fingerprint (copies to the letter), then those that share a band of
 * their signature, where each fingerprint is represented by its smallest id. Ids are sorted within a group.
 */
export async function* candidateGroups(tx: Tx, recipes: readonly RecipeId[]): AsyncIterable<readonly DocumentId[]> {
  const wanted = sql`text <> '' and recipe = any (${recipes.map(bytesOf)}::bytea[])`;
  const copies = sql<{ ids: Buffer[] }>`
    select array_agg(id order by id) as ids from document where ${wanted} group by fingerprint having count(*) > 1`;
  const near = sql<{ ids: Buffer[] }>`
    with distinct_texts as (
      select distinct on (fingerprint) id, bands from document
      where ${wanted} and cardinality(bands) > 0 order by fingerprint, id
    )
    select array_agg(id order by id) as ids
    from distinct_texts, unnest(bands) as hash
    group by hash having count(*) > 1`;
  for (const query of [copies, near]) {
    for await (const { ids } of streamRows(tx, query, GROUPS_PER_FETCH)) {
      yield ids.map((id) => id.toString('hex') as DocumentId);
    }
  }
}

/** Documents that may be compared: those of the recipes that hold words. */
export async function countComparable(tx: Tx, recipes: readonly RecipeId[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from document where text <> '' and recipe = any (${recipes.map(bytesOf)}::bytea[])`.execute(
    tx,
  );
  return rows[0]!.n;
}

/** Texts by document id. */
export async function textsOf(tx: Tx, ids: readonly DocumentId[]): Promise<Map<DocumentId, string>> {
  const { rows } = await sql<{ id: Buffer; text: string }>`
    select id, text from document where id = any (${ids.map(bytesOf)}::bytea[])`.execute(tx);
  return new Map(rows.map((row) => [row.id.toString('hex') as DocumentId, row.text]));
}

/** Replaces all clusters of the organisation; rows that stay the same are not rewritten. */
export async function replaceClusters(tx: Tx, members: readonly ClusterMember[]): Promise<void> {
  await sql`create temporary table kept (document bytea primary key) on commit drop`.execute(tx);
  for (let start = 0; start < members.length; start += ROWS_PER_INSERT) {
    await saveMembers(tx, members.slice(start, start + ROWS_PER_INSERT));
  }
  await sql`analyze kept`.execute(tx);
  await sql`delete from document_cluster where not exists (select from kept where kept.document = document_cluster.document)
    `.execute(tx);
  await sql`drop table kept`.execute(tx);
}

async function saveMembers(tx: Tx, members: readonly ClusterMember[]): Promise<void> {
  await sql`
    with given as materialized (
      select decode(document, 'hex') as document, decode(cluster, 'hex') as cluster, size, representative, campaign
      from unnest(
        ${members.map(({ document }) => document)}::text[],
        ${members.map(({ cluster }) => cluster)}::text[],
        ${members.map(({ size }) => size)}::integer[],
        ${members.map(({ representative }) => representative)}::boolean[],
        ${members.map(({ campaign }) => campaign)}::boolean[]
      ) as given (document, cluster, size, representative, campaign)
    ), remembered as (
      insert into kept select document from given
    )
    insert into document_cluster as held (document, cluster, size, representative, campaign)
    select document, cluster, size, representative, campaign from given
    on conflict (organisation, document) do update
      set cluster = excluded.cluster, size = excluded.size, representative = excluded.representative,
        campaign = excluded.campaign
      where (held.cluster, held.size, held.representative, held.campaign)
        is distinct from (excluded.cluster, excluded.size, excluded.representative, excluded.campaign)`.execute(tx);
}
