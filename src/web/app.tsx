// The frame of every screen: skip link, navigation, language, appearance; and which address shows what.

import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { APPEARANCES, useAppearance } from './appearance.tsx';
import { useWords } from './language.tsx';
import { MeProvider, type Right, useMe } from './me.tsx';
import { AccountMenu } from './parts/account-menu.tsx';
import { Mark } from './parts/mark.tsx';
import { Problem } from './parts/problem.tsx';
import { SignInAgain } from './parts/sign-in-again.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { Home } from './screens/home/home.tsx';
import { Missing } from './screens/missing/missing.tsx';
import { SignIn } from './screens/sign-in/sign-in.tsx';

const Accounts = lazy(() => import('./screens/accounts/accounts.tsx'));
const Acts = lazy(() => import('./screens/acts/acts.tsx'));
const Barometer = lazy(() => import('./screens/barometer/barometer.tsx'));
const CodebookScreen = lazy(() => import('./screens/codebook/codebook.tsx'));
const Copies = lazy(() => import('./screens/copies/copies.tsx'));
const CopyGroup = lazy(() => import('./screens/copies/group.tsx'));
const Corpus = lazy(() => import('./screens/corpus/corpus.tsx'));
const DocumentScreen = lazy(() => import('./screens/document/document.tsx'));
const EditSource = lazy(() => import('./screens/sources/edit.tsx'));
const Review = lazy(() => import('./screens/review/review.tsx'));
const Recipes = lazy(() => import('./screens/recipes/recipes.tsx'));
const EvaluationScreen = lazy(() => import('./screens/evaluation/evaluation.tsx'));
const OwnAccount = lazy(() => import('./screens/account/account.tsx'));
const RunScreen = lazy(() => import('./screens/runs/run.tsx'));
const Runs = lazy(() => import('./screens/runs/runs.tsx'));
const SourceScreen = lazy(() => import('./screens/sources/source.tsx'));
const Sources = lazy(() => import('./screens/sources/sources.tsx'));
const Themes = lazy(() => import('./screens/themes/themes.tsx'));

const SCREENS = [
  { path: '/', key: 'nav.home', right: null },
  { path: '/sources', key: 'nav.sources', right: 'follow' },
  { path: '/barometer', key: 'nav.barometer', right: 'read' },
  { path: '/corpus', key: 'nav.corpus', right: 'read' },
  { path: '/copies', key: 'nav.copies', right: 'read' },
  { path: '/review', key: 'nav.review', right: 'reviewing' },
  { path: '/codebook', key: 'nav.codebook', right: 'read' },
  { path: '/themes', key: 'nav.themes', right: 'read' },
  { path: '/evaluation', key: 'nav.evaluation', right: 'read' },
  { path: '/runs', key: 'nav.runs', right: 'follow' },
] as const satisfies readonly { readonly path: string; readonly key: string; readonly right: Right | null }[];

export function App() {
  return (
    <MeProvider
      waiting={<Skeleton rows={6} />}
      failed={(error, retry) => (
        <main className="screen">
          <Problem error={error} retry={retry} />
        </main>
      )}
    >
      <Frame />
    </MeProvider>
  );
}

function Frame() {
  const { t } = useWords();
  const { me } = useMe();
  const main = useFocusOnArrival();
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton rows={6} />}>
          {me === null ? <SignIn /> : me.mustChange ? <OwnAccount /> : <Screens />}
        </Suspense>
      </main>
      <footer className="footer">
        <p>{t('app.footer')}</p>
        <a href="/api/openapi.json">{t('app.api')}</a>
      </footer>
      {me !== null && <SignInAgain />}
    </>
  );
}

function Screens() {
  return (
    <Switch>
      <Route path="/account" component={OwnAccount} />
      <Route path="/accounts" component={Accounts} />
      <Route path="/acts" component={Acts} />
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/" component={Home} />
      <Route path="/barometer" component={Barometer} />
      <Route path="/corpus" component={Corpus} />
      <Route path="/corpus/:id">{({ id }) => <DocumentScreen id={id} />}</Route>
      <Route path="/copies" component={Copies} />
      <Route path="/copies/:id">{({ id }) => <CopyGroup id={id} />}</Route>
      <Route path="/review" component={Review} />
      <Route path="/codebook" component={CodebookScreen} />
      <Route path="/themes" component={Themes} />
      <Route path="/evaluation" component={EvaluationScreen} />
      <Route path="/recipes" component={Recipes} />
      <Route path="/runs" component={Runs} />
      <Route path="/runs/:id">{({ id }) => <RunScreen key={id} id={id} />}</Route>
      <Route path="/sources" component={Sources} />
      <Route path="/sources/new">
        <EditSource name={null} />
      </Route>
      <Route path="/sources/:name">{({ name }) => <SourceScreen key={name} name={name} />}</Route>
      <Route path="/sources/:name/edit">{({ name }) => <EditSource key={name} name={name} />}</Route>
      <Route component={Missing} />
    </Switch>
  );
}

function Header() {
  const { t, language, setLanguage } = useWords();
  const { appearance, setAppearance } = useAppearance();
  const { me, may } = useMe();
  const [path] = useLocation();
  const shown = SCREENS.filter(({ right }) => me !== null && !me.mustChange && (right === null || may(right)));
  const here = shown.findLast((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
  return (
    <header className="header">
      <Link href="/" className="brand">
        <Mark />
        <span>
          <strong>DataSens</strong>
          <span className="tagline">{t('app.tagline')}</span>
        </span>
      </Link>
      <nav aria-label={t('app.nav')} className="nav">
        <ul>
          {shown.map((screen) => (
            <li key={screen.path}>
              <Link href={screen.path} aria-current={screen === here ? 'page' : undefined}>
                {t(screen.key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="tools">
        <AccountMenu />
        <label className="appearance">
          <span className="hidden">{t('appearance.title')}</span>
          <select
            value={appearance}
            onChange={(event) => setAppearance(APPEARANCES.find((name) => name === event.target.value) ?? 'auto')}
          >
            {APPEARANCES.map((name) => (
              <option key={name} value={name}>
                {t(`appearance.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="button quiet"
          lang={language === 'fr' ? 'en' : 'fr'}
          onClick={() => setLanguage(language === 'fr' ? 'en' : 'fr')}
        >
          {t('language.switch')}
        </button>
      </div>
    </header>
  );
}

/** Moves the focus to the new screen, as a page load would, but not on the first one nor when only filters change. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}
