// A password that was drawn, shown this once, to be handed over.

import type { ChangedAccountAnswer } from '../../../api/accounts.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';

export function OneTimePassword({ changed }: { readonly changed: ChangedAccountAnswer }) {
  const { t, dateTime } = useWords();
  const { me } = useMe();
  const { account, password } = changed;
  if (password === null) return null;
  return (
    <div className="notice good" role="status">
      <p>
        {t('accounts.once', { name: account.signIn, until: dateTime(account.passwordExpiresAt ?? account.createdAt) })}
      </p>
      <p>
        <code className="one-time">{password}</code>
      </p>
      <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(password)}>
        {t('accounts.once.copy')}
      </button>
      {me?.account === null && (
        <>
          <p>{t('accounts.once.first')}</p>
          <button type="button" className="button primary" onClick={() => location.assign('/sign-in')}>
            {t('signin.title')}
          </button>
        </>
      )}
    </div>
  );
}
