// Groups of copies as figures and people read them: which documents, since when, from how many sources, how much alike.

import { sql } from 'kysely';
import type { DocumentId, RecipeId } from '../model/identity.ts';
import type { CopyKind, StaleShare } from './copy-wordings.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { standing } from './standing.ts';
import { bytesOf } from './values.ts';

/** A group, and how many of its documents came on each day. */
export interface CopyGroupCounts {
  readonly kind: CopyKind;
  /** Smallest fingerprint of the group. */
  readonly label: string;
  readonly document: DocumentId;
  readonly documents: number;
  readonly wordings: number;
  readonly sources: number;
  readonly share: number;
  /** Days in order, `YYYY-MM-DD`; documents whose day is unknown are left out. */
  readonly days: readonly { readonly day: string; readonly n: number }[];
}

export interface CopyGroupRow extends Omit<CopyGroupCounts, 'days'> {
  readonly campaign: boolean;
  readonly dated: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  readonly peakOn: string | null;
  readonly peakDocuments: number;
  readonly densestOn: string | null;
  readonly densestDocuments: number;
  readonly timeline: readonly number[];
}

const STALE_PER_FETCH = 500;
const GROUPS_PER_FETCH = 500;
const ROWS_PER_INSERT = 2_000;

/**
 * Brings `document_cluster` up to date for the documents of this transaction's `copy_member` and `copy_departed`; rows that stay
 * the same are not rewritten.
 */
export async function saveMembership(tx: Tx, campaignSize: number): Promise<void> {
  await sql`
    delete from document_cluster using copy_departed where document_cluster.document = copy_departed.document`.execute(
    tx,
  );
  await sql`
    create temporary table copy_sized on commit drop as
    select document, first_value(document) over same as cluster, count(*) over (partition by cluster)::integer as size
    from copy_member window same as (partition by cluster order by document)`.execute(tx);
  await sql`delete from copy_sized where size < 2`.execute(tx);
  await sql`analyze copy_sized`.execute(tx);
  await sql`
    delete from document_cluster using copy_member
    where document_cluster.document = copy_member.document
      and not exists (select from copy_sized where copy_sized.document = copy_member.document)`.execute(tx);
  await sql`
    insert into document_cluster as held (document, cluster, size, representative, campaign)
    select document, cluster, size, document = cluster, size >= ${campaignSize} from copy_sized
    on conflict (organisation, document) do update
      set cluster = excluded.cluster, size = excluded.size, representative = excluded.representative,
        campaign = excluded.campaign
      where (held.cluster, held.size, held.representative, held.campaign)
        is distinct from (excluded.cluster, excluded.size, excluded.representative, excluded.campaign)`.execute(tx);
  await sql`drop table copy_sized`.execute(tx);
}

/**
 * Names the text that stands for each group of `copy_member`: of near copies, that of the smallest document id; of a model, that
 * of its largest cluster. Left in a table of this transaction, with groups of one document left out.
 */
export async function nameReferences(tx: Tx): Promise<void> {
  await sql`
    create temporary table copy_reference on commit drop as
    with sized as (
      select document, fingerprint, cluster, model, count(*) over (partition by cluster) as size,
        count(*) over (partition by model) as total
      from copy_member
    )
    select distinct on (cluster) 'near' as kind, cluster as label, document, fingerprint, size::integer as documents
    from sized where size > 1 order by cluster, document`.execute(tx);
  await sql`
    insert into copy_reference
    with sized as (
      select document, fingerprint, cluster, model, count(*) over (partition by cluster) as size,
        count(*) over (partition by model) as total
      from copy_member
    )
    select distinct on (model) 'partial', model, document, fingerprint, total
    from sized where total > size order by model, size desc, document`.execute(tx);
  await sql`analyze copy_reference`.execute(tx);
}

/** Wordings whose share was measured against another text than the one that stands for their group now. */
export function staleShares(tx: Tx, kind: CopyKind): AsyncIterable<StaleShare> {
  const [label, reference] = kind === 'near' ? ['cluster', 'cluster_reference'] : ['model', 'model_reference'];
  const query = sql<StaleShare>`
    select encode(held.fingerprint, 'hex') as fingerprint, encode(named.fingerprint, 'hex') as reference
    from copy_reference named join copy_wording held on ${sql.id('held', label!)} = named.label
    where named.kind = ${kind} and ${sql.id('held', reference!)} is distinct from named.fingerprint
    order by named.label, held.fingerprint`;
  return streamRows(tx, query, STALE_PER_FETCH);
}

