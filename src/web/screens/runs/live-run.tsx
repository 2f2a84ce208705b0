// A run as it goes: one bar a stage, moved by server-sent events.

import { useId } from 'react';
import { Link } from 'wouter';
import type { RunsAnswer } from '../../../api/runs.ts';
import { useWords } from '../../language.tsx';
import { useMe } from '../../me.tsx';
import { Remaining } from './remaining.tsx';
import { CancelRun } from './run-actions.tsx';
import { useRunEvents } from './run-events.ts';
import { StageLine } from './stage-line.tsx';

type Run = RunsAnswer['runs'][number];

export function LiveRun({ run }: { readonly run: Run }) {
  const { t, dateTime } = useWords();
  const { may } = useMe();
  const { event, connection } = useRunEvents(run.id);
  const stages = event?.stages ?? run.stages;
  const state = event?.state ?? run.state;
  const id = useId();
  return (
    <section className="card run-live" aria-labelledby={id}>
      <div className="context-row">
        <h2 id={id}>
          {t('runs.current')} – <code>{run.command}</code>
        </h2>
        <span className="badge warn" role="status">
          {t(`run.state.${state}`)}
        </span>
        <span className="small faint">
          {t('runs.started')} {dateTime(run.startedAt)} ·{' '}
          {connection === 'lost' ? t('runs.reconnecting') : t('runs.live')}
        </span>
      </div>
      {stages.map((stage) => (
        <StageLine key={stage.stage} stage={stage} isLive />
      ))}
      <Remaining remaining={event?.remaining ?? null} />
      <div className="actions">
        <Link href={`/runs/${run.id}`} className="button">
          {t('runs.follow')}
        </Link>
        {may('runs') && <CancelRun run={run.id} isAsked={false} />}
      </div>
    </section>
  );
}
