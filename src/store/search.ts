// Words of documents, made findable after the documents are stored (the word vector costs more than the row), and what is
// asked of them: pages of documents, and counts under the same filter.

import { type RawBuilder, sql } from 'kysely';
import { DataSensError } from '../model/error.ts';
import type { BatchId, DocumentId, RecipeId } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { documentsOfBatch } from './documents.ts';
import { readLabels, spellThemes } from './labels.ts';
import { latestCodebook } from './sources.ts';
import { standing } from './standing.ts';
import { bytesOf, storable } from './values.ts';

export interface SearchFilter {
  /** Web-search syntax: words, "phrases", or, -without. Empty for all documents. */
  readonly q: string;
  readonly recipes: readonly RecipeId[];
  readonly source?: string | null;
  readonly theme?: string | null;
  readonly tone?: string | null;
  readonly department?: string | null;
  readonly language?: string | null;
  /** Days, `YYYY-MM-DD`, both included; they leave out documents whose day is unknown. */
  readonly from?: string | null;
  readonly to?: string | null;
  /** True shows one document per cluster of copies. */
  readonly fold: boolean;
  /** A finding's code. */
  readonly finding?: string | null;
}

export interface SearchPage extends SearchFilter {
  /** `nextCursor` of the page before, or null. */
  readonly cursor: string | null;
  readonly limit: number;
}

export interface Excerpt {
  readonly text: string;
  readonly match: boolean;
}

export interface FoundDocument {
  readonly id: DocumentId;
  readonly title: string | null;
  /** Around the words found, or the beginning; plain text in pieces. */
  readonly excerpt: readonly Excerpt[];
  readonly source: string;
  readonly published: string | null;
  readonly theme: string | null;
  readonly tone: string | null;
  readonly department: string | null;
  readonly language: string;
  /** Documents of its cluster, itself included. */
  readonly copies: number;
  readonly provisional: boolean;
}

export interface Found {
  readonly items: readonly FoundDocument[];
  readonly nextCursor: string | null;
}

export const FACETS = ['source', 'theme', 'tone', 'department', 'language'] as const;
export type FacetName = (typeof FACETS)[number];

export interface Facets {
  readonly total: number;
  /** Most frequent first; documents without a value are left out. */
  readonly facets: Readonly<Record<FacetName, readonly { readonly value: string; readonly n: number }[]>>;
}

/** Typographic marks, and what they stand for: under the locale C the parser takes them for letters. */
const MARKS = '’‘ʼ“”„«»–—…•\u00A0\u202F';
const PLAIN = `'''"""""      `;
/** A tsvector holds at most 1 MiB: longer texts are found by their beginning. */
const INDEXED_CHARACTERS = 250_000;
const EXCERPT_CHARACTERS = 20_000;
/** Private-use characters around the words found; removed from the text first, so that none is the citizen's. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** Indexes the documents of a batch that are not indexed yet. Returns how many. */
export async function indexDocumentsOfBatch(tx: Tx, batch: BatchId, recipe: RecipeId): Promise<number> {
  const { rows } = await sql<{ id: Buffer }>`
    select id from document where id = any (array(${documentsOfBatch(batch, recipe)}))
      and not exists (select from document_search known where known.document = document.id)`.execute(tx);
  if (rows.length === 0) return 0;
  const ids = rows.map((row) => row.id.toString('hex') as DocumentId);
  const labels = await readLabels(tx, ids, (await latestCodebook(tx))?.version ?? null);
  const inserted = await sql<{ one: number }>`
    insert into document_search (document, recipe, source, published_on, department, language, theme, themes, tone, findings, tsv)
    select document.id, recipe, source,
      case when week is not null then left(published, 10)::date else '-infinity' end,
      department, language, given.theme, string_to_array(given.themes, ','), given.tone,
      array(select distinct finding ->> 'code' from jsonb_array_elements(findings) as finding),
      setweight(to_tsvector('datasens_french', ${plain(sql`coalesce(title, '')`)}), 'A')
        || to_tsvector('datasens_french', ${plain(sql`left(text, ${INDEXED_CHARACTERS})`)})
    from unnest(
      ${ids}::text[],
      ${ids.map((id) => labels(id).theme?.label ?? null)}::text[],
      ${ids.map((id) => spellThemes(labels(id)))}::text[],
      ${ids.map((id) => labels(id).tone?.label ?? null)}::text[]
    ) as given (document, theme, themes, tone)
    join document on document.id = decode(given.document, 'hex')
    cross join (select datctype in ('C', 'POSIX') as plain from pg_database where datname = current_database()) as locale
    where document.id = any (${ids.map(bytesOf)}::bytea[])
    on conflict do nothing
    returning 1 as one`.execute(tx);
  return inserted.rows.length;
}

