// Runs: the one in progress as it goes, what starts another, then the past ones.

import type { RunsAnswer } from '../../../api/runs.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useTitle } from '../../title.ts';
import { useDurations } from './durations.ts';
import { LiveRun } from './live-run.tsx';
import { StartRun } from './start-run.tsx';

type Run = RunsAnswer['runs'][number];

export default function Runs() {
  const { t } = useWords();
  const { may } = useMe();
  const { data, error, refetch } = useAnswer('/api/v1/runs', {}, { staleTime: 2000 });
  useTitle(t('runs.title'));
  const running = data?.runs.filter((run) => run.state === 'running' || run.state === 'waiting') ?? [];
  const past = data?.runs.filter((run) => !running.includes(run)) ?? [];
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('runs.title')}</h1>
        <p className="lead">{t('runs.lead')}</p>
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={5} />}
      {running.map((run) => (
        <LiveRun key={run.id} run={run} />
      ))}
      {data !== undefined && may('runs') && <StartRun />}
      {data?.runs.length === 0 && (
        <Empty
          title={t('runs.empty.title')}
          body={t('runs.empty.body')}
          commands={[{ command: 'datasens run', does: t('home.empty.run') }]}
        />
      )}
      {past.length > 0 && <History runs={past} />}
    </div>
  );
}

function History({ runs }: { readonly runs: readonly Run[] }) {
  const { t, named, number, dateTime } = useWords();
  const { span } = useDurations();
  const columns: readonly Column<Run>[] = [
    {
      key: 'started',
      title: t('runs.started'),
      value: (run) => run.startedAt,
      show: (run) => dateTime(run.startedAt),
      href: (run) => `/runs/${run.id}`,
    },
    {
      key: 'command',
      title: t('runs.command'),
      value: (run) => run.command,
      show: (run) => <code>{run.command}</code>,
    },
    {
      key: 'state',
      title: t('runs.state'),
      value: (run) => run.state,
      show: (run) => (
        <span className={`badge ${run.state === 'done' ? '' : run.state === 'failed' ? 'bad' : 'warn'}`}>
          {t(`run.state.${run.state}`)}
        </span>
      ),
    },
    {
      key: 'duration',
      title: t('runs.duration'),
      value: ({ startedAt, endedAt }) =>
        endedAt === null ? '–' : span((Date.parse(endedAt) - Date.parse(startedAt)) / 1000),
    },
    {
      key: 'new',
      title: t('runs.new'),
      value: (run) => countOf(run, 'done'),
      show: (run) => number(countOf(run, 'done')),
    },
    {
      key: 'refused',
      title: t('runs.refused'),
      value: (run) => countOf(run, 'refused'),
      show: (run) => number(countOf(run, 'refused')),
    },
    {
      key: 'error',
      title: t('runs.error'),
      value: (run) => run.error,
      show: (run) => (run.error === null ? '–' : named('fault', run.error)),
    },
  ];
  return (
    <section className="card" aria-labelledby="past-title">
      <h2 id="past-title">{t('runs.past')}</h2>
      <Table caption={t('runs.caption')} columns={columns} rows={runs} rowKey={(run) => run.id} />
    </section>
  );
}

/** Of what the sources gave: documents that the policy refuses are another matter. */
function countOf(run: Run, part: 'done' | 'refused'): number {
  return run.stages.find(({ stage }) => stage === 'collect')?.[part] ?? 0;
}
