// Values of context series: written as they are read, the newest reading of a day and place standing for it.

import { sql } from 'kysely';
import type { Observation } from '../model/context.ts';
import type { BatchId, RecordId, SnapshotId } from '../model/identity.ts';
import { bytesColumn, textColumn } from './columns.ts';
import type { Tx } from './database.ts';
import { bytesOf, storable, storableOrNull } from './values.ts';

export type ReadObservation = Observation & { readonly isEvent: boolean; readonly record: RecordId };

/** What values are of: their source, and the hash of the settings that they were read by. */
export interface ContextReading {
  readonly source: string;
  readonly reading: string;
}

/** Keeps values, the last given of a day and place; a value that a newer snapshot brought stays. */
export async function upsertContext(
  tx: Tx,
  { source, reading }: ContextReading,
  snapshot: SnapshotId,
  observations: readonly ReadObservation[],
): Promise<void> {
  const rows = [...new Map(observations.map((each) => [identityOf(each), each])).values()];
  if (rows.length === 0) return;
  const text = (read: (row: ReadObservation) => string | null) =>
    textColumn(rows.map((row) => storableOrNull(read(row))));
  await sql`
    insert into context_value as held (source, series, place_kind, place, first_day, last_day, event, value, category,
      snapshot, record, reading)
    select ${source}, series, place_kind, place, first_day::date, last_day::date, event, value::float8, category,
      ${snapshot}::uuid, record, ${bytesOf(reading)}
    from unnest(
      ${text(({ series }) => series)}::text[],
      ${text(({ place }) => place.kind)}::text[],
      ${text(({ place }) => place.code)}::text[],
      ${text(({ firstDay }) => firstDay)}::text[],
      ${text(({ lastDay }) => lastDay)}::text[],
      ${text(eventOf)}::text[],
      ${text(({ value }) => value?.toString() ?? null)}::text[],
      ${text(({ isEvent, label }) => (isEvent ? null : label))}::text[],
      ${bytesColumn(rows.map(({ record }) => record))}::bytea[]
    ) as given (series, place_kind, place, first_day, last_day, event, value, category, record)
    on conflict (organisation, source, series, place_kind, place, first_day, last_day, event) do update
    set value = excluded.value, category = excluded.category, snapshot = excluded.snapshot, record = excluded.record,
      reading = excluded.reading
    where held.reading <> excluded.reading or (select fetched_at from snapshot where id = excluded.snapshot)
      >= coalesce((select fetched_at from snapshot where id = held.snapshot), '-infinity')`.execute(tx);
}

/** Forgets what the source no longer says: other readings of its settings, snapshots that a newer one stands for. */
export async function pruneContext(tx: Tx, { source, reading }: ContextReading): Promise<void> {
  await sql`
    delete from context_value where source = ${source} and (reading <> ${bytesOf(reading)} or exists (
      select from snapshot where snapshot.id = context_value.snapshot and state in ('superseded', 'abandoned', 'quarantined')
    ))`.execute(tx);
}

/** Batches of a source that were not read by these settings, oldest first; those of snapshots that no longer stand are not. */
export async function batchesToRead(
  tx: Tx,
  stage: string,
  { source, reading }: ContextReading,
): Promise<readonly BatchId[]> {
  const { rows } = await sql<{ id: BatchId }>`
    select id from batch
    where source = ${source} and not exists (
      select from progress where progress.batch = batch.id and stage = ${stage} and key = ${reading}
    ) and exists (
      select from snapshot_record row join snapshot on snapshot.id = row.snapshot
      where row.batch = batch.id and state in ('open', 'complete')
    )
    order by created_at, id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Replaces everything of a source that is computed by rule. */
export async function replaceComputed(
  tx: Tx,
  { source, reading }: ContextReading,
  events: readonly Observation[],
): Promise<void> {
  await sql`delete from context_value where source = ${source}`.execute(tx);
  const column = (read: (event: Observation) => string) => textColumn(events.map(read));
  await sql`
    insert into context_value (source, series, place_kind, place, first_day, last_day, event, reading)
    select ${source}, series, place_kind, place, first_day::date, last_day::date, event, ${bytesOf(reading)}
    from unnest(
      ${column(({ series }) => series)}::text[],
      ${column(({ place }) => place.kind)}::text[],
      ${column(({ place }) => place.code)}::text[],
      ${column(({ firstDay }) => firstDay)}::text[],
      ${column(({ lastDay }) => lastDay)}::text[],
      ${column(({ label }) => label ?? '')}::text[]
    ) as given (series, place_kind, place, first_day, last_day, event)`.execute(tx);
}

/** First and last year of the values of a source; null where it has none. */
export async function computedYears(
  tx: Tx,
  { source, reading }: ContextReading,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const { rows } = await sql<{ first: number | null; last: number }>`
    select extract(year from min(first_day))::integer as first, extract(year from max(last_day))::integer as last
    from context_value where source = ${source} and reading = ${bytesOf(reading)}`.execute(tx);
  const { first, last } = rows[0]!;
  return first === null ? null : { first, last };
}

/** First and last year in which a document was published, of those whose day is known. */
export async function documentYears(tx: Tx): Promise<{ readonly first: number; readonly last: number } | null> {
  const { rows } = await sql<{ first: number | null; last: number }>`
    select extract(year from min(week))::integer as first, extract(year from max(week) + 6)::integer as last
    from document where week > '-infinity'`.execute(tx);
  const { first, last } = rows[0]!;
  return first === null ? null : { first, last };
}

function eventOf({ isEvent, label }: ReadObservation): string {
  return isEvent ? storable(label ?? '') : '';
}

function identityOf(row: ReadObservation): string {
  const { series, place, firstDay, lastDay } = row;
  return [series, place.kind, place.code, firstDay, lastDay, eventOf(row)].join('\0');
}
