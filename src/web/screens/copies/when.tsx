// How a group came: since when, on which day most, and how much of it in one week.

import type { CopyGroupAnswer } from '../../../api/copies.ts';
import { useWords } from '../../language.tsx';
import { Sparkline } from './sparkline.tsx';

export function When({ group }: { readonly group: CopyGroupAnswer }) {
  const { t, date, percent } = useWords();
  const { firstOn, lastOn, peakOn, densestOn, dated, documents } = group;
  if (firstOn === null || lastOn === null) return <p className="small faint">{t('copies.when.none')}</p>;
  const sentences =
    firstOn === lastOn
      ? [t('copies.when.day', { date: date(firstOn) })]
      : [
          t('copies.when.span', { first: date(firstOn), last: date(lastOn) }),
          ...(peakOn !== null && group.peakDocuments > 1
            ? [t('copies.when.peak', { n: group.peakDocuments, date: date(peakOn) })]
            : []),
          ...(densestOn !== null && group.densestDocuments > 1
            ? [t('copies.when.densest', { share: percent(group.densestDocuments / dated), date: date(densestOn) })]
            : []),
        ];
  if (dated < documents) sentences.push(t('copies.when.undated', { n: documents - dated }));
  return (
    <div className="when">
      {group.timeline.length > 1 && <Sparkline timeline={group.timeline} firstOn={firstOn} lastOn={lastOn} />}
      <p className="small faint">{sentences.join(' ')}</p>
    </div>
  );
}
