// How many documents are left after each step, and why others are not: what every figure carries.

import { sql } from 'kysely';
import type { Coverage } from '../model/release.ts';
import type { Tx } from './database.ts';
import type { ReleaseScope } from './documents.ts';
import { standing } from './standing.ts';
import { bytesOf } from './values.ts';
import { SETTLES } from './voice.ts';

export interface SourceCounts {
  readonly name: string;
  readonly snapshots: number;
  readonly records: number;
  readonly documents: number;
  readonly refusals: number;
  /** Instant of the last fetch, ISO 8601 UTC, or null where it was never collected. */
  readonly lastFetchedAt: string | null;
}

/** Counts over the documents of the recipes; a document refused for several reasons counts once under each. */
export async function readCoverage(tx: Tx, scope: ReleaseScope): Promise<Coverage> {
  const policy = bytesOf(scope.policy);
  await joinWhole(tx, 'on');
  const { rows } = await sql<Omit<Coverage, 'excluded'>>`
    with wanted as materialized (
      select id, text <> '' as readable from document where ${standing(scope.recipes, 'document')}
    ), people as (
      -- Of one person's judgements on a task the last counts, and none where that one takes back.
      select distinct on (document, task, annotator, ${SETTLES}) document, label
      from annotation where codebook = ${scope.codebook} and annotator like 'person:%'
      order by document, task, annotator, ${SETTLES}, created_at desc, id desc
    ), judged as (
      select document, bool_or(by_person) as by_person from (
        select document, label <> 'abstention' as by_person from people where label <> 'withdrawn'
        union all
        select document, false from annotation where codebook = ${scope.codebook} and annotator not like 'person:%'
      ) as standing group by document
    )
    select count(*)::integer as collected,
      (count(*) filter (where readable))::integer as readable,
      (count(*) filter (where readable and coalesce(representative, true)))::integer as distinct,
      (count(judged.document))::integer as annotated,
      (count(*) filter (where judged.by_person))::integer as validated,
      (count(*) filter (where clearance.cleared))::integer as published
    from wanted
    left join document_cluster on document_cluster.document = wanted.id
    left join judged on judged.document = wanted.id
    left join clearance on clearance.document = wanted.id and clearance.policy = ${policy}`.execute(tx);
  const excluded = await sql<{ reason: string; n: number }>`
    select reason, count(*)::integer as n
    from clearance join document on document.id = clearance.document, unnest(reasons) as reason
    where policy = ${policy} and not cleared and ${standing(scope.recipes, 'document')}
    group by reason order by reason collate "C"`.execute(tx);
  await joinWhole(tx, 'off');
  return { ...rows[0]!, excluded: Object.fromEntries(excluded.rows.map(({ reason, n }) => [reason, n])) };
}

/** Every row is read here: joining one by one is never right, and is what a planner without statistics would choose. */
async function joinWhole(tx: Tx, state: 'on' | 'off'): Promise<void> {
  await sql`select set_config('enable_nestloop', ${state === 'on' ? 'off' : 'on'}, true)`.execute(tx);
}

/** What each source brought, by name; documents are those of the recipes. */
export async function countSources(tx: Tx, recipes: ReleaseScope['recipes']): Promise<readonly SourceCounts[]> {
  await joinWhole(tx, 'on');
  const { rows } = await sql<Omit<SourceCounts, 'lastFetchedAt'> & { lastFetchedAt: Date | null }>`
    select source.name, coalesce(fetched.n, 0) as snapshots, coalesce(received.n, 0) as records,
      coalesce(derived.n, 0) as documents, coalesce(refused.n, 0) as refusals, fetched.last as "lastFetchedAt"
    from source
    left join (select source, count(*)::integer as n, max(fetched_at) as last from snapshot group by source)
      as fetched on fetched.source = source.name
    left join (select source, sum(records)::integer as n from batch group by source)
      as received on received.source = source.name
    left join (
      select source, count(*)::integer as n from document
      where ${standing(recipes, 'document')} group by source
    ) as derived on derived.source = source.name
    left join (select source, count(*)::integer as n from refusal where resolved_at is null group by source) as refused
      on refused.source = source.name
    order by source.name collate "C"`.execute(tx);
  await joinWhole(tx, 'off');
  return rows.map((row) => ({ ...row, lastFetchedAt: row.lastFetchedAt?.toISOString() ?? null }));
}
