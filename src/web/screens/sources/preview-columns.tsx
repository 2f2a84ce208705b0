// The columns of a table: what each is taken for, how full it is, and whose data is in it.

import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { type Values, withValue } from './draft.ts';
import type { Preview, PreviewResultProps } from './preview-result.tsx';

const ROLES = ['text', 'title', 'date', 'territory', 'author', 'id', 'url'] as const;
type PreviewColumn = Preview['columns'][number];

export function PreviewColumns({ preview, schema, config, busy, correct }: PreviewResultProps) {
  const { t, percent, named } = useWords();
  const mapped = schema.properties?.map?.properties;
  const roles = preview.mapping === null || mapped === undefined ? [] : ROLES.filter((role) => role in mapped);
  const take = (column: string, role: string) =>
    correct(withValue(config, 'map', mapWith({ preview, config }, column, role)));
  const columns: readonly Column<PreviewColumn>[] = [
    { key: 'name', title: t('preview.column'), value: ({ name }) => name },
    ...(roles.length === 0
      ? []
      : [
          {
            key: 'role',
            title: t('preview.role'),
            value: (column: PreviewColumn) => column.roles[0] ?? '',
            show: (column: PreviewColumn) => (
              <select
                className="input small-input"
                aria-label={t('preview.roleOf', { column: column.name })}
                value={column.roles[0] ?? ''}
                disabled={busy}
                onChange={(event) => take(column.name, event.target.value)}
              >
                <option value="">{t('preview.role.none')}</option>
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {t(`preview.role.${role}`)}
                  </option>
                ))}
              </select>
            ),
          },
        ]),
    {
      key: 'filled',
      title: t('preview.filled'),
      value: ({ filled }) => filled,
      show: ({ filled }) => percent(filled),
    },
    {
      key: 'personal',
      title: t('preview.personalIn'),
      value: ({ personal }) => Object.keys(personal).join(' '),
      show: ({ personal }) =>
        Object.entries(personal)
          .map(([kind, n]) => named('personal', kind, { n }))
          .join(', ') || '–',
    },
  ];
  return (
    <section aria-labelledby="columns-title" className="screen-part">
      <h3 id="columns-title">{t('preview.columns')}</h3>
      {roles.length > 0 && <p className="small faint">{t('preview.columns.body')}</p>}
      <Table caption={t('preview.columns')} columns={columns} rows={preview.columns} rowKey={({ name }) => name} />
    </section>
  );
}

/** The whole mapping as it was found, with `column` in its new role alone. Several columns may be the text. */
function mapWith(
  { preview, config }: Pick<PreviewResultProps, 'preview' | 'config'>,
  column: string,
  role: string,
): Values {
  const found = new Map<string, readonly string[]>(
    ROLES.map((name) => [name, (preview.mapping?.[name] ?? []).filter((other) => other !== column)]),
  );
  if (role !== '') found.set(role, role === 'text' ? [...(found.get('text') ?? []), column] : [column]);
  const { attributes } = (config.map ?? {}) as Values;
  const kept = [...found].filter(([, columns]) => columns.length > 0);
  return {
    ...Object.fromEntries(kept.map(([name, columns]) => [name, columns.length === 1 ? columns[0]! : columns])),
    ...(attributes === undefined ? {} : { attributes }),
  };
}
