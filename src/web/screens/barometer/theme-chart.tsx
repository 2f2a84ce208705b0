// Which share each theme takes, ranked, with its interval; hatched where there are few answers.

import { barX, plot, ruleX, ruleY, text } from '@observablehq/plot';
import { useCallback, useId, useMemo } from 'react';
import type { CellAnswer } from '../../../api/barometer.ts';
import { useLabels, WITHOUT_THEME } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import { patterns } from '../../parts/pattern.ts';
import type { Column } from '../../parts/table.tsx';
import { type ChartSetting, FEW } from './chart-setting.ts';

interface ThemeSetting extends ChartSetting {
  /** Theme the screen is filtered on, or an empty string. */
  readonly chosen: string;
  /** True where an opinion counts in each of its themes. */
  readonly several: boolean;
}

export function ThemeChart({ cells, chosen, several, release, corpus, open }: ThemeSetting) {
  const { t, number, percent } = useWords();
  const labels = useLabels();
  const id = useId();
  const rows = useMemo(() => cells.toSorted((left, right) => right.n - left.n), [cells]);
  const title = useCallback((row: CellAnswer) => labels.category('theme', row.theme), [labels]);
  const columns: readonly Column<CellAnswer>[] = [
    {
      key: 'theme',
      title: t('barometer.theme'),
      value: title,
      href: (row) => (row.theme === null || row.theme === WITHOUT_THEME ? null : corpus({ theme: row.theme })),
    },
    { key: 'n', title: t('chart.n'), value: (row) => row.n, show: (row) => number(row.n) },
    { key: 'share', title: t('chart.share'), value: (row) => row.share, show: (row) => percent(row.share, 1) },
    {
      key: 'low',
      title: t('chart.low'),
      value: (row) => row.shareInterval.low,
      show: (row) => percent(row.shareInterval.low, 1),
    },
    {
      key: 'high',
      title: t('chart.high'),
      value: (row) => row.shareInterval.high,
      show: (row) => percent(row.shareInterval.high, 1),
    },
  ];
  const draw = useCallback(
    (width: number) => {
      const few = rows.filter((row) => row.n < FEW);
      const high = Math.max(...rows.map((row) => row.shareInterval.high));
      const faded = (row: CellAnswer) => (chosen !== '' && row.theme !== chosen ? 0.4 : 1);
      return plot({
        width,
        height: rows.length * 42 + 12,
        margin: 0,
        marginTop: 6,
        marginRight: 104,
        marginBottom: 6,
        style: { fontSize: '12.5px', background: 'none' },
        x: { domain: [0, high], axis: null },
        y: { domain: rows.map((row) => row.theme ?? ''), axis: null, padding: 0 },
        marks: [
          patterns(id),
          text(rows, {
            x: 0,
            y: (row: CellAnswer) => row.theme ?? '',
            text: title,
            textAnchor: 'start',
            dy: -10,
            fill: 'var(--ink)',
          }),
          barX(rows, {
            x1: 0,
            x2: 'share',
            y: (row: CellAnswer) => row.theme ?? '',
            fill: 'var(--accent)',
            fillOpacity: faded,
            insetTop: 22,
            insetBottom: 7,
            rx: 2,
            className: 'pick',
          }),
          barX(few, {
            x1: 0,
            x2: 'share',
            y: (row: CellAnswer) => row.theme ?? '',
            fill: `url(#${id}-hatch)`,
            insetTop: 22,
            insetBottom: 7,
            pointerEvents: 'none',
          }),
          // A halo keeps the interval visible over its bar.
          ruleY(rows, {
            x1: (row: CellAnswer) => row.shareInterval.low,
            x2: (row: CellAnswer) => row.shareInterval.high,
            y: (row: CellAnswer) => row.theme ?? '',
            dy: 7.5,
            stroke: 'var(--surface)',
            strokeWidth: 4,
            pointerEvents: 'none',
          }),
          ruleY(rows, {
            x1: (row: CellAnswer) => row.shareInterval.low,
            x2: (row: CellAnswer) => row.shareInterval.high,
            y: (row: CellAnswer) => row.theme ?? '',
            dy: 7.5,
            stroke: 'var(--ink)',
            strokeWidth: 1.6,
          }),
          text(rows, {
            frameAnchor: 'right',
            y: (row: CellAnswer) => row.theme ?? '',
            text: (row: CellAnswer) => `${percent(row.share, 1)}  ·  n = ${number(row.n)}`,
            textAnchor: 'start',
            dx: 10,
            dy: 7.5,
            fill: 'var(--ink)',
          }),
          ruleX([0], { stroke: 'var(--line-strong)' }),
        ],
      });
    },
    [rows, title, chosen, id, percent, number],
  );
  const first = rows[0];
  if (first === undefined) return null;
  return (
    <Chart
      title={t('chart.theme.title')}
      summary={t('chart.theme.summary', {
        first: title(first),
        share: percent(first.share, 1),
        n: first.base,
        low: percent(first.shareInterval.low, 1),
        high: percent(first.shareInterval.high, 1),
      })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.theme ?? ''}
      draw={draw}
      onPick={(row) => row.theme !== null && row.theme !== WITHOUT_THEME && open({ theme: row.theme })}
      fileName={`datasens-${release}-themes`}
    >
      {several && <p className="small">{t('chart.theme.several', { n: first.base })}</p>}
      <Key />
    </Chart>
  );
}

export function Key() {
  const { t } = useWords();
  const id = useId();
  return (
    <ul className="key">
      <li>
        <svg viewBox="0 0 30 18" aria-hidden="true">
          <defs>
            <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
              <path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" stroke="var(--surface)" strokeWidth="1.8" />
            </pattern>
          </defs>
          <rect width="30" height="18" fill="var(--accent)" />
          <rect width="30" height="18" fill={`url(#${id})`} />
        </svg>
        {t('chart.small')}
      </li>
    </ul>
  );
}
