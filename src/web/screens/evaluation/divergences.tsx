// Documents on which not everybody says the same; each leads to its words.

import { Link } from 'wouter';
import type { DivergencesAnswer } from '../../../api/evaluation.ts';
import { addressOf, type Parameters } from '../../address.ts';
import { useAnswer } from '../../client.ts';
import { type Labels, useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Segments } from '../../parts/segments.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table } from '../../parts/table.tsx';

interface DivergencesProps {
  readonly task: string;
  readonly query: Parameters;
  readonly change: (changes: Parameters) => void;
}

const KINDS = ['machine', 'people'] as const;

export function Divergences({ task, query, change }: DivergencesProps) {
  const { t } = useWords();
  const labels = useLabels();
  const kind = query.kind === 'people' ? 'people' : 'machine';
  const asked = { task, kind, ...(query.cursor === undefined ? {} : { cursor: query.cursor }) };
  const { data, error, refetch } = useAnswer('/api/v1/evaluation/divergences', asked, { keepPrevious: true });
  return (
    <section aria-labelledby="divergences-title" className="screen-part">
      <h2 id="divergences-title">{t('evaluation.divergences.title')}</h2>
      <p className="small faint">{t('evaluation.divergences.lead')}</p>
      <Segments
        legend={t('evaluation.divergences.title')}
        name="kind"
        options={KINDS.map((id) => ({ id, title: t(`evaluation.divergences.${id}`) }))}
        chosen={kind}
        onChoose={(id) => change({ kind: id === 'machine' ? '' : id, cursor: '' })}
      />
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton rows={4} />}
      {data?.items.length === 0 && <p role="status">{t('evaluation.divergences.none')}</p>}
      {data && data.items.length > 0 && (
        <Items items={data.items} task={task} labels={labels} caption={t(`evaluation.divergences.${kind}`)} />
      )}
      {data && (data.nextCursor !== null || query.cursor !== undefined) && (
        <nav className="actions pagination" aria-label={t('evaluation.divergences.pages')}>
          {query.cursor !== undefined && (
            <Link className="button" href={addressOf('/evaluation', { ...query, cursor: '' })}>
              {t('corpus.first')}
            </Link>
          )}
          {data.nextCursor !== null && (
            <Link className="button" href={addressOf('/evaluation', { ...query, cursor: data.nextCursor })}>
              {t('corpus.next')}
            </Link>
          )}
        </nav>
      )}
    </section>
  );
}

interface ItemsProps {
  readonly items: DivergencesAnswer['items'];
  readonly task: string;
  readonly labels: Labels;
  readonly caption: string;
}

function Items({ items, task, labels, caption }: ItemsProps) {
  const { t } = useWords();
  const title = (said: string) =>
    said
      .split(',')
      .map((label) => labels.category(task, label))
      .join(', ');
  return (
    <Table
      caption={caption}
      columns={[
        {
          key: 'document',
          title: t('evaluation.divergences.document'),
          value: ({ document, source }) => `${source} ${document.slice(0, 8)}`,
          href: ({ document }) => `/corpus/${document}`,
        },
        {
          key: 'decided',
          title: t('evaluation.divergences.decided'),
          value: ({ decided }) => (decided === null ? t('evaluation.divergences.divided') : title(decided)),
        },
        {
          key: 'readers',
          title: t('evaluation.divergences.readers'),
          value: ({ readers }) => readers.map(title).join(' / '),
        },
        {
          key: 'machines',
          title: t('evaluation.machine'),
          value: ({ machines }) => machines.map(({ annotator, said }) => `${annotator} : ${title(said)}`).join(' / '),
        },
      ]}
      rows={items}
      rowKey={({ document }) => document}
    />
  );
}
