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

/** What a document is, as far as figures are given by it. */
export interface JudgedFacts {
  readonly source: string;
  readonly language: string;
  readonly department: string | null;
  readonly region: string | null;
  /** Characters of the text; of the tasks without spans only which of the bands asked for it is in matters. */
  readonly length: number;
  /** Of the attributes asked for, in their order. */
  readonly groups: readonly (string | null)[];
}

/** A document that people judged, with everything that was said of it. */
export interface JudgedDocument {
  readonly facts: JudgedFacts;
  readonly judgements: readonly Arrived[];
  /** The document and its judgements as they were read: what a hash of them is taken of. */
  readonly spelled: string;
}

type Row = { readonly facts: string; readonly judgements: string };

const ROWS_PER_FETCH = 5000;
/** From this share of the corpus on, reading it whole is faster than looking each document up. */
const LARGE_SHARE = 0.05;

/** Documents that at least one person judged under the codebook, in order of id, with every judgement of theirs. */
export async function* streamJudged(
  tx: Tx,
  scope: JudgementScope & {
    readonly groups: readonly string[];
    /** Lower ends of the bands of length, in order. */
    readonly bands: readonly number[];
    readonly documents: number;
  },
): AsyncIterable<readonly JudgedDocument[]> {
  const { codebook, groups } = scope;
  const judged = await sql<{ n: number }>`
    select count(distinct document)::integer as n from annotation
    where codebook = ${codebook} and annotator like 'person:%'`.execute(tx);
  const isLarge = judged.rows[0]!.n > scope.documents * LARGE_SHARE;
  // Without statistics of the codebook the planner takes few for read, and would look up a million one by one.
  await sql`select set_config('enable_nestloop', ${isLarge ? 'off' : 'on'}, true), set_config('work_mem', '64MB', true)`.execute(
    tx,
  );
  // One row a document and two columns a row, taken apart here: a million rows of sixteen columns took three times as long.
  const query = sql<Row>`
    with read as materialized (
      select distinct document from annotation where codebook = ${codebook} and annotator like 'person:%'
    ), said as (
      select annotation.document, string_agg(concat_ws(${FIELD}, score, date_part('epoch', created_at), task, annotator, label,
          coalesce(array_to_string(labels, ','), ''),
          case when annotator like 'person:%' then coalesce(made ->> 'queue', '') else '' end,
          case when annotator like 'person:%' then coalesce(made ->> 'skipped', '') else '' end,
          case when annotator like 'person:%' and made ? 'carried' then 'true' else '' end,
          case when annotator like 'person:%' then coalesce(made ->> 'blind', '') else '' end,
          case when annotator like 'person:%' then coalesce(made ->> 'adjudicates', '') else '' end,
          case when made ? 'nothing' then 'true' else '' end,
          case when task = any (${scope.spans}::text[]) then evidence::text else '' end
        ), ${ENTRY} order by annotation.id) as judgements
      from read join annotation on annotation.document = read.document
      where codebook = ${codebook} group by annotation.document
    )
    select concat_ws(${FIELD}, source, language, coalesce(department, ''), coalesce(region, ''),
        case when cardinality(${scope.spans}::text[]) > 0 then length(text)
          else coalesce((${scope.bands}::integer[])[width_bucket(length(text), ${scope.bands}::integer[])], 0) end,
        case when cardinality(${groups}::text[]) > 0
          then (select jsonb_agg(document.attributes ->> name order by place)::text
            from unnest(${groups}::text[]) with ordinality as asked (name, place)) else '[]' end) as facts,
      encode(said.document, 'hex') || ${ENTRY} || judgements as judgements
    from said join document on document.id = said.document
    where recipe = any (${scope.recipes.map(bytesOf)}::bytea[])
    order by said.document`;
  const read = openReading();
  for await (const rows of streamPages(tx, query, ROWS_PER_FETCH)) yield rows.map(read);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
}

/** Control characters, which neither ids nor JSON hold. */
const FIELD = '\u001f';
const ENTRY = '\u001e';
/** Documents are alike in what they are, and judgements in what they say: so many kinds of each are read once. */
const KINDS_KEPT = 50_000;

function openReading(): (row: Row) => JudgedDocument {
  const kinds = new Map<string, JudgedFacts>();
  const sayings = new Map<string, Saying>();
  const known = <Value>(held: Map<string, Value>, spelled: string, read: (spelled: string) => Value): Value => {
    const before = held.get(spelled);
    if (before !== undefined) return before;
    const value = read(spelled);
    if (held.size < KINDS_KEPT) held.set(spelled, value);
    return value;
  };
  return ({ facts, judgements: spelled }) => {
    const judgements: Arrived[] = [];
    const first = spelled.indexOf(ENTRY);
    const document = spelled.slice(0, first) as DocumentId;
    for (let start = first + 1; start > 0; ) {
      const end = spelled.indexOf(ENTRY, start);
      const entry = end < 0 ? spelled.slice(start) : spelled.slice(start, end);
      const afterScore = entry.indexOf(FIELD);
      const afterAt = entry.indexOf(FIELD, afterScore + 1);
      const { task, annotator, label, labels, made, evidence } = known(sayings, entry.slice(afterAt + 1), sayingOf);
      const score = Number(entry.slice(0, afterScore));
      const at = Number(entry.slice(afterScore + 1, afterAt));
      const judgement = { document, task, annotator, label, score, at, made, evidence, provisional: false };
      judgements.push(labels === undefined ? judgement : { ...judgement, labels });
      start = end + 1;
    }
    return { facts: known(kinds, facts, factsOf), judgements, spelled };
  };
}

type Saying = Pick<Arrived, 'task' | 'annotator' | 'label' | 'evidence'> & {
  readonly labels: readonly string[] | undefined;
  readonly made: NonNullable<Arrived['made']>;
};

function sayingOf(spelled: string): Saying {
  const [task, annotator, label, labels, queue, skipped, carried, blind, adjudicates, nothing, evidence] =
    spelled.split(FIELD) as [
      ...[task: string, annotator: string, label: string, labels: string],
      ...[queue: string, skipped: string, carried: string],
      ...[blind: string, adjudicates: string, nothing: string, evidence: string],
    ];
  return {
    ...{ task, annotator, label, labels: labels === '' ? undefined : labels.split(',') },
    made: {
      ...(queue === '' ? {} : { queue }),
      ...(skipped === '' ? {} : { skipped }),
      ...(carried === '' ? {} : { carried: true }),
      ...(blind === '' ? {} : { blind: blind === 'true' }),
      ...(adjudicates === 'true' ? { adjudicates: true } : {}),
      ...(nothing === 'true' ? { nothing: true } : {}),
    },
    evidence: evidence === '' ? [] : (JSON.parse(evidence) as Arrived['evidence']),
  };
}

function factsOf(spelled: string): JudgedFacts {
  const [source, language, department, region, length, groups] = spelled.split(FIELD) as [
    ...[source: string, language: string, department: string, region: string, length: string, groups: string],
  ];
  return {
    ...{ source, language, length: Number(length), groups: JSON.parse(groups) as JudgedFacts['groups'] },
    department: department === '' ? null : department,
    region: region === '' ? null : region,
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
