// What is decided about wordings: whose near copies they are, which form they fill in, and how much they have in common.

import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface WordingLabels {
  /** 16 hexadecimal digits each. */
  readonly fingerprint: string;
  readonly cluster: string;
  readonly model: string;
}

export type CopyKind = 'near' | 'partial';

/** A wording whose share is to be measured again, and against which text. */
export interface StaleShare {
  readonly fingerprint: string;
  readonly reference: string;
}

const ROWS_PER_STATEMENT = 5_000;

/** Labels of those of the wordings that do not stand alone. */
export async function labelsOfWordings(tx: Tx, fingerprints: readonly string[]): Promise<readonly WordingLabels[]> {
  const { rows } = await sql<WordingLabels>`
    select encode(fingerprint, 'hex') as fingerprint, encode(cluster, 'hex') as cluster, encode(model, 'hex') as model
    from copy_wording where fingerprint = any (${fingerprints.map(bytesOf)}::bytea[])`.execute(tx);
  return rows;
}

/** Those of the wordings that are near copies of another. */
export async function clusteredAmong(tx: Tx, fingerprints: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    select encode(fingerprint, 'hex') as fingerprint from copy_wording
    where fingerprint = any (${fingerprints.map(bytesOf)}::bytea[]) and exists (
      select from copy_wording other
      where other.cluster = copy_wording.cluster and other.fingerprint <> copy_wording.fingerprint)`.execute(tx);
  return rows.map(({ fingerprint }) => fingerprint);
}

/**
 * Forgets the clusters of some wordings, and what joins the clusters of their models and of those of others: each cluster that
 * remains is a model of its own.
 * @returns the wordings whose cluster is forgotten, and the others whose model is
 */
export async function loosen(
  tx: Tx,
  { clustersOf, modelsOf }: { readonly clustersOf: readonly string[]; readonly modelsOf: readonly string[] },
): Promise<{ readonly forgotten: readonly string[]; readonly loosened: readonly string[] }> {
  const concerned = [...clustersOf, ...modelsOf].map(bytesOf);
  const models = await sql<{ model: Buffer }>`
    select distinct model from copy_wording where fingerprint = any (${concerned}::bytea[])`.execute(tx);
  const forgotten = await sql<{ fingerprint: string }>`
    delete from copy_wording where cluster in (
      select cluster from copy_wording where fingerprint = any (${clustersOf.map(bytesOf)}::bytea[])
    ) returning encode(fingerprint, 'hex') as fingerprint`.execute(tx);
  const loosened = await sql<{ fingerprint: string }>`
    update copy_wording set model = cluster where model = any (${models.rows.map(({ model }) => model)}::bytea[])
    returning encode(fingerprint, 'hex') as fingerprint`.execute(tx);
  const names = (rows: readonly { readonly fingerprint: string }[]) => rows.map(({ fingerprint }) => fingerprint);
  return { forgotten: names(forgotten.rows), loosened: names(loosened.rows) };
}

/** Forgets those of the wordings that stand alone now. */
export async function forgetLoners(tx: Tx, fingerprints: readonly string[]): Promise<void> {
  await sql`
    delete from copy_wording
    where fingerprint = any (${fingerprints.map(bytesOf)}::bytea[]) and not exists (
      select from copy_wording other
      where other.model = copy_wording.model and other.fingerprint <> copy_wording.fingerprint)`.execute(tx);
}

export async function forgetAllModels(tx: Tx): Promise<void> {
  await tx.deleteFrom('copy_wording').execute();
}

/** Keeps labels; what was measured stays where it still holds (`staleShares` tells). */
export async function saveLabels(tx: Tx, labels: readonly WordingLabels[]): Promise<void> {
  for (let start = 0; start < labels.length; start += ROWS_PER_STATEMENT) {
    const part = labels.slice(start, start + ROWS_PER_STATEMENT);
    await sql`
      insert into copy_wording as held (fingerprint, cluster, model)
      select decode(fingerprint, 'hex'), decode(cluster, 'hex'), decode(model, 'hex')
      from unnest(
        ${part.map(({ fingerprint }) => fingerprint)}::text[],
        ${part.map(({ cluster }) => cluster)}::text[],
        ${part.map(({ model }) => model)}::text[]
      ) as given (fingerprint, cluster, model)
      on conflict (organisation, fingerprint) do update set cluster = excluded.cluster, model = excluded.model
        where (held.cluster, held.model) is distinct from (excluded.cluster, excluded.model)`.execute(tx);
  }
}

/** Gives other labels, by the old ones, to all that have them. */
export async function relabel(
  tx: Tx,
  {
    clusters,
    models,
  }: { readonly clusters: ReadonlyMap<string, string>; readonly models: ReadonlyMap<string, string> },
): Promise<void> {
  for (const [column, labels] of [
    ['cluster', clusters],
    ['model', models],
  ] as const) {
    if (labels.size === 0) continue;
    await sql`
      update copy_wording set ${sql.id(column)} = decode(changed.now, 'hex')
      from unnest(${[...labels.keys()]}::text[], ${[...labels.values()]}::text[]) as changed (before, now)
      where ${sql.id('copy_wording', column)} = decode(changed.before, 'hex')`.execute(tx);
  }
}

/**
 * Names the wordings whose groups are to be shown anew: those of documents that arrived or departed, the given ones, and all
 * that share a model with one of these; every wording where `all`. Left in tables of this transaction.
 */
export async function gatherTouched(tx: Tx, fingerprints: Iterable<string>, all: boolean): Promise<void> {
  await sql`create temporary table copy_touched (fingerprint bytea primary key) on commit drop`.execute(tx);
  if (all) {
    // Tables that this transaction filled have no statistics yet, and every row of them is read.
    await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx);
    await sql`insert into copy_touched select distinct fingerprint from copy_document`.execute(tx);
  } else {
    const given = [...fingerprints];
    for (let start = 0; start < given.length; start += ROWS_PER_STATEMENT) {
      await sql`
        insert into copy_touched
        select unnest(${given.slice(start, start + ROWS_PER_STATEMENT).map(bytesOf)}::bytea[])
        on conflict do nothing`.execute(tx);
    }
    await sql`
      insert into copy_touched select fingerprint from copy_arrived union select fingerprint from copy_departed
      on conflict do nothing`.execute(tx);
    await sql`
      insert into copy_touched select fingerprint from copy_wording
      where model in (select model from copy_wording join copy_touched using (fingerprint))
      on conflict do nothing`.execute(tx);
  }
  await sql`analyze copy_touched`.execute(tx);
  await sql`
    create temporary table copy_member on commit drop as
    select document, held.fingerprint, coalesce(cluster, held.fingerprint) as cluster,
      coalesce(model, held.fingerprint) as model
    from copy_touched join copy_document held using (fingerprint)
    left join copy_wording decided on decided.fingerprint = held.fingerprint`.execute(tx);
  await sql`analyze copy_member`.execute(tx);
}

/** Drops the tables that `gatherTouched` left. */
export async function dropTouched(tx: Tx): Promise<void> {
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
  await sql`drop table copy_touched, copy_member`.execute(tx);
}
