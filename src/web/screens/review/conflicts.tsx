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
import { answersOf, type Choices, isQuick, mark, NOTHING, press } from './choice.ts';
import { ItemText } from './item-text.tsx';
import { keysOf } from './keys.ts';
import { marksNothing } from './spelling.ts';
import { TaskChoice } from './task-choice.tsx';
import { useReviewKeys } from './use-keys.ts';
import { type Piece, snap, wordsOf } from './word-steps.ts';

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
  const [chosen, setChosen] = useState<Piece | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { item, readings, open } = conflict;
  const tasks = overview.tasks.filter((task) => conflict.tasks.includes(task.id));
  const task = tasks.find((one) => (choices[one.id] ?? NOTHING).labels.length === 0) ?? tasks[0];
  useEffect(() => place.current?.focus({ preventScroll: true }), []);

  const settle = async (now: Choices) => {
    const answers = answersOf(tasks, now);
    if (answers === null) return;
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
    const next = of.kind === 'spans' && chosen !== null ? mark(before, { ...chosen, label }) : press(of, before, label);
    const now = { ...choices, [of.id]: next };
    setChosen(null);
    setChoices(now);
    if (isQuick(tasks) && next.labels.length > 0) void settle(now);
  };
  useReviewKeys((key) => {
    if (!open || task === undefined) return false;
    const category = [...keysOf(task.categories)].find(([, one]) => one === key)?.[0];
    if (category !== undefined) pressLabel(task, category);
    else if (key === '0') pressLabel(task, 'abstention');
    else if (key === 'v' || key === 'Enter') void settle(choices);
    else return false;
    return true;
  });

  const spansTask = tasks.find(({ kind }) => kind === 'spans') ?? null;
  return (
    <div className="item-desk">
      <ItemText
        item={item}
        task={spansTask?.id ?? null}
        spans={spansTask === null ? [] : (choices[spansTask.id]?.spans ?? [])}
        chosen={chosen}
        machine={[]}
        place={place}
        onChoose={(piece) => setChosen(snap(wordsOf(item.text), piece))}
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
              onActivate={() => undefined}
              onRemove={(at) => {
                const before = choices[one.id] ?? NOTHING;
                setChoices({ ...choices, [one.id]: { ...before, spans: before.spans.filter((_, n) => n !== at) } });
              }}
              onDone={() => setChoices({ ...choices, [one.id]: { ...(choices[one.id] ?? NOTHING), done: true } })}
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
