// The codebook: its tasks as people read them, its versions, and the next version before it is written.

import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { CodebookViewAnswer } from '../../../api/codebook.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTitle } from '../../title.ts';
import { Difference } from './difference.tsx';
import { Editor } from './editor.tsx';
import { TaskCard } from './task.tsx';

export default function CodebookScreen() {
  const { t, language, dateTime } = useWords();
  const { data, error, refetch } = useAnswer('/api/v1/codebook/view');
  // Beside what is written: what cannot be had leaves it as it is.
  const { data: measured } = useAnswer('/api/v1/evaluation');
  const evaluation = measured?.evaluation ?? null;
  const [saved, setSaved] = useState<string | null>(null);
  const written = useRef<HTMLParagraphElement>(null);
  // The editor begins again on the new text: the focus goes to what says that it was written.
  useEffect(() => {
    if (saved !== null) written.current?.focus();
  }, [saved]);
  useTitle(t('codebook.title'));
  const codebook = data?.draft.codebook ?? null;
  return (
    <div className="screen">
      <header className="intro">
        <h1>{codebook === null ? t('codebook.title') : codebook.title[language]}</h1>
        <p className="lead">{t('codebook.lead')}</p>
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && (
        <>
          <ul className="meta" aria-label={t('codebook.figures')}>
            {codebook && <li>{`${codebook.name}@${codebook.version}`}</li>}
            <li>{data.path}</li>
          </ul>
          {evaluation !== null && (
            <p className="small faint">
              {t('codebook.measured.at', { version: evaluation.codebook, at: dateTime(evaluation.at) })}{' '}
              {measured?.past && t('evaluation.past')}
            </p>
          )}
          {codebook?.tasks.map((task) => (
            <TaskCard
              key={task.id}
              task={task}
              counts={data.counts}
              figures={evaluation?.tasks.find((one) => one.task === task.id && one.kind === task.kind) ?? null}
            />
          ))}
          <Left left={data.left} />
          <Versions versions={data.versions} />
          {saved !== null && (
            <p ref={written} className="notice" role="status" tabIndex={-1}>
              {t('codebook.saved', { version: saved })}
            </p>
          )}
          <Editor key={data.etag} view={data} onSaved={setSaved} />
        </>
      )}
    </div>
  );
}

function Left({ left }: { readonly left: CodebookViewAnswer['left'] }) {
  const { t, named } = useWords();
  if (left.length === 0) return null;
  return (
    <section className="card" aria-labelledby="left-title">
      <h2 id="left-title">{t('codebook.left', { n: left.length })}</h2>
      <p>{t('codebook.left.body')}</p>
      <ul>
        {left.slice(0, 20).map(({ document, task, label, reason }) => (
          <li key={`${document} ${task} ${label}`}>
            <Link href={`/corpus/${document}`}>{document.slice(0, 8)}</Link> – {task}, {label} :{' '}
            {named('codebook.lost', reason)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ versions }: { readonly versions: CodebookViewAnswer['versions'] }) {
  const { t, dateTime } = useWords();
  return (
    <section className="card" aria-labelledby="versions-title">
      <h2 id="versions-title">{t('codebook.versions')}</h2>
      {versions.length === 0 && <p className="faint">{t('codebook.versions.none')}</p>}
      {versions.map(({ version, savedAt, difference }) => (
        <details key={version}>
          <summary>
            {version}, {dateTime(savedAt)}
          </summary>
          {difference === null ? <p>{t('codebook.first')}</p> : <Difference difference={difference} />}
        </details>
      ))}
    </section>
  );
}
