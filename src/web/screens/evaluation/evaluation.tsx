// How far labels can be trusted: a task and a machine in the address, figures with n and interval, and each divergence a click
// away from the words.

import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { EvaluationAnswer } from '../../../api/evaluation.ts';
import { type Parameters, useParameters } from '../../address.ts';
import { send, useAnswer } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Segments } from '../../parts/segments.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Withheld } from '../../parts/withheld.tsx';
import { useTitle } from '../../title.ts';
import { useAttempt } from '../runs/run-actions.tsx';
import { Divergences } from './divergences.tsx';
import type { Evaluation } from './figures.ts';
import { MachineFigures } from './machine.tsx';
import { Summary } from './summary.tsx';

const PATH = '/api/v1/evaluation';

export default function EvaluationScreen() {
  const { t } = useWords();
  const [query, change] = useParameters(['task', 'machine', 'kind', 'cursor']);
  const { data, error, refetch } = useAnswer(PATH);
  useTitle(t('evaluation.title'));
  return (
    <div className="screen">
      <header className="intro">
        <h1>{t('evaluation.title')}</h1>
        <p className="lead">{t('evaluation.lead')}</p>
      </header>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={6} />}
      {data && data.evaluation === null && (
        <Empty
          title={t('evaluation.empty.title')}
          body={t('evaluation.empty.body')}
          commands={[{ command: 'datasens evaluate', does: t('evaluation.empty.does') }]}
        >
          <Link className="button primary" href="/review">
            {t('evaluation.empty.review')}
          </Link>{' '}
          <EvaluateNow />
        </Empty>
      )}
      {data?.evaluation && <Figures answer={{ ...data, evaluation: data.evaluation }} query={query} change={change} />}
    </div>
  );
}

function EvaluateNow() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { isBusy, error, attempt } = useAttempt();
  const evaluate = () =>
    attempt(async () => {
      const answer = await send<EvaluationAnswer>({ method: 'POST', path: PATH, body: {}, language });
      queries.setQueryData([PATH, ''], answer);
    });
  return (
    <>
      <button type="button" className="button" disabled={isBusy} onClick={() => void evaluate()}>
        {t(isBusy ? 'evaluation.busy' : 'evaluation.now')}
      </button>
      {error !== null && <Problem error={error} isWrite />}
    </>
  );
}

interface FiguresProps {
  readonly answer: EvaluationAnswer & { readonly evaluation: Evaluation };
  readonly query: Parameters;
  readonly change: (changes: Parameters) => void;
}

function Figures({ answer: { evaluation, withheld, past }, query, change }: FiguresProps) {
  const { t, date } = useWords();
  const labels = useLabels();
  const task = evaluation.tasks.find((one) => one.task === query.task) ?? evaluation.tasks[0];
  const machine = task?.machines.find((one) => one.annotator === query.machine) ?? task?.machines.at(-1);
  return (
    <>
      <div className="context-row">
        <p className="small faint">
          {t('evaluation.made', {
            date: date(evaluation.at),
            codebook: evaluation.codebook,
            n: evaluation.documents,
          })}
        </p>
        <EvaluateNow />
      </div>
      {past && <p className="notice">{t('evaluation.past')}</p>}
      <Withheld withheld={withheld} />
      <div className="filters">
        <Segments
          legend={t('evaluation.task')}
          name="task"
          options={evaluation.tasks.map((one) => ({ id: one.task, title: labels.task(one.task) }))}
          chosen={task?.task ?? ''}
          onChoose={(id) => change({ task: id, machine: '', cursor: '' })}
        />
        {task && task.machines.length > 1 && (
          <Segments
            legend={t('evaluation.machine')}
            name="machine"
            options={task.machines.map(({ annotator }) => ({
              id: annotator,
              title: annotator === 'machines' ? t('evaluation.machines') : annotator,
            }))}
            chosen={machine?.annotator ?? ''}
            onChoose={(id) => change({ machine: id })}
          />
        )}
      </div>
      {task && (
        <>
          <Summary task={task} machine={machine ?? null} />
          {machine === undefined ? (
            <p className="notice">{t('evaluation.noMachine')}</p>
          ) : (
            <MachineFigures task={task} machine={machine} file={`datasens-${evaluation.id.slice(0, 8)}-${task.task}`} />
          )}
          <Divergences task={task.task} query={query} change={change} />
        </>
      )}
    </>
  );
}
