// How many answers each week.

import { axisX, axisY, gridY, plot, rectY, ruleY } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import type { CellAnswer } from '../../../api/barometer.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import { type ChartSetting, weekEnd } from './chart-setting.ts';

type Week = CellAnswer & { readonly week: string };

/** Cells whose week is known, in order of time. */
export function weeksOf(cells: readonly CellAnswer[]): readonly Week[] {
  return cells
    .filter((cell): cell is Week => cell.week !== null)
    .toSorted((left, right) => left.week.localeCompare(right.week));
}

export function VolumeChart({ cells, release, corpus, open }: ChartSetting) {
  const { t, date, number, language } = useWords();
  const rows = useMemo(() => weeksOf(cells), [cells]);
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
  ];
  const draw = useCallback(
    (width: number) =>
      plot({
        width,
        height: 260,
        marginLeft: 40,
        marginTop: 26,
        style: { fontSize: '12px', background: 'none' },
        x: { type: 'utc', label: null },
        y: { label: null, nice: true },
        marks: [
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
    [rows, t, language, number, peak],
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
    />
  );
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
