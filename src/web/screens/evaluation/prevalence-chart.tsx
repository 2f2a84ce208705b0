// How often each label occurs: as the machine counts it, and corrected for what was measured of its errors.

import { axisX, dot, gridX, plot, ruleY, text } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import { figureWords } from './figure.tsx';
import type { MachineAnswer, MachineSetting } from './figures.ts';

type Row = MachineAnswer['prevalence'][number];

export function PrevalenceChart({ task, machine, file }: MachineSetting) {
  const words = useWords();
  const { t, named, number, percent } = words;
  const labels = useLabels();
  const title = useCallback((row: Row) => labels.category(task.task, row.label), [labels, task.task]);
  const rows = useMemo(
    () => machine.prevalence.toSorted((left, right) => right.raw.n - left.raw.n),
    [machine.prevalence],
  );
  const people = new Map(task.people.labels.map(({ label, share }) => [label, share]));
  const columns: readonly Column<Row>[] = [
    { key: 'label', title: t('evaluation.label'), value: title },
    {
      key: 'raw',
      title: t('evaluation.prevalence.raw'),
      value: (row) => row.raw.share,
      show: (row) => `${percent(row.raw.share, 1)}, n = ${number(row.raw.n)}`,
    },
    {
      key: 'corrected',
      title: t('evaluation.prevalence.corrected'),
      value: (row) => row.corrected?.value ?? null,
      show: ({ corrected }) =>
        corrected === null
          ? '–'
          : `${percent(corrected.value, 1)} [${percent(corrected.interval.low, 1)} ; ${percent(corrected.interval.high, 1)}]`,
    },
    {
      key: 'people',
      title: t('evaluation.prevalence.people'),
      value: (row) => people.get(row.label)?.value ?? null,
      show: (row) => {
        const share = people.get(row.label);
        return share === undefined ? '–' : figureWords(words, share, 'share');
      },
    },
    {
      key: 'method',
      title: t('evaluation.prevalence.method'),
      value: (row) => named('prevalence', row.refused ?? row.method),
    },
  ];
  const draw = useCallback(
    (width: number) => {
      const corrected = rows.filter((row) => row.corrected !== null);
      const high = Math.max(0.01, ...rows.map((row) => Math.max(row.raw.share, row.corrected?.interval.high ?? 0)));
      const at = { y: (row: Row) => row.label, dy: 8 };
      return plot({
        width,
        height: rows.length * 42 + 40,
        margin: 0,
        marginTop: 6,
        marginLeft: 6,
        marginRight: 16,
        marginBottom: 28,
        style: { fontSize: '12.5px', background: 'none' },
        x: { domain: [0, Math.min(1, high * 1.05)] },
        y: { type: 'band', domain: rows.map(({ label }) => label), axis: null, padding: 0 },
        marks: [
          gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
          axisX({ ticks: 4, tickSize: 0, label: null, tickFormat: (value: number) => percent(value) }),
          text(rows, { x: 0, y: (row) => row.label, text: title, textAnchor: 'start', dy: -10, fill: 'var(--ink)' }),
          ruleY(corrected, {
            ...at,
            x1: (row: Row) => row.corrected!.interval.low,
            x2: (row: Row) => row.corrected!.interval.high,
            stroke: 'var(--accent)',
            strokeWidth: 3,
          }),
          dot(rows, { ...at, x: (row: Row) => row.raw.share, r: 5, stroke: 'var(--ink)', strokeWidth: 1.6 }),
          dot(corrected, { ...at, x: (row: Row) => row.corrected!.value, r: 5, fill: 'var(--ink)' }),
        ],
      });
    },
    [rows, title, percent],
  );
  if (rows.length === 0) return null;
  return (
    <Chart
      title={t('evaluation.prevalence.title')}
      summary={t('evaluation.prevalence.note')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.label}
      draw={draw}
      fileName={`${file}-frequences`}
    >
      <ul className="key">
        <li>
          <svg viewBox="0 0 30 18" aria-hidden="true">
            <circle cx="15" cy="9" r="5" fill="none" stroke="var(--ink)" strokeWidth="1.6" />
          </svg>
          {t('evaluation.prevalence.raw')}
        </li>
        <li>
          <svg viewBox="0 0 30 18" aria-hidden="true">
            <path d="M2 9h26" stroke="var(--accent)" strokeWidth="3" />
            <circle cx="15" cy="9" r="5" fill="var(--ink)" />
          </svg>
          {t('evaluation.prevalence.corrected')}
        </li>
      </ul>
    </Chart>
  );
}
