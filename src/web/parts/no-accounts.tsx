// The sentence that says that whoever is at this machine has every right, and how to end that.

import { useWords } from '../language.tsx';
import { useMe } from '../me.tsx';

export function NoAccounts() {
  const { t } = useWords();
  const { me } = useMe();
  if (me === null || me.account !== null) return null;
  return (
    <p className="notice">
      <span>
        {t('accounts.local')} <code>datasens account add camille --roles admin</code>
      </span>
    </p>
  );
}
