// What was measured of one machine: by label, confusions, calibration, frequency, parts of the corpus, drift.

import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import { CalibrationChart } from './calibration-chart.tsx';
import { Confusion } from './confusion.tsx';
import { figureWords } from './figure.tsx';
import type { MachineAnswer, MachineSetting } from './figures.ts';
import { LabelsChart } from './labels-chart.tsx';
import { PrevalenceChart } from './prevalence-chart.tsx';

export function MachineFigures(setting: MachineSetting) {
  const { machine } = setting;
  return (
    <>
      <div className="charts">
        <LabelsChart {...setting} />
        {machine.calibration !== null && <CalibrationChart {...setting} />}
        {setting.task.kind !== 'spans' && <PrevalenceChart {...setting} />}
      </div>
      {machine.confusion !== null && <Confusion {...setting} />}
      {machine.slices.length > 0 && <Slices {...setting} />}
      {machine.drift !== null && <DriftTable {...setting} drift={machine.drift} />}
    </>
  );
}

function Slices({ machine }: MachineSetting) {
  const words = useWords();
  const { t, named } = words;
  const labels = useLabels();
  type Row = MachineAnswer['slices'][number];
  const partOf = ({ by, value }: Row) => {
    if (by === 'department') return `${labels.department(value)} (${value})`;
    return by === 'language' ? labels.speech(value) : value;
  };
  return (
    <section className="screen-part">
      <h2>{t('evaluation.slices.title')}</h2>
      <p className="small faint">{t('evaluation.slices.note')}</p>
      <Table
        caption={t('evaluation.slices.title')}
        columns={[
          { key: 'value', title: t('evaluation.slices.value'), value: partOf },
          { key: 'by', title: t('evaluation.slices.by'), value: ({ by }) => named('slice', by) },
          {
            key: 'accuracy',
            title: t('evaluation.accuracy'),
            value: ({ accuracy }) => figureWords(words, accuracy, 'share'),
          },
          {
            key: 'coverage',
            title: t('evaluation.coverage'),
            value: ({ coverage }) => figureWords(words, coverage, 'share'),
          },
          {
            key: 'apart',
            title: t('evaluation.slices.apart'),
            value: ({ apart }) => (apart ? t('evaluation.slices.differs') : '–'),
          },
        ]}
        rows={machine.slices}
        rowKey={({ by, value }) => `${by}/${value}`}
      />
    </section>
  );
}

function DriftTable({ task, drift }: MachineSetting & { readonly drift: NonNullable<MachineAnswer['drift']> }) {
  const { t, date, percent } = useWords();
  const labels = useLabels();
  const signed = (value: number) => `${value > 0 ? '+' : ''}${percent(value, 1)}`;
  return (
    <section className="screen-part">
      <h2>{t('evaluation.drift.title')}</h2>
      <p className="small faint">
        {t('evaluation.drift.note', { date: date(drift.at), codebook: drift.codebook })}
        {drift.versions.length > 0 && ` ${drift.versions.join(', ')}.`}
      </p>
      <Table
        caption={t('evaluation.drift.title')}
        columns={[
          {
            key: 'measure',
            title: t('evaluation.measure'),
            value: ({ label }) =>
              label === null ? t('evaluation.accuracy') : `F1 – ${labels.category(task.task, label)}`,
          },
          {
            key: 'was',
            title: t('evaluation.drift.was'),
            value: ({ was }) => was,
            show: ({ was }) => percent(was, 1),
          },
          {
            key: 'difference',
            title: t('evaluation.drift.difference'),
            value: ({ difference }) => difference,
            show: ({ difference }) => signed(difference),
          },
          {
            key: 'interval',
            title: t('evaluation.interval'),
            value: ({ interval }) => `${signed(interval.low)} ; ${signed(interval.high)}`,
          },
          {
            key: 'real',
            title: t('evaluation.slices.apart'),
            value: ({ interval }) => (interval.low > 0 || interval.high < 0 ? t('evaluation.drift.real') : '–'),
          },
        ]}
        rows={drift.changes}
        rowKey={({ figure, label }) => `${figure}/${label}`}
      />
    </section>
  );
}