/** Best first where words are asked for, else newest first. @throws usage for a cursor that this did not give */
export async function searchDocuments(tx: Tx, page: SearchPage): Promise<Found> {
  const { rows } = await sql<FoundRow>`
    with page as materialized (${page.q.trim() === '' ? newest(page) : best(page)})
    select document.id, page.rank::text as rank, document.title, document.source, document.published,
      document.department, document.language, coalesce(document_cluster.size, 1) as copies,
      ${excerptOf(page.q)} as marked
    from page join document on document.id = page.document
    left join document_cluster on document_cluster.document = page.document
    order by page.rank desc, page.document`.execute(tx);
  const shown = rows.slice(0, page.limit).map((row) => ({ ...row, hex: row.id.toString('hex') as DocumentId }));
  const last = shown.at(-1);
  const codebook = (await latestCodebook(tx))?.version ?? null;
  const labels = await readLabels(
    tx,
    shown.map(({ hex }) => hex),
    codebook,
  );
  return {
    items: shown.map(({ id: _, hex, rank: __, marked, ...row }) => {
      const { theme, tone } = labels(hex);
      return {
        ...row,
        id: hex,
        excerpt: readExcerpt(marked),
        theme: theme?.label ?? null,
        tone: tone?.label ?? null,
        provisional: (theme?.provisional ?? false) || (tone?.provisional ?? false),
      };
    }),
    nextCursor: rows.length > page.limit && last ? writeCursor(last.rank, last.id) : null,
  };
}

type FoundRow = Omit<FoundDocument, 'excerpt' | 'id' | 'theme' | 'tone' | 'provisional'> & {
  readonly id: Buffer;
  readonly rank: string;
  readonly marked: string;
};

/** Ids of at most `limit` documents of a filter, in order of id. */
export async function matchingDocuments(tx: Tx, filter: SearchFilter, limit: number): Promise<readonly DocumentId[]> {
  const { rows } = await sql<{ id: DocumentId }>`
    select encode(document, 'hex') as id from document_search where ${matching(filter)}
    order by document limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Counts under the same filter. */
export async function readFacets(tx: Tx, filter: SearchFilter): Promise<Facets> {
  const { rows } = await sql<{ n: number; several: boolean; grouped: number } & Record<FacetName, string | null>>`
    select source, theme, tone, department, language, count(*)::integer as n,
      count(themes) > 0 as several,
      grouping(source, theme, tone, department, language) as grouped
    from document_search where ${matching(filter)}
    group by grouping sets ((source), (theme), (tone), (department), (language), ())`.execute(tx);
  // grouping() has a bit per column, the first the highest, 0 where the row is grouped by it.
  const valuesOf = (facet: FacetName, position: number) => {
    const grouped = 0b11111 & ~(1 << (FACETS.length - 1 - position));
    return rows
      .filter((row) => row.grouped === grouped && row[facet] !== null)
      .map((row) => ({ value: row[facet]!, n: row.n }))
      .sort((left, right) => right.n - left.n || (left.value < right.value ? -1 : 1));
  };
  const whole = rows.find((row) => row.grouped === 0b11111);
  const facets = Object.fromEntries(
    FACETS.map((facet, position) => [facet, valuesOf(facet, position)]),
  ) as unknown as Facets['facets'];
  return {
    total: whole?.n ?? 0,
    facets: whole?.several ? { ...facets, theme: await countThemes(tx, filter) } : facets,
  };
}

/** A document counts in each of its themes. */
async function countThemes(tx: Tx, filter: SearchFilter): Promise<Facets['facets']['theme']> {
  const { rows } = await sql<{ value: string; n: number }>`
    select value, count(*)::integer as n
    from document_search cross join unnest(coalesce(themes, array[theme])) as value
    where value is not null and ${matching(filter)}
    group by value order by n desc, value collate "C"`.execute(tx);
  return rows;
}

/** Only where it is needed: it costs nearly as much as the stemming. */
function plain(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when locale.plain then translate(${text}, ${MARKS}, ${PLAIN}) else ${text} end`;
}

