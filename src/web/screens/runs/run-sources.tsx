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
  const count = (key: string, title: string, read: (stage: StageAnswer) => number): Column<Source> => ({
    key,
    title,
    value: (source) => collected(source, read),
    show: (source) => number(collected(source, read)),
  });
  const columns: readonly Column<Source>[] = [
    { key: 'name', title: t('run.source'), value: (source) => source.name },
    {
      key: 'state',
      title: t('runs.state'),
      value: (source) => source.state,
      show: (source) => <span className={badgeOf(source.state)}>{t(`source.state.${source.state}`)}</span>,
    },
    count('received', t('runs.received'), (stage) => stage.total ?? 0),
    count('new', t('runs.new'), (stage) => stage.done),
    count('known', t('runs.known'), (stage) => stage.known),
    count('refused', t('runs.refused'), (stage) => stage.refused),
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
          <summary>
            {name} : {t('run.refusals', { n: refused })}
          </summary>
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
          <p className="small">
            <Link href={`/sources/${name}`}>{name}</Link>
          </p>
        </details>
      )}
    </>
  );
}

function Refused({ code }: { readonly code: string }) {
  const { named } = useWords();
  return <strong>{named('fault', code)} :</strong>;
}

function badgeOf(state: Source['state']): string {
  if (state === 'failed') return 'badge bad';
  return state === 'done' || state === 'skipped' ? 'badge' : 'badge warn';
}

function collected(source: Source, read: (stage: StageAnswer) => number): number {
  const stage = source.stages.find((entry) => entry.stage === 'collect');
  return stage === undefined ? 0 : read(stage);
}
