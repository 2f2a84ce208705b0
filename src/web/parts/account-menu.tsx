// Who is signed in, with which roles; the way to their password, to the accounts, and out.

import { useRef } from 'react';
import { Link } from 'wouter';
import { send } from '../client.ts';
import { useWords } from '../language.tsx';
import { useMe } from '../me.tsx';

export function AccountMenu() {
  const { t, language } = useWords();
  const { me, may, become } = useMe();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  if (me === null) return null;
  if (me.account === null) {
    return (
      <Link href="/accounts" className="button quiet">
        {t('account.none')}
      </Link>
    );
  }
  const leave = async () => {
    await send<undefined>({ method: 'DELETE', path: '/api/v1/session', body: {}, language }).catch(() => undefined);
    become(null);
  };
  return (
    <details
      ref={menu}
      className="account-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return;
        close();
        menu.current.querySelector('summary')?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <summary className="button quiet">{me.account.name}</summary>
      <div className="account-sheet">
        <p>
          <strong>{me.account.name}</strong>
          <br />
          <span className="small faint">{me.account.signIn}</span>
        </p>
        <ul className="small">
          {me.roles.map((role) => (
            <li key={role}>{t(`role.${role}`)}</li>
          ))}
        </ul>
        <Link href="/account" className="button" onClick={close}>
          {t('account.mine')}
        </Link>
        {may('accounts') && (
          <Link href="/accounts" className="button" onClick={close}>
            {t('accounts.title')}
          </Link>
        )}
        {may('acts') && (
          <Link href="/acts" className="button" onClick={close}>
            {t('acts.title')}
          </Link>
        )}
        <button type="button" className="button" onClick={() => void leave()}>
          {t('account.leave')}
        </button>
      </div>
    </details>
  );
}
