// How many documents are left after each step, and why others are not: shown beside every figure.

import type { CoverageAnswer } from '../../api/figures.ts';
import { useWords } from '../language.tsx';

const STEPS = ['collected', 'readable', 'distinct', 'annotated', 'validated', 'published'] as const;

export function CoverageMeter({ coverage }: { readonly coverage: CoverageAnswer }) {
  const { t, named, number, percent } = useWords();
  const excluded = Object.entries(coverage.excluded).filter(([, n]) => n > 0);
  return (
    <div className="coverage">
      <ol className="funnel">
        {STEPS.map((step) => {
          const n = coverage[step];
          const share = coverage.collected === 0 ? 0 : n / coverage.collected;
          return (
            <li key={step} className={n === 0 ? 'nothing' : undefined}>
              <span className="funnel-name">{t(`coverage.${step}`)}</span>
              <svg className="funnel-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect className="track" width="100" height="10" />
                <rect className="fill" width={share * 100} height="10" />
              </svg>
              <span className="funnel-n">
                <strong>{number(n)}</strong> <span className="faint">{percent(share)}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <div className="exclusions">
        <h3>{t('coverage.excluded')}</h3>
        {excluded.length === 0 ? (
          <p className="faint">{t('coverage.none')}</p>
        ) : (
          <ul className="plain">
            {excluded.map(([reason, n]) => (
              <li key={reason}>
                <strong>{number(n)}</strong> {named('reason', reason)}
              </li>
            ))}
          </ul>
        )}
        {coverage.validated === 0 && <p className="faint">{t('coverage.noneValidated')}</p>}
      </div>
    </div>
  );
}

export function CoverageSentence({ coverage }: { readonly coverage: CoverageAnswer }) {
  const { t } = useWords();
  const { collected, readable, distinct, annotated, published } = coverage;
  return <p>{t('coverage.sentence', { collected, readable, distinct, annotated, published })}</p>;
}
