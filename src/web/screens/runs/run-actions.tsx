// What may be done with a run: stop it, do again what it left, keep its manifest.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { CancelledAnswer, StartedAnswer } from '../../../api/run-desk.ts';
import type { RunDetailAnswer } from '../../../api/run-schemas.ts';
import { send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Problem } from '../../parts/problem.tsx';

export function RunActions({ run }: { readonly run: RunDetailAnswer }) {
  const { t } = useWords();
  const { may } = useMe();
  const isGoing = run.state === 'running' || run.state === 'waiting';
  return (
    <div className="actions">
      {isGoing && may('runs') && <CancelRun run={run.id} isAsked={run.cancelRequestedAt !== null} />}
      {run.retry !== null && may('runs') && <RetryRun run={run.id} kind={run.retry} />}
      {!isGoing && may('export') && (
        <a className="button" href={`/api/v1/runs/${run.id}/manifest`} download>
          {t('run.manifest')}
        </a>
      )}
    </div>
  );
}

export function CancelRun({ run, isAsked }: { readonly run: string; readonly isAsked: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { isBusy, error, attempt } = useAttempt();
  const asking = isBusy || isAsked;
  const cancel = () =>
    attempt(async () => {
      const path = `/api/v1/runs/${encodeURIComponent(run)}/cancel`;
      await send<CancelledAnswer>({ method: 'POST', path, body: {}, language });
      await queries.invalidateQueries();
    });
  return (
    <>
      <button type="button" className="button" disabled={asking} onClick={() => void cancel()}>
        {t(asking ? 'run.cancelling' : 'run.cancel')}
      </button>
      <span className="small faint action-note">{t('run.cancel.kept')}</span>
      {error !== null && <Problem error={error} isWrite />}
    </>
  );
}

function RetryRun({ run, kind }: { readonly run: string; readonly kind: 'failed' | 'rest' }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { isBusy, error, attempt } = useAttempt();
  const retry = () =>
    attempt(async () => {
      const path = `/api/v1/runs/${encodeURIComponent(run)}/retry`;
      const started = await send<StartedAnswer>({ method: 'POST', path, body: {}, language });
      await queries.invalidateQueries();
      navigate(`/runs/${started.run}`);
    });
  return (
    <>
      <button type="button" className="button primary" disabled={isBusy} onClick={() => void retry()}>
        {t(isBusy ? 'start.going' : `run.retry.${kind}`)}
      </button>
      {error !== null && <Problem error={error} isWrite />}
    </>
  );
}

/** One attempt at a time, and what stopped the last one. */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, attempt };
}
