// What each source gave to a run, what stopped those that failed, and what they refused.

import { useId } from 'react';
import { Link } from 'wouter';
import type { RunDetailAnswer, StageAnswer } from '../../../api/run-schemas.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useDurations } from './durations.ts';
import { Failure } from './run-failure.tsx';

type Source = RunDetailAnswer['sources'][number];

export function RunSources({ sources }: { readonly sources: readonly Source[] }) {
  const { t, number } = useWords();
  const { span } = useDurations();
  const id = useId();
  const count = (stage: StageAnswer['stage'], part: Part, title: string): Column<Source> => ({
    key: `${stage} ${part}`,
    title,
    value: (source) => countOf(source, stage, part),
    show: (source) => number(countOf(source, stage, part)),
  });
  const columns: readonly Column<Source>[] = [
    { key: 'name', title: t('run.source'), value: (source) => source.name },
    {
      key: 'state',
      title: t('runs.state'),
      value: (source) => source.state,
      show: (source) => <span className={badgeOf(source)}>{t(`source.state.${stateOf(source)}`)}</span>,
    },
    count('collect', 'total', t('runs.received')),
    count('collect', 'done', t('runs.new')),
    count('collect', 'known', t('runs.known')),
    count('collect', 'refused', t('runs.refused')),
    count('refine', 'done', t('run.documents')),
    count('annotate', 'done', t('run.annotated')),
    count('govern', 'done', t('run.cleared')),
    {
      key: 'seconds',
      title: t('runs.duration'),
      value: (source) => (source.seconds === null ? '–' : span(source.seconds)),
    },
  ];
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('run.sources')}</h2>
      {sources.length === 0 ? (
        <p className="faint">{t('run.sources.none')}</p>
      ) : (
        <Table caption={t('run.sources.caption')} columns={columns} rows={sources} rowKey={(source) => source.name} />
      )}
      {sources.map((source) => (
        <SourceTrouble key={source.name} source={source} />
      ))}
    </section>
  );
}

function SourceTrouble({ source }: { readonly source: Source }) {
  const { t } = useWords();
  const { name, error, refusals, refused } = source;
  return (
    <>
      {error !== null && <Failure failure={error} title={name} />}
      {refusals.length > 0 && (
        <details className="more">
          <summary>{t('run.refusals', { source: name, n: refused })}</summary>
          {refused > refusals.length && <p className="small">{t('run.refusals.first', { shown: refusals.length })}</p>}
          <ul className="refusals small">
            {refusals.map(({ location, at, code, message }) => (
              <li key={`${location} ${at} ${code} ${message}`}>
                <Refused code={code} />{' '}
                <span className="broken">
                  {location}
                  {at !== '' && `, ${at}`}
                </span>
                <br />
                <span className="faint broken" lang="en">
                  {message}
                </span>
              </li>
            ))}
          </ul>
          <ul className="small">
            {[...new Set(refusals.map(({ code }) => code))].map((code) => (
              <li key={code}>
                <Remedy code={code} />
              </li>
            ))}
          </ul>
          <p className="small">
            <Link href={`/sources/${name}`}>{t('run.refusals.source', { source: name })}</Link>
          </p>
        </details>
      )}
    </>
  );
}

function Refused({ code }: { readonly code: string }) {
  const { named } = useWords();
  return <strong>{named('fault', code)}</strong>;
}

function Remedy({ code }: { readonly code: string }) {
  const { t, named } = useWords();
  return t('run.failure.do', { remedy: named('remedy', code) });
}

/** Read to its end, a source may have given nothing but refusals. */
function stateOf(source: Source): Source['state'] | 'refused' {
  const isRefused =
    source.state === 'done' && source.refused > 0 && countOf(source, 'collect', 'total') === source.refused;
  return isRefused ? 'refused' : source.state;
}

function badgeOf(source: Source): string {
  const state = stateOf(source);
  if (state === 'failed' || state === 'refused') return 'badge bad';
  return state === 'done' || state === 'skipped' ? 'badge' : 'badge warn';
}

type Part = 'total' | 'done' | 'known' | 'refused';

function countOf(source: Source, name: StageAnswer['stage'], part: Part): number {
  return source.stages.find(({ stage }) => stage === name)?.[part] ?? 0;
}
