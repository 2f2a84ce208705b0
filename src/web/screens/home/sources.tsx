// Sources with their legal frame: nothing runs without it, so it is always shown.

import type { JourneyAnswer } from '../../../api/journey.ts';
import { addressOf } from '../../address.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';

type Source = JourneyAnswer['sources'][number];

export function Sources({ sources }: { readonly sources: JourneyAnswer['sources'] }) {
  const { t, number, dateTime, duration } = useWords();
  const columns: readonly Column<Source>[] = [
    {
      key: 'name',
      title: t('sources.name'),
      value: (source) => source.name,
      href: (source) => (source.documents > 0 ? addressOf('/corpus', { source: source.name }) : null),
    },
    { key: 'collector', title: t('sources.collector'), value: (source) => source.collector },
    {
      key: 'documents',
      title: t('sources.documents'),
      value: (source) => source.documents,
      show: (source) => number(source.documents),
    },
    {
      key: 'last',
      title: t('sources.last'),
      value: (source) => source.lastCollectedAt,
      show: (source) => (source.lastCollectedAt === null ? t('sources.never') : dateTime(source.lastCollectedAt)),
    },
    { key: 'licence', title: t('sources.licence'), value: (source) => source.licence },
    { key: 'purpose', title: t('sources.purpose'), value: (source) => source.purpose },
    { key: 'legalBasis', title: t('sources.legalBasis'), value: (source) => source.legalBasis },
    { key: 'retention', title: t('sources.retention'), value: (source) => duration(source.retention) },
    {
      key: 'refusals',
      title: t('sources.refusals'),
      value: (source) => source.refusals,
      show: (source) => number(source.refusals),
    },
  ];
  return (
    <section aria-labelledby="sources-title" className="card">
      <h2 id="sources-title">{t('sources.title')}</h2>
      {sources.length === 0 ? (
        <p className="faint">{t('sources.none')}</p>
      ) : (
        <Table caption={t('sources.caption')} columns={columns} rows={sources} rowKey={(source) => source.name} />
      )}
    </section>
  );
}
