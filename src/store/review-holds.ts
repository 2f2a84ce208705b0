// Who holds which item of the queue, and what they have begun to answer.

import { sql } from 'kysely';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import type { Tx } from './database.ts';
import { bytesOf, jsonText, storable } from './values.ts';

export interface Hold {
  readonly document: DocumentId;
  readonly person: string;
}

/** What one person does with one document under one codebook version. */
export interface ReviewPlace {
  readonly codebook: CodebookVersion;
  readonly document: DocumentId;
  readonly person: string;
}

/** Waits until no other transaction gives out items of this codebook version; held to the end of the transaction. */
export async function lockQueue(tx: Tx, codebook: CodebookVersion): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(
    current_setting('datasens.organisation') || ' review ' || ${codebook}, 0))`.execute(tx);
}

/** Holds that last beyond `now`. */
export async function readHolds(tx: Tx, codebook: CodebookVersion, now: Date): Promise<readonly Hold[]> {
  const { rows } = await sql<Hold>`
    select encode(document, 'hex') as document, person from review_hold
    where codebook = ${codebook} and until > ${now} order by document, person`.execute(tx);
  return rows;
}

/** Keeps documents for a person; those they hold already are kept longer. What has expired is forgotten. */
export async function holdItems(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  { documents, now, until }: { readonly documents: readonly DocumentId[]; readonly now: Date; readonly until: Date },
): Promise<void> {
  await sql`delete from review_hold where codebook = ${codebook} and until <= ${now}`.execute(tx);
  await sql`
    insert into review_hold (codebook, document, person, until)
    select ${codebook}::text, given.document, ${person}::text, ${until}::timestamptz
    from unnest(${documents.map(bytesOf)}::bytea[]) as given (document)
    on conflict (organisation, codebook, document, person)
      do update set until = greatest(review_hold.until, excluded.until)`.execute(tx);
}

/** Gives items back: those of `documents`, or all that the person holds. */
export async function releaseItems(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  documents: readonly DocumentId[] | null,
): Promise<void> {
  await sql`
    delete from review_hold where codebook = ${codebook} and person = ${person}
      and (${documents === null} or document = any (${(documents ?? []).map(bytesOf)}::bytea[]))`.execute(tx);
}

export async function saveDraft(tx: Tx, { codebook, document, person }: ReviewPlace, body: JsonObject): Promise<void> {
  await sql`
    insert into review_draft (codebook, document, person, body)
    values (${codebook}, ${bytesOf(document)}, ${person}, ${jsonText(body)})
    on conflict (organisation, codebook, document, person)
      do update set body = excluded.body, saved_at = now()`.execute(tx);
}

export async function deleteDraft(tx: Tx, { codebook, document, person }: ReviewPlace): Promise<void> {
  await sql`
    delete from review_draft
    where codebook = ${codebook} and document = ${bytesOf(document)} and person = ${person}`.execute(tx);
}

/** Sets a person's comment on a document; none where it is empty. */
export async function saveComment(tx: Tx, { codebook, document, person }: ReviewPlace, words: string): Promise<void> {
  if (words.trim() === '') {
    await sql`
      delete from review_comment
      where codebook = ${codebook} and document = ${bytesOf(document)} and person = ${person}`.execute(tx);
    return;
  }
  await sql`
    insert into review_comment (codebook, document, person, words)
    values (${codebook}, ${bytesOf(document)}, ${person}, ${storable(words)})
    on conflict (organisation, codebook, document, person)
      do update set words = excluded.words, saved_at = now()`.execute(tx);
}

export interface Begun {
  readonly draft: JsonObject | null;
  readonly comment: string;
}

/** What a person has begun on each of the documents. */
export async function readBegun(
  tx: Tx,
  { codebook, person }: Pick<ReviewPlace, 'codebook' | 'person'>,
  documents: readonly DocumentId[],
): Promise<(document: DocumentId) => Begun> {
  const { rows } = await sql<{ document: DocumentId; body: JsonObject | null; words: string | null }>`
    select encode(given.document, 'hex') as document, body, words
    from unnest(${documents.map(bytesOf)}::bytea[]) as given (document)
    left join review_draft draft
      on draft.document = given.document and draft.codebook = ${codebook} and draft.person = ${person}
    left join review_comment comment
      on comment.document = given.document and comment.codebook = ${codebook} and comment.person = ${person}
    `.execute(tx);
  const found = new Map(rows.map(({ document, body, words }) => [document, { draft: body, comment: words ?? '' }]));
  return (document) => found.get(document) ?? { draft: null, comment: '' };
}