export async function saveShares(
  tx: Tx,
  kind: CopyKind,
  shares: readonly (StaleShare & { readonly share: number })[],
): Promise<void> {
  const [share, reference] =
    kind === 'near' ? ['cluster_share', 'cluster_reference'] : ['model_share', 'model_reference'];
  await sql`
    update copy_wording set ${sql.id(share!)} = given.share, ${sql.id(reference!)} = decode(given.reference, 'hex')
    from unnest(
      ${shares.map(({ fingerprint }) => fingerprint)}::text[],
      ${shares.map(({ reference: text }) => text)}::text[],
      ${shares.map((stale) => stale.share)}::real[]
    ) as given (fingerprint, reference, share)
    where copy_wording.fingerprint = decode(given.fingerprint, 'hex')`.execute(tx);
}

/** Groups of `copy_reference` with what their documents say of sources and days. */
export function countGroups(tx: Tx): AsyncIterable<CopyGroupCounts> {
  const query = sql<CopyGroupCounts>`
    with membership as (
      select kind, label, copy_member.document, copy_member.fingerprint
      from copy_reference join copy_member on kind = 'near' and cluster = label
      union all
      select kind, label, copy_member.document, copy_member.fingerprint
      from copy_reference join copy_member on kind = 'partial' and model = label
    ), dated as (
      select membership.*, document.source, case when week is not null then left(published, 10) end as day,
        coalesce(case kind when 'near' then cluster_share else model_share end, 1) as share
      from membership join document on document.id = membership.document
      left join copy_wording decided on decided.fingerprint = membership.fingerprint
    ), days as (
      select kind, label, jsonb_agg(jsonb_build_object('day', day, 'n', n) order by day) as days
      from (select kind, label, day, count(*) as n from dated where day is not null group by kind, label, day) as counted
      group by kind, label
    ), totals as (
      select kind, label, count(distinct fingerprint)::integer as wordings, count(distinct source)::integer as sources,
        percentile_cont(0.5) within group (order by share)::real as share
      from dated group by kind, label
    )
    select kind, encode(label, 'hex') as label, encode(copy_reference.document, 'hex') as document, documents, wordings,
      sources, share, coalesce(days, '[]') as days
    from copy_reference join totals using (kind, label) left join days using (kind, label)`;
  return streamRows(tx, query, GROUPS_PER_FETCH);
}

/** Forgets the groups that the touched wordings (`copy_touched`) made. */
export async function forgetGroups(tx: Tx): Promise<void> {
  await sql`delete from copy_group where label in (select fingerprint from copy_touched)`.execute(tx);
}

/** Forgets every group, and the membership of documents that do not stand. */
export async function forgetAllGroups(tx: Tx): Promise<void> {
  await sql`delete from copy_group`.execute(tx);
  await sql`
    delete from document_cluster
    where not exists (select from copy_document where copy_document.document = document_cluster.document)`.execute(tx);
}

export async function insertGroups(tx: Tx, rows: readonly CopyGroupRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await tx
      .insertInto('copy_group')
      .values(
        rows.slice(start, start + ROWS_PER_INSERT).map((row) => ({
          kind: row.kind,
          label: bytesOf(row.label),
          document: bytesOf(row.document),
          documents: row.documents,
          wordings: row.wordings,
          sources: row.sources,
          campaign: row.campaign,
          share: row.share,
          dated: row.dated,
          first_on: row.firstOn,
          last_on: row.lastOn,
          peak_on: row.peakOn,
          peak_documents: row.peakDocuments,
          densest_on: row.densestOn,
          densest_documents: row.densestDocuments,
          timeline: [...row.timeline],
        })),
      )
      .execute();
  }
}

/** How many groups there are, and documents that are a near copy of another. */
export async function countCopies(tx: Tx): Promise<{
  readonly clusters: number;
  readonly copies: number;
  readonly campaigns: number;
  readonly models: number;
}> {
  const { rows } = await sql<{ clusters: number; copies: number; campaigns: number; models: number }>`
    select (count(*) filter (where kind = 'near'))::integer as clusters,
      coalesce(sum(documents - 1) filter (where kind = 'near'), 0)::integer as copies,
      (count(*) filter (where campaign))::integer as campaigns,
      (count(*) filter (where kind = 'partial'))::integer as models
    from copy_group`.execute(tx);
  return rows[0]!;
}

/** Documents that may be compared: those of the recipes that hold words. */
export async function countComparable(tx: Tx, recipes: readonly RecipeId[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from document where text <> '' and ${standing(recipes, 'document')}`.execute(tx);
  return rows[0]!.n;
}
