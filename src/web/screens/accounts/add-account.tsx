// One more account: a name to sign in with, a name to show, roles; its password is drawn and shown once.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ChangedAccountAnswer } from '../../../api/accounts.ts';
import { type Mistake, ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Problem } from '../../parts/problem.tsx';
import { OneTimePassword } from './one-time-password.tsx';
import { PeopleMistakes } from './people-mistakes.tsx';
import { type Role, RoleBoxes } from './role-boxes.tsx';

export function AddAccount({ isFirst }: { readonly isFirst: boolean }) {
  const { t, language } = useWords();
  const { me } = useMe();
  const queries = useQueryClient();
  const id = useId();
  const [signIn, setSignIn] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(isFirst ? ['admin'] : ['reader']);
  const [error, setError] = useState<ProblemError | null>(null);
  const [added, setAdded] = useState<ChangedAccountAnswer | null>(null);
  const mistakes = (field: string): readonly Mistake[] =>
    error?.mistakes.filter(({ pointer }) => pointer === `/${field}`) ?? [];
  const add = async () => {
    setError(null);
    try {
      const body = { signIn, name, roles };
      setAdded(await send<ChangedAccountAnswer>({ method: 'POST', path: '/api/v1/accounts', body, language }));
      setSignIn('');
      setName('');
      // After the first account this page has no right to read the list again before somebody signs in.
      if (me?.account !== null) await queries.invalidateQueries({ queryKey: ['/api/v1/accounts'] });
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure : new ProblemError('', 'internal', null));
    }
  };
  const field = (key: 'signIn' | 'name', value: string, set: (value: string) => void) => (
    <div className="field wide">
      <label htmlFor={`${id}-${key}`}>{t(`accounts.${key}`)}</label>
      <input
        id={`${id}-${key}`}
        type="text"
        required
        maxLength={100}
        autoComplete="off"
        autoCapitalize={key === 'signIn' ? 'none' : 'words'}
        value={value}
        aria-invalid={mistakes(key).length > 0}
        aria-describedby={`${id}-${key}-wrong`}
        onChange={(event) => set(event.target.value)}
      />
      <PeopleMistakes id={`${id}-${key}-wrong`} mistakes={mistakes(key)} />
    </div>
  );
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t(isFirst ? 'accounts.add.first' : 'accounts.add')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        {field('signIn', signIn, setSignIn)}
        {field('name', name, setName)}
        <RoleBoxes roles={roles} setRoles={setRoles} describedBy={`${id}-roles-wrong`} />
        <PeopleMistakes id={`${id}-roles-wrong`} mistakes={mistakes('roles')} />
        {error !== null && error.mistakes.length === 0 && <Problem error={error} isWrite />}
        <div className="actions">
          <button type="submit" className="button primary">
            {t('accounts.add.go')}
          </button>
        </div>
      </form>
      {added !== null && <OneTimePassword changed={added} />}
    </section>
  );
}
