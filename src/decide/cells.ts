// Counts the documents of a release by any of its dimensions, and says how sure each share is.

import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { BarometerCell, BarometerFilter, Counting } from '../model/indicator.ts';
import { wilson } from '../model/interval.ts';

export const SERIES_DIMENSIONS = ['week', 'theme', 'department', 'source', 'tone'] as const;
export type SeriesDimension = (typeof SERIES_DIMENSIONS)[number];

/** A cell by any dimension; null is the total over a dimension that was not asked for. */
export interface SeriesCell extends BarometerCell {
  readonly source: string | null;
  readonly tone: string | null;
}

export interface CellCounts {
  /** In order of week, theme, département, source, tone, then counting; combinations without documents are absent. */
  readonly cells: readonly SeriesCell[];
  /** Documents that totals count and no week does, because their day is not known. */
  readonly undated: Readonly<Record<Counting, number>>;
  /** True where at least one counted document carries a provisional label. */
  readonly provisional: boolean;
}

export interface CellQuery {
  readonly filter: BarometerFilter;
  /** Each set gives the cells of its dimensions' combinations; the empty set gives the grand total. */
  readonly sets: readonly (readonly SeriesDimension[])[];
  readonly countings: readonly Counting[];
}

type Group = Readonly<Record<SeriesDimension, string | null>>;
type Counts = Readonly<
  Record<'n' | 'negative' | 'neutral' | 'positive', { readonly [Kind in Counting]: number }> & { provisional: boolean }
>;

/** Cells of documents that carry no label at all, or whose département is not known: shown, never left out. */
const UNLABELLED = 'non-annote';
const UNKNOWN_DEPARTMENT = 'inconnu';
/** Stands for an unknown week while grouping, where null already means "whatever it is". */
const UNDATED = '';

// The Parquet file is read into one row per combination; every set is summed from there. Of each cluster, one document
// that the filter keeps counts as deduplicated: the representative where it is kept, else the first by its labels.
const GRAIN = `
  create or replace temp table grain as
  with kept as (
    select coalesce(cast(week as varchar), '${UNDATED}') as week, coalesce(theme, '${UNLABELLED}') as theme,
      coalesce(department, '${UNKNOWN_DEPARTMENT}') as department, source, coalesce(tone, '${UNLABELLED}') as tone,
      cluster, representative, provisional
    from read_parquet($file)
    where ($from is null or (published_precision in ('day', 'minute') and left(published, 10) >= $from))
      and ($to is null or (published_precision in ('day', 'minute') and left(published, 10) <= $to))
      and ($source is null or source = $source)
      and ($department is null or coalesce(department, '${UNKNOWN_DEPARTMENT}') = $department)
      and ($tone is null or coalesce(tone, '${UNLABELLED}') = $tone)
  ), chosen as (
    select min({'copy': not representative, 'week': week, 'theme': theme, 'department': department, 'source': source,
      'tone': tone}) as first
    from kept where cluster is not null group by cluster
  ), counted as (
    select week, theme, department, source, tone, count(*) as raw, count(*) filter (where cluster is null) as alone,
      bool_or(provisional) as provisional
    from kept group by all
    union all
    select first.week, first.theme, first.department, first.source, first.tone, 0, count(*), false
    from chosen group by all
  )
  select week, theme, department, source, tone, sum(raw) as raw, sum(alone) as deduplicated,
    bool_or(provisional) as provisional
  from counted group by all`;

const COUNTED = ['raw', 'deduplicated'] as const;

/**
 * Counts the documents that the filter keeps. The share of a cell is over the documents of the same week, département
 * and source whatever their theme and tone; a filter on theme therefore narrows the cells and not what they are shares
 * of.
 */
