// What changed between two versions, in words.

import type { CodebookDraftAnswer } from '../../../api/codebook.ts';
import { useWords } from '../../language.tsx';

type Changes = NonNullable<CodebookDraftAnswer['follows']>['difference'];
const LISTS = ['added', 'removed', 'retitled', 'redefined', 'illustrated', 'words'] as const;

export function Difference({ difference }: { readonly difference: Changes }) {
  const { t } = useWords();
  if (!difference.title && difference.tasks.length === 0) return <p>{t('codebook.same')}</p>;
  return (
    <ul>
      {difference.title && <li>{t('codebook.change.title')}</li>}
      {difference.tasks.map((task) => (
        <li key={task.task}>
          <strong>{task.task}</strong>
          {task.kind !== 'changed' && ` : ${t(`codebook.change.task.${task.kind}`)}`}
          {task.kind === 'changed' && (
            <ul>
              {task.renamed.length > 0 && (
                <li>
                  {t('codebook.change.renamed')} {task.renamed.map(({ from, to }) => `${from} → ${to}`).join(', ')}
                </li>
              )}
              {LISTS.filter((list) => task[list].length > 0).map((list) => (
                <li key={list}>
                  {t(`codebook.change.${list}`)} {task[list].join(', ')}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
