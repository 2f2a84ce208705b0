// An address that shows nothing.

import { Link } from 'wouter';
import { useWords } from '../../language.tsx';
import { useTitle } from '../../title.ts';

export function Missing() {
  const { t } = useWords();
  useTitle(t('missing.title'));
  return (
    <div className="screen narrow">
      <h1>{t('missing.title')}</h1>
      <p className="lead">{t('missing.body')}</p>
      <p>
        <Link href="/" className="button primary">
          {t('missing.home')}
        </Link>
      </p>
    </div>
  );
}
