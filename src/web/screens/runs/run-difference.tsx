// What a run brought that the one before it had not.

import { useId } from 'react';
import { Link } from 'wouter';
import type { RunDifferenceAnswer } from '../../../api/run-schemas.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useDurations } from './durations.ts';

type Source = RunDifferenceAnswer['sources'][number];

export function RunDifference({ run, seconds }: { readonly run: string; readonly seconds: number }) {
  const { t, dateTime } = useWords();
  const { span } = useDurations();
  const id = useId();
  const { data, error, refetch } = useAnswer(`/api/v1/runs/${run}/difference`);
  if (data === undefined && !error) return null;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{t('run.difference')}</h2>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data?.previous === null && <p className="faint">{t('run.difference.none')}</p>}
      {data?.previous && (
        <>
          <p>
            {t('run.difference.with')}{' '}
            <Link href={`/runs/${data.previous.id}`}>{dateTime(data.previous.startedAt)}</Link>
          </p>
          <ul className="changes">
            <Stages stages={data.stages} />
            <li>{t('run.difference.seconds', { now: span(seconds), before: span(data.previous.seconds) })}</li>
          </ul>
        </>
      )}
      {data && data.sources.length > 0 && <SourceChanges sources={data.sources} />}
    </section>
  );
}

function Stages({ stages }: { readonly stages: RunDifferenceAnswer['stages'] }) {
  const { t } = useWords();
  return stages.map(({ stage, now, before }) => (
    <li key={stage}>
      {t('run.difference.stage', {
        stage: t(`stage.${stage}`),
        now: t(`part.done.${stage}`, { n: now }),
        before: t(`part.done.${stage}`, { n: before }),
      })}
    </li>
  ));
}

function SourceChanges({ sources }: { readonly sources: readonly Source[] }) {
  const { t, number } = useWords();
  const count = (key: string, title: string, read: (source: Source) => number | null): Column<Source> => ({
    key,
    title,
    value: (source) => read(source) ?? 0,
    show: (source) => (read(source) === null ? '–' : number(read(source)!)),
  });
  const columns: readonly Column<Source>[] = [
    {
      key: 'source',
      title: t('run.source'),
      value: (source) => source.source,
      show: (source) => (
        <>
          {source.source} {!source.captured && <span className="badge">{t('run.difference.same')}</span>}
        </>
      ),
    },
    count('added', t('run.difference.added'), (source) => source.added),
    count('changed', t('run.difference.changed'), (source) => source.changed),
    count('gone', t('run.difference.gone'), (source) => source.gone),
    count('refusals', t('run.difference.refusalsAdded'), (source) => source.refusals.added),
    count('resolved', t('run.difference.refusalsResolved'), (source) => source.refusals.resolved),
  ];
  return (
    <Table caption={t('run.difference.caption')} columns={columns} rows={sources} rowKey={(source) => source.source} />
  );
}
