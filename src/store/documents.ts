// Documents: written in bulk, read by batch, for the policy, and for a release.

import { sql } from 'kysely';
import { ABSTAINED, type Consensus } from '../model/annotation.ts';
import type { Clearance } from '../model/clearance.ts';
import type { Finding } from '../model/finding.ts';
import type {
  BatchId,
  CodebookVersion,
  DocumentId,
  PolicyId,
  RecipeId,
  SnapshotId,
  SourceName,
} from '../model/identity.ts';
import { canonicalJson, type JsonObject } from '../model/json.ts';
import type { ReleaseRow } from '../model/release.ts';
import { bytesColumn, integerColumn, uuidColumn } from './columns.ts';
import type { Tx } from './database.ts';
import type { DocumentRows } from './document-rows.ts';
import { type Labels, readLabels } from './labels.ts';
import { standing } from './standing.ts';
import { bytesOf } from './values.ts';

export interface DocumentPlace {
  readonly document: DocumentId;
  readonly snapshot: SnapshotId;
  readonly ordinal: number;
}

export interface AnnotatableDocument {
  readonly id: DocumentId;
  readonly title: string | null;
  readonly text: string;
  readonly language: string;
}

export interface ClearanceSubject {
  readonly document: DocumentId;
  readonly source: string;
  readonly textLength: number;
  readonly findings: readonly Finding[];
  /** True where a later version of the same place, or of the same item of the same place, exists. */
  readonly superseded: boolean;
  /** Instant of the fetch it was last seen in, ISO 8601 UTC. */
  readonly fetchedAt: string;
}

export interface ReleaseScope {
  readonly recipes: readonly RecipeId[];
  readonly codebook: CodebookVersion | null;
  readonly policy: PolicyId;
}

export interface Releasable {
  /** All but the licence, which is the source's. */
  readonly row: Omit<ReleaseRow, 'licence'>;
  readonly clearance: Clearance;
}

type Row = Pick<
  ReleaseRow,
  | 'source'
  | 'key'
  | 'title'
  | 'text'
  | 'language'
  | 'published'
  | 'publishedPrecision'
  | 'week'
  | 'commune'
  | 'epci'
  | 'department'
  | 'region'
  | 'territoryRule'
  | 'gazetteer'
  | 'url'
  | 'clusterSize'
  | 'representative'
> & {
  readonly id: Buffer;
  readonly cluster: Buffer | null;
  readonly record: Buffer;
  readonly recipe: Buffer;
  readonly attributes: JsonObject;
};

/** Those of the ids that the store holds. */
export async function knownDocuments(tx: Tx, ids: readonly DocumentId[]): Promise<Set<DocumentId>> {
  const { rows } = await sql<{ id: Buffer }>`
    select id from document where id = any (${bytesColumn(ids)}::bytea[])`.execute(tx);
  return new Set(rows.map((row) => row.id.toString('hex') as DocumentId));
}

/** Says that known documents were seen again, in these snapshots; only where those are newer. */
export async function moveDocuments(tx: Tx, places: readonly DocumentPlace[]): Promise<void> {
  if (places.length === 0) return;
  await moveRows(tx, {
    id: bytesColumn(places.map(({ document }) => document)),
    snapshot: uuidColumn(places.map(({ snapshot }) => snapshot)),
    ordinal: integerColumn(places.map(({ ordinal }) => ordinal)),
  });
}

async function moveRows(tx: Tx, { id, snapshot, ordinal }: Pick<DocumentRows, 'id' | 'snapshot' | 'ordinal'>) {
  await sql`
    update document set snapshot = newest.snapshot, ordinal = newest.ordinal
    from (
      select distinct on (given.id) given.id, given.snapshot, given.ordinal, snapshot.fetched_at
      from unnest(${id}::bytea[], ${snapshot}::uuid[], ${ordinal}::integer[]) as given (id, snapshot, ordinal)
      join snapshot on snapshot.id = given.snapshot
      order by given.id, snapshot.fetched_at desc, given.snapshot, given.ordinal
    ) as newest, snapshot as held
    where document.id = newest.id and held.id = document.snapshot and newest.fetched_at > held.fetched_at`.execute(tx);
}

/** Says that documents of a recipe were seen again in the batches that it never refined: nothing new is made of those. */
export async function moveSeenDocuments(tx: Tx, source: SourceName, recipe: RecipeId): Promise<void> {
  await sql`
    update document set snapshot = newest.snapshot, ordinal = newest.ordinal
    from (
      select distinct on (seen.id) seen.id, seen.snapshot, seen.ordinal, snapshot.fetched_at
      from (
        select document_id(batch.source, row.record, row.copy, ${bytesOf(recipe)}::bytea, row.part) as id,
          row.snapshot, row.ordinal
        from batch join snapshot_record row on row.batch = batch.id
        where batch.source = ${source} and not exists (
          select from progress where progress.batch = batch.id and stage = 'refine' and key = ${recipe})
      ) as seen join snapshot on snapshot.id = seen.snapshot
      order by seen.id, snapshot.fetched_at desc, seen.snapshot, seen.ordinal
    ) as newest, snapshot as held
    where document.id = newest.id and held.id = document.snapshot and newest.fetched_at > held.fetched_at`.execute(tx);
}

