// One item to judge. What is chosen is kept at each press; the last press sends it where no task takes several.

import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { GuideTask, ReviewItemAnswer, ShownAnswer, SkipReason, TaskAnswer } from '../../../api/review-schemas.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import {
  ABSTENTION,
  answersOf,
  type Choices,
  type Chosen,
  choicesOf,
  isAnswered,
  isQuick,
  mark,
  NOTHING,
  press,
} from './choice.ts';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import { ItemText } from './item-text.tsx';
import { keysOf } from './keys.ts';
import type { Given } from './session.ts';
import { Skip } from './skip.tsx';
import { TaskChoice } from './task-choice.tsx';
import { useReviewKeys } from './use-keys.ts';
import { usePiece } from './use-piece.ts';

interface ItemDeskProps {
  readonly item: ReviewItemAnswer;
  readonly tasks: readonly GuideTask[];
  /** What was answered, where it is looked at again. */
  readonly given: { readonly answers: readonly TaskAnswer[]; readonly comment: string } | null;
  readonly machine: readonly ShownAnswer[] | null;
  readonly onAnswer: (given: Given) => void;
  readonly onSkip: (reason: SkipReason, comment: string, seconds: number) => void;
  readonly onSay: (words: string) => void;
}

export function ItemDesk({ item, tasks, given, machine, onAnswer, onSkip, onSay }: ItemDeskProps) {
  const { t, language } = useWords();
  const labels = useLabels();
  const place = useRef<HTMLElement>(null);
  const commentField = useRef<HTMLTextAreaElement>(null);
  const began = useRef(performance.now());
  const id = useId();
  const start = useMemo(() => {
    if (given !== null) return { choices: choicesOf(given.answers), comment: given.comment };
    return readDraft(item.document, item.draft) ?? { choices: {}, comment: item.comment };
  }, [item, given]);
  const [choices, setChoices] = useState<Choices>(start.choices);
  const [comment, setComment] = useState(start.comment);
  const [skipping, setSkipping] = useState(false);
  const firstOpen = (now: Choices) => tasks.find((task) => !isAnswered(task, now[task.id] ?? NOTHING))?.id;
  const [active, setActive] = useState<string>(() => firstOpen(start.choices) ?? tasks[0]!.id);
  const { piece: chosen, choose, move, clear } = usePiece(item.text);
  const task = tasks.find((one) => one.id === active)!;
  const spansTask = tasks.find(({ kind }) => kind === 'spans') ?? null;

  // The focus is on what is to be read, so that keys and a screen reader begin there.
  useEffect(() => place.current?.focus({ preventScroll: true }), []);

  const secondsSpent = () => Math.round((performance.now() - began.current) / 100) / 10;
  const keep = (next: Choices, spelled: string) => {
    setChoices(next);
    keepDraft(item.document, { choices: next, comment: spelled }, language);
  };
  const submit = (now: Choices) => {
    const answers = answersOf(tasks, now);
    if (answers === null) {
      setActive(firstOpen(now) ?? active);
      onSay(t('review.incomplete'));
      return;
    }
    dropDraft(item.document);
    onAnswer({ answers, skipped: null, comment, seconds: secondsSpent() });
  };
  const change = (of: GuideTask, next: Chosen) => {
    const now = { ...choices, [of.id]: next };
    keep(now, comment);
    return now;
  };
  const pressLabel = (of: GuideTask, label: string) => {
    if (of.kind === 'spans' && label !== ABSTENTION && chosen !== null) {
      change(of, mark(choices[of.id] ?? NOTHING, { ...chosen, label }));
      onSay(
        t('review.marked', { words: item.text.slice(chosen.start, chosen.end), label: labels.category(of.id, label) }),
      );
      clear();
      return;
    }
    if (of.kind === 'spans' && label !== ABSTENTION && label !== of.none) {
      onSay(t('review.choose'));
      return;
    }
    const next = press(of, choices[of.id] ?? NOTHING, label);
    const now = change(of, next);
    const isOn = next.labels.includes(label);
    onSay(t(isOn ? 'review.pressed' : 'review.released', { label: labels.category(of.id, label) }));
    if (!isOn || !(of.kind === 'one-label' || of.kind === 'scale' || label === ABSTENTION)) return;
    const open = firstOpen(now);
    if (open !== undefined) setActive(open);
    else if (isQuick(tasks) && given === null) submit(now);
  };
  const done = (of: GuideTask) => {
    const now = change(of, { ...(choices[of.id] ?? NOTHING), done: true });
    const open = firstOpen(now);
    if (open === undefined) submit(now);
    else setActive(open);
  };
  const removeAt = (of: GuideTask, at: number) => {
    const before = choices[of.id] ?? NOTHING;
    change(of, { ...before, spans: before.spans.filter((_, position) => position !== at) });
    onSay(t('review.unmarked'));
    place.current?.focus({ preventScroll: true });
  };

  useReviewKeys((key, event) => {
    const category = [...keysOf(task.categories)].find(([, one]) => one === key)?.[0];
    if (category !== undefined) pressLabel(task, category);
    else if (key === '0') pressLabel(task, ABSTENTION);
    else if (key === 'v' || key === 'Enter') {
      if (task.kind === 'spans' && !isAnswered(task, choices[task.id] ?? NOTHING)) done(task);
      else submit(choices);
    } else if (key === 't') setActive(tasks[(tasks.indexOf(task) + 1) % tasks.length]!.id);
    else if (key === 's') setSkipping(true);
    else if (key === 'c') commentField.current?.focus();
    else if (spansTask !== null && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      setActive(spansTask.id);
      const reached = move(key === 'ArrowLeft' ? -1 : 1, event.shiftKey);
      if (reached !== null) onSay(item.text.slice(reached.start, reached.end));
    } else if (spansTask !== null && (key === 'x' || key === 'Backspace' || key === 'Delete')) {
      const spans = choices[spansTask.id]?.spans ?? [];
      const under = spans.findIndex((span) => chosen !== null && span.start < chosen.end && span.end > chosen.start);
      if (spans.length > 0) removeAt(spansTask, under < 0 ? spans.length - 1 : under);
    } else return false;
    return true;
  });

  return (
    <div className="item-desk" data-document={item.document}>
      <ItemText
        item={item}
        task={spansTask?.id ?? null}
        spans={spansTask === null ? [] : (choices[spansTask.id]?.spans ?? [])}
        chosen={chosen}
        machine={machine ?? []}
        place={place}
        onChoose={(piece) => {
          const snapped = choose(piece);
          if (spansTask !== null) setActive(spansTask.id);
          if (snapped !== null) onSay(item.text.slice(snapped.start, snapped.end));
        }}
      />
      <section className="card" aria-label={t('review.tasks')}>
        {tasks.map((one) => (
          <TaskChoice
            key={one.id}
            task={one}
            chosen={choices[one.id] ?? NOTHING}
            text={item.text}
            active={one.id === active}
            onPress={(label) => pressLabel(one, label)}
            onActivate={() => setActive(one.id)}
            onRemove={(at) => removeAt(one, at)}
            onDone={() => done(one)}
          />
        ))}
        <div className="field">
          <label className="label" htmlFor={id}>
            {t('review.comment')}{' '}
            <span className="press-key" aria-hidden="true">
              C
            </span>
          </label>
          <textarea
            id={id}
            ref={commentField}
            className="input"
            rows={2}
            maxLength={4000}
            value={comment}
            onChange={(event) => {
              setComment(event.target.value);
              keepDraft(item.document, { choices, comment: event.target.value }, language);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') place.current?.focus({ preventScroll: true });
            }}
          />
        </div>
        <div className="actions">
          <button type="button" className="button primary" onClick={() => submit(choices)}>
            {t(given === null ? 'review.send' : 'review.correct')}{' '}
            <span className="press-key" aria-hidden="true">
              V
            </span>
          </button>
          <button type="button" className="button" onClick={() => setSkipping(true)}>
            {t('review.skip')}{' '}
            <span className="press-key" aria-hidden="true">
              S
            </span>
          </button>
        </div>
      </section>
      <Skip
        open={skipping}
        onClose={() => setSkipping(false)}
        onSkip={(reason) => {
          setSkipping(false);
          dropDraft(item.document);
          onSkip(reason, comment, secondsSpent());
        }}
      />
    </div>
  );
}
