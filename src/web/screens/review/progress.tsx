// How far the review is: for everyone, for each person, and how far people agree.

import type { ReviewOverviewAnswer } from '../../../api/review-schemas.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';

const STATES = ['submitted', 'half', 'conflicting', 'skipped', 'left'] as const;

export function ReviewProgress({ overview }: { readonly overview: ReviewOverviewAnswer }) {
  const { t, number, percent } = useWords();
  const labels = useLabels();
  const { progress, agreement } = overview;
  return (
    <details className="card review-progress">
      <summary>
        {t('review.progress', { done: progress.states.submitted, total: progress.total })}
        <progress
          max={Math.max(1, progress.total)}
          value={progress.states.submitted}
          aria-label={t('review.progress.bar')}
        />
      </summary>
      <ul className="pills">
        {STATES.map((state) => (
          <li key={state} className="badge">
            {t(`review.state.${state}`)} : {number(progress.states[state])}
          </li>
        ))}
        <li className="badge">{t('review.random', { ...progress.random })}</li>
      </ul>
      {progress.people.length > 0 && (
        <ul className="small">
          {progress.people.map(({ person, submitted, skipped, seconds, gold }) => (
            <li key={person}>
              {person === overview.person ? t('review.you') : person} : {t('review.person', { submitted, skipped })}
              {seconds !== null && ` ${t('review.person.seconds', { seconds: number(Math.round(seconds)) })}`}
              {gold !== null &&
                ` ${t('review.person.gold', {
                  ...{ right: gold.right, n: gold.n, lately: gold.lately.right, last: gold.lately.n },
                  ...{ low: percent(gold.interval.low), high: percent(gold.interval.high) },
                })}`}
            </li>
          ))}
        </ul>
      )}
      <ul className="small">
        {agreement.map(({ task, n, agreeing, alpha }) => (
          <li key={task}>
            {labels.task(task)} :{' '}
            {n === 0
              ? t('review.agreement.none')
              : t('review.agreement', {
                  share: percent(agreeing / n),
                  n,
                  alpha: alpha === null ? '–' : alpha.toFixed(2),
                })}
          </li>
        ))}
      </ul>
    </details>
  );
}
