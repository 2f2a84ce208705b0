// What became of the text, from the record received to what is shown: made again when somebody asks.

import { useState } from 'react';
import type { DocumentStepsAnswer } from '../../../api/document-steps.ts';
import type { DocumentAnswer } from '../../../api/documents.ts';
import { useDocumentSteps } from '../../client.ts';
import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { Difference } from '../../parts/difference.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useAmounts } from '../sources/amounts.ts';

type Traced = Extract<DocumentStepsAnswer, { readonly kind: 'traced' }>;
type Step = Traced['steps'][number];

export function TextSteps({ document }: { readonly document: DocumentAnswer }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useDocumentSteps(document.id, { enabled: open });
  return (
    <section className="card" aria-labelledby="steps-title">
      <h2 id="steps-title">{t('steps.title')}</h2>
      <p className="small faint">{t('steps.lead')}</p>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('steps.show')}</summary>
        {error && <Problem error={error} retry={() => void refetch()} />}
        {open && data === undefined && !error && <Skeleton rows={4} />}
        {data?.kind === 'unavailable' && <p className="notice">{t(`steps.${data.reason}`)}</p>}
        {data?.kind === 'traced' && <Steps traced={data} document={document} />}
      </details>
    </section>
  );
}

function Steps({ traced, document }: { readonly traced: Traced; readonly document: DocumentAnswer }) {
  const { t } = useWords();
  const { version, programVersion: now } = traced;
  return (
    <div className="steps-body">
      {version !== now && <p className="notice">{t('steps.other', { version, now })}</p>}
      {version === now && !traced.same && <p className="notice">{t('steps.differs')}</p>}
      <ol className="text-steps" aria-label={t('steps.list')}>
        {traced.steps.map((step) => (
          <li key={step.name}>
            <StepBody step={step} traced={traced} speech={document.language} />
          </li>
        ))}
      </ol>
      <p className="small faint">{t('steps.unchanged')}</p>
      <Fields traced={traced} document={document} />
    </div>
  );
}

interface StepBodyProps {
  readonly step: Step;
  readonly traced: Traced;
  readonly speech: string;
}

function StepBody({ step, traced, speech }: StepBodyProps) {
  const { t, named, number } = useWords();
  const { bytes } = useAmounts();
  const { sizeBytes, encoding, textFormat: format } = traced;
  const marks = Object.entries(traced.marks).map(([kind, n]) => named('personal', kind, { n }));
  return (
    <>
      <h3>{t(`steps.${step.name}`)}</h3>
      {step.name === 'received' && (
        <p className="small">{t('steps.received.body', { bytes: bytes(sizeBytes), encoding, format })}</p>
      )}
      {step.before !== step.after && step.name !== 'received' && (
        <p className="small faint">{t('steps.size', { before: number(step.before), after: number(step.after) })}</p>
      )}
      {step.name === 'marked' && <p>{marks.length === 0 ? t('steps.marked.none') : marks.join(', ')}</p>}
      {step.withheld && <p className="notice">{t('steps.withheld')}</p>}
      {step.parts.length > 0 && <Difference parts={step.parts} speech={speech === 'und' ? undefined : speech} />}
    </>
  );
}

interface Field {
  readonly name: string;
  readonly given: string | null;
  readonly found: string;
}

function Fields({ traced, document }: { readonly traced: Traced; readonly document: DocumentAnswer }) {
  const { t, named, date, percent } = useWords();
  const labels = useLabels();
  const { territory } = document;
  const rule = territory?.rule ?? null;
  const place = [
    territory?.places.map(({ name, code }) => name ?? code).join(', ') ?? '',
    rule === null
      ? ''
      : t('steps.rule', {
          rule: rule
            .split(/[:+]/)
            .map((part) => named('placerule', part))
            .join(' – '),
          score: territory?.score == null ? '–' : percent(territory.score),
        }),
  ].filter((part) => part !== '');
  const nothing = t('steps.nothing');
  const fields: readonly Field[] = [
    {
      name: t('steps.date'),
      given: traced.given.date,
      found: document.published === null ? nothing : date(document.published),
    },
    { name: t('steps.place'), given: traced.given.territory, found: place.join(', ') || nothing },
    { name: t('steps.language'), given: null, found: labels.speech(document.language) },
  ];
  const columns: readonly Column<Field>[] = [
    { key: 'name', title: t('steps.fields'), value: ({ name }) => name },
    { key: 'given', title: t('steps.given'), value: ({ given }) => given ?? nothing },
    { key: 'found', title: t('steps.found'), value: ({ found }) => found },
  ];
  return (
    <>
      <h3>{t('steps.fields')}</h3>
      <Table caption={t('steps.fields')} columns={columns} rows={fields} rowKey={({ name }) => name} />
    </>
  );
}
