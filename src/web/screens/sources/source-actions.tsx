// What may be done with a source: pause, resume, change, copy.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Link, useLocation } from 'wouter';
import type { SavedAnswer, SourceAnswer } from '../../../api/source-schemas.ts';
import { type Mistake, ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Mistakes } from './mistakes.tsx';

export function SourceActions({ source }: { readonly source: SourceAnswer }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { name, paused } = source;
  const setPaused = async () => {
    setBusy(true);
    setError(null);
    try {
      const path = `/api/v1/sources/${name}/${paused ? 'resume' : 'pause'}`;
      await send<SavedAnswer>({ method: 'POST', path, body: {}, language });
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className="actions">
        <Link href={`/sources/${name}/edit`} className="button">
          {t('source.edit')}
        </Link>
        <button type="button" className="button" disabled={busy} onClick={() => void setPaused()}>
          {t(paused ? 'source.resume' : 'source.pause')}
        </button>
        <Duplicate name={name} />
      </div>
      {error !== null && <Problem error={error} isWrite />}
    </>
  );
}

function Duplicate({ name }: { readonly name: string }) {
  const { t } = useWords();
  return (
    <DialogTrigger>
      <Button className="button">{t('source.duplicate')}</Button>
      <ModalOverlay className="modal-ground" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog">{({ close }) => <DuplicateForm name={name} close={close} />}</Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function DuplicateForm({ name, close }: { readonly name: string; readonly close: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const [copy, setCopy] = useState(`${name}-2`);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const id = useId();
  const mistakes: readonly Mistake[] = problem?.mistakes ?? [];
  const duplicate = async () => {
    setProblem(null);
    try {
      const path = `/api/v1/sources/${name}/duplicate`;
      await send<SavedAnswer>({ method: 'POST', path, body: { name: copy }, language });
      await queries.invalidateQueries();
      close();
      navigate(`/sources/${copy}`);
    } catch (failure) {
      setProblem(failure instanceof ProblemError ? failure : new ProblemError('', 'internal', null));
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void duplicate();
      }}
    >
      <Heading slot="title">{t('source.duplicate.title', { name })}</Heading>
      <p>{t('source.duplicate.body')}</p>
      <div className="field wide">
        <label htmlFor={id}>{t('rhythm.name')}</label>
        <input
          id={id}
          type="text"
          required
          pattern="[a-z0-9][a-z0-9\-]*"
          maxLength={60}
          value={copy}
          aria-describedby={`${id}-help ${id}-wrong`}
          aria-invalid={mistakes.length > 0}
          onChange={(event) => setCopy(event.target.value)}
        />
        <p id={`${id}-help`} className="small faint">
          {t('rhythm.name.help')}
        </p>
        <Mistakes id={`${id}-wrong`} mistakes={mistakes} />
      </div>
      {problem !== null && mistakes.length === 0 && <Problem error={problem} isWrite />}
      <div className="actions">
        <button type="submit" className="button primary">
          {t('source.duplicate')}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('source.cancel')}
        </button>
      </div>
    </form>
  );
}
