// The dialog over whatever a person was doing when their session ended: they sign in, and what they sent is sent again.

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { MeAnswer } from '../../api/session.ts';
import { useWords } from '../language.tsx';
import { useMe, useSignedInElsewhere } from '../me.tsx';
import { onSignedOut } from '../signed-out.ts';
import { SignInForm } from './sign-in-form.tsx';

export function SignInAgain() {
  const { t } = useWords();
  const { me, become } = useMe();
  const [, navigate] = useLocation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const waiting = useRef<((isBack: boolean) => void)[]>([]);
  const [isAsking, setAsking] = useState(false);

  useEffect(
    () =>
      onSignedOut(({ answer }) => {
        waiting.current.push(answer);
        setAsking(true);
      }),
    [],
  );
  useEffect(() => {
    if (isAsking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isAsking]);

  const answer = useCallback((isBack: boolean) => {
    const all = waiting.current.splice(0);
    setAsking(false);
    for (const each of all) each(isBack);
  }, []);
  useSignedInElsewhere(useCallback(() => answer(true), [answer]));

  const enter = (back: MeAnswer) => {
    become(back);
    answer(true);
  };
  const leave = () => {
    answer(false);
    become(null);
    navigate('/sign-in');
  };
  return (
    <dialog
      ref={dialog}
      className="sign-in-again"
      aria-labelledby={id}
      onCancel={(event) => event.preventDefault()}
      onClose={() => {
        // A browser closes it at the second Escape all the same.
        if (isAsking) dialog.current?.showModal();
      }}
    >
      {isAsking && (
        <>
          <h2 id={id}>{t('signin.again')}</h2>
          <p>{t('signin.again.body')}</p>
          <SignInForm signIn={me?.account?.signIn ?? null} onSignedIn={enter} />
          <button type="button" className="button quiet" onClick={leave}>
            {t('signin.leave')}
          </button>
        </>
      )}
    </dialog>
  );
}
