// The context of a barometer: each series of a release by week, over the territories that its filter keeps.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  type BarometerSeries,
  CONTEXT_PLACES,
  type ContextMark,
  type ContextPlaceKind,
  type ContextSeries,
  type ContextWeek,
} from '../model/context.ts';
import { SCHOOL_ZONES } from '../model/school-zone.ts';
import type { DecideEffects, LocalRelease } from './barometer.ts';

/** What narrows context: weather has neither theme nor tone. */
export interface ContextFilter {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly department?: string | null | undefined;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Series in order of source and name; none where the release has no context. Only days, département and weeks of the filter
 * narrow it: weather has neither theme nor tone. The figure of a week is taken in each place (`weekly` of the series; a value
 * of several days is even over them), then averaged over the places of the finest kind that has any that week.
 */
export async function contextSeries(
  release: LocalRelease,
  filter: ContextFilter,
  { openDuckDb }: DecideEffects,
): Promise<readonly BarometerSeries[]> {
  const file = join(release.folder, 'data/context.parquet');
  const documents = join(release.folder, 'data/documents.parquet');
  if (!existsSync(file) || !existsSync(documents)) return [];
  const duckDb = await openDuckDb();
  try {
    const { connection } = duckDb;
    await readStanding(connection, { file, documents, filter });
    const [series, weeks, marks] = [
      await readSeries(connection),
      await readWeeks(connection),
      await readMarks(connection),
    ];
    return series.map((each) => {
      const key = `${each.source} ${each.series}`;
      return { ...each, weeks: weeks.get(key) ?? [], marks: marks.get(key) ?? [] };
    });
  } finally {
    duckDb.close();
  }
}

/** Rows of the places and days in question, a row a day, in a table of its own. */
async function readStanding(
  connection: DuckDBConnection,
  {
    file,
    documents,
    filter: { from = null, to = null, department = null },
  }: { readonly file: string; readonly documents: string; readonly filter: ContextFilter },
): Promise<void> {
  const zones = [...SCHOOL_ZONES].map(([code, zone]) => `('${code}', '${zone}')`).join(', ');
  const ranks = CONTEXT_PLACES.map((kind, rank) => `when '${kind}' then ${rank}`).join(' ');
  await connection.run(
    `create or replace temp table standing as
    with documents as (
      select distinct week, commune, epci, department, region from read_parquet($documents)
      where $department is null or department = $department
    ), wanted as (
      select distinct 'commune' as kind, commune as code from documents
      union select 'epci', epci from documents union select 'department', department from documents
      union select 'region', region from documents union select 'country', 'FR'
      union select 'zone', zone from documents join (values ${zones}) as zones (code, zone) on code = department
    ), bounds as (
      select greatest(min(week), coalesce(cast($from as date), min(week))) as low,
        least(max(week) + 6, coalesce(cast($to as date), max(week) + 6)) as high
      from documents
    )
    select context.*, case place_kind ${ranks} end as rank, low, high
    from read_parquet($file) as context, bounds
    where last_day >= low and first_day <= high
      and exists (select 1 from wanted where kind = place_kind and code = place)`,
    { file, documents, from, to, department },
  );
}

async function readSeries(connection: DuckDBConnection): Promise<readonly ContextSeries[]> {
  const rows = await read(
    connection,
    `select distinct source, source_title as "sourceTitle", licence, series, title, kind, coalesce(unit, '') as unit, weekly
    from standing order by source, series`,
  );
  return rows as unknown as readonly ContextSeries[];
}

async function readWeeks(connection: DuckDBConnection): Promise<ReadonlyMap<string, readonly ContextWeek[]>> {
  const rows = await read(
    connection,
    `with days as (
      select source, series, weekly, rank, place, first_day, last_day - first_day + 1 as length, value,
        unnest(generate_series(greatest(first_day, low), least(last_day, high), interval 1 day))::date as day
      from standing where kind = 'number'
    ), chosen as (
      select * from days
      qualify row_number() over (partition by source, series, rank, place, day order by length, first_day desc) = 1
    ), places as (
      select source, series, rank, place, date_trunc('week', day)::date as week, case any_value(weekly)
        when 'sum' then sum(value / length) when 'minimum' then min(value) when 'maximum' then max(value)
        else avg(value) end as value
      from chosen group by source, series, rank, place, date_trunc('week', day)
    ), finest as (
      select * from places qualify rank = min(rank) over (partition by source, series, week)
    )
    select source, series, week::varchar as week, avg(value) as value, min(value) as low, max(value) as high,
      count(*)::integer as places
    from finest group by source, series, week order by source, series, week`,
  );
  return grouped(rows, (row) => ({
    week: String(row.week),
    // Sums in another order differ in their last digits only.
    value: rounded(row.value),
    range: { low: rounded(row.low), high: rounded(row.high) },
    places: Number(row.places),
  }));
}

/** Events as they are; a category as the days that follow each other with one label. */
async function readMarks(connection: DuckDBConnection): Promise<ReadonlyMap<string, readonly ContextMark[]>> {
  const rows = await read(
    connection,
    `with labels as (
      select source, series, kind, rank, place_kind, place, first_day, last_day, label,
        case when kind = 'category' and first_day <= 1 + max(last_day) over (
          partition by source, series, place_kind, place, label order by first_day
          rows between unbounded preceding and 1 preceding) then 0 else 1 end as begins
      from standing where kind <> 'number'
    ), runs as (
      select *, sum(begins) over (
        partition by source, series, place_kind, place, label order by first_day, last_day
        rows between unbounded preceding and current row) as run from labels
    ), joined as (
      select source, series, rank, place_kind, place, label, min(first_day) as first_day, max(last_day) as last_day
      from runs group by source, series, rank, place_kind, place, label, run
    )
    select source, series, first_day::varchar as "firstDay", last_day::varchar as "lastDay", label,
      list(place_kind || ' ' || place order by rank, place) as places
    from joined group by source, series, first_day, last_day, label
    order by source, series, first_day, last_day, label`,
  );
  return grouped(rows, (row) => ({
    firstDay: String(row.firstDay),
    lastDay: String(row.lastDay),
    label: String(row.label),
    places: (row.places as readonly string[]).map((place) => {
      const [kind, code] = place.split(' ');
      return { kind: kind as ContextPlaceKind, code: code! };
    }),
  }));
}

async function read(connection: DuckDBConnection, query: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(query)).getRowObjectsJson() as readonly Row[];
}

function grouped<Value>(rows: readonly Row[], read: (row: Row) => Value): ReadonlyMap<string, readonly Value[]> {
  const groups = Map.groupBy(rows, ({ source, series }) => `${source} ${series}`);
  return new Map([...groups].map(([key, group]) => [key, group.map(read)]));
}

function rounded(value: unknown): number {
  return Number(Number(value).toFixed(6));
}
