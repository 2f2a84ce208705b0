// How many answers each week.

import { axisX, axisY, gridY, plot, rect, rectY, ruleY, text } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CellAnswer } from '../../../api/barometer.ts';
import type { BarometerContextAnswer } from '../../../api/context.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import { type ChartSetting, weekEnd } from './chart-setting.ts';
import { MarkList } from './mark-list.tsx';
import { markedIn, marksOf, type TimeMark } from './marks.ts';

type Week = CellAnswer & { readonly week: string };

/** Cells whose week is known, in order of time. */
export function weeksOf(cells: readonly CellAnswer[]): readonly Week[] {
  return cells
    .filter((cell): cell is Week => cell.week !== null)
    .toSorted((left, right) => left.week.localeCompare(right.week));
}

interface VolumeSetting extends ChartSetting {
  readonly context: BarometerContextAnswer | null;
}

export function VolumeChart({ cells, release, corpus, open, context }: VolumeSetting) {
  const words = useWords();
  const { t, date, number, language } = words;
  const rows = useMemo(() => weeksOf(cells), [cells]);
  const marks = useMemo(
    () => (context === null || rows.length === 0 ? [] : marksOf(context, spanOf(rows), words)),
    [context, rows, words],
  );
  const peak = rows.reduce((best, row) => (row.n > best.n ? row : best), rows[0]!);
  const columns: readonly Column<Week>[] = [
    {
      key: 'week',
      title: t('chart.week'),
      value: (row) => row.week,
      show: (row) => date(row.week),
      href: (row) => corpus({ from: row.week, to: weekEnd(row.week) }),
    },
    { key: 'n', title: t('chart.n'), value: (row) => row.n, show: (row) => number(row.n) },
    ...(marks.length === 0
      ? []
      : [{ key: 'marks', title: t('around.column'), value: (row: Week) => markedIn(marks, row.week) }]),
  ];
  const draw = useCallback(
    (width: number) =>
      plot({
        width,
        height: 260,
        marginLeft: 40,
        marginTop: marks.length === 0 ? 26 : 46,
        style: { fontSize: '12px', background: 'none' },
        x: { type: 'utc', label: null },
        y: { label: null, nice: true },
        marks: [
          ...drawnMarks(marks),
          gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: countTicks(peak?.n ?? 0, number).ticks }),
          axisY({
            label: t('chart.volume.axis'),
            labelArrow: 'none',
            tickSize: 0,
            ...countTicks(peak?.n ?? 0, number),
          }),
          axisX({ ...timeTicks(language, width), tickSize: 4 }),
          rectY(rows, {
            x: (row: Week) => new Date(row.week),
            interval: 'monday',
            y: 'n',
            fill: 'var(--accent)',
            insetLeft: 0.5,
            insetRight: 0.5,
            className: 'pick',
          }),
          ruleY([0], { stroke: 'var(--line-strong)' }),
        ],
      }),
    [rows, marks, t, language, number, peak],
  );
  if (peak === undefined) return null;
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  return (
    <Chart
      title={t('chart.volume.title')}
      summary={t('chart.volume.summary', { n: total, weeks: rows.length, peak: peak.n, week: date(peak.week) })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.week}
      draw={draw}
      onPick={(row) => open({ from: row.week, to: weekEnd(row.week) })}
      fileName={`datasens-${release}-volume`}
    >
      {context !== null && <MarkList marks={marks} context={context} />}
    </Chart>
  );
}

/** First day of the first week, last day of the last. */
export function spanOf(rows: readonly Week[]): readonly [string, string] {
  return [rows[0]!.week, weekEnd(rows.at(-1)!.week)];
}

const DAY_MS = 86_400_000;

/** Behind the bars, from top to bottom, with their numbers above on two lines by turns. */
function drawnMarks(marks: readonly TimeMark[]) {
  const first = (mark: TimeMark) => new Date(mark.firstDay);
  const last = (mark: TimeMark) => new Date(Date.parse(mark.lastDay) + DAY_MS);
  const still = { clip: 'frame', pointerEvents: 'none' } as const;
  return [
    rect(marks, { x1: first, x2: last, fill: 'var(--ink)', fillOpacity: 0.09, ...still }),
    rect(marks, { x1: first, x2: last, stroke: 'var(--line-strong)', strokeWidth: 0.75, ...still }),
    ...[0, 1].map((turn) =>
      text(
        marks.filter(({ rank }) => rank % 2 === turn),
        {
          x: first,
          text: (mark: TimeMark) => String(mark.rank),
          frameAnchor: 'top',
          dy: turn === 0 ? -8 : -20,
          fill: 'var(--ink-faint)',
          fontSize: 10,
          pointerEvents: 'none',
        },
      ),
    ),
  ];
}

/** Ticks of a count are whole numbers. */
export function countTicks(highest: number, number: (value: number) => string) {
  return { ticks: Math.max(1, Math.min(5, highest)), tickFormat: (value: number) => number(Math.abs(value)) };
}

/** Months written as the reader's language does, no more of them than the width holds. */
export function timeTicks(language: string, width: number) {
  const month = new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit', timeZone: 'UTC' });
  return { ticks: Math.max(2, Math.floor(width / 90)), tickFormat: (day: Date) => month.format(day) };
}