function queryOf(q: string): RawBuilder<unknown> {
  return sql`websearch_to_tsquery('datasens_french', translate(${storable(q)}, ${MARKS}, ${PLAIN}))`;
}

function matching(filter: SearchFilter): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [
    standing(filter.recipes, 'document_search'),
    // What a later version replaced is kept for its provenance, and found by its address only.
    sql`not exists (
      select from clearance where clearance.document = document_search.document and 'superseded' = any (reasons))`,
  ];
  if (filter.q.trim() !== '') conditions.push(sql`tsv @@ ${queryOf(filter.q)}`);
  for (const facet of FACETS) {
    const value = filter[facet] ?? null;
    if (value === null) continue;
    const own = sql`${sql.id('document_search', facet)} = ${storable(value)}`;
    conditions.push(facet === 'theme' ? sql`(${own} or ${storable(value)} = any (themes))` : own);
  }
  if (filter.from) conditions.push(sql`published_on >= ${filter.from}::date`);
  if (filter.to) conditions.push(sql`published_on <= ${filter.to}::date and published_on > '-infinity'`);
  if (filter.finding) conditions.push(sql`${filter.finding} = any (findings)`);
  if (filter.fold) {
    conditions.push(sql`not exists (
      select from document_cluster where document_cluster.document = document_search.document and not representative)`);
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function excerptOf(q: string): RawBuilder<unknown> {
  const text = sql`translate(left(document.text, ${EXCERPT_CHARACTERS}), ${OPEN! + CLOSE!}, '')`;
  if (q.trim() === '') return sql`left(${text}, 240)`;
  const options = `StartSel=${OPEN}, StopSel=${CLOSE}, MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "`;
  return sql`ts_headline('datasens_french', ${text}, ${queryOf(q)}, ${options})`;
}

function readExcerpt(marked: string): readonly Excerpt[] {
  return marked
    .split(new RegExp(`(${OPEN}[^${CLOSE}]*${CLOSE})`))
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece.replaceAll(OPEN!, '').replaceAll(CLOSE!, ''), match: piece.startsWith(OPEN!) }));
}

function best(page: SearchPage): RawBuilder<unknown> {
  const after = readCursor(page.cursor, /^\d+(?:\.\d+)?(?:e[-+]?\d+)?$/);
  const beyond =
    after && sql`where rank < ${after.rank}::float8 or (rank = ${after.rank}::float8 and document > ${after.document})`;
  return sql`
    select document, rank from (
      select document, ts_rank_cd(tsv, ${queryOf(page.q)})::float8 as rank from document_search where ${matching(page)}
    ) as hits ${beyond ?? sql``}
    order by rank desc, document limit ${page.limit + 1}`;
}

/** Follows the index, so that a page costs the same in a million documents as in a hundred. */
function newest(page: SearchPage): RawBuilder<unknown> {
  const after = readCursor(page.cursor, /^(?:\d{4,5}-\d\d-\d\d|-infinity)$/);
  const beyond =
    after &&
    sql`and published_on <= ${after.rank}::date
    and (published_on < ${after.rank}::date or document > ${after.document})`;
  return sql`
    select document, published_on as rank from document_search where ${matching(page)} ${beyond ?? sql``}
    order by published_on desc, document limit ${page.limit + 1}`;
}

function writeCursor(rank: string, id: Buffer): string {
  return Buffer.from(`${rank} ${id.toString('hex')}`).toString('base64url');
}

function readCursor(cursor: string | null, rank: RegExp): { readonly rank: string; readonly document: Buffer } | null {
  if (cursor === null) return null;
  const [value = '', document = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (rank.test(value) && /^[0-9a-f]{64}$/.test(document)) return { rank: value, document: bytesOf(document) };
  throw new DataSensError('usage', 'The cursor is not one that this search gave', {
    remedy: 'Begin again without cursor.',
  });
}
