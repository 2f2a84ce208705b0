// The codebook beside the text: what each category is, what goes in it and what does not.

import type { GuideTask } from '../../../api/review-schemas.ts';
import { useWords } from '../../language.tsx';

export function Guide({ tasks, codebook }: { readonly tasks: readonly GuideTask[]; readonly codebook: string }) {
  const { t, language } = useWords();
  return (
    <section className="card guide" aria-labelledby="guide-title">
      <h2 id="guide-title" tabIndex={-1}>
        {t('review.guide')}
      </h2>
      <p className="small faint">{codebook}</p>
      {tasks.map((task) => (
        <details key={task.id} open={task === tasks[0]}>
          <summary>{task.title[language]}</summary>
          <dl>
            {task.categories.map((category) => (
              <div key={category.id}>
                <dt>{category.title[language]}</dt>
                <dd>
                  <p>{category.definition}</p>
                  <Cases title={t('review.guide.includes')} cases={category.includes} />
                  <Cases title={t('review.guide.excludes')} cases={category.excludes} />
                  <Cases title={t('review.guide.examples')} cases={category.examples} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  );
}

function Cases({ title, cases }: { readonly title: string; readonly cases: readonly string[] }) {
  if (cases.length === 0) return null;
  return (
    <p className="small">
      <strong>{title}</strong> {cases.join(' ; ')}
    </p>
  );
}
