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
  /** True where the file has a list of themes, of which each counts. */
  readonly severalThemes: boolean;
}

type Group = Readonly<Record<SeriesDimension, string | null>>;
type Counts = Readonly<Record<'n' | 'negative' | 'neutral' | 'positive', Readonly<Record<Counting, number>>>>;

/** Cells of documents that carry no label at all, or whose département is not known: shown, never left out. */
const UNLABELLED = 'non-annote';
const UNKNOWN_DEPARTMENT = 'inconnu';
/** Stands for an unknown week while grouping, where null already means "whatever it is". */
const UNDATED = '';

const VALUES: Readonly<Record<SeriesDimension, string>> = {
  week: `coalesce(cast(week as varchar), '${UNDATED}')`,
  theme: `coalesce(theme, '${UNLABELLED}')`,
  department: `coalesce(department, '${UNKNOWN_DEPARTMENT}')`,
  source: 'source',
  tone: `coalesce(tone, '${UNLABELLED}')`,
};

/** A document without any theme counts under one that says so. */
const THEMES = `coalesce(labels_theme, ['${UNLABELLED}'])`;

const COUNTED = ['raw', 'deduplicated'] as const;

/**
 * Counts the documents that the filter keeps. The share of a cell is over the documents of the same week, département
 * and source whatever their theme and tone; a filter on theme therefore narrows the cells and not what they are shares
 * of.
 */
export async function countCells(connection: DuckDBConnection, file: string, query: CellQuery): Promise<CellCounts> {
  const { theme = null } = query.filter;
  const { severalThemes } = query;
  await readGrain(connection, file, query);
  const bases = new Map<string, Counts>();
  const places = { sets: query.sets.map(placeOf), theme: null, severalThemes };
  for (const [group, counts] of await sum(connection, places)) bases.set(keyOf(group), counts);
  const cells: SeriesCell[] = [];
  for (const [group, counts] of await sum(connection, { sets: query.sets, theme, severalThemes })) {
    if (group.week === UNDATED) continue;
    const base = bases.get(keyOf({ ...group, theme: null, tone: null }))!;
    for (const counting of query.countings) {
      if (counts.n[counting] > 0) cells.push(cellOf(group, counts, base, counting));
    }
  }
  const totals = await connection.runAndReadAll(
    `select coalesce(sum(raw) filter (where undated), 0)::integer as raw,
      coalesce(sum(deduplicated) filter (where undated), 0)::integer as deduplicated,
      coalesce(bool_or(provisional), false) as provisional
    from grain ${themed({ theme, severalThemes })}`,
    theme === null ? {} : { theme },
  );
  const { provisional, ...undated } = totals.getRowObjects()[0] as Record<Counting, number> & { provisional: boolean };
  return { cells, undated, provisional };
}

/**
 * Reads the Parquet file once, into one row per combination of the dimensions asked for; every set is summed from there.
 * Of each cluster, one document that the filter keeps counts as deduplicated: the representative where it is kept, else
 * the first by its labels.
 */
async function readGrain(
  connection: DuckDBConnection,
  file: string,
  { filter, sets, severalThemes }: CellQuery,
): Promise<void> {
  const values = severalThemes ? { ...VALUES, theme: THEMES } : VALUES;
  const { from = null, to = null, source = null, department = null, tone = null, theme = null } = filter;
  const asked = SERIES_DIMENSIONS.filter(
    // Tones are always counted apart; themes are filtered after, so that shares are of all themes.
    (name) => name === 'tone' || (name === 'theme' && theme !== null) || asks(sets, name),
  );
  const names = [...asked, 'undated'];
  await connection.run(
    `create or replace temp table grain as
    with kept as (
      select ${asked.map((name) => `${values[name]} as ${name}`).join(', ')}, week is null as undated,
        cluster, representative, provisional
      from read_parquet($file)
      where ($from is null or (published_precision in ('day', 'minute') and left(published, 10) >= $from))
        and ($to is null or (published_precision in ('day', 'minute') and left(published, 10) <= $to))
        and ($source is null or source = $source)
        and ($department is null or ${VALUES.department} = $department)
        and ($tone is null or ${VALUES.tone} = $tone)
    ), chosen as (
      select min({'copy': not representative, ${names.map((name) => `'${name}': ${name}`).join(', ')}}) as first
      from kept where cluster is not null group by cluster
    )
    select ${names.join(', ')}, count(*) as raw, count(*) filter (where cluster is null) as deduplicated,
      bool_or(provisional) as provisional
    from kept group by ${names.join(', ')}
    union all
    select ${names.map((name) => `first.${name}`).join(', ')}, 0, count(*), false
    from chosen group by ${names.map((name) => `first.${name}`).join(', ')}`,
    { file, from, to, source, department, tone },
  );
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
    base: base.n[counting],
    shareInterval: wilson(n, base.n[counting]),
    negativeInterval: judged === 0 ? null : wilson(negative, judged),
  };
}

interface Summed extends Pick<CellQuery, 'sets' | 'severalThemes'> {
  readonly theme: string | null;
}

/** Of several themes, a document counts in each where themes are told apart, and once where they are not. */
async function sum(
  connection: DuckDBConnection,
  { sets, theme, severalThemes }: Summed,
): Promise<readonly (readonly [Group, Counts])[]> {
  const apart = severalThemes ? sets.filter((set) => set.includes('theme')) : [];
  const whole = sets.filter((set) => !apart.includes(set));
  const selections = [
    ...(whole.length === 0 ? [] : [selectionOf(whole, `grain ${themed({ theme, severalThemes })}`)]),
    ...(apart.length === 0
      ? []
      : [
          selectionOf(
            apart,
            `(select * replace (unnest(theme) as theme) from grain) ${themed({ theme, severalThemes: false })}`,
          ),
        ]),
  ];
  if (selections.length === 0) return [];
  const result = await connection.runAndReadAll(
    `select * from (${selections.join(' union all ')})
    order by ${SERIES_DIMENSIONS.map((name) => `${name} nulls first`).join(', ')}`,
    theme === null ? {} : { theme },
  );
  return result.getRowObjects().map((row) => [groupOf(row), countsOf(row)]);
}

function selectionOf(sets: CellQuery['sets'], from: string): string {
  const distinct = [
    ...new Set(sets.map((set) => `(${SERIES_DIMENSIONS.filter((name) => set.includes(name)).join(', ')})`)),
  ];
  const figures = COUNTED.flatMap((counting) => [
    `sum(${counting})::integer as n_${counting}`,
    ...(['negatif', 'neutre', 'positif'] as const).map(
      (tone) => `coalesce(sum(${counting}) filter (where tone = '${tone}'), 0)::integer as ${tone}_${counting}`,
    ),
  ]);
  return `select ${SERIES_DIMENSIONS.map((name) => (asks(sets, name) ? name : `null as ${name}`)).join(', ')},
      ${figures.join(', ')}
    from ${from}
    group by grouping sets (${distinct.join(', ')})
    having count(*) > 0`;
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
  };
}

const placeOf = (set: readonly SeriesDimension[]) => set.filter((name) => name !== 'theme' && name !== 'tone');
const keyOf = (group: Group) => JSON.stringify(SERIES_DIMENSIONS.map((name) => group[name]));
const asks = (sets: CellQuery['sets'], name: SeriesDimension) => sets.some((set) => set.includes(name));
/** The grain has themes only where they are asked for. */
const themed = ({ theme, severalThemes }: Pick<Summed, 'theme' | 'severalThemes'>) =>
  theme === null ? '' : severalThemes ? 'where list_contains(theme, $theme)' : 'where theme = $theme';
