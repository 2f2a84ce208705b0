// A few documents under both recipes, asked for when somebody wants to see them.

import { useState } from 'react';
import { Link } from 'wouter';
import type { RecipeExamplesAnswer } from '../../../api/recipes.ts';
import { useRecipeExamples } from '../../client.ts';
import { useWords } from '../../language.tsx';
import { Difference } from '../../parts/difference.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';

type Example = RecipeExamplesAnswer['examples'][number];

export function Examples({ source, title }: { readonly source: string; readonly title: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useRecipeExamples(source, { enabled: open });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('recipes.examples.show')}
        <span className="hidden"> {title}</span>
      </summary>
      <p className="small faint">{t('recipes.examples.lead')}</p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {open && data === undefined && !error && <Skeleton rows={3} />}
      {data?.examples.length === 0 && <p>{t('recipes.examples.none')}</p>}
      <ol className="results" aria-label={t('recipes.examples')}>
        {data?.examples.map((example) => (
          <li key={`${example.before} ${example.after}`} className="result">
            <ExampleBody example={example} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function ExampleBody({ example }: { readonly example: Example }) {
  const { t, named } = useWords();
  const { before, after, changes, title, text, fields } = example;
  return (
    <>
      <ul className="meta">
        {before === null && (
          <li>
            <span className="badge">{t('recipes.example.new')}</span>
          </li>
        )}
        {after === null && (
          <li>
            <span className="badge warn">{t('recipes.example.gone')}</span>
          </li>
        )}
        {changes.map((change) => (
          <li key={change}>
            <span className="badge">{named('change', change)}</span>
          </li>
        ))}
        {before !== null && (
          <li>
            <Link href={`/corpus/${before}`}>
              {t('recipes.example.open.before')} ({before.slice(0, 8)})
            </Link>
          </li>
        )}
        {after !== null && (
          <li>
            <Link href={`/corpus/${after}`}>
              {t('recipes.example.open.after')} ({after.slice(0, 8)})
            </Link>
          </li>
        )}
      </ul>
      {title.length > 0 && <Difference parts={title} />}
      <Difference parts={text} />
      {fields.length > 0 && (
        <dl className="facts">
          {fields.map((field) => (
            <div key={field.name}>
              <dt>{named('change', field.name)}</dt>
              <dd>
                {field.before ?? t('recipes.nothing')} → {field.after ?? t('recipes.nothing')}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