export async function countCells(connection: DuckDBConnection, file: string, query: CellQuery): Promise<CellCounts> {
  const { from = null, to = null, source = null, department = null, tone = null, theme = null } = query.filter;
  await connection.run(GRAIN, { file, from, to, source, department, tone });
  const bases = new Map<string, Counts>();
  for (const [group, counts] of await sum(connection, query.sets.map(placeOf), null)) bases.set(keyOf(group), counts);
  const groups = await sum(connection, [...query.sets, ['week']], theme);
  let undated = { raw: 0, deduplicated: 0 };
  let provisional = false;
  const cells: SeriesCell[] = [];
  for (const [group, counts] of groups) {
    if (group.week === UNDATED) {
      if (isOf(group, ['week'])) undated = counts.n;
      continue;
    }
    if (!query.sets.some((set) => isOf(group, set))) continue;
    provisional ||= counts.provisional;
    const base = bases.get(keyOf({ ...group, theme: null, tone: null }))!;
    for (const counting of query.countings) {
      if (counts.n[counting] > 0) cells.push(cellOf(group, counts, base, counting));
    }
  }
  return { cells, undated, provisional };
}

function cellOf(group: Group, counts: Counts, base: Counts, counting: Counting): SeriesCell {
  const [n, negative, neutral, positive] = [counts.n, counts.negative, counts.neutral, counts.positive].map(
    (count) => count[counting],
  ) as [number, number, number, number];
  const judged = negative + neutral + positive;
  return {
    ...group,
    counting,
    n,
    judged,
    negative,
    neutral,
    positive,
    balance: judged === 0 ? null : (positive - negative) / judged,
    share: n / base.n[counting],
    shareInterval: wilson(n, base.n[counting]),
    negativeInterval: judged === 0 ? null : wilson(negative, judged),
  };
}

async function sum(
  connection: DuckDBConnection,
  sets: CellQuery['sets'],
  theme: string | null,
): Promise<readonly (readonly [Group, Counts])[]> {
  const distinct = [
    ...new Set(sets.map((set) => `(${SERIES_DIMENSIONS.filter((name) => set.includes(name)).join(', ')})`)),
  ];
  const figures = COUNTED.flatMap((counting) => [
    `sum(${counting})::integer as n_${counting}`,
    ...(['negatif', 'neutre', 'positif'] as const).map(
      (tone) => `coalesce(sum(${counting}) filter (where tone = '${tone}'), 0)::integer as ${tone}_${counting}`,
    ),
  ]);
  const unasked = SERIES_DIMENSIONS.filter((name) => !distinct.some((set) => set.includes(name)));
  const result = await connection.runAndReadAll(
    `select ${SERIES_DIMENSIONS.map((name) => (unasked.includes(name) ? `null as ${name}` : name)).join(', ')},
      ${figures.join(', ')}, bool_or(provisional) as provisional
    from grain where $theme is null or theme = $theme
    group by grouping sets (${distinct.join(', ')})
    having count(*) > 0
    order by ${SERIES_DIMENSIONS.map((name) => `${name} nulls first`).join(', ')}`,
    { theme },
  );
  return result.getRowObjects().map((row) => [groupOf(row), countsOf(row)]);
}

function groupOf(row: Record<string, DuckDBValue>): Group {
  return Object.fromEntries(SERIES_DIMENSIONS.map((name) => [name, row[name] as string | null])) as unknown as Group;
}

function countsOf(row: Record<string, DuckDBValue>): Counts {
  const both = (name: string) => ({
    raw: row[`${name}_raw`] as number,
    deduplicated: row[`${name}_deduplicated`] as number,
  });
  return {
    n: both('n'),
    negative: both('negatif'),
    neutral: both('neutre'),
    positive: both('positif'),
    provisional: row.provisional === true,
  };
}

const placeOf = (set: readonly SeriesDimension[]) => set.filter((name) => name !== 'theme' && name !== 'tone');
const keyOf = (group: Group) => JSON.stringify(SERIES_DIMENSIONS.map((name) => group[name]));
const isOf = (group: Group, set: readonly SeriesDimension[]) =>
  SERIES_DIMENSIONS.every((name) => (group[name] !== null) === set.includes(name));
