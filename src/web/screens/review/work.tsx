// The reader's desk: a text, its tasks, one key each; answers leave by themselves and can be taken back.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ReviewOverviewAnswer, SkipReason } from '../../../api/review-schemas.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Guide } from './guide.tsx';
import { Help } from './help.tsx';
import { ItemDesk } from './item-desk.tsx';
import { MachineAnswer } from './machine-answer.tsx';
import { openSession, type Past, type Session } from './session.ts';
import { useReviewKeys } from './use-keys.ts';

interface WorkProps {
  readonly overview: ReviewOverviewAnswer;
  /** A document to open first, from a list. */
  readonly opens: string | null;
}

export function Work({ overview, opens }: WorkProps) {
  const { language } = useWords();
  const spoken = useRef(language);
  spoken.current = language;
  const { tasks, person } = overview;
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    const opened = openSession({ tasks: tasks.length, person, language: () => spoken.current });
    setSession(opened);
    void opened.start().then(() => (opens === null ? undefined : opened.open(opens)));
    return () => opened.close();
  }, [tasks.length, person, opens]);
  return session === null ? <Skeleton rows={6} /> : <Desk session={session} overview={overview} />;
}

function Desk({ session, overview }: { readonly session: Session; readonly overview: ReviewOverviewAnswer }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const state = useSyncExternalStore(session.subscribe, session.state);
  const [said, setSaid] = useState('');
  const [helping, setHelping] = useState(false);
  const shown = state.looking === null ? null : (state.past[state.looking] ?? null);
  const item = shown?.item ?? state.current;
  const last = state.past.at(-1) ?? null;
  const answered = state.past.length;
  const waiting = state.waiting;
  useEffect(() => {
    if (waiting === 0 && answered % 5 === 0) void queries.invalidateQueries({ queryKey: ['/api/v1/review'] });
  }, [answered, waiting, queries]);

  const undo = () => {
    const back = session.undo();
    setSaid(t(back === null ? 'review.undo.none' : 'review.undone'));
  };
  const look = (by: -1 | 1) => session.look(by);
  const goToGuide = () => document.getElementById('guide-title')?.focus();
  useReviewKeys((key) => {
    if (key === '?') setHelping(true);
    else if (key === 'u' || key === 'undo') undo();
    else if (key === 'k') look(-1);
    else if (key === 'j') look(1);
    else if (key === 'g') goToGuide();
    else return false;
    return true;
  });
  const given = useMemo(() => (shown === null ? null : { answers: shown.answers, comment: shown.comment }), [shown]);

  return (
    <>
      <p className="hidden" role="status" aria-live="polite">
        {said}
      </p>
      <Notices session={session} />
      <div className="review-bar">
        <span className="small faint" data-waiting={waiting}>
          {waiting === 0 ? t('review.sent') : t('review.waiting', { n: waiting })}
          {state.offline && ` ${t('review.offline')}`}
        </span>
        <span className="review-tools">
          <button type="button" className="button small-button" onClick={undo} disabled={answered === 0}>
            {t('review.undo')}
          </button>
          <button type="button" className="button small-button" onClick={() => look(-1)} disabled={answered === 0}>
            {t('review.previous')}
          </button>
          {shown !== null && (
            <button type="button" className="button small-button" onClick={() => look(1)}>
              {t('review.next')}
            </button>
          )}
          <button type="button" className="button small-button" onClick={() => setHelping(true)}>
            {t('review.help')}
          </button>
        </span>
      </div>
      {state.status === 'failed' && item === null && <Problem error={state.error} retry={() => void session.start()} />}
      {state.status === 'loading' && item === null && <Skeleton rows={5} />}
      {state.status === 'done' && item === null && (
        <Empty title={t('review.done.title')} body={t('review.done.body')} />
      )}
      <div className="review-columns">
        <div className="review-main">
          {item !== null && (
            <ItemDesk
              key={`${item.document} ${item.etag} ${shown === null}`}
              item={item}
              tasks={overview.tasks}
              given={given}
              machine={shown?.machine ?? item.machine}
              onAnswer={(answer) => {
                session.answer(answer);
                setSaid(t('review.kept'));
              }}
              onSkip={(reason: SkipReason, comment, seconds) => {
                session.answer({ answers: [], skipped: reason, comment, seconds });
                setSaid(t('review.skipped'));
              }}
              onSay={setSaid}
            />
          )}
          {shown !== null && (
            <section className="card" aria-labelledby="machine-title">
              <h2 id="machine-title">{t('review.machine')}</h2>
              <MachineAnswer item={shown.item} answers={shown.answers} machine={shown.machine} />
            </section>
          )}
          {shown === null && last !== null && <LastAnswer last={last} />}
        </div>
        <Guide tasks={overview.tasks} codebook={overview.codebook} />
      </div>
      <Help open={helping} onClose={() => setHelping(false)} />
    </>
  );
}

function LastAnswer({ last }: { readonly last: Past }) {
  const { t } = useWords();
  const { item, answers, machine, skipped } = last;
  return (
    <section className="card last" aria-labelledby="last-title">
      <h2 id="last-title">{t('review.last')}</h2>
      <p className="small">
        « {item.text.slice(0, 140)}
        {item.text.length > 140 ? '…' : ''} »
      </p>
      {skipped === null ? (
        <MachineAnswer item={item} answers={answers} machine={machine} />
      ) : (
        <p className="small faint">{t('review.skipped')}</p>
      )}
    </section>
  );
}

function Notices({ session }: { readonly session: Session }) {
  const { t } = useWords();
  const { refused, kept } = session.state();
  return (
    <>
      {!kept && (
        <p className="notice" role="alert">
          {t('review.notKept')}
        </p>
      )}
      {refused.map(({ id, code }) => (
        <div key={id} className="notice" role="alert">
          <p>{t(code === 'locked' ? 'review.refused.locked' : 'review.refused.other')}</p>
          <button type="button" className="button small-button" onClick={() => session.dismiss(id)}>
            {t('review.close')}
          </button>
        </div>
      ))}
    </>
  );
}
