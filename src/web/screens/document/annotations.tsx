// Decisions, and the judgements they come from.

import type { DocumentAnswer } from '../../../api/documents.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePersonName } from '../../person-name.ts';

type Annotation = DocumentAnswer['annotations'][number];

export function Annotations({ document }: { readonly document: DocumentAnswer }) {
  const { t, percent } = useWords();
  const labels = useLabels();
  const nameOf = usePersonName();
  const { annotations, consensus, text } = document;
  const named = ({ task, label, labels: all = [label] }: Pick<Annotation, 'task' | 'label' | 'labels'>) =>
    all.map((each) => labels.category(task, each)).join(', ');
  const columns: readonly Column<Annotation>[] = [
    { key: 'task', title: t('document.task'), value: (row) => labels.task(row.task) },
    {
      key: 'label',
      title: t('document.label'),
      value: (row) => named(row),
      show: (row) => (
        <>
          {named(row)} {row.provisional && <span className="badge warn">{t('document.provisional')}</span>}
        </>
      ),
    },
    { key: 'score', title: t('document.score'), value: (row) => row.score, show: (row) => percent(row.score) },
    { key: 'annotator', title: t('document.annotator'), value: (row) => nameOf(row.annotator) },
    {
      key: 'words',
      title: t('document.words'),
      value: (row) => wordsOf(row, text),
      show: (row) => wordsOf(row, text) || '–',
    },
    { key: 'codebook', title: t('document.codebook'), value: (row) => row.codebook },
  ];
  return (
    <section className="card" aria-labelledby="annotations-title">
      <h2 id="annotations-title">{t('document.annotations')}</h2>
      {consensus.length > 0 && (
        <ul className="pills">
          {consensus.map((decision) => (
            <li key={decision.task}>
              <span className={`badge ${decision.label}`}>
                {labels.task(decision.task)} – {named(decision)}
                {decision.annotators.length > 1 &&
                  `, ${t('document.agreement', { share: percent(decision.agreement) })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {annotations.length === 0 ? (
        <p className="faint">{t('document.annotations.none')}</p>
      ) : (
        <Table
          caption={t('document.annotations.caption')}
          columns={columns}
          rows={annotations}
          rowKey={(row) => `${row.task}/${row.annotator}/${row.codebook}`}
        />
      )}
    </section>
  );
}

function wordsOf(row: Annotation, text: string): string {
  return [...new Set(row.evidence.map(({ start, end }) => text.slice(start, end)))].join(', ');
}
