// One proposed theme: its terms, how many speak of it and how sure that is, verbatims, and what a person may do to it.

import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { ThemeBoardAnswer } from '../../../api/themes.ts';
import { useWords } from '../../language.tsx';

type Theme = ThemeBoardAnswer['themes'][number];

export type Change =
  | { readonly kind: 'rename'; readonly theme: string; readonly name: string }
  | { readonly kind: 'merge'; readonly themes: readonly string[] }
  | { readonly kind: 'split' | 'drop' | 'select' | 'unselect'; readonly theme: string };

interface ThemeCardProps {
  readonly theme: Theme;
  readonly texts: ThemeBoardAnswer['texts'];
  readonly isPicked: boolean;
  readonly pick: () => void;
  readonly change: (change: Change) => Promise<void>;
  readonly isBusy: boolean;
}

/** Under this, the first terms of a theme are seldom in the same texts. */
const LOOSE = 0.2;

/** Where the keyboard lands when the button that was pressed is gone. */
export const headingOf = (theme: string) => `theme-${theme}`;

export function ThemeCard({ theme, texts, isPicked, pick, change, isBusy }: ThemeCardProps) {
  const { t, percent } = useWords();
  const [name, setName] = useState(theme.name);
  const id = useId();
  const { figures, stability, coherence, state } = theme;
  const act = (kind: 'split' | 'drop' | 'select' | 'unselect') => () => void change({ kind, theme: theme.id });
  return (
    <article className="card" aria-labelledby={headingOf(theme.id)}>
      <div className="context-row">
        <h3 id={headingOf(theme.id)} lang="fr" tabIndex={-1}>
          {theme.name}
        </h3>
        <span className="faint small">{theme.id}</span>
        <span className={state === 'selected' ? 'badge positif' : 'badge'}>{t(`themes.state.${state}`)}</span>
        {theme.namedBy !== null && (
          <span className="badge">{t('themes.named', { annotator: theme.namedBy.annotator })}</span>
        )}
        {coherence !== null && coherence < LOOSE && <span className="badge warn">{t('themes.loose')}</span>}
      </div>
      {theme.description !== null && (
        <p>
          <span lang="fr">{theme.description}</span> <span className="faint">({t('themes.described')})</span>
        </p>
      )}
      <ul className="meta" aria-label={t('themes.figures')}>
        <li>
          <strong>{percent(figures.share, 1)}</strong>{' '}
          {t('themes.interval', {
            low: percent(figures.interval.low, 1),
            high: percent(figures.interval.high, 1),
            n: figures.texts,
          })}
        </li>
        <li>{stability === null ? t('themes.made') : t('themes.stability', { share: percent(stability) })}</li>
      </ul>
      <p className="small">
        <strong>{t('themes.terms')}</strong> <span lang="fr">{theme.first.join(', ')}</span>
      </p>
      <details>
        <summary>{t('themes.verbatims')}</summary>
        {(['representative', 'divergent'] as const).map((kind) => (
          <Verbatims key={kind} kind={kind} ids={figures[kind]} texts={texts} />
        ))}
      </details>
      <form
        className="actions"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && name !== theme.name) void change({ kind: 'rename', theme: theme.id, name });
        }}
      >
        <label htmlFor={id} className="hidden">
          {t('themes.name', { name: theme.name })}
        </label>
        <input
          id={id}
          className="input"
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button" aria-disabled={isBusy || name.trim() === '' || name === theme.name}>
          {t('themes.rename')}
        </button>
      </form>
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={isBusy}
          onClick={act(state === 'selected' ? 'unselect' : 'select')}
        >
          {t(state === 'selected' ? 'themes.unselect' : state === 'dropped' ? 'themes.restore' : 'themes.select')}
        </button>
        <button type="button" className="button" aria-disabled={isBusy} onClick={act('split')}>
          {t('themes.split')}
        </button>
        {state !== 'dropped' && (
          <button type="button" className="button" aria-disabled={isBusy} onClick={act('drop')}>
            {t('themes.drop')}
          </button>
        )}
        <label className="check">
          <input type="checkbox" checked={isPicked} onChange={pick} /> {t('themes.pick')}
        </label>
      </div>
    </article>
  );
}

interface VerbatimsProps {
  readonly kind: 'representative' | 'divergent';
  readonly ids: readonly string[];
  readonly texts: ThemeBoardAnswer['texts'];
}

function Verbatims({ kind, ids, texts }: VerbatimsProps) {
  const { t } = useWords();
  const known = ids.filter((id) => texts[id] !== undefined);
  if (known.length === 0) return null;
  return (
    <>
      <h4>{t(`themes.${kind}`)}</h4>
      <ul>
        {known.map((id) => (
          <li key={id}>
            <span lang="fr">{texts[id]}</span>{' '}
            <Link href={`/corpus/${id}`}>{t('themes.document', { id: id.slice(0, 8) })}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
