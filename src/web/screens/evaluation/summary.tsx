// What matters first: how much was read, how far people agree, how far the machine agrees with them, and how often it is right.

import { useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import { coefficient, FigureLine } from './figure.tsx';
import type { FigureAnswer, MachineAnswer, TaskFigures } from './figures.ts';

interface SummaryProps {
  readonly task: TaskFigures;
  readonly machine: MachineAnswer | null;
}

export function Summary({ task, machine }: SummaryProps) {
  const { t, number } = useWords();
  const { people, wanted } = task;
  const read = people.read.random;
  const missing = Math.max(0, wanted.within10 - read);
  return (
    <section aria-labelledby="summary-title" className="screen-part">
      <h2 id="summary-title">{t('evaluation.summary')}</h2>
      {read === 0 && <p className="notice">{t('evaluation.unread', { n: wanted.within10 })}</p>}
      <dl className="measures">
        <div>
          <dt>{t('evaluation.read')}</dt>
          <dd>
            <strong>{number(read)}</strong>
            <span className="small faint">
              {missing > 0 ? t('evaluation.read.missing', { n: missing }) : t('evaluation.read.enough')}
              {' ; '}
              {t('evaluation.read.wanted', { ten: wanted.within10, five: wanted.within5 })}
            </span>
          </dd>
        </div>
        <FigureLine title={t('evaluation.alpha.people')} figure={people.alpha} kind="coefficient" />
        {machine && task.kind !== 'spans' && (
          <FigureLine title={t('evaluation.alpha.machine')} figure={machine.alpha} kind="coefficient" />
        )}
        {machine && <FigureLine title={t(accuracyKey(task))} figure={machine.accuracy} kind="share" />}
      </dl>
      <p className="small faint">
        {t('evaluation.ceiling')}{' '}
        {t('evaluation.people.note', {
          n: people.persons,
          twice: people.twice.random,
          undecided: people.undecided,
          other: people.read.other,
          leftOut: people.leftOut,
        })}
      </p>
      <details>
        <summary>{t('evaluation.all')}</summary>
        <Measures task={task} machine={machine} />
      </details>
    </section>
  );
}

function accuracyKey({ kind }: Pick<TaskFigures, 'kind'>) {
  if (kind === 'spans') return 'evaluation.accuracy.spans';
  return kind === 'several-labels' || kind === 'themes' ? 'evaluation.accuracy.sets' : 'evaluation.accuracy';
}

interface Row {
  readonly key: string;
  readonly title: string;
  readonly figure: FigureAnswer;
  readonly kind: 'share' | 'coefficient';
}

function Measures({ task, machine }: SummaryProps) {
  const words = useWords();
  const { t, percent } = words;
  const spell = (row: Row, value: number) => (row.kind === 'share' ? percent(value, 1) : coefficient(words, value));
  return (
    <Table
      caption={t('evaluation.all')}
      columns={[
        { key: 'measure', title: t('evaluation.measure'), value: (row: Row) => row.title },
        {
          key: 'value',
          title: t('evaluation.value'),
          value: (row) => row.figure.value,
          show: (row) => (row.figure.value === null ? '–' : spell(row, row.figure.value)),
        },
        {
          key: 'interval',
          title: t('evaluation.interval'),
          value: ({ figure: { interval } }) => (interval === null ? null : `${interval.low} ; ${interval.high}`),
          show: (row) =>
            row.figure.interval === null
              ? '–'
              : `${spell(row, row.figure.interval.low)} ; ${spell(row, row.figure.interval.high)}`,
        },
        { key: 'n', title: t('evaluation.cases'), value: (row) => row.figure.n },
      ]}
      rows={rowsOf(task, machine).map((row) => ({ ...row, title: t(row.message) }))}
      rowKey={(row) => row.key}
    />
  );
}

function rowsOf(task: TaskFigures, machine: MachineAnswer | null) {
  const row = <Message extends string>(message: Message, figure: FigureAnswer | null, kind: Row['kind']) =>
    figure === null ? [] : [{ key: message, message, figure, kind }];
  const { people } = task;
  return [
    ...row('evaluation.alpha.people', people.alpha, 'coefficient'),
    ...row('evaluation.jaccard', people.jaccard, 'coefficient'),
    ...row('evaluation.kappa.people', people.kappa, 'coefficient'),
    ...row('evaluation.same', people.same, 'share'),
    ...(machine === null
      ? []
      : [
          ...row(accuracyKey(task), machine.accuracy, 'share'),
          ...row('evaluation.elsewhere', machine.elsewhere, 'share'),
          ...row('evaluation.macroF1', machine.macroF1, 'share'),
          ...row('evaluation.exactF1', machine.exactF1, 'share'),
          ...row('evaluation.coverage', machine.coverage, 'share'),
          ...row('evaluation.alpha.machine', machine.alpha, 'coefficient'),
          ...row('evaluation.kappa.machine', machine.kappa, 'coefficient'),
        ]),
  ] as const;
}
