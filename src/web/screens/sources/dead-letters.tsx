// What a source gave and could not be read, with the reason and what to do.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { StartedAnswer } from '../../../api/run-desk.ts';
import type { RefusalsAnswer } from '../../../api/source-schemas.ts';
import { send, useDeadLetters } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useAttempt } from '../runs/run-actions.tsx';

type Letter = RefusalsAnswer['items'][number];

export function DeadLetters({ name }: { readonly name: string }) {
  const { t } = useWords();
  const [state, setState] = useState<'open' | 'all'>('open');
  const [cursor, setCursor] = useState<string | null>(null);
  const query = { state, ...(cursor === null ? {} : { cursor }) };
  const { data, error, refetch } = useDeadLetters(name, query, { keepPrevious: true, staleTime: 5000 });
  const show = (next: 'open' | 'all') => {
    setState(next);
    setCursor(null);
  };
  return (
    <section className="card" aria-labelledby="letters-title">
      <h2 id="letters-title">{t('letters.title')}</h2>
      <p className="small faint">{t('letters.body')}</p>
      <fieldset className="field">
        <legend className="hidden">{t('letters.which')}</legend>
        <div className="segments">
          {(['open', 'all'] as const).map((which) => (
            <label key={which}>
              <input type="radio" name="letters" checked={state === which} onChange={() => show(which)} />
              {t(`letters.${which}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data?.items.length === 0 && <p className="faint">{t(`letters.none.${state}`)}</p>}
      {data !== undefined && data.items.length > 0 && <Letters letters={data.items} />}
      <div className="actions">
        {cursor !== null && (
          <button type="button" className="button small-button" onClick={() => setCursor(null)}>
            {t('corpus.first')}
          </button>
        )}
        {data?.nextCursor != null && (
          <button type="button" className="button small-button" onClick={() => setCursor(data.nextCursor)}>
            {t('corpus.next')}
          </button>
        )}
      </div>
      {data?.items.some(({ resolvedAt }) => resolvedAt === null) && (
        <ReadAgain name={name} suspect={data.items.some(isSuspect)} />
      )}
    </section>
  );
}

const isSuspect = ({ code, resolvedAt }: Letter) => code === 'input-suspect' && resolvedAt === null;

/** Starts a run of this source that reads the refused places again, or takes a smaller content for right. */
function ReadAgain({ name, suspect }: { readonly name: string; readonly suspect: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { isBusy, error, attempt } = useAttempt();
  const start = (how: { readonly refused: true } | { readonly accept: true }) =>
    attempt(async () => {
      const body = { steps: ['collect', 'refine', 'annotate', 'govern'], sources: [name], ...how };
      const { run } = await send<StartedAnswer>({ method: 'POST', path: '/api/v1/runs', body, language });
      await queries.invalidateQueries();
      navigate(`/runs/${run}`);
    });
  return (
    <>
      <p className="small">{t('letters.again')}</p>
      <div className="actions">
        <button type="button" className="button" disabled={isBusy} onClick={() => void start({ refused: true })}>
          {t('letters.again.go')}
        </button>
      </div>
      {suspect && (
        <>
          <p className="small">{t('letters.accept')}</p>
          <div className="actions">
            <button type="button" className="button" disabled={isBusy} onClick={() => void start({ accept: true })}>
              {t('letters.accept.go')}
            </button>
          </div>
        </>
      )}
      {error !== null && <Problem error={error} isWrite />}
    </>
  );
}

function Letters({ letters }: { readonly letters: RefusalsAnswer['items'] }) {
  const { t, named, dateTime } = useWords();
  const columns: readonly Column<Letter>[] = [
    {
      key: 'place',
      title: t('letters.place'),
      value: ({ location, at }) => `${location} ${at}`,
      show: ({ location, at }) => (
        <span className="broken">
          {location}
          {at !== '' && <span className="faint"> ({at})</span>}
        </span>
      ),
    },
    {
      key: 'reason',
      title: t('letters.reason'),
      value: ({ code }) => code,
      show: ({ code, message }) => (
        <>
          <strong>{named('cause', code)}</strong>
          <br />
          {named('cure', code)}
          <br />
          <code className="small">{message}</code>
        </>
      ),
    },
    {
      key: 'at',
      title: t('letters.at'),
      value: ({ refusedAt }) => refusedAt,
      show: ({ refusedAt, resolvedAt }) => (
        <>
          {dateTime(refusedAt)}
          {resolvedAt !== null && (
            <>
              <br />
              <span className="badge">{t('letters.resolved')}</span>
            </>
          )}
        </>
      ),
    },
  ];
  return <Table caption={t('letters.caption')} columns={columns} rows={letters} rowKey={({ id }) => id} />;
}
