// Figures measured against a truth file, each with its n and its interval.

import type { JourneyAnswer } from '../../api/journey.ts';
import { useWords } from '../language.tsx';

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
            <svg className="interval" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect className="track" y="3" width="100" height="2" />
              {interval !== null && (
                <rect
                  className="range"
                  y="2"
                  x={interval.low * 100}
                  width={(interval.high - interval.low) * 100}
                  height="4"
                />
              )}
              <rect className="point" x={value * 100 - 0.6} width="1.2" height="8" />
            </svg>
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
