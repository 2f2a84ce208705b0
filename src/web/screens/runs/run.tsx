// One run: how far it is, what became of everything it was given, what failed and what to do.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId } from 'react';
import { Link } from 'wouter';
import type { RunDetailAnswer } from '../../../api/run-schemas.ts';
import { ProblemError, useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { useDurations } from './durations.ts';
import { Remaining } from './remaining.tsx';
import { RunActions } from './run-actions.tsx';
import { RunDifference } from './run-difference.tsx';
import { useRunEvents } from './run-events.ts';
import { Failure, RunLog } from './run-failure.tsx';
import { RunSources } from './run-sources.tsx';
import { StageLine } from './stage-line.tsx';

/** Stages and time left come by events; the rest of a run that goes is asked for this often. */
const REFRESH_MS = 2000;

export default function RunScreen({ id }: { readonly id: string }) {
  const { t, dateTime } = useWords();
  const { data, error, refetch } = useAnswer(`/api/v1/runs/${encodeURIComponent(id)}/detail`, {}, { staleTime: 1000 });
  const isMissing = error instanceof ProblemError && error.code === 'not-found';
  useTitle(data === undefined ? t('runs.title') : t('run.title', { date: dateTime(data.startedAt) }));
  return (
    <div className="screen">
      <p>
        <Link href="/runs">← {t('run.back')}</Link>
      </p>
      {isMissing && <h1>{t('run.missing')}</h1>}
      {error && !isMissing && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data !== undefined && <RunPage run={data} />}
    </div>
  );
}

function RunPage({ run }: { readonly run: RunDetailAnswer }) {
  const { t, dateTime } = useWords();
  const isGoing = run.state === 'running';
  useRefresh(isGoing);
  return (
    <>
      <header className="intro">
        <div className="context-row">
          <h1>{t('run.title', { date: dateTime(run.startedAt) })}</h1>
          <span className={badgeOf(run.state)} role="status">
            {t(`run.state.${run.state}`)}
          </span>
        </div>
        <p className="small faint">
          <code>{run.command}</code> · <code>{run.id}</code>
        </p>
        <Times run={run} />
        <RunActions run={run} />
      </header>
      {run.failure !== null && (
        <section className="screen-part" aria-label={t('run.failure')}>
          <Failure failure={run.failure} title={t('run.failure')} level={2} />
          <RunLog log={run.log} />
        </section>
      )}
      {run.recipes !== null && run.recipes.waiting > 0 && (
        <p className="notice">
          {t('run.recipes.waiting', { n: run.recipes.waiting, changed: run.recipes.changed })}{' '}
          <Link href="/recipes">{t('run.recipes.decide')}</Link>
        </p>
      )}
      {isGoing ? <LiveStages run={run} /> : <Stages run={run} stages={run.stages} isLive={false} />}
      <FailedBatches run={run} />
      <RunSources sources={run.sources} />
      {!isGoing && <RunDifference run={run.id} seconds={run.seconds} />}
    </>
  );
}

function Times({ run }: { readonly run: RunDetailAnswer }) {
  const { t } = useWords();
  const { about, span } = useDurations();
  const { estimate, retryOf } = run;
  return (
    <>
      <p>
        {t(run.state === 'running' ? 'run.running' : 'run.took', { span: span(run.seconds) })}{' '}
        <span className="faint">
          {estimate === null
            ? t('run.estimated.none')
            : t('run.estimated', { about: about(estimate.seconds.middle), n: estimate.runs })}
        </span>
      </p>
      {retryOf !== null && (
        <p>
          {t('run.retryOf')} <Link href={`/runs/${retryOf}`}>{retryOf.slice(0, 8)}</Link>
        </p>
      )}
    </>
  );
}

function LiveStages({ run }: { readonly run: RunDetailAnswer }) {
  const { event } = useRunEvents(run.id);
  return (
    <Stages run={run} stages={event?.stages ?? run.stages} isLive>
      <Remaining remaining={event?.remaining ?? run.remaining} />
    </Stages>
  );
}

interface StagesProps {
  readonly run: RunDetailAnswer;
  readonly stages: RunDetailAnswer['stages'];
  readonly isLive: boolean;
  readonly children?: React.ReactNode;
}

function Stages({ run, stages, isLive, children }: StagesProps) {
  const { t, named, number } = useWords();
  const id = useId();
  const reasons = Object.entries(run.reasons);
  return (
    <section className="card run-live" aria-labelledby={id}>
      <h2 id={id}>{t('run.stages')}</h2>
      <p className="small faint">{t('run.stages.lead')}</p>
      {stages.length === 0 && <p className="faint">{t('run.stages.none')}</p>}
      <ol className="plain run-stages">
        {stages.map((stage) => (
          <li key={stage.stage}>
            <StageLine stage={stage} isLive={isLive} />
          </li>
        ))}
      </ol>
      {children}
      {run.copies !== null && <p className="small">{t('run.copies', { ...run.copies })}</p>}
      {reasons.length > 0 && (
        <div className="small">
          <h3>{t('run.reasons')}</h3>
          <ul className="plain">
            {reasons.map(([reason, n]) => (
              <li key={reason}>
                <strong>{number(n)}</strong> {named('reason', reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function FailedBatches({ run }: { readonly run: RunDetailAnswer }) {
  const { t } = useWords();
  const id = useId();
  if (run.failedBatches.length === 0) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('run.failures')}</h2>
      {run.failedBatches.map((batch) => {
        const { source, stage, code, message, batches, records, open } = batch;
        // Indexing is shown under the stage that it follows.
        const name = t(`stage.${stage === 'annotate' ? 'annotate' : 'refine'}`);
        const title = t('run.batches', { source, n: batches, stage: name });
        const note = t('run.batches.records', { records, open });
        const failure = { code: code as 'internal', message, remedy: null, place: null, requestId: null };
        return <Failure key={`${source} ${stage} ${code} ${message}`} failure={failure} title={title} note={note} />;
      })}
    </section>
  );
}

function useRefresh(isGoing: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(() => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).endsWith('/detail') });
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isGoing, queries]);
}

function badgeOf(state: RunDetailAnswer['state']): string {
  if (state === 'failed') return 'badge bad';
  return state === 'done' ? 'badge' : 'badge warn';
}
