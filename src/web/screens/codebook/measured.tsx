// How far the labels of a category were found right, at the last evaluation; what to do where nothing says it.

import { Link } from 'wouter';
import type { EvaluationAnswer } from '../../../api/evaluation.ts';
import { useWords } from '../../language.tsx';
import { figureWords } from '../evaluation/figure.tsx';

type Evaluation = NonNullable<EvaluationAnswer['evaluation']>;
type TaskFigures = Evaluation['tasks'][number];
type LabelFigures = TaskFigures['machines'][number]['labels'][number];

/** Cases without which there is no figure, and the name of all machines together (model/evaluation.ts). */
const FLOOR = 11;
const TOGETHER = 'machines';
const FIGURES = ['precision', 'recall', 'f1'] as const;

interface Measured {
  readonly annotator: string;
  readonly figures: LabelFigures;
}

/** The figures of a category by machine: of all together where several judged the same. */
export function measuredOf(task: TaskFigures | null, label: string): readonly Measured[] {
  const machines = task?.machines ?? [];
  const together = machines.filter(({ annotator }) => annotator === TOGETHER);
  return (together.length > 0 ? together : machines).flatMap(({ annotator, labels }) => {
    const figures = labels.find((one) => one.label === label);
    return figures === undefined ? [] : [{ annotator, figures }];
  });
}

const isMeasured = ({ figures }: Measured) => FIGURES.some((name) => figures[name].value !== null);

interface CategoryProps {
  readonly task: TaskFigures | null;
  readonly label: string;
}

/** Beside a category: each machine's figures, or that there are none yet. */
export function CategoryFigures({ task, label }: CategoryProps) {
  const words = useWords();
  const { t } = words;
  const measured = measuredOf(task, label);
  const shown = measured.filter(isMeasured);
  if (shown.length === 0) {
    const n = Math.max(0, ...measured.map(({ figures }) => figures.support));
    return <span className="small faint measured">{t('codebook.measured.not', { n, floor: FLOOR })}</span>;
  }
  return shown.map(({ annotator, figures }) => (
    <span key={annotator} className="small measured">
      {annotator === TOGETHER ? t('evaluation.machines') : annotator} :{' '}
      {FIGURES.map((name) => `${t(`evaluation.${name}`)} ${figureWords(words, figures[name], 'share')}`).join(' · ')}
    </span>
  ));
}

interface TaskProps {
  readonly task: string;
  readonly figures: TaskFigures | null;
  /** Category ids of the codebook as it is written. */
  readonly labels: readonly string[];
}

/** Under a task: where its figures come from, and the way to those that are wanting. */
export function TaskFiguresLinks({ task, figures, labels }: TaskProps) {
  const { t } = useWords();
  const wanting = labels.filter((label) => !measuredOf(figures, label).some(isMeasured)).length;
  return (
    <p className="small">
      {wanting > 0 && (
        <>
          {t('codebook.measured.wanting', { n: wanting })} <Link href="/review">{t('codebook.measured.review')}</Link>
          {' · '}
        </>
      )}
      <Link href={`/evaluation?task=${encodeURIComponent(task)}`}>{t('codebook.measured.see')}</Link>
    </p>
  );
}
