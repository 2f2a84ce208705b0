// The first screen of whoever is not signed in; then the one they came for.

import { useLocation, useSearch } from 'wouter';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { SignInForm } from '../../parts/sign-in-form.tsx';
import { useTitle } from '../../title.ts';

export function SignIn() {
  const { t } = useWords();
  const { become } = useMe();
  const [path, navigate] = useLocation();
  const search = useSearch();
  useTitle(t('signin.title'));
  return (
    <div className="screen narrow">
      <header className="intro">
        <h1>{t('signin.title')}</h1>
        <p className="lead">{t('signin.lead')}</p>
      </header>
      <section className="card">
        <SignInForm
          signIn={null}
          onSignedIn={(me) => {
            become(me);
            // Wherever they were going stays in the address.
            navigate(path === '/sign-in' ? '/' : search === '' ? path : `${path}?${search}`, { replace: true });
          }}
        />
      </section>
      <p className="small faint">{t('signin.help')}</p>
    </div>
  );
}
