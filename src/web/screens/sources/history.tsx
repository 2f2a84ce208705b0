// The last collections of a source.

import type { SourceAnswer } from '../../../api/source-schemas.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useAmounts } from './amounts.ts';

type Attempt = SourceAnswer['history'][number];

const BADGES: Readonly<Record<Attempt['outcome'], string>> = {
  done: '',
  partial: 'warn',
  failed: 'bad',
  stopped: 'warn',
};

export function History({ attempts }: { readonly attempts: SourceAnswer['history'] }) {
  const { t, number, dateTime, named } = useWords();
  const { span } = useAmounts();
  const columns: readonly Column<Attempt>[] = [
    { key: 'at', title: t('history.at'), value: ({ at }) => at, show: ({ at }) => dateTime(at) },
    {
      key: 'outcome',
      title: t('history.outcome'),
      value: ({ outcome }) => outcome,
      show: ({ outcome, failure }) => (
        <>
          <span className={`badge ${BADGES[outcome]}`}>{t(`outcome.${outcome}`)}</span>
          {failure !== null && outcome === 'failed' && <span className="small"> {named('cause', failure.code)}</span>}
        </>
      ),
    },
    {
      key: 'records',
      title: t('history.records'),
      value: ({ records }) => records,
      show: ({ records }) => number(records),
    },
    {
      key: 'new',
      title: t('history.new'),
      value: ({ newRecords }) => newRecords,
      show: ({ newRecords }) => number(newRecords),
    },
    {
      key: 'refusals',
      title: t('sources.refusals'),
      value: ({ refusals }) => refusals,
      show: ({ refusals }) => number(refusals),
    },
    {
      key: 'seconds',
      title: t('history.duration'),
      value: ({ seconds }) => seconds ?? -1,
      show: ({ seconds }) => (seconds === null ? '–' : span(seconds)),
    },
  ];
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{t('history.title')}</h2>
      {attempts.length === 0 ? (
        <p className="faint">{t('history.none')}</p>
      ) : (
        <Table caption={t('history.caption')} columns={columns} rows={attempts} rowKey={({ at }) => at} />
      )}
    </section>
  );
}
