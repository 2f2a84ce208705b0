// Themes proposed from the corpus: people keep, name, merge, split and set aside, then write them into the codebook.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ThemeBoardAnswer, ThemesAcceptedAnswer } from '../../../api/themes.ts';
import { send, useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { AcceptedNotice } from './accepted.tsx';
import { History } from './history.tsx';
import { Naming } from './naming.tsx';
import { type Change, headingOf, ThemeCard } from './theme.tsx';

const LOOK_MS = 1500;

export default function Themes() {
  const { t, percent, language } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useAnswer('/api/v1/themes');
  const [busy, setBusy] = useState<'propose' | 'change' | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [accepted, setAccepted] = useState<ThemesAcceptedAnswer | null>(null);
  const [landing, setLanding] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  useTitle(t('themes.title'));
  const board = data?.board ?? null;
  const isProposing = busy === 'propose' || (data?.progress ?? null) !== null;
  useEffect(() => {
    if (!isProposing) return;
    const timer = setInterval(() => void refetch(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isProposing, refetch]);

  // What was pressed may be gone with its theme: the keyboard goes on from what came of it.
  useEffect(() => {
    if (landing === null) return;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost) document.getElementById(headingOf(landing))?.focus();
    setLanding(null);
  }, [landing]);

  async function act(kind: 'propose' | 'change', path: string, body: unknown) {
    if (busy !== null) return;
    setBusy(kind);
    setFailure(null);
    try {
      const answer = await send<unknown>({ method: 'POST', path, body, language });
      setPicked(new Set());
      if (path.endsWith('/accept')) setAccepted(answer as ThemesAcceptedAnswer);
      await queries.invalidateQueries();
      if (path.endsWith('/edits')) setLanding(madeBy(board, answer as ThemeBoardAnswer, body as Change));
    } catch (problem) {
      setFailure(problem);
    } finally {
      setBusy(null);
    }
  }
  const change = (body: Change) => act('change', `/api/v1/themes/${board?.id}/edits`, body);
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    setPicked(next);
  };
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('themes.title')}</h1>
        <p className="lead">{t('themes.lead')}</p>
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && (
        <div className="actions">
          <button
            type="button"
            className={board === null ? 'button primary' : 'button'}
            aria-disabled={isProposing}
            onClick={() => void act('propose', '/api/v1/themes', {})}
          >
            {t(board === null ? 'themes.propose' : 'themes.again')}
          </button>
          <span role="status">{isProposing && t('themes.progress', { share: percent(data.progress ?? 0) })}</span>
        </div>
      )}
      {failure !== null && <Problem error={failure} isWrite />}
      {accepted !== null && <AcceptedNotice accepted={accepted} />}
      {board && (
        <>
          <Summary board={board} />
          {board.textsNow !== board.discovery.texts && (
            <p className="notice">{t('themes.changed', { n: board.textsNow, before: board.discovery.texts })}</p>
          )}
          {board.naming !== null && <Naming naming={board.naming} />}
          <div className="actions">
            <button
              type="button"
              className="button"
              disabled={picked.size < 2}
              onClick={() => void change({ kind: 'merge', themes: [...picked] })}
            >
              {t('themes.merge', { n: picked.size })}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={!board.themes.some(({ state }) => state === 'selected')}
              onClick={() => void act('change', `/api/v1/themes/${board.id}/accept`, {})}
            >
              {t('themes.accept', { n: board.themes.filter(({ state }) => state === 'selected').length })}
            </button>
          </div>
          {(['main', 'minority', 'dropped'] as const).map((group) => (
            <Group
              key={group}
              group={group}
              board={board}
              picked={picked}
              toggle={toggle}
              change={change}
              isBusy={busy !== null}
            />
          ))}
          <History history={board.history} />
        </>
      )}
    </div>
  );
}

/** The theme that a change made, or that it was made to. */
function madeBy(before: ThemeBoardAnswer | null, after: ThemeBoardAnswer, change: Change): string | null {
  const made = after.themes.find(({ id }) => !before?.themes.some((theme) => theme.id === id));
  return made?.id ?? (change.kind === 'merge' ? null : change.theme);
}

function Summary({ board: { discovery } }: { readonly board: ThemeBoardAnswer }) {
  const { t, percent, number } = useWords();
  const { texts, documents, unassigned, agreement, repeats } = discovery;
  return (
    <ul className="meta" aria-label={t('themes.figures')}>
      <li>{t('themes.texts', { n: texts, documents: number(documents) })}</li>
      <li>{t('themes.unassigned', { n: unassigned, share: percent(texts === 0 ? 0 : unassigned / texts) })}</li>
      <li>{t('themes.agreement', { value: number(Math.round(agreement * 100) / 100), repeats })}</li>
    </ul>
  );
}

interface GroupProps {
  readonly group: 'main' | 'minority' | 'dropped';
  readonly board: ThemeBoardAnswer;
  readonly picked: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly change: (change: Change) => Promise<void>;
  readonly isBusy: boolean;
}

function Group({ group, board, picked, toggle, change, isBusy }: GroupProps) {
  const { t } = useWords();
  const themes = board.themes.filter(
    ({ state, minority }) => group === (state === 'dropped' ? 'dropped' : minority ? 'minority' : 'main'),
  );
  if (themes.length === 0) return null;
  return (
    <section className="screen-part" aria-labelledby={`themes-${group}`}>
      <h2 id={`themes-${group}`}>{t(`themes.group.${group}`)}</h2>
      {group === 'minority' && <p>{t('themes.group.minority.body')}</p>}
      {themes.map((theme) => (
        <ThemeCard
          key={theme.id}
          theme={theme}
          texts={board.texts}
          isPicked={picked.has(theme.id)}
          pick={() => toggle(theme.id)}
          change={change}
          isBusy={isBusy}
        />
      ))}
    </section>
  );
}
