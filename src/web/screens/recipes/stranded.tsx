// Judgements of people that the last replacement left on texts that changed: somebody has to look again.

import { useState } from 'react';
import type { StrandedAnswer } from '../../../api/recipes.ts';
import { useStranded } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { type Column, Table } from '../../parts/table.tsx';

type Judgement = StrandedAnswer['judgements'][number];

interface StrandedProps {
  readonly source: string;
  readonly title: string;
  readonly n: number;
}

export function Stranded({ source, title, n }: StrandedProps) {
  const { t } = useWords();
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useStranded(source, { enabled: open });
  const columns: readonly Column<Judgement>[] = [
    {
      key: 'document',
      title: t('recipes.stranded.document'),
      value: ({ after, before }) => after ?? before,
      show: ({ after, before }) =>
        after === null ? `${before.slice(0, 8)} (${t('recipes.stranded.gone')})` : after.slice(0, 8),
      href: ({ after, before }) => `/corpus/${after ?? before}`,
    },
    { key: 'task', title: t('recipes.stranded.task'), value: ({ task }) => labels.task(task) },
    {
      key: 'label',
      title: t('recipes.stranded.label'),
      value: ({ task, label }) => labels.category(task, label),
    },
    { key: 'who', title: t('recipes.stranded.who'), value: ({ annotator }) => annotator },
  ];
  return (
    <section className="card" aria-labelledby={`stranded-${source}`}>
      <h2 id={`stranded-${source}`}>{t('recipes.stranded.of', { name: title })}</h2>
      <p>{t('recipes.stranded', { n })}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('recipes.stranded.show')}</summary>
        {error && <Problem error={error} retry={() => void refetch()} />}
        {data && (
          <Table
            caption={t('recipes.stranded.caption', { name: title })}
            columns={columns}
            rows={data.judgements}
            rowKey={({ before, task, annotator }) => `${before} ${task} ${annotator}`}
          />
        )}
      </details>
    </section>
  );
}
