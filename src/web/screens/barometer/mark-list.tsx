// The marks of the axis of time, in words: numbered as they are drawn.

import type { BarometerContextAnswer } from '../../../api/context.ts';
import { useWords } from '../../language.tsx';
import type { TimeMark } from './marks.ts';

/** Longer lists are folded. */
const SHOWN = 8;

interface MarkListProps {
  readonly marks: readonly TimeMark[];
  readonly context: BarometerContextAnswer;
}

export function MarkList({ marks, context }: MarkListProps) {
  const { t, date } = useWords();
  if (marks.length === 0) return null;
  const sources = new Map(
    context.items
      .filter(({ kind }) => kind !== 'number')
      .map(({ source, sourceTitle, licence }) => [source, t('around.source', { source: sourceTitle, licence })]),
  );
  const list = (
    <ol className="marks small">
      {marks.map(({ rank, firstDay, lastDay, label }) => (
        <li key={rank}>
          {firstDay === lastDay
            ? t('around.mark.day', { day: date(firstDay), label })
            : t('around.mark.period', { from: date(firstDay), to: date(lastDay), label })}
        </li>
      ))}
    </ol>
  );
  return (
    <div className="mark-list">
      <h3 className="small">{t('around.marks')}</h3>
      {marks.length > SHOWN ? (
        <details>
          <summary className="small">{t('around.marks.more', { n: marks.length })}</summary>
          {list}
        </details>
      ) : (
        list
      )}
      <p className="small faint">{t('around.sources', { sources: [...sources.values()].join(' ; ') })}</p>
    </div>
  );
}
