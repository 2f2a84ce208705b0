// The frame of every screen: skip link, navigation, language, appearance; and which address shows what.

import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { APPEARANCES, useAppearance } from './appearance.tsx';
import { useWords } from './language.tsx';
import { Mark } from './parts/mark.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { Home } from './screens/home/home.tsx';
import { Missing } from './screens/missing/missing.tsx';

const Barometer = lazy(() => import('./screens/barometer/barometer.tsx'));
const CodebookScreen = lazy(() => import('./screens/codebook/codebook.tsx'));
const Copies = lazy(() => import('./screens/copies/copies.tsx'));
const CopyGroup = lazy(() => import('./screens/copies/group.tsx'));
const Corpus = lazy(() => import('./screens/corpus/corpus.tsx'));
const DocumentScreen = lazy(() => import('./screens/document/document.tsx'));
const EditSource = lazy(() => import('./screens/sources/edit.tsx'));
const Recipes = lazy(() => import('./screens/recipes/recipes.tsx'));
const EvaluationScreen = lazy(() => import('./screens/evaluation/evaluation.tsx'));
const RunScreen = lazy(() => import('./screens/runs/run.tsx'));
const Runs = lazy(() => import('./screens/runs/runs.tsx'));
const SourceScreen = lazy(() => import('./screens/sources/source.tsx'));
const Sources = lazy(() => import('./screens/sources/sources.tsx'));
const Themes = lazy(() => import('./screens/themes/themes.tsx'));

const SCREENS = [
  { path: '/', key: 'nav.home' },
  { path: '/sources', key: 'nav.sources' },
  { path: '/barometer', key: 'nav.barometer' },
  { path: '/corpus', key: 'nav.corpus' },
  { path: '/copies', key: 'nav.copies' },
  { path: '/evaluation', key: 'nav.evaluation' },
  { path: '/codebook', key: 'nav.codebook' },
  { path: '/themes', key: 'nav.themes' },
  { path: '/runs', key: 'nav.runs' },
] as const;

export function App() {
  const { t } = useWords();
  const main = useFocusOnArrival();
  return (
    <>
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton rows={6} />}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/barometer" component={Barometer} />
            <Route path="/corpus" component={Corpus} />
            <Route path="/corpus/:id">{({ id }) => <DocumentScreen id={id} />}</Route>
            <Route path="/codebook" component={CodebookScreen} />
            <Route path="/themes" component={Themes} />
            <Route path="/copies" component={Copies} />
            <Route path="/copies/:id">{({ id }) => <CopyGroup id={id} />}</Route>
            <Route path="/recipes" component={Recipes} />
            <Route path="/evaluation" component={EvaluationScreen} />
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
        </Suspense>
      </main>
      <footer className="footer">
        <p>{t('app.footer')}</p>
        <a href="/api/openapi.json">{t('app.api')}</a>
      </footer>
    </>
  );
}

function Header() {
  const { t, language, setLanguage } = useWords();
  const { appearance, setAppearance } = useAppearance();
  const [path] = useLocation();
  const here = SCREENS.findLast((screen) => path === screen.path || path.startsWith(`${screen.path}/`));
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
          {SCREENS.map((screen) => (
            <li key={screen.path}>
              <Link href={screen.path} aria-current={screen === here ? 'page' : undefined}>
                {t(screen.key)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="tools">
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
