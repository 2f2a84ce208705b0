// What people say against what the machine says, as a table.

import { useLabels } from '../../labels.ts';
import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import type { MachineSetting } from './figures.ts';

interface Row {
  readonly label: string;
  readonly counts: readonly number[];
  readonly abstained: number;
}

export function Confusion({ task, machine }: MachineSetting) {
  const { t, number } = useWords();
  const labels = useLabels();
  const { confusion } = machine;
  if (confusion === null) return null;
  const title = (label: string) => labels.category(task.task, label);
  const columns: readonly Column<Row>[] = [
    { key: 'people', title: t('evaluation.confusion.people'), value: (row) => title(row.label) },
    ...confusion.labels.map(
      (label, position): Column<Row> => ({
        key: label,
        title: title(label),
        value: (row) => row.counts[position]!,
        show: (row) => {
          const n = number(row.counts[position]!);
          return row.label === label ? <strong>{n}</strong> : n;
        },
      }),
    ),
    { key: 'abstained', title: t('evaluation.abstains'), value: (row) => row.abstained },
  ];
  const rows = confusion.labels.map((label, position) => ({
    label,
    counts: confusion.counts[position]!,
    abstained: confusion.abstained[position]!,
  }));
  return (
    <section className="screen-part">
      <h2>{t('evaluation.confusion.title')}</h2>
      <Table caption={t('evaluation.confusion.title')} columns={columns} rows={rows} rowKey={(row) => row.label} />
    </section>
  );
}
