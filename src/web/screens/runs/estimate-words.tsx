// How long a run would take and how much it would bring, with what that rests on; or that nobody knows.

import { useQuery } from '@tanstack/react-query';
import type { EstimateAnswer } from '../../../api/run-desk.ts';
import { send } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useDurations } from './durations.ts';

export interface Asked {
  readonly steps: readonly string[];
  readonly sources?: readonly string[];
}

/** What a run would take and cost; undefined until it is known. */
export function useEstimate(asked: Asked): EstimateAnswer | undefined {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['/api/v1/runs/estimate', JSON.stringify(asked)],
    queryFn: ({ signal }) =>
      send<EstimateAnswer>({ method: 'POST', path: '/api/v1/runs/estimate', body: asked, language, signal }),
  });
  return data;
}

interface EstimateWordsProps {
  readonly asked: Asked;
  readonly data: EstimateAnswer | undefined;
}

export function EstimateWords({ asked, data }: EstimateWordsProps) {
  const { t } = useWords();
  const { about, span } = useDurations();
  if (data === undefined) return <p className="estimate faint">…</p>;
  if (data.estimate === null) return <p className="estimate faint">{t('start.estimate.none')}</p>;
  const { seconds, records, backlog, runs, unknown } = data.estimate;
  // A range narrower than what is rounded away says nothing.
  const isWide = seconds.high - seconds.low > Math.max(10, seconds.middle / 4);
  const values = { about: about(seconds.middle), low: span(seconds.low), high: span(seconds.high) };
  return (
    <div className="estimate" aria-live="polite">
      <p>
        <strong>{t(isWide ? 'start.estimate.range' : 'start.estimate', values)}</strong>
      </p>
      <p className="small faint">
        {[
          t('start.estimate.base', { n: runs }),
          ...(asked.steps.includes('collect') ? [t('start.estimate.records', { n: Math.round(records.middle) })] : []),
          ...(backlog > 0 ? [t('start.estimate.backlog', { n: backlog })] : []),
          ...(unknown.length > 0 ? [t('start.estimate.unknown', { sources: unknown.join(', ') })] : []),
        ].join(' ')}
      </p>
    </div>
  );
}
