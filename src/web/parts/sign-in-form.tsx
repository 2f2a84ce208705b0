// A name and a password, as password managers know them.

import { useId, useState } from 'react';
import type { MeAnswer } from '../../api/session.ts';
import { send } from '../client.ts';
import { useWords } from '../language.tsx';
import { Problem } from './problem.tsx';

interface SignInFormProps {
  /** The one name that may sign in; null lets it be typed. */
  readonly signIn: string | null;
  readonly onSignedIn: (me: MeAnswer) => void;
}

export function SignInForm({ signIn, onSignedIn }: SignInFormProps) {
  const { t, language } = useWords();
  const id = useId();
  const [name, setName] = useState(signIn ?? '');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { signIn: name, password };
      onSignedIn(await send<MeAnswer>({ method: 'POST', path: '/api/v1/session', body, language }));
    } catch (failure) {
      setError(failure);
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <div className="field wide">
        <label htmlFor={`${id}-name`}>{t('signin.name')}</label>
        <input
          id={`${id}-name`}
          type="text"
          name="username"
          required
          maxLength={200}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={signIn !== null}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="field wide">
        <label htmlFor={`${id}-password`}>{t('signin.password')}</label>
        <input
          id={`${id}-password`}
          type="password"
          name="password"
          required
          maxLength={1000}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      {error !== null && <Problem error={error} isWrite />}
      <div className="actions">
        <button type="submit" className="button primary" disabled={isBusy}>
          {t(isBusy ? 'signin.going' : 'signin.go')}
        </button>
      </div>
    </form>
  );
}
