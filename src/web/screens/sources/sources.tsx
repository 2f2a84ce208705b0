// Every source and how it fares: what needs somebody comes first.

import { Link } from 'wouter';
import type { SourcesAnswer } from '../../../api/source-schemas.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useTitle } from '../../title.ts';
import { useAmounts } from './amounts.ts';
import { HealthBadge } from './health.tsx';

type Source = SourcesAnswer['sources'][number];

const WORST_FIRST = ['failing', 'quarantined', 'late', 'never', 'ok', 'paused'];

export default function Sources() {
  const { t } = useWords();
  const { data, error, refetch } = useAnswer('/api/v1/sources', {}, { staleTime: 5000 });
  const recipes = useAnswer('/api/v1/recipes', {}, { staleTime: 5000 });
  const waiting = recipes.data?.sources.filter(({ proposal }) => proposal?.state === 'compared').length ?? 0;
  useTitle(t('sources.title'));
  const add = (
    <Link href="/sources/new" className="button primary">
      {t('sources.add')}
    </Link>
  );
  return (
    <div className="screen">
      <header className="intro with-action">
        <div>
          <h1>{t('sources.title')}</h1>
          <p className="lead">{t('sources.lead')}</p>
        </div>
        {data !== undefined && data.sources.length > 0 && (
          <div className="actions">
            <Link href="/recipes" className="button">
              {t('recipes.title')}
            </Link>
            {add}
          </div>
        )}
      </header>
      {waiting > 0 && (
        <p className="notice">
          <Link href="/recipes">{t('recipes.waiting.recipe', { n: waiting })}</Link>
        </p>
      )}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={5} />}
      {data?.sources.length === 0 && (
        <Empty title={t('sources.empty.title')} body={t('sources.empty.body')}>
          {add}
        </Empty>
      )}
      {data !== undefined && data.sources.length > 0 && <SourceTable sources={data.sources} />}
    </div>
  );
}

function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  const { t, number, percent, dateTime } = useWords();
  const { ago } = useAmounts();
  const rank = ({ health }: Source) => WORST_FIRST.indexOf(health.state);
  const rows = sources.toSorted((left, right) => rank(left) - rank(right));
  const columns: readonly Column<Source>[] = [
    {
      key: 'name',
      title: t('sources.name'),
      value: ({ name }) => name,
      show: ({ name, title }) => title ?? name,
      href: ({ name }) => `/sources/${name}`,
    },
    {
      key: 'health',
      title: t('sources.health'),
      value: ({ health }) => health.state,
      show: ({ health }) => <HealthBadge state={health.state} />,
    },
    {
      key: 'success',
      title: t('health.lastSuccess'),
      value: ({ health }) => health.lastSuccessAt,
      show: ({ health }) => (health.lagSeconds === null ? t('sources.never') : ago(health.lagSeconds)),
    },
    {
      key: 'errors',
      title: t('health.errorRate'),
      value: ({ health }) => health.errorRate ?? -1,
      show: ({ health }) => (health.errorRate === null ? '–' : percent(health.errorRate)),
    },
    {
      key: 'next',
      title: t('sources.next'),
      value: ({ nextRuns }) => nextRuns[0] ?? null,
      show: ({ nextRuns, every }) => nextTime(nextRuns[0], every),
    },
    {
      key: 'records',
      title: t('sources.records'),
      value: ({ records }) => records,
      show: ({ records }) => number(records),
    },
    {
      key: 'refusals',
      title: t('sources.refusals'),
      value: ({ health }) => health.refusals,
      show: ({ health }) => number(health.refusals),
    },
    { key: 'collector', title: t('sources.collector'), value: ({ collector }) => collector },
  ];
  function nextTime(next: string | undefined, every: string | null): string {
    if (next !== undefined) return dateTime(next);
    return every === null ? t('sources.byHand') : '–';
  }
  return (
    <section className="card">
      <Table caption={t('sources.list')} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </section>
  );
}
