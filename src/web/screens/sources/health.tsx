// How a source fares, in one word and in figures, and what to do where it does not fare well.

import type { SourcesAnswer } from '../../../api/source-schemas.ts';
import { useWords } from '../../language.tsx';
import { useAmounts } from './amounts.ts';

type Health = SourcesAnswer['sources'][number]['health'];

export function HealthBadge({ state }: { readonly state: Health['state'] }) {
  const { t } = useWords();
  return (
    <span className={`badge health is-${state}`}>
      <span className="dot" aria-hidden="true" />
      {t(`health.${state}`)}
    </span>
  );
}

interface HealthCardProps {
  readonly name: string;
  readonly health: Health;
}

export function HealthCard({ name, health }: HealthCardProps) {
  const { t, percent, dateTime } = useWords();
  const { ago } = useAmounts();
  const { state, lastSuccessAt, lagSeconds, errorRate, attempts, failure } = health;
  return (
    <section className="card" aria-labelledby="health-title">
      <div className="context-row">
        <h2 id="health-title">{t('health.title')}</h2>
        <HealthBadge state={state} />
      </div>
      <p>{t(`health.${state}.means`)}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      {state === 'quarantined' && (
        <p>
          {t('health.accept')} <code>datasens collect {name} --accept</code>
        </p>
      )}
      <dl className="facts">
        <div>
          <dt>{t('health.lastSuccess')}</dt>
          <dd>
            {lastSuccessAt === null ? t('sources.never') : dateTime(lastSuccessAt)}
            {lagSeconds !== null && <span className="faint"> ({ago(lagSeconds)})</span>}
          </dd>
        </div>
        <div>
          <dt>{t('health.errorRate')}</dt>
          <dd>
            {errorRate === null ? '–' : percent(errorRate)}
            {errorRate !== null && <span className="faint"> {t('health.attempts', { n: attempts })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('health.refusals')}</dt>
          <dd>{health.refusals}</dd>
        </div>
      </dl>
    </section>
  );
}

interface FailureNoticeProps {
  readonly failure: NonNullable<Health['failure']>;
}

/** The cause and the cure in the reader's words, then the program's own. */
export function FailureNotice({ failure }: FailureNoticeProps) {
  const { named } = useWords();
  return (
    <div className="notice bad">
      <p>
        <strong>{named('cause', failure.code)}</strong>
      </p>
      <p>{named('cure', failure.code)}</p>
      {failure.message !== null && (
        <p className="small">
          <code>{failure.message}</code>
          {failure.remedy !== null && <> {failure.remedy}</>}
        </p>
      )}
    </div>
  );
}
