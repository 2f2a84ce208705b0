// Positive answers above the line, negative below, each week.

import { axisX, axisY, gridY, plot, rectY, ruleY, text } from '@observablehq/plot';
import { useCallback, useId, useMemo } from 'react';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import { patterns } from '../../parts/pattern.ts';
import type { Column } from '../../parts/table.tsx';
import { type ChartSetting, weekEnd } from './chart-setting.ts';
import { countTicks, timeTicks, weeksOf } from './volume-chart.tsx';

type Week = ReturnType<typeof weeksOf>[number];

export function ToneChart({ cells, release, corpus, open }: ChartSetting) {
  const { t, date, number, language } = useWords();
  const id = useId();
  const rows = useMemo(() => weeksOf(cells).filter((row) => row.judged > 0), [cells]);
  const sum = (count: (row: Week) => number) => rows.reduce((total, row) => total + count(row), 0);
  const count = (key: 'judged' | 'negative' | 'neutral' | 'positive'): Column<Week> => ({
    key,
    title: t(`chart.tone.${key}`),
    value: (row) => row[key],
    show: (row) => number(row[key]),
  });
  const columns: readonly Column<Week>[] = [
    {
      key: 'week',
      title: t('chart.week'),
      value: (row) => row.week,
      show: (row) => date(row.week),
      href: (row) => corpus({ from: row.week, to: weekEnd(row.week) }),
    },
    count('judged'),
    count('negative'),
    count('neutral'),
    count('positive'),
    {
      key: 'balance',
      title: t('chart.tone.balance'),
      value: (row) => row.balance,
      show: (row) => signed(row.balance, language),
    },
  ];
  const draw = useCallback(
    (width: number) => {
      const bar = {
        x: (row: Week) => new Date(row.week),
        interval: 'monday',
        insetLeft: 0.5,
        insetRight: 0.5,
      } as const;
      const positive = (row: Week) => row.positive;
      const negative = (row: Week) => -row.negative;
      const span = Math.max(...rows.map(positive)) + Math.max(...rows.map((row) => row.negative));
      return plot({
        width,
        height: 260,
        marginLeft: 40,
        marginTop: 26,
        style: { fontSize: '12px', background: 'none' },
        x: { type: 'utc', label: null },
        y: { label: null, nice: true, tickFormat: (value: number) => String(Math.abs(value)) },
        marks: [
          patterns(id),
          gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: countTicks(span, number).ticks }),
          axisY({ label: null, tickSize: 0, ...countTicks(span, number) }),
          axisX({ ...timeTicks(language, width), tickSize: 4 }),
          rectY(rows, { ...bar, y1: 0, y2: positive, fill: 'var(--positive)', className: 'pick' }),
          rectY(rows, { ...bar, y1: 0, y2: positive, fill: `url(#${id}-dots)`, pointerEvents: 'none' }),
          rectY(rows, { ...bar, y1: 0, y2: negative, fill: 'var(--negative)', className: 'pick' }),
          ruleY([0], { stroke: 'var(--ink)' }),
          text([`▲ ${t('chart.tone.up')}`], {
            frameAnchor: 'top-left',
            dy: -20,
            dx: 4,
            fill: 'var(--positive)',
            fontWeight: 600,
          }),
          text([`▼ ${t('chart.tone.down')}`], {
            frameAnchor: 'top-left',
            dy: -20,
            dx: 110,
            fill: 'var(--negative)',
            fontWeight: 600,
          }),
        ],
      });
    },
    [rows, t, language, id, number],
  );
  if (rows.length === 0) return null;
  return (
    <Chart
      title={t('chart.tone.title')}
      summary={t('chart.tone.summary', {
        judged: sum((row) => row.judged),
        negative: sum((row) => row.negative),
        neutral: sum((row) => row.neutral),
        positive: sum((row) => row.positive),
      })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.week}
      draw={draw}
      onPick={(row) => open({ from: row.week, to: weekEnd(row.week) })}
      fileName={`datasens-${release}-ton`}
    >
      <p className="small faint">{t('chart.tone.caption')}</p>
    </Chart>
  );
}

function signed(value: number | null, language: string): string {
  if (value === null) return '–';
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero', maximumFractionDigits: 2 }).format(value);
}
