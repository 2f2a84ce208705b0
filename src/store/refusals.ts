// Dead letters: what a source gave and could not be read, with the reason; nothing else of it is lost.

import { sql } from 'kysely';
import type { RunId, SourceName } from '../model/identity.ts';
import type { Tx } from './database.ts';
import { storable } from './values.ts';

export interface Refusal {
  readonly location: string;
  /** Where in the location: `line 12`, `entry data.csv`. */
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

export async function saveRefusals(
  tx: Tx,
  run: RunId,
  source: SourceName,
  refusals: readonly Refusal[],
): Promise<void> {
  await sql`
    insert into refusal (run, source, location, place, code, message)
    select ${run}::uuid, ${source}, location, place, code, message from unnest(
      ${refusals.map(({ location }) => storable(location))}::text[],
      ${refusals.map(({ at }) => storable(at))}::text[],
      ${refusals.map(({ code }) => code)}::text[],
      ${refusals.map(({ message }) => storable(message))}::text[]
    ) as given (location, place, code, message)`.execute(tx);
}

/** Refusals told by a run, in order, at most `limit`; of one source where it is named. */
export async function refusalsOfRun(
  tx: Tx,
  run: RunId,
  { source, limit }: { readonly source: SourceName | null; readonly limit: number },
): Promise<readonly (Refusal & { readonly source: SourceName })[]> {
  const { rows } = await sql<Refusal & { readonly source: SourceName }>`
    select source, location, place as at, code, message from refusal
    where run = ${run}::uuid and (${source}::text is null or source = ${source}) order by id limit ${limit}`.execute(
    tx,
  );
  return rows;
}

export async function countRefusals(tx: Tx, run: RunId, source: SourceName): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from refusal where run = ${run}::uuid and source = ${source}`.execute(tx);
  return rows[0]!.n;
}
