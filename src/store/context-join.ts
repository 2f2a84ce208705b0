// Context joined to documents by day and place, set by set: each day and place is looked up once, however many documents it has.

import { type RawBuilder, sql } from 'kysely';
import { CONTEXT_PLACES, type ContextPlaceKind } from '../model/context.ts';
import type { DocumentId, PolicyId, RecipeId } from '../model/identity.ts';
import { SCHOOL_ZONES } from '../model/school-zone.ts';
import type { ContextReading } from './context-values.ts';
import { streamRows } from './cursor.ts';
import type { Tx } from './database.ts';
import { bytesOf } from './values.ts';

/** A value as it is stored; codes and dates as text. */
export interface StoredContext {
  readonly source: string;
  readonly series: string;
  readonly placeKind: ContextPlaceKind;
  readonly place: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly value: number | null;
  /** Of a category or event. */
  readonly label: string | null;
  /** Sha256 of the record, or null. */
  readonly record: string | null;
}

export interface JoinedContext {
  readonly document: DocumentId;
  /** By source, series, then event. */
  readonly context: readonly StoredContext[];
}

const ROWS_PER_FETCH = 2000;
const WITH_DAY = sql`published_precision in ('day', 'minute')`;
/** Narrower first, as the model says. */
const RANKS = sql.join(
  CONTEXT_PLACES.map((kind, rank) => sql`when ${kind} then ${rank}::integer`),
  sql` `,
);

/**
 * Documents of these recipes with what is known of their day and place; those without any are left out, in no order. For each
 * series the most specific place wins, then the shortest period, then the latest; events add up.
 */
export async function* streamContext(
  tx: Tx,
  recipes: readonly RecipeId[],
  readings: readonly ContextReading[],
): AsyncIterable<JoinedContext> {
  const query = joined(sql`recipe = any (${recipes.map(bytesOf)}::bytea[])`, readings);
  for await (const { document, context } of streamRows(tx, query, ROWS_PER_FETCH)) {
    yield { document, context: context.map(storedContext) };
  }
}

/** What is known of the day and place of one document. */
export async function readContextOf(
  tx: Tx,
  document: DocumentId,
  readings: readonly ContextReading[],
): Promise<readonly StoredContext[]> {
  const { rows } = await joined(sql`document.id = ${bytesOf(document)}`, readings).execute(tx);
  return rows[0]?.context.map(storedContext) ?? [];
}

/** Values as arrays: their names are the half of their bytes. */
interface JoinedRow {
  readonly document: DocumentId;
  readonly context: readonly Positions[];
}

type Positions = readonly [
  source: string,
  series: string,
  placeKind: ContextPlaceKind,
  place: string,
  firstDay: string,
  lastDay: string,
  value: number | null,
  label: string | null,
  record: string | null,
];

function storedContext([source, series, placeKind, place, firstDay, lastDay, value, label, record]: Positions) {
  return { source, series, placeKind, place, firstDay, lastDay, value, label, record } satisfies StoredContext;
}

function joined(scope: RawBuilder<unknown>, readings: readonly ContextReading[]): RawBuilder<JoinedRow> {
  const lying = (kind: ContextPlaceKind, code: RawBuilder<unknown>) =>
    sql`select id, day, ${kind}::text as kind, ${code} as code from place where ${code} is not null`;
  return sql<JoinedRow>`
    with place as materialized (
      select row_number() over () as id, given.*, zone.code as zone
      from (
        select distinct left(published, 10)::date as day, commune, epci, department, region
        from document where ${scope} and ${WITH_DAY}
      ) as given
      left join ${zones()} on zone.department = given.department
    ), lying as materialized (
      ${sql.join(
        [
          lying('commune', sql`commune`),
          lying('epci', sql`epci`),
          lying('department', sql`department`),
          lying('zone', sql`zone`),
          lying('region', sql`region`),
          lying('country', sql`'FR'::text`),
        ],
        sql` union all `,
      )}
    ), standing as materialized (
      select context_value.*, case place_kind ${RANKS} end as rank
      from context_value ${among(readings)}
      where last_day >= (select min(day) from place) and first_day <= (select max(day) from place)
    ), held as (
      select lying.id, standing.* from lying join standing
        on place_kind = kind and place = code and first_day = day where first_day = last_day
      union all
      select lying.id, standing.* from lying join standing
        on place_kind = kind and place = code where first_day < last_day and day between first_day and last_day
    ), ranked as (
      select held.*, row_number() over (
        partition by id, source, series, event order by rank, last_day - first_day, first_day desc
      ) as turn from held
    ), around as (
      select id, json_agg(json_build_array(
        source, series, place_kind, place, first_day, last_day, value, coalesce(category, nullif(event, '')),
        encode(record, 'hex')
      ) order by source collate "C", series collate "C", event collate "C") as context
      from ranked where turn = 1 group by id
    )
    select encode(document.id, 'hex') as document, around.context
    from document
    join place on place.day = left(published, 10)::date
      and (place.commune, place.epci, place.department, place.region)
        is not distinct from (document.commune, document.epci, document.department, document.region)
    join around on around.id = place.id
    where ${scope} and ${WITH_DAY}`;
}

/** Everything that touches the days and places of what is cleared, in one order on every machine. */
export function streamReleaseContext(
  tx: Tx,
  { recipes, policy }: { readonly recipes: readonly RecipeId[]; readonly policy: PolicyId },
  readings: readonly ContextReading[],
): AsyncIterable<StoredContext> {
  const query = sql<StoredContext>`
    with place as materialized (
      select distinct left(published, 10)::date as day, commune, epci, document.department, region, zone.code as zone
      from clearance join document on document.id = clearance.document
      left join ${zones()} on zone.department = document.department
      where clearance.policy = ${bytesOf(policy)} and cleared and recipe = any (${recipes.map(bytesOf)}::bytea[])
        and ${WITH_DAY}
    ), wanted as materialized (
      select 'commune' as kind, commune as code from place union select 'epci', epci from place
      union select 'department', department from place union select 'zone', zone from place
      union select 'region', region from place union select 'country', 'FR'
    )
    select source, series, place_kind as "placeKind", place, first_day::text as "firstDay", last_day::text as "lastDay",
      value, coalesce(category, nullif(event, '')) as label, encode(record, 'hex') as record
    from context_value ${among(readings)}
    join wanted on wanted.kind = place_kind and wanted.code = place
    where last_day >= (select date_trunc('week', min(day)) from place)
      and first_day <= (select date_trunc('week', max(day)) + interval '6 days' from place)
    order by source collate "C", series collate "C", first_day, last_day, place_kind collate "C", place collate "C",
      event collate "C"`;
  return streamRows(tx, query, ROWS_PER_FETCH);
}

/** Values that the settings of today read, and no others. */
function among(readings: readonly ContextReading[]): RawBuilder<unknown> {
  return sql`join unnest(
    ${readings.map(({ source }) => source)}::text[], ${readings.map(({ reading }) => bytesOf(reading))}::bytea[]
  ) as read (source, reading) using (source, reading)`;
}

function zones(): RawBuilder<unknown> {
  return sql`unnest(${[...SCHOOL_ZONES.keys()]}::text[], ${[...SCHOOL_ZONES.values()]}::text[]) as zone (department, code)`;
}
