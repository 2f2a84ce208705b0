// The codebook's own text: changed here, judged line by line, written as the next version.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { CodebookDraftAnswer, CodebookSavedAnswer, CodebookViewAnswer } from '../../../api/codebook.ts';
import { send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Difference } from './difference.tsx';

interface EditorProps {
  readonly view: CodebookViewAnswer;
  readonly onSaved: (version: string) => void;
}

export function Editor({ view, onSaved }: EditorProps) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState(view.text);
  const [draft, setDraft] = useState<CodebookDraftAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useId();

  async function attempt(work: () => Promise<void>) {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }
  const preview = () =>
    attempt(async () => {
      const path = '/api/v1/codebook/preview';
      setDraft(await send<CodebookDraftAnswer>({ method: 'POST', path, body: { text }, language }));
    });
  const save = () =>
    attempt(async () => {
      const headers = { 'if-match': view.etag };
      const path = '/api/v1/codebook';
      const { version } = await send<CodebookSavedAnswer>({ method: 'PUT', path, body: { text }, language, headers });
      await queries.invalidateQueries();
      onSaved(version);
    });
  const raise = () => {
    const latest = Math.max(0, ...view.versions.map(({ version }) => Number(version.split('@')[1])));
    setText(text.replace(/^version:[^\n]*$/m, `version: ${latest + 1}`));
    setDraft(null);
  };
  const canSave = draft !== null && draft.mistakes.length === 0 && text !== view.text;
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('codebook.edit')}</h2>
      <p id={`${id}-help`}>{t('codebook.edit.body', { path: view.path })}</p>
      <label htmlFor={id}>{t('codebook.text')}</label>
      <textarea
        id={id}
        className="code-text"
        aria-describedby={`${id}-help ${id}-said`}
        rows={24}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setDraft(null);
        }}
      />
      <div className="actions">
        <button type="button" className="button" disabled={isBusy} onClick={raise}>
          {t('codebook.raise')}
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={() => void preview()}>
          {t('codebook.preview')}
        </button>
        <button type="button" className="button primary" disabled={isBusy || !canSave} onClick={() => void save()}>
          {t('codebook.save')}
        </button>
      </div>
      <div id={`${id}-said`} role="status">
        {draft !== null && <Judged draft={draft} />}
      </div>
      {error !== null && <Problem error={error} isWrite />}
    </section>
  );
}

function Judged({ draft: { mistakes, follows, kept } }: { readonly draft: CodebookDraftAnswer }) {
  const { t, named } = useWords();
  const lost = Object.entries(follows?.carry.lost ?? {}).filter(([, n]) => n > 0);
  return (
    <>
      {mistakes.length > 0 && (
        <ul className="mistakes">
          {mistakes.map(({ line, path, message }) => (
            <li key={`${line} ${path} ${message}`}>
              {t('codebook.line', { line })} {path} : <span lang="en">{message}</span>
            </li>
          ))}
        </ul>
      )}
      {kept && <p>{t('codebook.kept')}</p>}
      {mistakes.length === 0 && !kept && <p>{t('codebook.right')}</p>}
      {follows !== null && (
        <>
          <h3>{t('codebook.follows', { from: follows.from })}</h3>
          <Difference difference={follows.difference} />
          <p>
            {t('codebook.carry', { n: follows.carry.judgements, carried: follows.carry.carried })}
            {lost.length > 0 &&
              ` ${t('codebook.carry.lost')} ${lost.map(([reason, n]) => `${n} (${named('codebook.lost', reason)})`).join(', ')}.`}
          </p>
        </>
      )}
    </>
  );
}
