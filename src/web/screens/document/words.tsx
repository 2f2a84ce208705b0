// The text, with the words that decided each label, the marks that stand for personal data, the ideas proposed in it and
// the passages in another language.

import { Fragment, useMemo } from 'react';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { type Segment, segmentsOf } from './highlight.ts';

export function Words({ document }: { readonly document: DocumentAnswer }) {
  const { t, named, language: spoken } = useWords();
  const labels = useLabels();
  const { text, annotations, personal, language, segments: ideas, passages } = document;
  const segments = useMemo(
    () =>
      segmentsOf(
        text,
        annotations.flatMap(({ task, evidence }) =>
          evidence.map(({ start, end, label }) => ({ start, end, kind: task, label: labels.category(task, label) })),
        ),
        [...ideas, ...passages].flatMap(({ start, end }) => [start, end]),
      ),
    [text, annotations, labels, ideas, passages],
  );
  const spokenAt = (at: number) => passages.find(({ start, end }) => start <= at && at < end)?.language;
  const ideaAt = (at: number) => (at === 0 ? -1 : ideas.findIndex(({ start }) => start === at));
  const kinds = [...new Set(segments.flatMap((segment) => segment.kinds))];
  const marked = Object.entries(personal).filter(([, n]) => n > 0);
  return (
    <section className="card" aria-labelledby="words-title">
      <h2 id="words-title" className="hidden">
        {t('document.text')}
      </h2>
      <p className="words" lang={language === 'und' || language === 'mul' ? undefined : language} dir="auto">
        {segments.map((segment) => (
          <Fragment key={segment.start}>
            {ideaAt(segment.start) > 0 && (
              // biome-ignore lint/a11y/useSemanticElements: a rule cannot stand inside a paragraph
              <span
                role="separator"
                className="idea"
                aria-label={t('document.idea', { n: ideaAt(segment.start) + 1, total: ideas.length })}
              />
            )}
            <Piece segment={segment} lang={spokenAt(segment.start)} />
          </Fragment>
        ))}
      </p>
      {ideas.length > 0 && <p className="small faint">{t('document.ideas', { n: ideas.length })}</p>}
      {passages.length > 0 && (
        <p className="small faint">
          {t('document.passages')} :{' '}
          {[...new Set(passages.map((passage) => labels.speech(passage.language)))].join(', ')}.
        </p>
      )}
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

/** A run of words; `lang` where they are in another language than the document, for those who have it read aloud. */
function Piece({ segment, lang }: { readonly segment: Segment; readonly lang: string | undefined }) {
  const { text, kinds, labels } = segment;
  if (kinds.length > 0) {
    return (
      <mark className={kinds.join(' ')} title={labels.join(', ') || undefined} lang={lang}>
        {text}
      </mark>
    );
  }
  return lang === undefined ? text : <span lang={lang}>{text}</span>;
}
