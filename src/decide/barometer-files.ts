// The barometer as files: JSON for programs, CSV for spreadsheets. The same figures give the same bytes.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BarometerSeries } from '../model/context.ts';
import { disarm } from '../model/formula.ts';
import type { Barometer, BarometerCell } from '../model/indicator.ts';
import { canonicalJson, type Json } from '../model/json.ts';

type Cell = string | number | null;

const COLUMNS: readonly (readonly [name: string, value: (cell: BarometerCell) => Cell])[] = [
  ['week', (cell) => cell.week],
  ['theme', (cell) => cell.theme],
  ['department', (cell) => cell.department],
  ['counting', (cell) => cell.counting],
  ['n', (cell) => cell.n],
  ['judged', (cell) => cell.judged],
  ['negative', (cell) => cell.negative],
  ['neutral', (cell) => cell.neutral],
  ['positive', (cell) => cell.positive],
  ['balance', (cell) => rounded(cell.balance)],
  ['share', (cell) => rounded(cell.share)],
  ['share_low', (cell) => rounded(cell.shareInterval.low)],
  ['share_high', (cell) => rounded(cell.shareInterval.high)],
  ['negative_low', (cell) => rounded(cell.negativeInterval?.low ?? null)],
  ['negative_high', (cell) => rounded(cell.negativeInterval?.high ?? null)],
  ['base', (cell) => cell.base],
];

const CONTEXT_COLUMNS = [
  ...['source', 'source_title', 'licence', 'series', 'title', 'kind', 'unit', 'weekly'],
  ...['first_day', 'last_day', 'value', 'low', 'high', 'label', 'places'],
];

/**
 * Writes `barometer.json` and `barometer.csv`; an empty cell stands for "all" in a dimension, for "unknown" in a figure. Where
 * there is context, it is in the JSON, and in `barometer-context.csv`: one line for each week of a number, each event, each run
 * of a category.
 * @returns the names of the files
 */
export async function writeBarometer(
  barometer: Barometer,
  folder: string,
  context: readonly BarometerSeries[] = [],
): Promise<readonly string[]> {
  const whole = context.length === 0 ? barometer : { ...barometer, context };
  await writeFile(join(folder, 'barometer.json'), `${canonicalJson(JSON.parse(JSON.stringify(whole)) as Json)}\n`);
  const lines = barometer.cells.map((cell) => COLUMNS.map(([, value]) => value(cell)));
  await writeTable(join(folder, 'barometer.csv'), [COLUMNS.map(([name]) => name), ...lines]);
  if (context.length === 0) return ['barometer.json', 'barometer.csv'];
  await writeTable(join(folder, 'barometer-context.csv'), [CONTEXT_COLUMNS, ...context.flatMap(contextLines)]);
  return ['barometer.json', 'barometer.csv', 'barometer-context.csv'];
}

function contextLines(series: BarometerSeries): readonly (readonly Cell[])[] {
  const { source, sourceTitle, licence, series: name, title, kind, unit, weekly, weeks, marks } = series;
  const own = [source, sourceTitle, licence, name, title, kind, unit, weekly];
  return [
    ...weeks.map(({ week, value, range, places }) => {
      return [...own, week, sundayOf(week), value, range.low, range.high, null, places];
    }),
    ...marks.map(({ firstDay, lastDay, label, places }) => {
      return [
        ...own,
        firstDay,
        lastDay,
        null,
        null,
        null,
        label,
        places.map(({ kind, code }) => `${kind} ${code}`).join(', '),
      ];
    }),
  ];
}

function sundayOf(monday: string): string {
  return new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10);
}

function writeTable(path: string, [header, ...lines]: readonly (readonly Cell[])[]): Promise<void> {
  const rows = lines.map((line) => line.map(spell).join(','));
  return writeFile(path, `${[header!.join(','), ...rows].join('\r\n')}\r\n`);
}

/** Labels come from the codebook: quoted, and kept from running in a spreadsheet (ASVS 5.0, 1.2.10). */
function spell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${disarm(cell).replaceAll('"', '""')}"`;
}

function rounded(figure: number | null): number | null {
  return figure === null ? null : Number(figure.toFixed(6));
}
