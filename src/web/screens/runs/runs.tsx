// Runs: the one in progress as it goes, then the past ones.

import type { RunsAnswer } from '../../../api/runs.ts';
import { useAnswer } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useTitle } from '../../title.ts';
import { LiveRun } from './live-run.tsx';

type Run = RunsAnswer['runs'][number];

export default function Runs() {
  const { t } = useWords();
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
      {data?.runs.length === 0 && (
        <Empty
          title={t('runs.empty.title')}
          body={t('runs.empty.body')}
          commands={[{ command: 'datasens run', does: t('home.empty.run') }]}
        />
      )}
      {running.map((run) => (
        <LiveRun key={run.id} run={run} />
      ))}
      {past.length > 0 && <History runs={past} />}
    </div>
  );
}

function History({ runs }: { readonly runs: readonly Run[] }) {
  const { t, number, dateTime } = useWords();
  const duration = useDuration();
  const sum = (run: Run, count: (stage: Run['stages'][number]) => number) =>
    run.stages.reduce((total, stage) => total + count(stage), 0);
  const columns: readonly Column<Run>[] = [
    {
      key: 'started',
      title: t('runs.started'),
      value: (run) => run.startedAt,
      show: (run) => dateTime(run.startedAt),
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
    { key: 'duration', title: t('runs.duration'), value: (run) => duration(run) },
    {
      key: 'done',
      title: t('runs.done'),
      value: (run) => Math.max(0, ...run.stages.map((stage) => stage.done)),
      show: (run) => number(Math.max(0, ...run.stages.map((stage) => stage.done))),
    },
    {
      key: 'refused',
      title: t('runs.refused'),
      value: (run) => sum(run, (stage) => stage.refused),
      show: (run) => number(sum(run, (stage) => stage.refused)),
    },
    {
      key: 'error',
      title: t('runs.error'),
      value: (run) => run.error,
      show: (run) => (run.error === null ? '–' : <code>{run.error}</code>),
    },
  ];
  return (
    <section className="card" aria-labelledby="past-title">
      <h2 id="past-title">{t('runs.past')}</h2>
      <Table caption={t('runs.caption')} columns={columns} rows={runs} rowKey={(run) => run.id} />
    </section>
  );
}

function useDuration(): (run: Run) => string {
  const { t } = useWords();
  return (run) => {
    if (run.endedAt === null) return '–';
    const seconds = Math.max(0, Math.round((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000));
    if (seconds < 60) return t('runs.seconds', { n: seconds });
    return t('runs.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  };
}
