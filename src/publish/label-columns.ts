// The columns of a release that its codebook adds: a task's label, or every label of a task of several.

import type { Codebook, Task } from '../model/codebook.ts';
import type { LabelColumn } from '../model/release.ts';
import { COLUMNS, type Column } from './columns.ts';

/** Between the labels of a list in a CSV cell; no category id holds it. */
export const LIST_SEPARATOR = '|';

/** Tasks that every release has a column for, of one label. */
const ALWAYS = ['theme', 'tone'];
/** What the added columns stand before. */
const BEFORE = 'annotators';

/**
 * The columns that a codebook adds, in its order. Pieces of text have none: they would be read in a text that a release does not
 * hold as it was marked.
 */
export function labelColumns(codebook: Codebook | null): readonly LabelColumn[] {
  return (codebook?.tasks ?? []).flatMap(({ id: task, kind }): readonly LabelColumn[] => {
    if (kind === 'spans') return [];
    const name = task.replaceAll('-', '_');
    if (takesSeveral(kind)) return [{ name: `labels_${name}`, task, type: 'list' }];
    return ALWAYS.includes(task) ? [] : [{ name: `label_${name}`, task, type: 'text' }];
  });
}

/** Every column of a release that has these besides, in the order of its files. */
export function withLabels(added: readonly LabelColumn[], codebook: Codebook | null): readonly Column[] {
  if (added.length === 0) return COLUMNS;
  const at = COLUMNS.findIndex(({ name }) => name === BEFORE);
  return [...COLUMNS.slice(0, at), ...added.map((one) => columnOf(one, codebook)), ...COLUMNS.slice(at)];
}

function columnOf({ name, task, type }: LabelColumn, codebook: Codebook | null): Column {
  const title = codebook?.tasks.find(({ id }) => id === task)?.title ?? { fr: task, en: task };
  const meaning = {
    text: { fr: `catégorie de la question « ${title.fr} »`, en: `category of the question “${title.en}”` },
    list: {
      fr: `toutes les catégories de la question « ${title.fr} », triées : liste dans le Parquet ; dans le CSV, séparées par \`${LIST_SEPARATOR}\``,
      en: `every category of the question “${title.en}”, sorted: a list in the Parquet file; in the CSV, separated by \`${LIST_SEPARATOR}\``,
    },
  };
  return { name, property: 'labels', task, type, meaning: meaning[type] };
}

function takesSeveral(kind: Task['kind']): boolean {
  return kind === 'several-labels' || kind === 'themes';
}