/** Inserts documents in one statement; those already there are seen again (`moveDocuments`). */
export async function insertDocuments(tx: Tx, rows: DocumentRows): Promise<void> {
  if (rows.count === 0) return;
  const { numAffectedRows } = await sql`
    insert into document (id, source, snapshot, ordinal, record, recipe, key, title, text, language, published,
      published_precision, week, commune, department, territory_rule, epci, region, territory_role, territory_score,
      territory_candidates, gazetteer, places, url, encoding, attributes, findings, personal, bands, fingerprint, batch,
      segments, passages, territory_form, territory_found)
    select id, source, snapshot, ordinal, record, recipe, key, title, text, language, published, published_precision,
      week::date, commune, department, territory_rule, epci, region, territory_role, territory_score::real,
      territory_candidates::text[], gazetteer, places, url, encoding, attributes, findings, personal,
      (${rows.bands}::integer[])[first_band : last_band], fingerprint, batch, segments, passages,
      territory_form, territory_found
    from unnest(
      ${rows.id}::bytea[],
      ${rows.source}::text[],
      ${rows.snapshot}::uuid[],
      ${rows.ordinal}::integer[],
      ${rows.record}::bytea[],
      ${rows.recipe}::bytea[],
      ${rows.key}::text[],
      ${rows.title}::text[],
      ${rows.text}::text[],
      ${rows.language}::text[],
      ${rows.published}::text[],
      ${rows.publishedPrecision}::text[],
      ${rows.week}::text[],
      ${rows.commune}::text[],
      ${rows.department}::text[],
      ${rows.territoryRule}::text[],
      ${rows.epci}::text[],
      ${rows.region}::text[],
      ${rows.territoryRole}::text[],
      ${rows.territoryScore}::text[],
      ${rows.territoryCandidates}::text[],
      ${rows.gazetteer}::text[],
      ${rows.places}::jsonb[],
      ${rows.url}::text[],
      ${rows.encoding}::text[],
      ${rows.attributes}::jsonb[],
      ${rows.findings}::jsonb[],
      ${rows.personal}::jsonb[],
      ${rows.firstBand}::integer[],
      ${rows.lastBand}::integer[],
      ${rows.fingerprint}::bytea[],
      ${rows.batch}::uuid[],
      ${rows.segments}::jsonb[],
      ${rows.passages}::jsonb[],
      ${rows.territoryForm}::text[],
      ${rows.territoryFound}::jsonb[]
    ) as given (id, source, snapshot, ordinal, record, recipe, key, title, text, language, published,
      published_precision, week, commune, department, territory_rule, epci, region, territory_role, territory_score,
      territory_candidates, gazetteer, places, url, encoding, attributes, findings, personal, first_band, last_band,
      fingerprint, batch, segments, passages, territory_form, territory_found)
    on conflict do nothing`.execute(tx);
  if (Number(numAffectedRows) < rows.count) await moveRows(tx, rows);
}

/** Documents of a batch's records under a recipe, whichever batch first derived them, in id order. */
export async function readDocumentsOfBatch(
  tx: Tx,
  batch: BatchId,
  recipe: RecipeId,
): Promise<readonly AnnotatableDocument[]> {
  const { rows } = await sql<Omit<AnnotatableDocument, 'id'> & { id: Buffer }>`
    select id, title, text, language from document
    where id = any (array(${documentsOfBatch(batch, recipe)})) order by id`.execute(tx);
  return rows.map((row) => ({ ...row, id: row.id.toString('hex') as DocumentId }));
}

/** Documents of a batch's records that another batch derived, and with which that one is done at this stage. */
export async function documentsDoneElsewhere(
  tx: Tx,
  { batch, recipe }: { readonly batch: BatchId; readonly recipe: RecipeId },
  { stage, key }: { readonly stage: string; readonly key: string },
): Promise<ReadonlySet<DocumentId>> {
  const { rows } = await sql<{ id: Buffer }>`
    select id from document
    where id = any (array(${documentsOfBatch(batch, recipe)})) and document.batch <> ${batch}::uuid and exists (
      select from progress where progress.batch = document.batch and stage = ${stage} and key = ${key}
    )`.execute(tx);
  return new Set(rows.map((row) => row.id.toString('hex') as DocumentId));
}

/** The text of a document, or null where there is none of this id. */
export async function readDocumentText(tx: Tx, id: DocumentId): Promise<string | null> {
  const row = await tx.selectFrom('document').select('text').where('id', '=', bytesOf(id)).executeTakeFirst();
  return row?.text ?? null;
}

