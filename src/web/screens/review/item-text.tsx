// The text that is judged: typed marks, the reader's own pieces, and what machines rested on once that may be seen.

import { type RefObject, useMemo } from 'react';
import type { ReviewItemAnswer, ShownAnswer } from '../../../api/review-schemas.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { segmentsOf } from '../document/highlight.ts';
import type { Span } from './choice.ts';
import type { Piece } from './word-steps.ts';

interface ItemTextProps {
  readonly item: ReviewItemAnswer;
  /** Task of the reader's pieces. */
  readonly task: string | null;
  readonly spans: readonly Span[];
  readonly chosen: Piece | null;
  readonly machine: readonly ShownAnswer[];
  readonly place: RefObject<HTMLElement | null>;
  readonly onChoose: (piece: Piece) => void;
}

export function ItemText({ item, task, spans, chosen, machine, place, onChoose }: ItemTextProps) {
  const { t } = useWords();
  const labels = useLabels();
  const { text, language } = item;
  const pieces = useMemo(() => {
    const evidence = machine.flatMap((answer) =>
      answer.evidence.map(({ start, end, label }) => ({
        start,
        end,
        kind: answer.task,
        label: labels.category(answer.task, label),
      })),
    );
    const own = spans.map((span) => ({ ...span, kind: 'own', label: labels.category(task ?? '', span.label) }));
    return segmentsOf(text, [...evidence, ...own, ...(chosen ? [{ ...chosen, kind: 'chosen', label: '' }] : [])]);
  }, [text, machine, spans, chosen, labels, task]);

  const released = () => {
    const selection = getSelection();
    if (task === null || selection === null || selection.isCollapsed || place.current === null) return;
    const words = place.current.querySelector('.words');
    const range = selection.getRangeAt(0);
    if (words === null || !words.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    onChoose({ start, end: start + range.toString().length });
    selection.removeAllRanges();
  };

  return (
    <section
      ref={place}
      className="card review-text"
      tabIndex={-1}
      aria-label={t('review.text')}
      onPointerUp={released}
    >
      {item.title !== null && <h2>{item.title}</h2>}
      <p className="words" lang={language === 'und' || language === 'mul' ? undefined : language} dir="auto">
        {pieces.map(({ start, text: words, kinds, labels: titles }) =>
          kinds.length === 0 ? (
            words
          ) : (
            <mark key={start} className={kinds.join(' ')} title={titles.join(', ') || undefined}>
              {words}
            </mark>
          ),
        )}
      </p>
      {item.truncated && <p className="small faint">{t('review.truncated')}</p>}
      <p className="small faint">
        {[item.source, item.published, item.double ? t('review.double') : null].filter(Boolean).join(' · ')}
      </p>
    </section>
  );
}
