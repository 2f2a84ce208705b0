// One account: who, which roles, since when; and what may be done with it.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { AccountAnswer, ChangedAccountAnswer } from '../../../api/accounts.ts';
import { ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Problem } from '../../parts/problem.tsx';
import { OneTimePassword } from './one-time-password.tsx';
import { PeopleMistakes } from './people-mistakes.tsx';
import { type Role, RoleBoxes } from './role-boxes.tsx';

interface AccountCardProps {
  readonly account: AccountAnswer;
  readonly isChangeable: boolean;
}

export function AccountCard({ account, isChangeable }: AccountCardProps) {
  const { t, dateTime } = useWords();
  const { signIn, name, roles, state, lastSignInAt, passwordExpiresAt, sessions } = account;
  return (
    <li className="card">
      <div className="account-line">
        <h2>
          {name} <span className="small faint">{signIn}</span>
        </h2>
        {state === 'disabled' && <span className="badge bad">{t('accounts.disabled')}</span>}
        {passwordExpiresAt !== null && <span className="badge warn">{t('accounts.waiting')}</span>}
        {roles.map((role) => (
          <span key={role} className="badge">
            {t(`role.${role}`)}
          </span>
        ))}
      </div>
      <p className="small faint">
        {lastSignInAt === null ? t('accounts.never') : t('accounts.last', { at: dateTime(lastSignInAt) })}{' '}
        {t('accounts.sessions', { n: sessions })} <code>{account.person}</code>
      </p>
      {isChangeable && <AccountActions account={account} />}
    </li>
  );
}

function AccountActions({ account }: { readonly account: AccountAnswer }) {
  const { t, language } = useWords();
  const { me } = useMe();
  const queries = useQueryClient();
  const id = useId();
  const [roles, setRoles] = useState<readonly Role[]>(account.roles);
  const [error, setError] = useState<ProblemError | null>(null);
  const [changed, setChanged] = useState<ChangedAccountAnswer | null>(null);
  const change = async (method: 'POST' | 'PUT' | 'DELETE', part: string, body: object) => {
    setError(null);
    setChanged(null);
    try {
      const path = `/api/v1/accounts/${account.person}/${part}`;
      setChanged(await send<ChangedAccountAnswer>({ method, path, body, language }));
      const isOwn = account.person === me?.person;
      await queries.invalidateQueries({ queryKey: [isOwn ? '/api/v1/me' : '/api/v1/accounts'] });
      if (isOwn) await queries.invalidateQueries({ queryKey: ['/api/v1/accounts'] });
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure : new ProblemError('', 'internal', null));
    }
  };
  const isActive = account.state === 'active';
  return (
    <details className="more">
      <summary>{t('accounts.change', { name: account.name })}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void change('PUT', 'roles', { roles });
        }}
      >
        <RoleBoxes roles={roles} setRoles={setRoles} describedBy={`${id}-wrong`} />
        <div className="actions">
          <button type="submit" className="button">
            {t('accounts.roles.save')}
          </button>
          <button type="button" className="button" onClick={() => void change('POST', 'password', {})}>
            {t('accounts.password')}
          </button>
          <button
            type="button"
            className="button"
            disabled={account.sessions === 0}
            onClick={() => void change('DELETE', 'sessions', {})}
          >
            {t('accounts.sessions.end')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => void change('PUT', 'state', { state: isActive ? 'disabled' : 'active' })}
          >
            {t(isActive ? 'accounts.disable' : 'accounts.enable')}
          </button>
        </div>
        <PeopleMistakes id={`${id}-wrong`} mistakes={error?.mistakes ?? []} />
        {error !== null && error.mistakes.length === 0 && <Problem error={error} isWrite />}
        <p role="status">{changed === null ? '' : t('accounts.changed')}</p>
      </form>
      {changed !== null && <OneTimePassword changed={changed} />}
    </details>
  );
}
