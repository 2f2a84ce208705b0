// The journal: who did what to what, when and why; and whether it is as it was written.

import { useState } from 'react';
import type { ActsAnswer } from '../../../api/acts.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePersonName } from '../../person-name.ts';
import { useTitle } from '../../title.ts';

type Act = ActsAnswer['acts'][number];

export default function Acts() {
  const { t, named, number, dateTime } = useWords();
  const nameOf = usePersonName();
  const [before, setBefore] = useState<number | null>(null);
  const query: Readonly<Record<string, string>> = before === null ? {} : { before: String(before) };
  const { data, error, refetch } = useAnswer('/api/v1/acts', query, { keepPrevious: true, staleTime: 2000 });
  const verdict = useAnswer('/api/v1/acts/verdict', {}, { staleTime: 60_000 });
  useTitle(t('acts.title'));
  const columns: readonly Column<Act>[] = [
    { key: 'seq', title: t('acts.seq'), value: ({ seq }) => seq, show: ({ seq }) => number(seq) },
    { key: 'at', title: t('acts.at'), value: ({ at }) => at, show: ({ at }) => dateTime(at) },
    { key: 'actor', title: t('acts.actor'), value: ({ actor }) => nameOf(actor) },
    { key: 'verb', title: t('acts.verb'), value: ({ verb }) => named('act', verb) },
    {
      key: 'object',
      title: t('acts.object'),
      value: ({ object }) => object,
      show: ({ object }) => <code>{nameOf(object)}</code>,
    },
    { key: 'why', title: t('acts.why'), value: ({ why }) => why },
    {
      key: 'detail',
      title: t('acts.detail'),
      value: ({ detail }) => JSON.stringify(detail),
      show: ({ detail }) => (
        <details>
          <summary>{t('acts.detail.open')}</summary>
          <pre className="act-detail">{JSON.stringify(detail, null, 1)}</pre>
        </details>
      ),
    },
  ];
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('acts.title')}</h1>
        <p className="lead">{t('acts.lead')}</p>
      </header>
      {verdict.data !== undefined && (
        <p className={`notice ${verdict.data.broken === null ? 'good' : 'bad'}`} role="status">
          {verdict.data.broken === null
            ? t('acts.whole', { n: verdict.data.count })
            : t('acts.broken', { place: verdict.data.broken })}
        </p>
      )}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data?.acts.length === 0 && <Empty title={t('acts.empty.title')} body={t('acts.empty.body')} />}
      {data !== undefined && data.acts.length > 0 && (
        <section className="card" aria-label={t('acts.title')}>
          <Table caption={t('acts.caption')} columns={columns} rows={data.acts} rowKey={({ seq }) => String(seq)} />
          <div className="actions">
            {before !== null && (
              <button type="button" className="button" onClick={() => setBefore(null)}>
                {t('acts.newest')}
              </button>
            )}
            {data.before !== null && (
              <button type="button" className="button" onClick={() => setBefore(data.before)}>
                {t('acts.older')}
              </button>
            )}
          </div>
        </section>
      )}
    </div>
  );
}
