// One task: its categories, each with its key, and "I do not know".

import type { GuideTask } from '../../../api/review-schemas.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { ABSTENTION, type Chosen } from './choice.ts';
import { keysOf } from './keys.ts';

interface TaskChoiceProps {
  readonly task: GuideTask;
  readonly chosen: Chosen;
  readonly text: string;
  /** True where the keys go to this task. */
  readonly active: boolean;
  readonly onPress: (label: string) => void;
  readonly onActivate: () => void;
  readonly onRemove: (at: number) => void;
  readonly onDone: () => void;
}

export function TaskChoice({ task, chosen, text, active, onPress, onActivate, onRemove, onDone }: TaskChoiceProps) {
  const { t, language } = useWords();
  const labels = useLabels();
  const keys = keysOf(task.categories);
  const isSpans = task.kind === 'spans';
  const button = (id: string, title: string, key: string | undefined) => (
    <button
      key={id}
      type="button"
      className="label-button"
      aria-pressed={chosen.labels.includes(id)}
      aria-keyshortcuts={key}
      onClick={() => {
        onActivate();
        onPress(id);
      }}
    >
      {key !== undefined && (
        <span className="press-key" aria-hidden="true">
          {key.toUpperCase()}
        </span>
      )}
      <span>{title}</span>
    </button>
  );
  return (
    <fieldset className={active ? 'task active' : 'task'}>
      <legend>
        {task.title[language]} <span className="small faint">{t(`review.kind.${task.kind}`)}</span>
      </legend>
      <div className="label-buttons">
        {task.categories.map(({ id, title }) => button(id, title[language], keys.get(id)))}
        {isSpans && (
          <button type="button" className="label-button" aria-pressed={chosen.done} onClick={onDone}>
            <span className="press-key" aria-hidden="true">
              ↵
            </span>
            <span>{t('review.spans.done')}</span>
          </button>
        )}
        {button(ABSTENTION, t('review.unsure'), '0')}
      </div>
      {isSpans && chosen.spans.length > 0 && (
        <ul className="spans" aria-label={t('review.spans')}>
          {chosen.spans.map(({ start, end, label }, at) => (
            <li key={start}>
              <span>
                « {text.slice(start, end)} » – {labels.category(task.id, label)}
              </span>
              <button type="button" className="button quiet small-button" onClick={() => onRemove(at)}>
                {t('review.spans.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
