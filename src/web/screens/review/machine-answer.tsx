// What machines said of an item, beside what the reader said, once they have.

import type { ReviewItemAnswer, ShownAnswer, TaskAnswer } from '../../../api/review-schemas.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { marksNothing, spellAnswer, wordsOfAnswer } from './spelling.ts';

interface MachineAnswerProps {
  readonly item: ReviewItemAnswer;
  readonly answers: readonly TaskAnswer[];
  readonly machine: readonly ShownAnswer[] | null;
}

export function MachineAnswer({ item, answers, machine }: MachineAnswerProps) {
  const { t, percent } = useWords();
  const labels = useLabels();
  if (machine === null) return <p className="small faint">{t('review.machine.waiting')}</p>;
  if (machine.length === 0) return <p className="small faint">{t('review.machine.none')}</p>;
  return (
    <ul className="machine">
      {machine.map((answer) => {
        const own = answers.find(({ task }) => task === answer.task);
        const isSame = own !== undefined && spellAnswer(own) === spellAnswer(answer);
        const words = wordsOfAnswer(answer, item.text);
        return (
          <li key={`${answer.task} ${answer.annotator}`}>
            <strong>{labels.task(answer.task)}</strong> – {answer.annotator} :{' '}
            {marksNothing(answer)
              ? t('label.nothing')
              : (answer.labels ?? [answer.label]).map((label) => labels.category(answer.task, label)).join(', ')}{' '}
            ({percent(answer.score)}){' '}
            {own !== undefined && (
              <span className={isSame ? 'badge' : 'badge warn'}>
                {t(isSame ? 'review.machine.same' : 'review.machine.other')}
              </span>
            )}
            {words !== '' && <span className="small faint"> {t('review.machine.words', { words })}</span>}
          </li>
        );
      })}
    </ul>
  );
}
