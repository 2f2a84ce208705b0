// What readers disagree on: their answers side by side, and a third person's word.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReviewConflictsAnswer, ReviewOverviewAnswer } from '../../../api/review-schemas.ts';
import { send, useAnswer } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { ABSTENTION, answersOf, type Choices, isAnswered, isQuick, mark, NOTHING, press } from './choice.ts';
import { ItemText } from './item-text.tsx';
import { keysOf } from './keys.ts';
import { marksNothing } from './spelling.ts';
import { TaskChoice } from './task-choice.tsx';
import { useReviewKeys } from './use-keys.ts';
import { usePiece } from './use-piece.ts';

type Conflict = ReviewConflictsAnswer['conflicts'][number];

export function Conflicts({ overview }: { readonly overview: ReviewOverviewAnswer }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data, error, refetch } = useAnswer('/api/v1/review/conflicts', {}, { staleTime: 0 });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={4} />;
  const [conflict] = [...data.conflicts].sort((left, right) => Number(right.open) - Number(left.open));
  if (conflict === undefined)
    return <Empty title={t('review.conflicts.none')} body={t('review.conflicts.none.body')} />;
  return (
    <>
      <p role="status">{t('review.conflicts.left', { n: data.conflicts.length })}</p>
      <Settling
        key={`${conflict.item.document} ${conflict.item.etag}`}
        conflict={conflict}
        overview={overview}
        onSettled={() => {
          void refetch();
          void queries.invalidateQueries({ queryKey: ['/api/v1/review'] });
        }}
      />
    </>
  );
}

interface SettlingProps {
  readonly conflict: Conflict;
  readonly overview: ReviewOverviewAnswer;
  readonly onSettled: () => void;
}

