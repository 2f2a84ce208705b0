// One figure as it is read: its value, a drawing of its interval, and what it rests on.

import { useWords, type Words } from '../../language.tsx';
import { IntervalLine } from '../../parts/interval-line.tsx';
import type { FigureAnswer } from './figures.ts';

/** Below this many cases a figure says so (model/evaluation.ts). */
const SMALL = 30;

/** Agreement has no per cent: it is 1 where all agree and may be below 0. */
export function coefficient(words: Pick<Words, 'language'>, value: number): string {
  return new Intl.NumberFormat(words.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

interface FigureProps {
  readonly title: string;
  readonly figure: FigureAnswer;
  readonly kind: 'share' | 'coefficient';
}

export function FigureLine({ title, figure: { value, n, interval }, kind }: FigureProps) {
  const words = useWords();
  const { t, percent } = words;
  const spell = (figure: number) => (kind === 'share' ? percent(figure, 1) : coefficient(words, figure));
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {value === null ? (
          <span className="faint">{t('evaluation.none', { n })}</span>
        ) : (
          <>
            <strong>{spell(value)}</strong>
            <IntervalLine value={value} interval={interval} />
            <span className="small faint">
              {interval === null
                ? t('evaluation.n', { n })
                : t('evaluation.figure', { low: spell(interval.low), high: spell(interval.high), n })}
              {n < SMALL && `, ${t('evaluation.few')}`}
            </span>
          </>
        )}
      </dd>
    </div>
  );
}

/** The same on one line of a table. */
export function figureWords(words: Words, { value, n, interval }: FigureAnswer, kind: FigureProps['kind']): string {
  const { t, percent } = words;
  if (value === null) return t('evaluation.none', { n });
  const spell = (figure: number) => (kind === 'share' ? percent(figure) : coefficient(words, figure));
  const range = interval === null ? '' : ` [${spell(interval.low)} ; ${spell(interval.high)}]`;
  const few = n < SMALL ? `, ${t('evaluation.few')}` : '';
  return `${spell(value)}${range}, ${t('evaluation.n', { n })}${few}`;
}
