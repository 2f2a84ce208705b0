// The corpus: words to look for, facets to narrow, texts to read. The address holds all of it.

import { useParameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { ActiveFilters } from './active-filters.tsx';
import { Facets } from './facets.tsx';
import { Results } from './results.tsx';
import { SearchForm } from './search-form.tsx';

const PARAMETERS = [
  'q',
  'source',
  'theme',
  'tone',
  'department',
  'language',
  'from',
  'to',
  'duplicates',
  'cursor',
] as const;

export default function Corpus() {
  const { t } = useWords();
  const [query, change] = useParameters(PARAMETERS);
  const { data, error, refetch, isPlaceholderData } = useAnswer('/api/v1/documents', query, { keepPrevious: true });
  useTitle(query.q === undefined ? t('corpus.title') : `${query.q} – ${t('corpus.title')}`);
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('corpus.title')}</h1>
        <p className="lead">{t('corpus.lead')}</p>
      </header>
      <SearchForm words={query.q ?? ''} search={(q) => change({ q, cursor: '' })} />
      <ActiveFilters query={query} />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && (
        <div className="columns wide-right">
          <Facets answer={data} query={query} change={change} />
          <Results answer={data} query={query} settled={!isPlaceholderData} />
        </div>
      )}
    </div>
  );
}
