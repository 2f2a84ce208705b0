// The decision on another recipe: accept and replace, or refuse and say why.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { AcceptedAnswer, RefusedAnswer } from '../../../api/recipes.ts';
import { send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';

export type Done =
  | ({ readonly kind: 'accepted'; readonly title: string } & AcceptedAnswer)
  | { readonly kind: 'refused'; readonly title: string };

interface DecisionProps {
  readonly source: string;
  readonly title: string;
  /** False until all is compared. */
  readonly canAccept: boolean;
  readonly onDone: (done: Done) => void;
}

export function Decision({ source, title, canAccept, onDone }: DecisionProps) {
  return (
    <div className="actions">
      {canAccept && <Choice kind="accept" source={source} title={title} onDone={onDone} />}
      <Choice kind="refuse" source={source} title={title} onDone={onDone} />
    </div>
  );
}

type ChoiceProps = Omit<DecisionProps, 'canAccept'> & { readonly kind: 'accept' | 'refuse' };

function Choice(props: ChoiceProps) {
  const { t } = useWords();
  return (
    <DialogTrigger>
      <Button className={props.kind === 'accept' ? 'button primary' : 'button'}>{t(`recipes.${props.kind}`)}</Button>
      <ModalOverlay className="modal-ground" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog">{({ close }) => <ChoiceForm {...props} close={close} />}</Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function ChoiceForm({ kind, source, title, onDone, close }: ChoiceProps & { readonly close: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [why, setWhy] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const decide = async () => {
    setBusy(true);
    setError(null);
    try {
      const path = `/api/v1/recipes/${encodeURIComponent(source)}/${kind}`;
      const body = why.trim() === '' ? {} : { why };
      if (kind === 'accept') {
        const accepted = await send<AcceptedAnswer>({ method: 'POST', path, body, language });
        onDone({ kind: 'accepted', title, ...accepted });
      } else {
        await send<RefusedAnswer>({ method: 'POST', path, body, language });
        onDone({ kind: 'refused', title });
      }
      close();
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void decide();
      }}
    >
      <Heading slot="title">{t(`recipes.${kind}.title`, { name: title })}</Heading>
      <p>{t(`recipes.${kind}.body`)}</p>
      <div className="field wide">
        <label htmlFor={id}>{t(kind === 'accept' ? 'recipes.why.optional' : 'recipes.why')}</label>
        <input
          id={id}
          type="text"
          required={kind === 'refuse'}
          maxLength={2000}
          value={why}
          aria-describedby={`${id}-help`}
          onChange={(event) => setWhy(event.target.value)}
        />
        <p id={`${id}-help`} className="small faint">
          {t('recipes.why.help')}
        </p>
      </div>
      {error !== null && <Problem error={error} isWrite />}
      <div className="actions">
        <button type="submit" className="button primary" disabled={busy}>
          {t(`recipes.${kind}`)}
        </button>
        <button type="button" className="button" onClick={close}>
          {t('recipes.cancel')}
        </button>
      </div>
    </form>
  );
}
