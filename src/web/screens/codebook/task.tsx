// One task: its categories with their words, and how many documents were given each.

import type { CodebookDraftAnswer, CodebookViewAnswer } from '../../../api/codebook.ts';
import type { EvaluationAnswer } from '../../../api/evaluation.ts';
import { useWords } from '../../language.tsx';
import { CategoryFigures, TaskFiguresLinks } from './measured.tsx';

type Task = NonNullable<CodebookDraftAnswer['codebook']>['tasks'][number];
type Category = Task['categories'][number];

interface TaskCardProps {
  readonly task: Task;
  readonly counts: CodebookViewAnswer['counts'];
  /** As it was last measured; null where it was not. */
  readonly figures: NonNullable<EvaluationAnswer['evaluation']>['tasks'][number] | null;
}

export function TaskCard({ task, counts, figures }: TaskCardProps) {
  const { t, language } = useWords();
  const count = (label: string, people: boolean) =>
    counts.find((one) => one.task === task.id && one.label === label && one.people === people)?.documents ?? 0;
  const id = `task-${task.id}`;
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{task.title[language]}</h2>
      <p>
        <span className="badge">{t(`codebook.kind.${task.kind}`)}</span>{' '}
        <span className="small">{t(task.abstention ? 'codebook.abstention' : 'codebook.abstention.none')}</span>
      </p>
      {task.categories.length === 0 && <p className="faint">{t('codebook.empty')}</p>}
      {task.categories.map((category) => (
        <details key={category.id}>
          <summary>
            <strong>{category.title[language]}</strong>{' '}
            {category.id === task.none && <span className="badge">{t('codebook.none')}</span>}{' '}
            <span className="small">
              {t('codebook.counts', { people: count(category.id, true), machines: count(category.id, false) })}
            </span>
            <CategoryFigures task={figures} label={category.id} />
          </summary>
          <CategoryWords category={category} />
        </details>
      ))}
      {task.categories.length > 0 && (
        <TaskFiguresLinks task={task.id} figures={figures} labels={task.categories.map(({ id: one }) => one)} />
      )}
    </section>
  );
}

function CategoryWords({ category }: { readonly category: Category }) {
  const { t, number } = useWords();
  const terms = Object.entries(category.terms ?? {});
  return (
    <div lang="fr">
      <p>{category.definition}</p>
      {(['includes', 'excludes', 'examples'] as const).map(
        (list) =>
          category[list].length > 0 && (
            <div key={list}>
              <p className="small">
                <strong>{t(`codebook.${list}`)}</strong>
              </p>
              <ul>
                {category[list].map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </div>
          ),
      )}
      {terms.length > 0 && (
        <p className="small">
          <strong>{t('codebook.terms')}</strong>{' '}
          {terms.map(([term, weight]) => `${term} (${number(weight)})`).join(', ')}
        </p>
      )}
    </div>
  );
}
