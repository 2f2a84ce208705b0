// What asking language models would cost, by annotator; above the settings' bar a person says yes before the run begins.

import type { CostAnswer } from '../../../api/run-schemas.ts';
import { useWords } from '../../language.tsx';
import { useDurations } from './durations.ts';

interface ModelCostProps {
  readonly cost: CostAnswer;
  readonly confirmed: boolean;
  readonly setConfirmed: (confirmed: boolean) => void;
}

export function ModelCost({ cost, confirmed, setConfirmed }: ModelCostProps) {
  const { t, number } = useWords();
  const { about } = useDurations();
  const asked = cost.annotators.filter(({ model, documents }) => model !== null && documents > 0);
  if (asked.length === 0) return null;
  return (
    <div className="estimate" aria-live="polite">
      {asked.map((line) => (
        <p key={line.annotator}>
          <strong>{t('start.cost', { annotator: line.annotator, n: line.documents })}</strong>{' '}
          <span className="small">
            {[
              t('start.cost.tokens', { n: line.inputTokens + line.outputTokens }),
              line.hours === null ? t('start.cost.hours.none') : about(line.hours * 3600),
              line.euros === null ? t('start.cost.euros.none') : `${number(Math.round(line.euros * 100) / 100)} €`,
              ...(line.kilowattHours ? [`${number(Math.round(line.kilowattHours * 100) / 100)} kWh`] : []),
              t(`start.cost.${line.basis}`),
            ].join(' · ')}
          </span>
        </p>
      ))}
      {cost.above.length > 0 && (
        <label className="check">
          <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />
          {t('start.cost.confirm')}
        </label>
      )}
    </div>
  );
}
