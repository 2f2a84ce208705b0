// Decisions, and the judgements they come from.

import type { DocumentAnswer } from '../../../api/documents.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { usePersonName } from '../../person-name.ts';

const ABSTENTION = 'abstention';

type Annotation = DocumentAnswer['annotations'][number];
type Decided = Pick<Annotation, 'task' | 'label'>;

export function Annotations({ document }: { readonly document: DocumentAnswer }) {
  const { t, percent } = useWords();
  const labels = useLabels();
  const nameOf = usePersonName();
  const { annotations, consensus, text } = document;
  const named = ({ task, label, labels: all = [label], nothing }: Partial<Annotation> & Decided) =>
    nothing ? t('label.nothing') : all.map((each) => labels.category(task, each)).join(', ');
  const decided = (decision: DocumentAnswer['consensus'][number]) => {
    const voices = annotations.filter(
      ({ task, annotator }) => task === decision.task && decision.annotators.includes(annotator),
    );
    return named({ ...decision, nothing: decision.label === ABSTENTION && voices.some(({ nothing }) => nothing) });
  };
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
      value: (row) => wordsOf(row, text, labels),
      show: (row) => wordsOf(row, text, labels) || '–',
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
                {labels.task(decision.task)} – {decided(decision)}
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

/** Each once, with what it is marked as where that is not the one answer. */
function wordsOf({ task, evidence }: Annotation, text: string, labels: ReturnType<typeof useLabels>): string {
  const isMixed = new Set(evidence.map(({ label }) => label)).size > 1;
  const words = evidence.map(({ start, end, label }) => {
    const quoted = text.slice(start, end);
    return isMixed ? `${quoted} (${labels.category(task, label)})` : quoted;
  });
  return [...new Set(words)].join(', ');
}
