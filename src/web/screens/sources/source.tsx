// One source: how it fares, when it is collected next, what it brought, what it could not read, and on which ground.

import { Link } from 'wouter';
import type { SourceAnswer } from '../../../api/source-schemas.ts';
import { addressOf } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { useAmounts } from './amounts.ts';
import { DeadLetters } from './dead-letters.tsx';
import { HealthCard } from './health.tsx';
import { History } from './history.tsx';
import { SourceActions } from './source-actions.tsx';

export default function SourceScreen({ name }: { readonly name: string }) {
  const { t } = useWords();
  const { may } = useMe();
  const { data, error, refetch } = useAnswer(`/api/v1/sources/${encodeURIComponent(name)}`, {}, { staleTime: 5000 });
  useTitle(data?.title ?? name);
  return (
    <div className="screen">
      <header className="intro">
        <p>
          <Link href="/sources">← {t('source.back')}</Link>
        </p>
        <h1 className="broken">{data?.title ?? name}</h1>
        {data?.title && (
          <p className="faint">
            <code>{name}</code>
          </p>
        )}
        {data && may('sources') && <SourceActions source={data} />}
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && <SourcePage source={data} />}
    </div>
  );
}

function SourcePage({ source }: { readonly source: SourceAnswer }) {
  const { t } = useWords();
  const { may } = useMe();
  return (
    <div className="columns wide-left">
      <div className="screen-part">
        <HealthCard name={source.name} health={source.health} />
        <History attempts={source.history} />
        {may('refusals') && <DeadLetters name={source.name} />}
        <section className="card" aria-labelledby="config-title">
          <h2 id="config-title">{t('source.settings')}</h2>
          <dl className="facts">
            <div>
              <dt>{t('sources.collector')}</dt>
              <dd>
                <code>{source.collector}</code>
              </dd>
            </div>
          </dl>
          <pre className="code-block">
            <code>{JSON.stringify(source.config, null, 2)}</code>
          </pre>
        </section>
      </div>
      <div className="screen-part">
        <Schedule source={source} />
        <EstimateCard estimate={source.estimate} />
        <LegalCard source={source} />
      </div>
    </div>
  );
}

function Schedule({ source }: { readonly source: SourceAnswer }) {
  const { t, dateTime } = useWords();
  return (
    <section className="card" aria-labelledby="schedule-title">
      <h2 id="schedule-title">{t('source.schedule')}</h2>
      {source.every === null ? (
        <>
          <p>{t('source.schedule.none')}</p>
          <p>
            <code>datasens run {source.name}</code>
          </p>
        </>
      ) : (
        <p>
          <strong>{source.every}</strong>
        </p>
      )}
      {source.paused && <p className="faint">{t('source.schedule.paused')}</p>}
      {source.nextRuns.length > 0 && (
        <>
          <h3>{t('source.next')}</h3>
          <ol className="plain">
            {source.nextRuns.map((instant) => (
              <li key={instant}>
                <time dateTime={instant}>{dateTime(instant)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function EstimateCard({ estimate }: { readonly estimate: SourceAnswer['estimate'] }) {
  const { t, number } = useWords();
  const { span, bytes } = useAmounts();
  return (
    <section className="card" aria-labelledby="estimate-title">
      <h2 id="estimate-title">{t('source.estimate')}</h2>
      {estimate === null ? (
        <p className="faint">{t('source.estimate.none')}</p>
      ) : (
        <>
          <dl className="facts broad">
            <div>
              <dt>{t('source.estimate.duration')}</dt>
              <dd>{span(estimate.seconds)}</dd>
            </div>
            <div>
              <dt>{t('sources.records')}</dt>
              <dd>{number(estimate.records)}</dd>
            </div>
            <div>
              <dt>{t('source.estimate.size')}</dt>
              <dd>{bytes(estimate.sizeBytes)}</dd>
            </div>
          </dl>
          <p className="small faint">{t('source.estimate.from', { n: estimate.runs })}</p>
        </>
      )}
    </section>
  );
}

function LegalCard({ source }: { readonly source: SourceAnswer }) {
  const { t, duration } = useWords();
  const facts = [
    [t('sources.purpose'), source.purpose],
    [t('sources.legalBasis'), source.legalBasis],
    [t('sources.licence'), source.licence],
    [t('sources.retention'), duration(source.retention)],
    [t('legal.approver'), source.approver ?? t('source.noApprover')],
  ] as const;
  return (
    <section className="card" aria-labelledby="legal-title">
      <h2 id="legal-title">{t('wizard.step.legal')}</h2>
      <dl className="facts">
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
      {source.records > 0 && <Link href={addressOf('/corpus', { source: source.name })}>{t('source.corpus')}</Link>}
    </section>
  );
}
