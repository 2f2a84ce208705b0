// Judgements by document, as they are measured: read as a stream, so that a corpus of any size is measured in flat memory.

import { sql } from 'kysely';
import type { Arrived } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId, RecipeId } from '../model/identity.ts';
import { streamPages } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface JudgementScope {
  readonly codebook: CodebookVersion;
  readonly recipes: readonly RecipeId[];
  /** Tasks whose evidence is read. */
  readonly spans: readonly string[];
}

/** A document that people judged, with what it is and everything that was said of it. */
export interface JudgedDocument {
  readonly document: DocumentId;
  readonly source: string;
  readonly language: string;
  readonly department: string | null;
  readonly region: string | null;
  /** Characters of the text. */
  readonly length: number;
  /** Of the attributes asked for, in their order. */
  readonly groups: readonly (string | null)[];
  readonly judgements: readonly Arrived[];
  /** Ids of the annotations, in the order of the judgements. */
  readonly ids: readonly Buffer[];
}

type Row = Pick<JudgedDocument, 'source' | 'language' | 'department' | 'region' | 'length'> &
  Pick<Arrived, 'task' | 'label' | 'score' | 'annotator'> & {
    readonly document: Buffer;
    readonly id: Buffer;
    readonly at: number;
    readonly labels: readonly string[] | null;
    readonly evidence: Arrived['evidence'] | null;
    readonly made: Arrived['made'] | null;
    readonly groups: readonly (string | null)[] | null;
  };

const ROWS_PER_FETCH = 5000;
/** From this share of the corpus on, reading it whole is faster than looking each document up. */
const LARGE_SHARE = 0.05;

/** Documents that at least one person judged under the codebook, in order of id, with every judgement of theirs. */
export async function* streamJudged(
  tx: Tx,
  scope: JudgementScope & { readonly groups: readonly string[]; readonly documents: number },
): AsyncIterable<readonly JudgedDocument[]> {
  const { codebook, groups } = scope;
  const read = await sql<{ n: number }>`
    select count(distinct document)::integer as n from annotation
    where codebook = ${codebook} and annotator like 'person:%'`.execute(tx);
  const isLarge = read.rows[0]!.n > scope.documents * LARGE_SHARE;
  // Without statistics of the codebook the planner takes few for read, and would look up a million one by one.
  await sql`select set_config('enable_nestloop', ${isLarge ? 'off' : 'on'}, true), set_config('work_mem', '64MB', true)`.execute(
    tx,
  );
  const query = sql<Row>`
    with read as materialized (
      select distinct document from annotation where codebook = ${codebook} and annotator like 'person:%'
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
    where codebook = ${codebook} and recipe = any (${scope.recipes.map(bytesOf)}::bytea[])
    order by annotation.document, annotation.id`;
  let open: Row[] = [];
  for await (const rows of streamPages(tx, query, ROWS_PER_FETCH)) {
    const found: JudgedDocument[] = [];
    for (const row of rows) {
      if (open.length > 0 && !open[0]!.document.equals(row.document)) {
        found.push(judgedDocument(open));
        open = [];
      }
      open.push(row);
    }
    yield found;
  }
  if (open.length > 0) yield [judgedDocument(open)];
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
}

function judgedDocument(rows: readonly Row[]): JudgedDocument {
  const { source, language, department, region, length, groups } = rows[0]!;
  const document = rows[0]!.document.toString('hex') as DocumentId;
  return {
    ...{ document, source, language, department, region, length, groups: groups ?? [] },
    ids: rows.map(({ id }) => id),
    judgements: rows.map(({ task, label, labels, score, annotator, evidence, made, at }) => {
      const judgement = { document, task, label, score, annotator, at, provisional: false, evidence: evidence ?? [] };
      if (labels === null && !made) return judgement;
      return { ...judgement, ...(labels === null ? {} : { labels }), ...(made ? { made } : {}) };
    }),
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

export interface DivergentPage {
  readonly codebook: CodebookVersion;
  readonly recipes: readonly RecipeId[];
  readonly task: string;
  /** True where what is marked in the text counts. */
  readonly spans: boolean;
  /** Documents above this id; all where null. */
  readonly after: string | null;
  readonly limit: number;
}

/** Documents that people judged on a task and of which not everybody said the same, in order of id. */
export async function pageDivergent(
  tx: Tx,
  page: DivergentPage,
): Promise<readonly { readonly document: DocumentId; readonly source: string }[]> {
  const { rows } = await sql<{ document: Buffer; source: string }>`
    with read as materialized (
      select distinct document from annotation
      where codebook = ${page.codebook} and task = ${page.task} and annotator like 'person:%'
        and document > ${bytesOf(page.after ?? '')}
    )
    select document.id as document, document.source from read join document on document.id = read.document
    where recipe = any (${page.recipes.map(bytesOf)}::bytea[]) and exists (
      select from annotation where annotation.document = read.document and codebook = ${page.codebook}
        and task = ${page.task}
      having count(distinct (label, coalesce(array_to_string(labels, ','), ''),
        case when ${page.spans}::boolean then evidence end)) > 1
    )
    order by document.id limit ${page.limit}`.execute(tx);
  return rows.map((row) => ({ ...row, document: row.document.toString('hex') as DocumentId }));
}
