// F1 of each label with its interval; precision and recall are in the table.

import { axisX, dot, gridX, plot, ruleY, text } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import { figureWords } from './figure.tsx';
import type { MachineAnswer, MachineSetting } from './figures.ts';

type Label = MachineAnswer['labels'][number];

export function LabelsChart({ task, machine, file }: MachineSetting) {
  const words = useWords();
  const { t, percent } = words;
  const labels = useLabels();
  const title = useCallback((row: Label) => labels.category(task.task, row.label), [labels, task.task]);
  const rows = useMemo(
    () => machine.labels.toSorted((left, right) => (right.f1.value ?? -1) - (left.f1.value ?? -1)),
    [machine.labels],
  );
  const drawn = useMemo(() => rows.filter(({ f1 }) => f1.value !== null), [rows]);
  const alphas = new Map(task.people.labels.map(({ label, alpha }) => [label, alpha]));
  const figure = (key: 'f1' | 'precision' | 'recall'): Column<Label> => ({
    key,
    title: t(`evaluation.${key}`),
    value: (row) => row[key].value,
    show: (row) => figureWords(words, row[key], 'share'),
  });
  const columns: readonly Column<Label>[] = [
    { key: 'label', title: t('evaluation.label'), value: title },
    figure('precision'),
    figure('recall'),
    figure('f1'),
    { key: 'support', title: t('evaluation.support'), value: (row) => row.support },
    {
      key: 'alpha',
      title: t('evaluation.labelAlpha'),
      value: (row) => alphas.get(row.label)?.value ?? null,
      show: (row) => {
        const alpha = alphas.get(row.label);
        return alpha === undefined ? '–' : figureWords(words, alpha, 'coefficient');
      },
    },
  ];
  const draw = useCallback(
    (width: number) => {
      const at = { y: (row: Label) => row.label, dy: 8 };
      return plot({
        width,
        height: drawn.length * 42 + 40,
        margin: 0,
        marginTop: 6,
        marginRight: 116,
        marginBottom: 28,
        marginLeft: 6,
        style: { fontSize: '12.5px', background: 'none' },
        x: { domain: [0, 1] },
        y: { type: 'band', domain: drawn.map(({ label }) => label), axis: null, padding: 0 },
        marks: [
          gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
          axisX({ ticks: 4, tickSize: 0, label: null, tickFormat: (value: number) => percent(value) }),
          text(drawn, { x: 0, y: (row) => row.label, text: title, textAnchor: 'start', dy: -10, fill: 'var(--ink)' }),
          ruleY(drawn, {
            ...at,
            x1: (row: Label) => row.f1.interval?.low ?? row.f1.value,
            x2: (row: Label) => row.f1.interval?.high ?? row.f1.value,
            stroke: 'var(--accent)',
            strokeWidth: 3,
          }),
          dot(drawn, { ...at, x: (row: Label) => row.f1.value, r: 5, fill: 'var(--ink)' }),
          text(drawn, {
            frameAnchor: 'right',
            y: (row: Label) => row.label,
            text: (row: Label) => `${percent(row.f1.value ?? 0)}  ·  n = ${row.f1.n}`,
            textAnchor: 'start',
            dx: 10,
            dy: 8,
            fill: 'var(--ink)',
          }),
        ],
      });
    },
    [drawn, title, percent],
  );
  const [best, worst] = [drawn[0], drawn.at(-1)];
  if (best === undefined || worst === undefined) return <p className="notice">{t('evaluation.labels.none')}</p>;
  return (
    <Chart
      title={t('evaluation.labels.title')}
      summary={t('evaluation.labels.summary', {
        n: drawn.length,
        best: title(best),
        bestValue: percent(best.f1.value ?? 0),
        worst: title(worst),
        worstValue: percent(worst.f1.value ?? 0),
      })}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.label}
      draw={draw}
      fileName={`${file}-etiquettes`}
    />
  );
}
