// The text, with the words that decided each label and the marks that stand for personal data.

import { useMemo } from 'react';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { segmentsOf } from './highlight.ts';

export function Words({ document }: { readonly document: DocumentAnswer }) {
  const { t, named, language: spoken } = useWords();
  const labels = useLabels();
  const { text, annotations, personal, language } = document;
  const segments = useMemo(
    () =>
      segmentsOf(
        text,
        annotations.flatMap(({ task, evidence }) =>
          evidence.map(({ start, end, label }) => ({ start, end, kind: task, label: labels.category(task, label) })),
        ),
      ),
    [text, annotations, labels],
  );
  const kinds = [...new Set(segments.flatMap((segment) => segment.kinds))];
  const marked = Object.entries(personal).filter(([, n]) => n > 0);
  return (
    <section className="card" aria-labelledby="words-title">
      <h2 id="words-title" className="hidden">
        {t('document.text')}
      </h2>
      <p className="words" lang={language === 'und' ? undefined : language} dir="auto">
        {segments.map((segment) =>
          segment.kinds.length === 0 ? (
            segment.text
          ) : (
            <mark
              key={segment.start}
              className={segment.kinds.join(' ')}
              title={segment.labels.join(', ') || undefined}
            >
              {segment.text}
            </mark>
          ),
        )}
      </p>
      {kinds.length > 0 && (
        <ul className="legend" aria-label={t('document.legend')}>
          {kinds.map((kind) => (
            <li key={kind}>
              <span className={kind}>
                {kind === 'personal'
                  ? t('document.personal')
                  : t('document.decided', { task: labels.task(kind).toLocaleLowerCase(spoken) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {marked.length > 0 && (
        <p className="small faint">
          {t('document.marks')} : {marked.map(([kind, n]) => named('personal', kind, { n })).join(', ')}.
        </p>
      )}
    </section>
  );
}
