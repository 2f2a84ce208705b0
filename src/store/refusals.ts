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

/** A dead letter as it is kept. */
export interface StoredRefusal extends Refusal {
  readonly id: string;
  readonly run: RunId;
  readonly source: SourceName;
  /** Instants, ISO 8601 UTC. */
  readonly refusedAt: string;
  /** When its place was read again, or a person put it aside; null while it is open. */
  readonly resolvedAt: string | null;
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

/** Closes what earlier runs could not read at places that `run` has read again: what it still refuses is kept anew. */
export async function resolveRefusals(
  tx: Tx,
  run: RunId,
  source: SourceName,
  locations: readonly string[],
): Promise<void> {
  if (locations.length === 0) return;
  await sql`
    update refusal set resolved_at = clock_timestamp()
    where source = ${source} and location = any (${locations.map(storable)}::text[]) and run <> ${run}::uuid
      and resolved_at is null`.execute(tx);
}

/** Places of a source with open refusals, each once. */
export async function refusedLocations(tx: Tx, source: SourceName): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ location: string }>`
    select distinct location from refusal where source = ${source} and resolved_at is null`.execute(tx);
  return new Set(rows.map((row) => row.location));
}

/** Refusals of a source, newest first; `before` is the id of the last one already seen. */
export async function listRefusals(
  tx: Tx,
  source: SourceName,
  page: { readonly open: boolean; readonly before: string | null; readonly limit: number },
): Promise<readonly StoredRefusal[]> {
  const { rows } = await sql<
    Omit<StoredRefusal, 'refusedAt' | 'resolvedAt'> & { refusedAt: Date; resolvedAt: Date | null }
  >`
    select id::text, run, source, location, place as at, code, message, at as "refusedAt", resolved_at as "resolvedAt"
    from refusal
    where source = ${source} and (${page.before}::bigint is null or id < ${page.before}::bigint)
      and (not ${page.open} or resolved_at is null)
    order by id desc limit ${page.limit}`.execute(tx);
  return rows.map((row) => ({
    ...row,
    refusedAt: row.refusedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}

/** Sources of which a run refused something that was not read again since. */
export async function openRefusalsOfRun(tx: Tx, run: RunId): Promise<ReadonlySet<SourceName>> {
  const { rows } = await sql<{ source: SourceName }>`
    select distinct source from refusal where run = ${run}::uuid and resolved_at is null`.execute(tx);
  return new Set(rows.map((row) => row.source));
}
