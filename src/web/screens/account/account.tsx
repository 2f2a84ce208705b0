// One's own account: roles and what they open, and the password; the only screen before a one-time password is changed.

import { useId, useState } from 'react';
import type { MeAnswer } from '../../../api/session.ts';
import { type Mistake, ProblemError, send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useTitle } from '../../title.ts';
import { PeopleMistakes } from '../accounts/people-mistakes.tsx';

export default function OwnAccount() {
  const { t } = useWords();
  const { me } = useMe();
  useTitle(t('account.mine'));
  if (me === null) return null;
  return (
    <div className="screen narrow">
      <header className="intro">
        <h1>{t(me.mustChange ? 'account.first' : 'account.mine')}</h1>
        <p className="lead">{me.mustChange ? t('account.first.body') : (me.account?.name ?? t('account.none'))}</p>
      </header>
      {!me.mustChange && (
        <section className="card" aria-labelledby="roles-title">
          <h2 id="roles-title">{t('account.roles')}</h2>
          <dl className="roles">
            {me.roles.map((role) => (
              <div key={role}>
                <dt>{t(`role.${role}`)}</dt>
                <dd>{t(`role.${role}.does`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {me.account !== null && <ChangePassword signIn={me.account.signIn} />}
    </div>
  );
}

function ChangePassword({ signIn }: { readonly signIn: string }) {
  const { t, language } = useWords();
  const { become } = useMe();
  const id = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState<ProblemError | null>(null);
  const [isDone, setDone] = useState(false);
  const differs = again !== '' && next !== again;
  const mistakes = (pointer: string): readonly Mistake[] =>
    error?.mistakes.filter((mistake) => mistake.pointer === pointer) ?? [];
  const change = async () => {
    setError(null);
    setDone(false);
    try {
      const body = { current, next };
      become(await send<MeAnswer>({ method: 'PUT', path: '/api/v1/me/password', body, language }));
      setDone(true);
      for (const clear of [setCurrent, setNext, setAgain]) clear('');
    } catch (failure) {
      setError(failure instanceof ProblemError ? failure : new ProblemError('', 'internal', null));
    }
  };
  const field = (
    name: string,
    label: string,
    value: string,
    set: (value: string) => void,
    wrong: readonly Mistake[],
  ) => (
    <div className="field wide">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        type="password"
        required
        maxLength={200}
        autoComplete={name === 'current' ? 'current-password' : 'new-password'}
        value={value}
        aria-invalid={wrong.length > 0}
        aria-describedby={`${id}-${name}-wrong`}
        onChange={(event) => set(event.target.value)}
      />
      <PeopleMistakes id={`${id}-${name}-wrong`} mistakes={wrong} />
    </div>
  );
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('account.password')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!differs) void change();
        }}
      >
        <input type="text" name="username" autoComplete="username" defaultValue={signIn} hidden />
        <p className="small faint">{t('account.password.rule')}</p>
        {field('current', t('account.password.current'), current, setCurrent, mistakes('/current'))}
        {field('next', t('account.password.next'), next, setNext, mistakes('/password'))}
        {field('again', t('account.password.again'), again, setAgain, [])}
        {differs && <p className="warning">{t('account.password.differs')}</p>}
        {error !== null && error.mistakes.length === 0 && <Problem error={error} isWrite />}
        <p role="status">{isDone ? t('account.password.done') : ''}</p>
        <div className="actions">
          <button type="submit" className="button primary" disabled={differs}>
            {t('account.password.go')}
          </button>
        </div>
      </form>
    </section>
  );
}
