// Judgements by document, as they are measured: read as a stream, so that a corpus of any size is measured in flat memory.

import { sql } from 'kysely';
import type { Arrived } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId, RecipeId } from '../model/identity.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface JudgementScope {
  readonly codebook: CodebookVersion;
  readonly recipes: readonly RecipeId[];
  /** Tasks whose evidence is read. */
  readonly spans: readonly string[];
}

/** A judgement with what its document is. */
export interface JudgedRow extends Arrived {
  /** Of the annotation itself, hexadecimal. */
  readonly id: string;
  readonly source: string;
  readonly language: string;
  readonly department: string | null;
  readonly region: string | null;
  /** Characters of the text. */
  readonly length: number;
  /** Of the attributes asked for, in their order. */
  readonly groups: readonly (string | null)[];
}

const ROWS_PER_FETCH = 5000;

/** Every judgement of the documents that at least one person judged, in order of document, then of annotation. */
export async function* streamJudgements(
  tx: Tx,
  scope: JudgementScope,
  groups: readonly string[],
): AsyncIterable<JudgedRow> {
  const query = sql<StoredRow>`
    with read as materialized (
      select distinct document from annotation where codebook = ${scope.codebook} and annotator like 'person:%'
    )
    select annotation.document, annotation.id, task, label, labels, score, annotator,
      case when task = any (${scope.spans}::text[]) then evidence end as evidence,
      case when annotator like 'person:%' then made end as made,
      (extract(epoch from annotation.created_at) * 1000000)::float8 as at,
      source, language, department, region, length(text) as length,
      case when cardinality(${groups}::text[]) > 0
        then (select array_agg(document.attributes ->> name order by place)
          from unnest(${groups}::text[]) with ordinality as asked (name, place)) end as groups
    from read join document on document.id = read.document
    join annotation on annotation.document = read.document
    where codebook = ${scope.codebook} and recipe = any (${scope.recipes.map(bytesOf)}::bytea[])
    order by annotation.document, annotation.id`;
  for await (const row of streamRows(tx, query, ROWS_PER_FETCH)) yield judgedRow(row);
}

type StoredRow = Omit<JudgedRow, 'document' | 'id' | 'groups' | 'evidence' | 'labels' | 'made' | 'provisional'> & {
  readonly document: Buffer;
  readonly id: Buffer;
  readonly labels: readonly string[] | null;
  readonly evidence: Arrived['evidence'] | null;
  readonly made: Arrived['made'] | null;
  readonly groups: readonly (string | null)[] | null;
};

function judgedRow({ document, id, labels, made, evidence, groups, ...row }: StoredRow): JudgedRow {
  return {
    ...row,
    document: document.toString('hex') as DocumentId,
    id: id.toString('hex'),
    provisional: false,
    evidence: evidence ?? [],
    groups: groups ?? [],
    ...(labels === null ? {} : { labels }),
    ...(made ? { made } : {}),
  };
}

export interface CorpusCount {
  readonly annotator: string;
  readonly task: string;
  readonly label: string;
  readonly labels: readonly string[] | null;
  readonly n: number;
}

/** What each machine last said of each document, counted by answer. */
export async function countAnswers(tx: Tx, scope: JudgementScope): Promise<readonly CorpusCount[]> {
  const { rows } = await sql<CorpusCount>`
    select annotator, task, label, labels, count(*)::integer as n from (
      select distinct on (annotation.document, task, annotator) annotator, task, label, labels
      from annotation join document on document.id = annotation.document
      where codebook = ${scope.codebook} and annotator not like 'person:%'
        and recipe = any (${scope.recipes.map(bytesOf)}::bytea[])
      order by annotation.document, task, annotator, annotation.created_at desc, annotation.id
    ) as last where label <> 'withdrawn' group by annotator, task, label, labels`.execute(tx);
  return rows;
}

/** Models and artefacts that machines say they judged with, by machine and task; at most a few. */
export async function answerVersions(
  tx: Tx,
  { codebook }: JudgementScope,
): Promise<readonly { readonly annotator: string; readonly task: string; readonly version: string }[]> {
  const { rows } = await sql<{ annotator: string; task: string; version: string }>`
    select annotator, task, coalesce(made ->> 'artefact', made ->> 'model') as version
    from annotation
    where codebook = ${codebook} and annotator not like 'person:%' and made is not null
      and coalesce(made ->> 'artefact', made ->> 'model') is not null
    group by annotator, task, version order by annotator, task, version limit 200`.execute(tx);
  return rows;
}

/** Documents that the recipes gave. */
export async function countDocuments(tx: Tx, recipes: readonly RecipeId[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from document where recipe = any (${recipes.map(bytesOf)}::bytea[])`.execute(tx);
  return rows[0]!.n;
}
