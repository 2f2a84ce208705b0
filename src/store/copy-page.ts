// Groups of copies as the workbench reads them: a page of groups, largest first, and the wordings of one.

import { type RawBuilder, sql } from 'kysely';
import { DataSensError } from '../model/error.ts';
import type { DocumentId } from '../model/identity.ts';
import type { CopyKind } from './copy-wordings.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

export interface StoredCopyGroup {
  readonly kind: CopyKind;
  /** The document whose text stands for the group. */
  readonly document: DocumentId;
  readonly documents: number;
  readonly wordings: number;
  readonly sources: number;
  readonly campaign: boolean;
  readonly share: number;
  readonly dated: number;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  readonly peakOn: string | null;
  readonly peakDocuments: number;
  readonly densestOn: string | null;
  readonly densestDocuments: number;
  readonly timeline: readonly number[];
  readonly title: string | null;
  readonly language: string;
  /** The beginning of its text. */
  readonly excerpt: string;
}

/** One way the group's text is written, and the documents that hold it. */
export interface StoredWording {
  readonly documents: number;
  /** Text of the document of the smallest id, cut where it is very long. */
  readonly text: string;
  readonly language: string;
  readonly truncated: boolean;
  /** True for the wording whose text stands for the group. */
  readonly reference: boolean;
  /** At most 20, in id order. */
  readonly copies: readonly {
    readonly id: DocumentId;
    readonly title: string | null;
    readonly source: string;
    readonly published: string | null;
  }[];
}

export interface CopyPage {
  readonly cursor: string | null;
  readonly limit: number;
}

const EXCERPT_CHARACTERS = 320;
const TEXT_CHARACTERS = 20_000;
const COPIES = 20;

/** Largest first. @throws usage for a cursor that this did not give */
export async function pageCopyGroups(
  tx: Tx,
  { only, cursor, limit }: CopyPage & { readonly only: CopyKind | 'campaign' | null },
): Promise<{ readonly items: readonly StoredCopyGroup[]; readonly nextCursor: string | null }> {
  const after = readCursor(cursor, /^(\d{1,9}) (near|partial) ([0-9a-f]{64})$/);
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (only === 'campaign') conditions.push(sql`campaign`);
  else if (only !== null) conditions.push(sql`kind = ${only}`);
  if (after !== null) {
    const [documents, kind, document] = [Number(after[1]), after[2]!, bytesOf(after[3]!)];
    conditions.push(sql`documents <= ${documents}
      and (documents < ${documents} or kind > ${kind} or (kind = ${kind} and copy_group.document > ${document}))`);
  }
  const rows = await readGroups(
    tx,
    sql`where ${sql.join(conditions, sql` and `)} order by documents desc, kind, copy_group.document limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor =
    rows.length > limit && last ? writeCursor(`${last.documents} ${last.kind} ${last.document}`) : null;
  return { items, nextCursor };
}

/** The group of this kind that this document stands for, or null. */
export async function readCopyGroup(tx: Tx, kind: CopyKind, document: DocumentId): Promise<StoredCopyGroup | null> {
  const rows = await readGroups(tx, sql`where kind = ${kind} and copy_group.document = ${bytesOf(document)}`);
  return rows[0] ?? null;
}

/** Its wordings, those of most documents first. @throws usage for a cursor that this did not give */
export async function pageWordings(
  tx: Tx,
  { kind, document }: Pick<StoredCopyGroup, 'kind' | 'document'>,
  { cursor, limit }: CopyPage,
): Promise<{ readonly items: readonly StoredWording[]; readonly nextCursor: string | null }> {
  const after = readCursor(cursor, /^(\d{1,9}) ([0-9a-f]{16})$/);
  const label = sql.id(kind === 'near' ? 'cluster' : 'model');
  const beyond =
    after === null
      ? sql``
      : sql`where documents <= ${Number(after[1])}
          and (documents < ${Number(after[1])} or fingerprint > ${bytesOf(after[2]!)})`;
  const { rows } = await sql<StoredWording & { fingerprint: string }>`
    with chosen as (
      select label from copy_group where kind = ${kind} and document = ${bytesOf(document)}
    ), wordings as (
      select fingerprint from copy_wording where ${label} = (select label from chosen)
      union select label from chosen
    ), counted as (
      select fingerprint, count(*)::integer as documents
      from wordings join copy_document using (fingerprint) group by fingerprint
    ), page as materialized (
      select fingerprint, documents from counted ${beyond} order by documents desc, fingerprint limit ${limit + 1}
    )
    select encode(page.fingerprint, 'hex') as fingerprint, page.documents, left(shown.text, ${TEXT_CHARACTERS}) as text,
      length(shown.text) > ${TEXT_CHARACTERS} as truncated, shown.language,
      exists (
        select from copy_document where document = ${bytesOf(document)} and fingerprint = page.fingerprint
      ) as reference,
      held.copies
    from page
    cross join lateral (
      select text, language from copy_document join document on document.id = copy_document.document
      where copy_document.fingerprint = page.fingerprint order by document.id limit 1
    ) as shown
    cross join lateral (
      select jsonb_agg(jsonb_build_object('id', encode(id, 'hex'), 'title', title, 'source', source, 'published', published)
        order by id) as copies
      from (
        select document.id, title, source, published
        from copy_document join document on document.id = copy_document.document
        where copy_document.fingerprint = page.fingerprint order by document.id limit ${COPIES}
      ) as chosen_copies
    ) as held
    order by page.documents desc, page.fingerprint`.execute(tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ fingerprint: _, ...wording }) => wording),
    nextCursor: rows.length > limit && last ? writeCursor(`${last.documents} ${last.fingerprint}`) : null,
  };
}

/** The model that a document fills in, and how much it has in common with it; null where it fills in none. */
export async function readModelOf(
  tx: Tx,
  document: DocumentId,
): Promise<{ readonly document: DocumentId; readonly documents: number; readonly share: number } | null> {
  const { rows } = await sql<{ document: DocumentId; documents: number; share: number }>`
    select encode(copy_group.document, 'hex') as document, copy_group.documents, coalesce(model_share, 1) as share
    from copy_document join copy_wording using (fingerprint)
    join copy_group on copy_group.kind = 'partial' and copy_group.label = copy_wording.model
    where copy_document.document = ${bytesOf(document)}`.execute(tx);
  return rows[0] ?? null;
}

async function readGroups(tx: Tx, which: RawBuilder<unknown>): Promise<readonly StoredCopyGroup[]> {
  const { rows } = await sql<StoredCopyGroup>`
    select kind, encode(copy_group.document, 'hex') as document, documents, wordings, sources, campaign, share, dated,
      first_on::text as "firstOn", last_on::text as "lastOn", peak_on::text as "peakOn",
      peak_documents as "peakDocuments", densest_on::text as "densestOn", densest_documents as "densestDocuments",
      timeline, title, language, left(text, ${EXCERPT_CHARACTERS}) as excerpt
    from copy_group join document on document.id = copy_group.document ${which}`.execute(tx);
  return rows;
}

function writeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

function readCursor(cursor: string | null, form: RegExp): RegExpExecArray | null {
  if (cursor === null) return null;
  const place = form.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (place !== null) return place;
  throw new DataSensError('usage', 'The cursor is not one that this list gave', {
    remedy: 'Begin again without cursor.',
  });
}
