// Figures measured against a truth file, each with its n and its interval.

import type { JourneyAnswer } from '../../api/journey.ts';
import { useWords } from '../language.tsx';
import { IntervalLine } from './interval-line.tsx';

interface MeasuresProps {
  readonly measurements: JourneyAnswer['measurements'];
  /** Names to show; all where absent. */
  readonly only?: readonly string[];
}

export function Measures({ measurements, only }: MeasuresProps) {
  const { t, named, percent } = useWords();
  const shown = measurements.filter(({ name }) => only === undefined || only.includes(name));
  if (shown.length === 0) return <p className="faint">{t('measure.none')}</p>;
  return (
    <dl className="measures">
      {shown.map(({ name, value, n, interval }) => (
        <div key={name}>
          <dt>{named('measure', name)}</dt>
          <dd>
            <strong>{percent(value, 1)}</strong>
            <IntervalLine value={value} interval={interval} />
            <span className="small faint">
              {interval !== null &&
                `${t('measure.interval', { low: percent(interval.low, 1), high: percent(interval.high, 1) })}, `}
              {t('measure.n', { n })}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
