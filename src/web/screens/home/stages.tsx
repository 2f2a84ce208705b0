// The journey as six steps in order, each with its count and its state.

import { Link } from 'wouter';
import type { JourneyAnswer } from '../../../api/journey.ts';
import { useWords } from '../../language.tsx';

const LEADS_TO: Readonly<Record<string, string>> = {
  annotate: '/corpus',
  publish: '/barometer',
  decide: '/barometer',
};

export function Stages({ stages }: { readonly stages: JourneyAnswer['stages'] }) {
  const { t, number } = useWords();
  return (
    <section aria-labelledby="stages-title">
      <h2 id="stages-title" className="hidden">
        {t('home.stages')}
      </h2>
      <ol className="stages">
        {stages.map((stage, index) => (
          <li key={stage.stage} className={`stage is-${stage.state}`}>
            <p className="stage-rank" aria-hidden="true">
              {index + 1}
            </p>
            <h3>
              {LEADS_TO[stage.stage] !== undefined && stage.state !== 'empty' ? (
                <Link className="stage-link" href={LEADS_TO[stage.stage]!}>
                  {t(`stage.${stage.stage}`)}
                </Link>
              ) : (
                t(`stage.${stage.stage}`)
              )}
            </h3>
            <p className="stage-n">{number(stage.done)}</p>
            <p className="stage-state">
              <span className="dot" aria-hidden="true" />
              {t(`stage.state.${stage.state}`)}
              {stage.provisional && <span className="badge warn">{t('stage.provisional')}</span>}
            </p>
            <p className="stage-does">{t(`stage.${stage.stage}.does`)}</p>
            {(stage.refused > 0 || stage.waiting > 0) && (
              <p className="stage-rest">
                {stage.refused > 0 && <span>{t('stage.refused', { n: stage.refused })}</span>}
                {stage.waiting > 0 && <span>{t('stage.waiting', { n: stage.waiting })}</span>}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
