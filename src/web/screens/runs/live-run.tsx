// A run as it goes: one bar a stage, moved by server-sent events.

import { useId } from 'react';
import type { RunsAnswer } from '../../../api/runs.ts';
import { useWords } from '../../language.tsx';
import { useRunEvents } from './run-events.ts';

type Run = RunsAnswer['runs'][number];

export function LiveRun({ run }: { readonly run: Run }) {
  const { t, dateTime } = useWords();
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
        <StageProgress key={stage.stage} stage={stage} />
      ))}
    </section>
  );
}

function StageProgress({ stage }: { readonly stage: Run['stages'][number] }) {
  const { t } = useWords();
  const id = useId();
  const handled = stage.done + stage.refused;
  return (
    <div className="run-stage">
      <span id={id}>{t(`stage.${stage.stage}`)}</span>
      {stage.total === null && handled > 0 ? (
        // Without a value: under way, and nobody knows how much there is.
        <progress aria-labelledby={id} />
      ) : (
        <progress aria-labelledby={id} max={Math.max(1, stage.total ?? 0)} value={handled} />
      )}
      <span className="count small">
        {stage.total === null
          ? t('runs.stageDone', { done: stage.done })
          : t('runs.stageCount', { done: stage.done, total: stage.total })}
        {stage.refused > 0 && <span className="faint"> · {t('stage.refused', { n: stage.refused })}</span>}
      </span>
    </div>
  );
}
