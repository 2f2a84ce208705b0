// Judgements of people, and of machines beside them, as the review reads them and adds to them.

import { sql } from 'kysely';
import type { Annotation } from '../model/annotation.ts';
import { type Arrived, standing } from '../model/consensus.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import type { Tx } from './database.ts';
import type { ReviewPlace } from './review-holds.ts';
import { bytesOf } from './values.ts';

export type Judgement = Arrived & { readonly at: number };

type Row = Omit<Judgement, 'labels' | 'made'> & {
  readonly labels: readonly string[] | null;
  readonly made: JsonObject | null;
};

const columns = sql`
  encode(document, 'hex') as document, task, label, labels, score, annotator, provisional, evidence, made,
  (extract(epoch from created_at) * 1000000)::float8 as at`;

/** People's judgements under a codebook version that stand, by document; of these documents only where some are named. */
export async function readPeople(
  tx: Tx,
  codebook: CodebookVersion,
  documents: readonly DocumentId[] | null = null,
): Promise<ReadonlyMap<DocumentId, readonly Judgement[]>> {
  const { rows } = await sql<Row>`
    select ${columns} from annotation where codebook = ${codebook} and annotator like 'person:%'
      and (${documents === null} or document = any (${(documents ?? []).map(bytesOf)}::bytea[]))`.execute(tx);
  return Map.groupBy(standing(rows.map(judgementOf)), ({ document }) => document);
}

/** Machines' judgements of these documents that stand, by document. */
export async function readMachines(
  tx: Tx,
  codebook: CodebookVersion,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, readonly Judgement[]>> {
  const { rows } = await sql<Row>`
    select ${columns} from annotation where codebook = ${codebook} and annotator not like 'person:%'
      and document = any (${documents.map(bytesOf)}::bytea[]) order by task, annotator`.execute(tx);
  return Map.groupBy(standing(rows.map(judgementOf)), ({ document }) => document);
}

function judgementOf({ labels, made, ...row }: Row): Judgement {
  return { ...row, ...(labels === null ? {} : { labels }), ...(made === null ? {} : { made }) };
}

/** Every judgement that one person gave of one document, taken back or not. */
export interface Said {
  readonly count: number;
  /** Ids of the answers they came with. */
  readonly answers: ReadonlySet<string>;
}

/**
 * What a person has said of each document, by document; waits for whoever writes the same, to the end of the transaction.
 * Documents of which nothing was said are absent.
 */
export async function lockSaid(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, Said>> {
  await sql`select pg_advisory_xact_lock(hashtextextended(
    current_setting('datasens.organisation') || ' said ' || ${person}::text, 0))`.execute(tx);
  return readSaid(tx, { codebook, person }, documents);
}

/** As `lockSaid`, without waiting. */
export async function readSaid(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  documents: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, Said>> {
  const { rows } = await sql<{ document: DocumentId; count: number; answers: readonly (string | null)[] }>`
    select encode(document, 'hex') as document, count(*)::integer as count, array_agg(made ->> 'answer') as answers
    from annotation where codebook = ${codebook} and annotator = ${person}
      and document = any (${documents.map(bytesOf)}::bytea[])
    group by document`.execute(tx);
  return new Map(
    rows.map(({ document, count, answers }) => [
      document,
      { count, answers: new Set(answers.filter((answer) => answer !== null)) },
    ]),
  );
}

/** Documents that a person judged in one answer. */
export async function documentsOfAnswer(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  answer: string,
): Promise<readonly DocumentId[]> {
  const { rows } = await sql<{ document: DocumentId }>`
    select distinct encode(document, 'hex') as document from annotation
    where codebook = ${codebook} and annotator = ${person} and annotator like 'person:%' and made ->> 'answer' = ${answer}
    `.execute(tx);
  return rows.map(({ document }) => document);
}

/** Appends what people said. */
export async function addJudgements(tx: Tx, judgements: readonly Annotation[]): Promise<void> {
  await insertAnnotations(tx, annotationRows(judgements));
}

export interface ReadText {
  readonly document: DocumentId;
  readonly title: string | null;
  readonly text: string;
  readonly truncated: boolean;
  readonly language: string;
  readonly source: string;
  readonly published: string | null;
}

/** Texts as people read them, by document; at most `limit` characters of each. */
export async function readTexts(
  tx: Tx,
  documents: readonly DocumentId[],
  limit: number,
): Promise<ReadonlyMap<DocumentId, ReadText>> {
  const { rows } = await sql<ReadText>`
    select encode(id, 'hex') as document, title, left(text, ${limit}) as text, length(text) > ${limit} as truncated,
      language, source, published
    from document where id = any (${documents.map(bytesOf)}::bytea[])`.execute(tx);
  return new Map(rows.map((row) => [row.document, row]));
}