function Settling({ conflict, overview, onSettled }: SettlingProps) {
  const { t, language } = useWords();
  const labels = useLabels();
  const place = useRef<HTMLElement>(null);
  const [id] = useState(() => crypto.randomUUID());
  const [choices, setChoices] = useState<Choices>({});
  const [said, setSaid] = useState('');
  /** Task that the keys were sent to; the first that is open where they were not. */
  const [wanted, setWanted] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { item, readings, open } = conflict;
  const { piece: chosen, choose, move, clear } = usePiece(item.text);
  const tasks = overview.tasks.filter((task) => conflict.tasks.includes(task.id));
  const task =
    tasks.find(({ id: one }) => one === wanted) ??
    tasks.find((one) => !isAnswered(one, choices[one.id] ?? NOTHING)) ??
    tasks[0];
  const spansTask = tasks.find(({ kind }) => kind === 'spans') ?? null;
  useEffect(() => place.current?.focus({ preventScroll: true }), []);

  const settle = async (now: Choices) => {
    const answers = answersOf(tasks, now);
    if (answers === null) {
      setSaid(t('review.incomplete'));
      return;
    }
    try {
      await send({
        method: 'POST',
        path: '/api/v1/review/answers',
        body: { document: item.document, answers, comment: item.comment, settles: true },
        language,
        headers: { 'idempotency-key': id, 'if-match': `"${item.etag}"` },
      });
      onSettled();
    } catch (error) {
      setProblem(error);
    }
  };
  const pressLabel = (of: (typeof tasks)[number], label: string) => {
    const before = choices[of.id] ?? NOTHING;
    const isPiece = of.kind === 'spans' && label !== ABSTENTION;
    if (isPiece && chosen === null && label !== of.none) {
      setSaid(t('review.choose'));
      return;
    }
    const next = isPiece && chosen !== null ? mark(before, { ...chosen, label }) : press(of, before, label);
    const now = { ...choices, [of.id]: next };
    setSaid(
      t(next.labels.includes(label) || isPiece ? 'review.pressed' : 'review.released', {
        label: labels.category(of.id, label),
      }),
    );
    clear();
    if (!isPiece) setWanted(null);
    setChoices(now);
    if (isQuick(tasks) && next.labels.length > 0) void settle(now);
  };
  const done = (of: (typeof tasks)[number]) => {
    setWanted(null);
    const now = { ...choices, [of.id]: { ...(choices[of.id] ?? NOTHING), done: true } };
    setChoices(now);
    if (answersOf(tasks, now) !== null) void settle(now);
  };
  const removeAt = (of: (typeof tasks)[number], at: number) => {
    const before = choices[of.id] ?? NOTHING;
    setChoices({ ...choices, [of.id]: { ...before, spans: before.spans.filter((_, n) => n !== at) } });
    setSaid(t('review.unmarked'));
  };
  useReviewKeys((key, event) => {
    if (!open || task === undefined) return false;
    const category = [...keysOf(task.categories)].find(([, one]) => one === key)?.[0];
    if (category !== undefined) pressLabel(task, category);
    else if (key === '0') pressLabel(task, 'abstention');
    else if (key === 'v' || key === 'Enter') {
      if (task.kind === 'spans' && !isAnswered(task, choices[task.id] ?? NOTHING)) done(task);
      else void settle(choices);
    } else if (key === 't') setWanted(tasks[(tasks.indexOf(task) + 1) % tasks.length]!.id);
    else if (spansTask !== null && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      setWanted(spansTask.id);
      const reached = move(key === 'ArrowLeft' ? -1 : 1, event.shiftKey);
      if (reached !== null) setSaid(item.text.slice(reached.start, reached.end));
    } else if (spansTask !== null && (key === 'x' || key === 'Backspace' || key === 'Delete')) {
      const { spans } = choices[spansTask.id] ?? NOTHING;
      if (spans.length > 0) removeAt(spansTask, spans.length - 1);
    } else return false;
    return true;
  });

  return (
    <div className="item-desk" data-settling={item.document}>
      <p className="hidden" role="status" aria-live="polite">
        {said}
      </p>
      <ItemText
        item={item}
        task={spansTask?.id ?? null}
        spans={spansTask === null ? [] : (choices[spansTask.id]?.spans ?? [])}
        chosen={chosen}
        machine={[]}
        place={place}
        onChoose={choose}
      />
      <section className="card" aria-labelledby="readings-title">
        <h2 id="readings-title">{t('review.readings')}</h2>
        <div className="readings">
          {[...Map.groupBy(readings, ({ annotator }) => annotator)].map(([reader, given], at) => (
            <div key={reader}>
              <h3>{t('review.reader', { n: at + 1 })}</h3>
              <ul>
                {given.map((answer) => (
                  <li key={answer.task} className={conflict.tasks.includes(answer.task) ? 'apart' : undefined}>
                    {labels.task(answer.task)} :{' '}
                    <strong>
                      {marksNothing(answer)
                        ? t('label.nothing')
                        : (answer.labels ?? [answer.label])
                            .map((label) => labels.category(answer.task, label))
                            .join(', ')}
                    </strong>
                    {answer.spans?.map(({ start, end, label }) => (
                      <span key={start} className="small">
                        {' '}
                        « {item.text.slice(start, end)} » – {labels.category(answer.task, label)} ;
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
              {given[0]?.comment && <p className="small">« {given[0].comment} »</p>}
            </div>
          ))}
        </div>
      </section>
      {problem !== null && <Problem error={problem} isWrite retry={onSettled} />}
      {open ? (
        <section className="card" aria-label={t('review.settle')}>
          {tasks.map((one) => (
            <TaskChoice
              key={one.id}
              task={one}
              chosen={choices[one.id] ?? NOTHING}
              text={item.text}
              active={one === task}
              onPress={(label) => pressLabel(one, label)}
              onActivate={() => setWanted(one.id)}
              onRemove={(at) => removeAt(one, at)}
              onDone={() => done(one)}
            />
          ))}
          <div className="actions">
            <button type="button" className="button primary" onClick={() => void settle(choices)}>
              {t('review.settle')}{' '}
              <span className="press-key" aria-hidden="true">
                V
              </span>
            </button>
          </div>
        </section>
      ) : (
        <p className="notice">{t('review.settle.others')}</p>
      )}
    </div>
  );
}
