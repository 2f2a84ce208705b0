// Which documents copies are looked for among, and what changed since the last look: the difference, found by the database.

import { sql } from 'kysely';
import type { RecipeId } from '../model/identity.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { standing } from './standing.ts';
import { bytesOf } from './values.ts';

export interface CopyChanges {
  /** Documents accounted for before. */
  readonly known: number;
  readonly arrived: number;
  /** Superseded, erased, or of a past recipe. */
  readonly departed: number;
}

export interface NewWording {
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
  readonly keys: Int32Array;
}

const ROWS_PER_FETCH = 2_000;
const [MINUS, DIGIT_0, DIGIT_9] = [0x2d, 0x30, 0x39];

/**
 * Finds how the documents that stand differ from those accounted for: of the recipes, not empty, long enough to be compared, not
 * superseded. Departed ones are no longer accounted for; arrived ones wait for `takeArrivals`. Both are left in tables of this
 * transaction, which the functions of copy-wordings.ts and copy-groups.ts read too.
 */
export async function findChanges(tx: Tx, recipes: readonly RecipeId[]): Promise<CopyChanges> {
  // The second condition is that of pageForClearance: a later version of the same item of the same place.
  await sql`
    create temporary table copy_live on commit drop as
    select page.id as document, page.fingerprint from document page join snapshot held on held.id = page.snapshot
    where ${standing(recipes, 'page')} and page.text <> '' and cardinality(page.bands) > 0
      and held.state not in ('superseded', 'abandoned')
      and not exists (
        select from document later join snapshot on snapshot.id = later.snapshot
        where later.source = page.source and later.key = page.key and later.recipe = page.recipe
          and snapshot.location = held.location and snapshot.fetched_at > held.fetched_at)`.execute(tx);
  await sql`analyze copy_live`.execute(tx);
  const known = await sql<{ n: number }>`select count(*)::integer as n from copy_document`.execute(tx);
  await sql`
    create temporary table copy_departed on commit drop as
    select document, fingerprint from copy_document
    where not exists (select from copy_live where copy_live.document = copy_document.document)`.execute(tx);
  await sql`
    create temporary table copy_waiting on commit drop as
    select document, fingerprint from copy_live
    where not exists (select from copy_document where copy_document.document = copy_live.document)`.execute(tx);
  await sql`create temporary table copy_arrived (document bytea, fingerprint bytea) on commit drop`.execute(tx);
  await sql`drop table copy_live`.execute(tx);
  await sql`analyze copy_departed, copy_waiting`.execute(tx);
  const departed = await sql`
    delete from copy_document using copy_departed where copy_document.document = copy_departed.document`.execute(tx);
  const arrived = await sql<{ n: number }>`select count(*)::integer as n from copy_waiting`.execute(tx);
  return {
    known: known.rows[0]!.n,
    arrived: arrived.rows[0]!.n,
    departed: Number(departed.numAffectedRows ?? 0),
  };
}

/** Accounts for waiting documents, at most `limit` of them (null for all), instead of those taken before. Returns how many. */
export async function takeArrivals(tx: Tx, limit: number | null): Promise<number> {
  await sql`delete from copy_arrived`.execute(tx);
  const some = limit === null ? sql`` : sql`where document in (select document from copy_waiting limit ${limit})`;
  const taken = await sql`
    with taken as (
      delete from copy_waiting ${some}
      returning document, fingerprint
    ), accounted as (
      insert into copy_document (document, fingerprint) select document, fingerprint from taken
    )
    insert into copy_arrived select document, fingerprint from taken`.execute(tx);
  await sql`analyze copy_arrived`.execute(tx);
  return Number(taken.numAffectedRows ?? 0);
}

/** Once what departed is dealt with. */
export async function forgetDepartures(tx: Tx): Promise<void> {
  await sql`delete from copy_departed`.execute(tx);
}

/** Forgets everything that is known of copies but the clusters as they are shown: the next look compares everything. */
export async function forgetCopies(tx: Tx): Promise<void> {
  for (const table of ['copy_document', 'copy_block', 'copy_wording'] as const) await tx.deleteFrom(table).execute();
}

/** Drops the tables that `findChanges` left. */
export async function dropChanges(tx: Tx): Promise<void> {
  await sql`drop table copy_departed, copy_waiting, copy_arrived`.execute(tx);
}

/** Wordings that no document had before, with their keys; where `all`, nothing was known before. */
export async function* newWordings(tx: Tx, all: boolean): AsyncIterable<NewWording> {
  const unknown = sql`
    where not exists (select from copy_departed where copy_departed.fingerprint = copy_arrived.fingerprint)
      and not exists (
        select from copy_document held where held.fingerprint = copy_arrived.fingerprint
          and not exists (select from copy_arrived other where other.document = held.document))`;
  const query = sql<StoredKeys>`
    select encode(arrived.fingerprint, 'hex') as fingerprint, document.bands::text as keys
    from (
      select distinct on (fingerprint) fingerprint, document from copy_arrived ${all ? sql`` : unknown}
      order by fingerprint, document
    ) as arrived
    join document on document.id = arrived.document`;
  for await (const row of streamRows(tx, query, ROWS_PER_FETCH)) yield wordingOf(row);
}

interface StoredKeys {
  readonly fingerprint: string;
  /** As PostgreSQL writes an array: read here, since parsing it the general way costs more than the query. */
  readonly keys: string;
}

function wordingOf({ fingerprint, keys }: StoredKeys): NewWording {
  const read = new Int32Array(keys.length >> 1);
  let count = 0;
  let value = 0;
  let sign = 1;
  for (let at = 1; at < keys.length; at += 1) {
    const code = keys.charCodeAt(at);
    if (code === MINUS) sign = -1;
    else if (code >= DIGIT_0 && code <= DIGIT_9) value = value * 10 + code - DIGIT_0;
    else {
      // A comma, or the closing brace: that of an empty array closes no number.
      if (at > 1) read[count++] = sign * value;
      value = 0;
      sign = 1;
    }
  }
  return { fingerprint, keys: read.slice(0, count) };
}

/** Wordings that no document has any more. */
export async function departedWordings(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    select distinct encode(fingerprint, 'hex') as fingerprint from copy_departed
    where not exists (select from copy_document held where held.fingerprint = copy_departed.fingerprint)`.execute(tx);
  return rows.map(({ fingerprint }) => fingerprint);
}

/** Texts by fingerprint: of documents that differ by their punctuation only, the one of the smallest id. */
export async function textsOfWordings(tx: Tx, fingerprints: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ fingerprint: string; text: string }>`
    select encode(held.fingerprint, 'hex') as fingerprint, document.text
    from (
      select distinct on (fingerprint) fingerprint, document from copy_document
      where fingerprint = any (${fingerprints.map(bytesOf)}::bytea[]) order by fingerprint, document
    ) as held join document on document.id = held.document`.execute(tx);
  return new Map(rows.map(({ fingerprint, text }) => [fingerprint, text]));
}

/** Wordings with their keys. */
export async function keysOfWordings(tx: Tx, fingerprints: readonly string[]): Promise<readonly NewWording[]> {
  const { rows } = await sql<StoredKeys>`
    select encode(held.fingerprint, 'hex') as fingerprint, document.bands::text as keys
    from (
      select distinct on (fingerprint) fingerprint, document from copy_document
      where fingerprint = any (${fingerprints.map(bytesOf)}::bytea[]) order by fingerprint, document
    ) as held join document on document.id = held.document`.execute(tx);
  return rows.map(wordingOf);
}
