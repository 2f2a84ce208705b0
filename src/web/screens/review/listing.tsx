// Items of the queue, to find one again: by state, by label, by whom, by why it is uncertain.

import { useState } from 'react';
import type { ReviewOverviewAnswer } from '../../../api/review-schemas.ts';
import { useAnswer } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';

const STATES = ['left', 'half', 'skipped', 'conflicting', 'submitted'] as const;
const CAUSES = ['suspected', 'apart', 'score'] as const;

interface ListingProps {
  readonly overview: ReviewOverviewAnswer;
  readonly onOpen: (document: string) => void;
}

export function Listing({ overview, onOpen }: ListingProps) {
  const { t, language } = useWords();
  const labels = useLabels();
  const [state, setState] = useState('');
  const [label, setLabel] = useState('');
  const [annotator, setAnnotator] = useState('');
  const [cause, setCause] = useState('');
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const query = Object.fromEntries(
    Object.entries({ state, label, annotator, cause, cursor: cursors.at(-1) ?? '' }).filter(
      ([, value]) => value !== '',
    ),
  );
  const { data, error, refetch } = useAnswer('/api/v1/review/items', query, { staleTime: 0, keepPrevious: true });
  const choosing = (choose: (value: string) => void) => (value: string) => {
    setCursors([]);
    choose(value);
  };
  const all = t('review.list.all');
  const given = overview.tasks.flatMap((task) =>
    task.categories.map(({ id, title }) => ({
      id: `${task.id}:${id}`,
      title: `${task.title[language]} – ${title[language]}`,
    })),
  );
  return (
    <section className="card" aria-labelledby="list-title">
      <h2 id="list-title">{t('review.view.list')}</h2>
      {overview.blind && <p className="small faint">{t('review.list.blind')}</p>}
      <div className="review-filters">
        <Choice
          label={t('review.list.state')}
          all={all}
          value={state}
          options={STATES.map((id) => ({ id, title: t(`review.state.${id}`) }))}
          onChoose={choosing(setState)}
        />
        <Choice label={t('review.list.label')} all={all} value={label} options={given} onChoose={choosing(setLabel)} />
        <Choice
          label={t('review.list.cause')}
          all={all}
          value={cause}
          options={CAUSES.map((id) => ({ id, title: t(`review.cause.${id}`) }))}
          onChoose={choosing(setCause)}
        />
        <label className="field">
          <span className="label">{t('review.list.annotator')}</span>
          <input
            className="input"
            value={annotator}
            maxLength={100}
            onChange={(event) => choosing(setAnnotator)(event.target.value)}
          />
        </label>
      </div>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={4} />}
      {data?.items.length === 0 && <p className="faint">{t('review.list.none')}</p>}
      <ol className="review-list">
        {data?.items.map((item) => (
          <li key={item.document}>
            <button type="button" className="button quiet" onClick={() => onOpen(item.document)}>
              {item.excerpt}
            </button>
            <span className="badge">{t(`review.state.${item.state}`)}</span>{' '}
            {item.mine.map((answer) => (
              <span key={answer.task} className="small">
                {(answer.labels ?? [answer.label]).map((one) => labels.category(answer.task, one)).join(', ')}{' '}
              </span>
            ))}
          </li>
        ))}
      </ol>
      <div className="actions">
        {cursors.length > 0 && (
          <button type="button" className="button" onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('review.previous')}
          </button>
        )}
        {data?.nextCursor && (
          <button type="button" className="button" onClick={() => setCursors([...cursors, data.nextCursor!])}>
            {t('review.next')}
          </button>
        )}
      </div>
    </section>
  );
}
