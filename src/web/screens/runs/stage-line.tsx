// One stage of a run: a bar of what became of what it was given, and the same as a sum that can be checked.

import { useId } from 'react';
import type { StageAnswer } from '../../../api/run-schemas.ts';
import { useWords } from '../../language.tsx';

const PARTS = ['done', 'known', 'empty', 'refused', 'failed', 'left'] as const;

interface StageLineProps {
  readonly stage: StageAnswer;
  /** True while the run goes. */
  readonly isLive: boolean;
}

export function StageLine({ stage, isLive }: StageLineProps) {
  const { t } = useWords();
  const id = useId();
  const handled = PARTS.filter((part) => part !== 'left').reduce((sum, part) => sum + stage[part], 0);
  return (
    <div className="run-stage">
      <span id={id} className="run-stage-name">
        {t(`stage.${stage.stage}`)}
      </span>
      {isLive ? (
        // Without a value: under way, and nobody knows how much there is.
        <progress
          aria-labelledby={id}
          {...(stage.total === null && handled > 0 ? {} : { max: Math.max(1, stage.total ?? 0), value: handled })}
        />
      ) : (
        <Bar stage={stage} />
      )}
      <StageSum stage={stage} />
    </div>
  );
}

/** `1 463 reçus = 1 402 nouveaux + 58 déjà connus + 3 refusés`; without what it was given while that is unknown. */
export function StageSum({ stage }: { readonly stage: StageAnswer }) {
  const { t } = useWords();
  const words = PARTS.filter((part) => stage[part] > 0 || part === 'done').map((part) =>
    part === 'done' ? t(`part.done.${stage.stage}`, { n: stage.done }) : t(`part.${part}`, { n: stage[part] }),
  );
  // Figures are computed on a whole: they have no parts to add up.
  const isSum = stage.total !== null && stage.stage !== 'decide' && (words.length > 1 || stage.stage === 'collect');
  return (
    <span className="count small">
      {isSum && `${t('part.total', { n: stage.total! })} = `}
      {words.join(' + ')}
    </span>
  );
}

function Bar({ stage }: { readonly stage: StageAnswer }) {
  const total = Math.max(1, stage.total ?? 0);
  let at = 0;
  return (
    <svg className="run-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" width="100" height="10" />
      {PARTS.filter((part) => part !== 'left' && stage[part] > 0).map((part) => {
        const x = at;
        const width = (stage[part] / total) * 100;
        at += width;
        return <rect key={part} className={`part is-${part}`} x={x} width={width} height="10" />;
      })}
    </svg>
  );
}
