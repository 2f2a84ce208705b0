// A number of the context by week, in a chart of its own: two scales on one drawing would invent a link.

import { axisX, axisY, dot, gridY, line, plot, ruleX } from '@observablehq/plot';
import { useCallback } from 'react';
import type { BarometerContextAnswer } from '../../../api/context.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import { timeTicks } from './volume-chart.tsx';

type Series = BarometerContextAnswer['items'][number];
type Week = Series['weeks'][number];

interface IndicatorProps {
  readonly series: Series;
  /** First day and last day of the other charts' axis. */
  readonly span: readonly [string, string];
  readonly release: string;
}

export function IndicatorChart({ series, span, release }: IndicatorProps) {
  const { t, date, number, named, language } = useWords();
  const [from, to] = span;
  const rows = series.weeks.filter(({ week }) => week >= from && week <= to);
  const unit = series.unit === '' ? '' : ` ${series.unit}`;
  const show = (value: number) => `${number(Math.round(value * 100) / 100)}${unit}`;
  const columns: readonly Column<Week>[] = [
    { key: 'week', title: t('chart.week'), value: (row) => row.week, show: (row) => date(row.week) },
    { key: 'value', title: t('around.value'), value: (row) => row.value, show: (row) => show(row.value) },
    { key: 'low', title: t('around.low'), value: (row) => row.range.low, show: (row) => show(row.range.low) },
    { key: 'high', title: t('around.high'), value: (row) => row.range.high, show: (row) => show(row.range.high) },
    { key: 'places', title: t('around.places'), value: (row) => row.places, show: (row) => number(row.places) },
  ];
  const draw = useCallback(
    (width: number) => {
      const x = (row: Week) => new Date(row.week);
      const still = { pointerEvents: 'none' } as const;
      return plot({
        width,
        height: 180,
        marginLeft: 46,
        marginTop: 16,
        style: { fontSize: '12px', background: 'none' },
        x: { type: 'utc', label: null, domain: [new Date(from), new Date(to)] },
        y: { label: null, nice: true },
        marks: [
          gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
          axisY({ label: null, tickSize: 0, ticks: 4, tickFormat: number }),
          axisX({ ...timeTicks(language, width), tickSize: 4 }),
          ruleX(
            rows.filter(({ places }) => places > 1),
            {
              x,
              y1: (row: Week) => row.range.low,
              y2: (row: Week) => row.range.high,
              stroke: 'var(--line-strong)',
              ...still,
            },
          ),
          line(rows, { x, y: 'value', stroke: 'var(--ink-faint)', strokeWidth: 1.5, ...still }),
          dot(rows, { x, y: 'value', r: 2, fill: 'var(--ink-faint)', ...still }),
        ],
      });
    },
    [rows, from, to, number, language],
  );
  if (rows.length === 0) return null;
  const values = rows.map(({ value }) => value);
  return (
    <Chart
      title={`${series.title}${series.unit === '' ? '' : ` (${series.unit})`}`}
      summary={t('around.summary', {
        low: show(Math.min(...values)),
        high: show(Math.max(...values)),
        n: rows.length,
        weekly: named('weekly', series.weekly),
      })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.week}
      draw={draw}
      fileName={`datasens-${release}-${series.series}`}
    >
      <p className="small faint">{t('around.caption', { source: series.sourceTitle, licence: series.licence })}</p>
    </Chart>
  );
}