/** A subquery of the ids (`document`) that a batch's records have under a recipe, whether derived yet or not. */
export function documentsOfBatch(batch: BatchId, recipe: RecipeId) {
  return sql`
    select distinct document_id(batch.source, row.record, row.copy, decode(${recipe}, 'hex'), row.part) as document
    from snapshot_record row join batch on batch.id = row.batch
    where row.batch = ${batch}::uuid`;
}

/** Documents of the recipes after an id, in id order, as the policy sees them. */
export async function pageForClearance(
  tx: Tx,
  page: {
    readonly recipes: readonly RecipeId[];
    /** All of this source, be they shown or not; those that stand where absent. */
    readonly source?: SourceName;
    readonly after: DocumentId | string | null;
    readonly limit: number;
  },
): Promise<readonly ClearanceSubject[]> {
  const { rows } = await sql<Omit<ClearanceSubject, 'document' | 'fetchedAt'> & { id: Buffer; fetchedAt: Date }>`
    with page as materialized (
      select id, source, key, recipe, length(text) as length, findings, snapshot from document
      where id > ${bytesOf(page.after ?? '')} and ${
        page.source === undefined
          ? standing(page.recipes, 'document')
          : sql`source = ${page.source} and recipe = any (${page.recipes.map(bytesOf)}::bytea[])`
      }
      order by id limit ${page.limit}
    )
    select page.id, page.source, page.length as "textLength", page.findings, held.fetched_at as "fetchedAt",
      held.state in ('superseded', 'abandoned') or (page.key is not null and exists (
        select from document later join snapshot on snapshot.id = later.snapshot
        where later.source = page.source and later.key = page.key and later.recipe = page.recipe
          and snapshot.location = held.location and snapshot.fetched_at > held.fetched_at
      )) as superseded
    from page join snapshot held on held.id = page.snapshot
    order by page.id`.execute(tx);
  return rows.map(({ id, fetchedAt, ...row }) => ({
    ...row,
    document: id.toString('hex') as DocumentId,
    fetchedAt: fetchedAt.toISOString(),
  }));
}

/** Cleared documents after an id, in id order. */
export async function pageReleasable(
  tx: Tx,
  page: ReleaseScope & { readonly after: DocumentId | string | null; readonly limit: number },
): Promise<readonly Releasable[]> {
  const { rows } = await sql<Row>`
    with page as materialized (
      select clearance.document from clearance join document on document.id = clearance.document
      where clearance.policy = ${bytesOf(page.policy)} and clearance.document > ${bytesOf(page.after ?? '')}
        and cleared and ${standing(page.recipes, 'document')}
      order by clearance.document limit ${page.limit}
    )
    select document.id, document.source, document.key, document.title, document.text, document.language,
      document.published, document.published_precision as "publishedPrecision", document.week::text as week,
      document.commune, document.epci, document.department, document.region,
      document.territory_rule as "territoryRule", document.gazetteer, document.url, document.attributes, document.record,
      document.recipe,
      document_cluster.cluster, coalesce(document_cluster.size, 1) as "clusterSize",
      coalesce(document_cluster.representative, true) as representative
    from page
    join document on document.id = page.document
    left join document_cluster on document_cluster.document = page.document
    order by document.id`.execute(tx);
  const ids = rows.map((row) => row.id.toString('hex') as DocumentId);
  const labels = await readLabels(tx, ids, page.codebook);
  return rows.map((row, position) => {
    const document = ids[position]!;
    return {
      row: releaseRow(row, document, labels(document)),
      clearance: { kind: 'cleared', document, policy: page.policy },
    };
  });
}

function releaseRow(stored: Row, document: DocumentId, { theme, tone, decisions: all }: Labels): Releasable['row'] {
  const { id: _, cluster, record, recipe, attributes, ...row } = stored;
  // Pieces of text have no column in a release, and an abstention of the others is an empty cell.
  const others = all.filter((one) => one !== theme && one !== tone && one.spans === undefined);
  const decisions = [theme, tone, ...others.filter(isDecided)].filter((decision) => decision !== null);
  const labelled = [...others, ...[theme, tone].filter((decision) => decision?.labels !== undefined)].filter(isDecided);
  return {
    ...row,
    document,
    theme: theme?.label ?? null,
    themeScore: theme?.score ?? null,
    tone: tone?.label ?? null,
    toneScore: tone?.score ?? null,
    labels: Object.fromEntries(labelled.map(({ task, label, labels }) => [task, labels ?? label])),
    annotators: [...new Set(decisions.flatMap(({ annotators }) => annotators))].sort().join(', '),
    provisional: decisions.some(({ provisional }) => provisional),
    cluster: (cluster?.toString('hex') ?? null) as DocumentId | null,
    attributes: canonicalJson(attributes),
    record: record.toString('hex'),
    recipe: recipe.toString('hex'),
  };
}

function isDecided(decision: Consensus | null): decision is Consensus {
  return decision !== null && decision.label !== ABSTAINED;
}
