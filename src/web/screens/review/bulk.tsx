// One answer for every document of a filter, once their number was read and confirmed.

import { useEffect, useRef, useState } from 'react';
import type { BulkCountAnswer, ReviewOverviewAnswer } from '../../../api/review-schemas.ts';
import { send } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Problem } from '../../parts/problem.tsx';
import { NOTHING, press } from './choice.ts';
import { keysOf } from './keys.ts';
import { TaskChoice } from './task-choice.tsx';
import { useReviewKeys } from './use-keys.ts';

export function Bulk({ overview }: { readonly overview: ReviewOverviewAnswer }) {
  const { t, language } = useWords();
  const labels = useLabels();
  const tasks = overview.tasks.filter(({ kind }) => kind !== 'spans');
  const [task, setTask] = useState(tasks[0]?.id ?? '');
  const [q, setQ] = useState('');
  const [theme, setTheme] = useState('');
  const [tone, setTone] = useState('');
  const [chosen, setChosen] = useState(NOTHING);
  const [counted, setCounted] = useState<number | null>(null);
  const [sent, setSent] = useState<{ readonly id: string; readonly documents: number } | null>(null);
  const [taken, setTaken] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const undoButton = useRef<HTMLButtonElement>(null);
  const countButton = useRef<HTMLButtonElement>(null);
  const filter = { q, source: null, theme: theme === '' ? null : theme, tone: tone === '' ? null : tone };
  const current = tasks.find(({ id }) => id === task);

  const ask = async <Answer,>(path: string, body: unknown, headers = {}): Promise<Answer | null> => {
    setProblem(null);
    try {
      return await send<Answer>({ method: 'POST', path, body, language, headers });
    } catch (error) {
      setProblem(error);
      return null;
    }
  };
  // What was counted is no longer what is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them changes the count
  useEffect(() => setCounted(null), [q, theme, tone, task]);
  // The button that was pressed is gone: the focus goes to what may follow.
  useEffect(() => {
    if (sent !== null) undoButton.current?.focus();
  }, [sent]);
  useEffect(() => {
    if (taken !== null) countButton.current?.focus();
  }, [taken]);
  const count = async () => {
    const answer = await ask<BulkCountAnswer>('/api/v1/review/bulk/count', { filter, task });
    if (answer !== null) setCounted(answer.documents);
  };
  const confirm = async () => {
    if (counted === null || chosen.labels.length === 0 || current === undefined) return;
    const id = crypto.randomUUID();
    const several = current.kind === 'several-labels' || current.kind === 'themes';
    const given = [...chosen.labels].sort();
    const answer = { task, label: given[0]!, ...(several && given[0] !== 'abstention' ? { labels: given } : {}) };
    const body = { filter, answer, confirmed: counted };
    const done = await ask<BulkCountAnswer>('/api/v1/review/bulk', body, { 'idempotency-key': id });
    if (done === null) return;
    setSent({ id, documents: done.documents });
    setTaken(null);
    setCounted(null);
    setChosen(NOTHING);
  };
  const undo = async () => {
    if (sent === null) return;
    const done = await ask<BulkCountAnswer>('/api/v1/review/bulk/undo', { id: sent.id });
    if (done === null) return;
    setSent(null);
    setTaken(done.documents);
  };
  useReviewKeys((key) => {
    if (current === undefined) return false;
    const category = [...keysOf(current.categories)].find(([, one]) => one === key)?.[0];
    if (category !== undefined) setChosen(press(current, chosen, category));
    else if (key === '0') setChosen(press(current, chosen, 'abstention'));
    else if (key === 'u' || key === 'undo') void undo();
    else return false;
    return true;
  });

  if (current === undefined) return <p className="notice">{t('review.bulk.noTask')}</p>;
  const options = (of: string) => labels.categories(of).map((id) => ({ id, title: labels.category(of, id) }));
  return (
    <section className="card" aria-labelledby="bulk-title">
      <h2 id="bulk-title">{t('review.view.bulk')}</h2>
      <p className="small faint">{t('review.bulk.lead')}</p>
      <div className="review-filters">
        <label className="field">
          <span className="label">{t('review.bulk.words')}</span>
          <input className="input" value={q} maxLength={500} onChange={(event) => setQ(event.target.value)} />
        </label>
        <Choice
          label={labels.task('theme')}
          all={t('review.list.all')}
          value={theme}
          options={options('theme')}
          onChoose={setTheme}
        />
        <Choice
          label={labels.task('tone')}
          all={t('review.list.all')}
          value={tone}
          options={options('tone')}
          onChoose={setTone}
        />
        {tasks.length > 1 && (
          <Choice
            label={t('review.bulk.task')}
            all={current.title[language]}
            value={task}
            options={tasks.map(({ id, title }) => ({ id, title: title[language] }))}
            onChoose={(id) => {
              setTask(id === '' ? task : id);
              setChosen(NOTHING);
            }}
          />
        )}
      </div>
      <TaskChoice
        task={current}
        chosen={chosen}
        text=""
        active
        onPress={(label) => setChosen(press(current, chosen, label))}
        onActivate={() => undefined}
        onRemove={() => undefined}
        onDone={() => undefined}
      />
      <div className="actions">
        <button ref={countButton} type="button" className="button" onClick={() => void count()}>
          {t('review.bulk.count')}
        </button>
        {counted !== null && (
          <button
            type="button"
            className="button primary"
            disabled={counted === 0 || chosen.labels.length === 0}
            onClick={() => void confirm()}
          >
            {t('review.bulk.confirm', { n: counted })}
          </button>
        )}
      </div>
      {problem !== null && <Problem error={problem} isWrite />}
      <div role="status">
        {counted !== null && <p>{t('review.bulk.counted', { n: counted })}</p>}
        {sent !== null && (
          <p>
            {t('review.bulk.sent', { n: sent.documents })}{' '}
            <button ref={undoButton} type="button" className="button small-button" onClick={() => void undo()}>
              {t('review.undo')}
            </button>
          </p>
        )}
        {taken !== null && <p>{t('review.bulk.undone', { n: taken })}</p>}
      </div>
    </section>
  );
}
