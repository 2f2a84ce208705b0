// Who did what to what: appended, each act holding the hash of the one before, so that a change shows.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Act } from '../model/act.ts';
import { canonicalJson, type Json, type JsonObject } from '../model/json.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { jsonText, storable } from './values.ts';

const FIRST = '0'.repeat(64);
const ACTS_PER_FETCH = 500;

export interface ActsVerdict {
  /** Acts read: all of them, where none is broken. */
  readonly count: number;
  /** Place in the chain of the first act that is not what was written, from 1; null where all are. */
  readonly broken: number | null;
}

/** Appends an act. Acts of an organisation wait for each other until their transactions end. */
export async function appendAct(tx: Tx, act: Act): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(current_setting('datasens.organisation') || 'acts', 0))`.execute(
    tx,
  );
  const { rows } = await sql<{ seq: string; hash: Buffer; at: Date }>`
    select coalesce(last.seq, 0) + 1 as seq, coalesce(last.hash, decode(${FIRST}, 'hex')) as hash,
      date_trunc('milliseconds', clock_timestamp()) as at
    from (select 1) as one left join lateral (select seq, hash from act order by seq desc limit 1) as last on true
    `.execute(tx);
  const { seq, hash: previous, at } = rows[0]!;
  const entry = {
    ...act,
    object: storable(act.object),
    why: storable(act.why),
    detail: JSON.parse(jsonText(act.detail)),
  };
  const hash = hashOf(previous.toString('hex'), Number(seq), at.toISOString(), entry);
  await sql`
    insert into act (seq, at, actor, verb, object, why, detail, previous, hash)
    values (${seq}, ${at}, ${entry.actor}, ${entry.verb}, ${entry.object}, ${entry.why}, ${JSON.stringify(entry.detail)},
      ${previous}, decode(${hash}, 'hex'))`.execute(tx);
}

/** Recomputes the whole chain. */
export async function verifyActs(tx: Tx): Promise<ActsVerdict> {
  let previous = FIRST;
  let count = 0;
  const query = sql<Act & { seq: string; at: Date; previous: Buffer; hash: Buffer; detail: JsonObject }>`
    select seq, at, actor, verb, object, why, detail, previous, hash from act order by seq`;
  for await (const { seq, at, previous: link, hash, ...act } of streamRows(tx, query, ACTS_PER_FETCH)) {
    count += 1;
    const expected = hashOf(previous, count, at.toISOString(), act);
    if (Number(seq) !== count || link.toString('hex') !== previous || hash.toString('hex') !== expected) {
      return { count, broken: count };
    }
    previous = expected;
  }
  return { count, broken: null };
}

/** An act as it is kept. */
export interface StoredAct extends Act {
  /** Place in the chain, from 1. */
  readonly seq: number;
  readonly at: Date;
}

/** Acts before a place in the chain, newest first; of one actor where it is given. */
export async function listActs(
  tx: Tx,
  page: { readonly before: number | null; readonly actor: string | null; readonly limit: number },
): Promise<readonly StoredAct[]> {
  const { rows } = await sql<Omit<StoredAct, 'seq'> & { seq: string }>`
    select seq, at, actor, verb, object, why, detail from act
    where (${page.before}::bigint is null or seq < ${page.before}::bigint)
      and (${page.actor}::text is null or actor = ${page.actor})
    order by seq desc limit ${page.limit}`.execute(tx);
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** First and last place, in the chain, of the acts done between two instants; null where there are none. */
export async function actsBetween(
  tx: Tx,
  from: string,
  to: string | null,
): Promise<{ readonly first: number; readonly last: number; readonly lastHash: string } | null> {
  const { rows } = await sql<{ first: string | null; last: string; lastHash: string }>`
    select min(seq) as first, max(seq) as last,
      (select encode(hash, 'hex') from act as one where one.seq = max(act.seq)) as "lastHash"
    from act where at >= ${from}::timestamptz and (${to}::timestamptz is null or at <= ${to}::timestamptz)`.execute(tx);
  const { first, last, lastHash } = rows[0]!;
  return first === null ? null : { first: Number(first), last: Number(last), lastHash };
}

function hashOf(previous: string, seq: number, at: string, act: Act): string {
  const { actor, verb, object, why, detail } = act;
  const entry: Json = { actor, at, detail, object, seq, verb, why };
  return createHash('sha256')
    .update(`${previous}\n${canonicalJson(entry)}`)
    .digest('hex');
}
