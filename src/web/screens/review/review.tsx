// Review: people judge texts, blind; settle what they disagree on; find an item again; answer for a whole filter.

import { useParameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { Bulk } from './bulk.tsx';
import { Conflicts } from './conflicts.tsx';
import { Listing } from './listing.tsx';
import { ReviewProgress } from './progress.tsx';
import { Work } from './work.tsx';

const VIEWS = ['read', 'conflicts', 'list', 'bulk'] as const;

export default function Review() {
  const { t } = useWords();
  const [query, change] = useParameters(['view', 'document']);
  const { data, error, refetch } = useAnswer('/api/v1/review', {}, { staleTime: 0 });
  useTitle(t('review.title'));
  const view = VIEWS.find((one) => one === query.view) ?? 'read';
  return (
    <div className="screen review">
      <header className="intro">
        <h1>{t('review.title')}</h1>
        <p className="lead">{t('review.lead')}</p>
      </header>
      {error && data === undefined && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && data.progress.total === 0 && <Empty title={t('review.empty.title')} body={t('review.empty.body')} />}
      {data && data.progress.total > 0 && (
        <>
          <fieldset className="field">
            <legend className="hidden">{t('review.view')}</legend>
            <div className="segments wrap">
              {VIEWS.map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name="view"
                    checked={view === one}
                    onChange={() => change({ view: one === 'read' ? '' : one, document: '' })}
                  />
                  {t(`review.view.${one}`)}
                  {one === 'conflicts' &&
                    data.progress.states.conflicting > 0 &&
                    ` (${data.progress.states.conflicting})`}
                </label>
              ))}
            </div>
          </fieldset>
          {view === 'read' && <Work overview={data} opens={query.document ?? null} />}
          {view === 'conflicts' && <Conflicts overview={data} />}
          {view === 'list' && <Listing onOpen={(document) => change({ view: '', document })} overview={data} />}
          {view === 'bulk' && <Bulk overview={data} />}
          <ReviewProgress overview={data} />
        </>
      )}
    </div>
  );
}
