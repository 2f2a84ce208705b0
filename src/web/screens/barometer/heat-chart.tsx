// Which share each theme takes in each département.

import { cell, plot, text } from '@observablehq/plot';
import { useCallback, useId, useMemo } from 'react';
import type { CellAnswer } from '../../../api/barometer.ts';
import { useLabels, WITHOUT_DEPARTMENT, WITHOUT_THEME } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import { patterns } from '../../parts/pattern.ts';
import type { Column } from '../../parts/table.tsx';
import { type ChartSetting, FEW } from './chart-setting.ts';
import { Key } from './theme-chart.tsx';

/** Columns that stay readable; the table holds them all. */
const DEPARTMENTS_DRAWN = 12;

export function HeatChart({ cells, release, corpus, open }: ChartSetting) {
  const { t, number, percent } = useWords();
  const labels = useLabels();
  const id = useId();
  const { rows, themes, departments } = useMemo(() => squaresOf(cells), [cells]);
  const theme = useCallback((value: string | null) => labels.category('theme', value), [labels]);
  const columns: readonly Column<CellAnswer>[] = [
    {
      key: 'theme',
      title: t('barometer.theme'),
      value: (row) => theme(row.theme),
      href: (row) => (isFindable(row) ? corpus(placeOf(row)) : null),
    },
    { key: 'department', title: t('barometer.department'), value: (row) => labels.department(row.department) },
    { key: 'share', title: t('chart.share'), value: (row) => row.share, show: (row) => percent(row.share, 1) },
    { key: 'n', title: t('chart.n'), value: (row) => row.n, show: (row) => number(row.n) },
    { key: 'base', title: t('chart.heat.base'), value: (row) => row.base, show: (row) => number(row.base) },
  ];
  const draw = useCallback(
    (width: number) => {
      const high = Math.max(...rows.map((row) => row.share));
      const level = (row: CellAnswer) => Math.min(5, 1 + Math.floor((row.share / high) * 5));
      const few = rows.filter((row) => row.base < FEW);
      const at = { x: (row: CellAnswer) => row.department ?? '', y: (row: CellAnswer) => row.theme ?? '' };
      const narrow = width < 420;
      return plot({
        width,
        height: themes.length * 34 + 70,
        marginLeft: narrow ? 118 : 190,
        marginRight: 0,
        marginBottom: 4,
        marginTop: 40,
        padding: 0.05,
        style: { fontSize: '12px', background: 'none' },
        x: {
          domain: departments,
          axis: 'top',
          label: null,
          tickSize: 0,
          tickFormat: letterOf,
        },
        y: {
          domain: themes,
          label: null,
          tickSize: 0,
          tickFormat: (code: string) => shorten(theme(code), narrow ? 16 : 30),
        },
        marks: [
          patterns(id),
          cell(rows, { ...at, fill: (row: CellAnswer) => `var(--class-${level(row)})`, rx: 3, className: 'pick' }),
          cell(few, { ...at, fill: `url(#${id}-hatch-ink)`, rx: 3, pointerEvents: 'none' }),
          text(rows, {
            ...at,
            text: (row: CellAnswer) => percent(row.share),
            fill: (row: CellAnswer) => `var(--class-ink-${level(row)})`,
            pointerEvents: 'none',
          }),
        ],
        color: { type: 'identity' },
      });
    },
    [rows, themes, departments, theme, id, percent],
  );
  const top = rows
    .filter((row) => row.base >= FEW)
    .reduce<CellAnswer | null>((best, row) => (best === null || row.share > best.share ? row : best), null);
  if (rows.length === 0) return null;
  return (
    <Chart
      title={t('chart.heat.title')}
      summary={
        top === null
          ? `${t('chart.heat.legend')} : ${t('chart.small')}.`
          : t('chart.heat.summary', {
              theme: theme(top.theme),
              department: labels.department(top.department),
              share: percent(top.share, 1),
              n: top.base,
            })
      }
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.theme}/${row.department}`}
      draw={draw}
      onPick={(row) => isFindable(row) && open(placeOf(row))}
      fileName={`datasens-${release}-departements`}
    >
      <ul className="places small faint">
        {departments.map((code) => (
          <li key={code}>
            <strong>{letterOf(code)}</strong> {labels.department(code)}
          </li>
        ))}
      </ul>
      <Key />
    </Chart>
  );
}

/** The search knows no filter for what is missing. */
function isFindable(row: CellAnswer): boolean {
  return row.theme !== WITHOUT_THEME && row.department !== WITHOUT_DEPARTMENT;
}

function letterOf(department: string): string {
  return department === WITHOUT_DEPARTMENT ? '?' : department;
}

function placeOf(row: CellAnswer): Record<string, string> {
  return { theme: row.theme ?? '', department: row.department ?? '' };
}

function squaresOf(cells: readonly CellAnswer[]) {
  const bases = new Map(cells.map((cell) => [cell.department ?? '', cell.base]));
  const departments = mostFirst(bases).slice(0, DEPARTMENTS_DRAWN);
  const sizes = new Map<string, number>();
  for (const { theme, n } of cells) sizes.set(theme ?? '', (sizes.get(theme ?? '') ?? 0) + n);
  return {
    rows: cells.filter((cell) => departments.includes(cell.department ?? '')),
    themes: mostFirst(sizes),
    departments,
  };
}

function mostFirst(sizes: ReadonlyMap<string, number>): readonly string[] {
  return [...sizes].sort((left, right) => right[1] - left[1]).map(([code]) => code);
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
