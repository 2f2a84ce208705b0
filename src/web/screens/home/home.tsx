// Where the data stands: what to do next, the six stages, coverage, what was measured, the sources.

import { Link } from 'wouter';
import type { JourneyAnswer } from '../../../api/journey.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { CoverageMeter } from '../../parts/coverage.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Measures } from '../../parts/measures.tsx';
import { NoAccounts } from '../../parts/no-accounts.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { Sources } from './sources.tsx';
import { Stages } from './stages.tsx';

export function Home() {
  const { t } = useWords();
  const { data, error, refetch } = useAnswer('/api/v1/journey');
  useTitle(t('nav.home'));
  if (error) return <Failed error={error} retry={refetch} />;
  if (data === undefined) return <Skeleton rows={8} />;
  return (
    <div className="screen">
      <header className="intro">
        <p className="eyebrow">{data.organisation}</p>
        <h1>{t('home.title')}</h1>
        <NextStep journey={data} />
      </header>
      <NoAccounts />
      {data.empty && <FirstSteps />}
      <Stages stages={data.stages} />
      {!data.empty && (
        <div className="columns wide-left">
          <section aria-labelledby="coverage-title" className="card">
            <h2 id="coverage-title">{t('coverage.title')}</h2>
            <p className="faint">{t('coverage.intro')}</p>
            <CoverageMeter coverage={data.coverage} />
          </section>
          <section aria-labelledby="measure-title" className="card">
            <h2 id="measure-title">{t('measure.title')}</h2>
            {data.measurements.length > 0 && <p className="faint">{t('measure.intro')}</p>}
            <Measures measurements={data.measurements} />
          </section>
        </div>
      )}
      <Sources sources={data.sources} />
    </div>
  );
}

function Failed({ error, retry }: { readonly error: unknown; readonly retry: () => unknown }) {
  const { t } = useWords();
  return (
    <div className="screen narrow">
      <h1>{t('home.title')}</h1>
      <Problem error={error} retry={() => void retry()} />
    </div>
  );
}

function NextStep({ journey }: { readonly journey: JourneyAnswer }) {
  const { t, date } = useWords();
  const { latestRelease, empty, stages } = journey;
  if (empty) return <p className="lead">{t('home.next.empty')}</p>;
  const running = stages.some((stage) => stage.state === 'running');
  return (
    <>
      {running && <p className="lead">{t('home.next.running')}</p>}
      {latestRelease === null ? (
        !running && <p className="lead">{t('home.next.publish')}</p>
      ) : (
        <p className="lead">
          <strong>{latestRelease.title}.</strong>{' '}
          {t('home.next.read', { date: date(latestRelease.publishedAt), n: latestRelease.documents })}
        </p>
      )}
      <p className="actions">
        {latestRelease !== null && (
          <Link href="/barometer" className="button primary">
            {t('home.next.open')}
          </Link>
        )}
        <Link href="/corpus" className="button">
          {t('home.next.corpus')}
        </Link>
      </p>
    </>
  );
}

function FirstSteps() {
  const { t } = useWords();
  const { may } = useMe();
  return (
    <Empty
      title={t('home.empty.title')}
      body={t('home.empty.body')}
      commands={[
        { command: 'datasens init', does: t('home.empty.init') },
        { command: 'datasens check', does: t('home.empty.check') },
        { command: 'datasens run', does: t('home.empty.run') },
      ]}
    >
      {may('sources') && (
        <Link href="/sources/new" className="button primary">
          {t('sources.add')}
        </Link>
      )}
    </Empty>
  );
}
