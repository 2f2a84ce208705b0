// Whether the machine is right as often as it says: on the diagonal it is.

import { axisX, axisY, dot, gridX, gridY, link, plot, ruleX } from '@observablehq/plot';
import { useCallback, useMemo } from 'react';
import { useWords } from '../../language.tsx';
import { Chart } from '../../parts/chart.tsx';
import type { Column } from '../../parts/table.tsx';
import type { MachineAnswer, MachineSetting } from './figures.ts';

type Bin = NonNullable<MachineAnswer['calibration']>['bins'][number];

export function CalibrationChart({ machine, file }: MachineSetting) {
  const { t, number, percent } = useWords();
  const { calibration } = machine;
  const rows = useMemo(() => (calibration?.bins ?? []).filter(({ n }) => n > 0), [calibration]);
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  const columns: readonly Column<Bin>[] = [
    {
      key: 'bin',
      title: t('evaluation.calibration.bin'),
      value: (row) => `${percent(row.from)}–${percent(row.to)}`,
    },
    {
      key: 'said',
      title: t('evaluation.calibration.said'),
      value: (row) => row.said,
      show: (row) => share(row.said),
    },
    {
      key: 'right',
      title: t('evaluation.calibration.right'),
      value: (row) => row.right,
      show: (row) => share(row.right),
    },
    {
      key: 'interval',
      title: t('evaluation.interval'),
      value: ({ interval }) => (interval === null ? null : `${percent(interval.low)} ; ${percent(interval.high)}`),
    },
    { key: 'n', title: t('evaluation.cases'), value: (row) => row.n, show: (row) => number(row.n) },
  ];
  const draw = useCallback(
    (width: number) => {
      const format = (value: number) => percent(value);
      return plot({
        width,
        height: Math.min(320, width),
        marginLeft: 56,
        marginTop: 26,
        marginBottom: 40,
        style: { fontSize: '12px', background: 'none' },
        x: { domain: [0, 1], label: t('evaluation.calibration.said'), labelArrow: 'none' },
        y: { domain: [0, 1], label: t('evaluation.calibration.right'), labelArrow: 'none' },
        marks: [
          gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
          gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
          axisX({
            ticks: 4,
            tickSize: 0,
            tickFormat: format,
            label: t('evaluation.calibration.said'),
            labelArrow: 'none',
          }),
          axisY({
            ticks: 4,
            tickSize: 0,
            tickFormat: format,
            label: t('evaluation.calibration.right'),
            labelArrow: 'none',
          }),
          link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'var(--line-strong)', strokeDasharray: '4 4' }),
          ruleX(rows, {
            x: 'said',
            y1: (row: Bin) => row.interval?.low ?? row.right,
            y2: (row: Bin) => row.interval?.high ?? row.right,
            stroke: 'var(--accent)',
            strokeWidth: 3,
          }),
          dot(rows, { x: 'said', y: 'right', r: 5, fill: 'var(--ink)' }),
        ],
      });
    },
    [rows, percent, t],
  );
  if (calibration === null || calibration.expectedError === null) return null;
  return (
    <Chart
      title={t('evaluation.calibration.title')}
      summary={t('evaluation.calibration.summary', {
        error: percent(calibration.expectedError, 1),
        n: calibration.n,
      })}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.from)}
      draw={draw}
      fileName={`${file}-calibration`}
    />
  );
}
