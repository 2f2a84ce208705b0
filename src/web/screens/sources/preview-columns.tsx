// The columns of a table: what each is taken for, how full it is, and whose data is in it.

import { useWords } from '../../language.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { type Values, withValue } from './draft.ts';
import type { Preview, PreviewProps } from './preview-props.ts';

const ROLES = ['text', 'title', 'date', 'territory', 'author', 'id', 'url', 'attributes'] as const;
/** Roles that several columns may have. */
const SHARED: readonly string[] = ['text', 'attributes'];
type PreviewColumn = Preview['columns'][number];

export function PreviewColumns({ preview, schema, config, busy, correct }: PreviewProps) {
  const { t, percent, named } = useWords();
  const mapped = schema.properties?.map?.properties;
  const roles = preview.mapping === null || mapped === undefined ? [] : ROLES.filter((role) => role in mapped);
  const compared = attributesOf(config);
  const roleOf = ({ name, roles: [role] }: PreviewColumn) => role ?? (compared.includes(name) ? 'attributes' : '');
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
            value: roleOf,
            show: (column: PreviewColumn) => (
              <select
                className="input small-input"
                aria-label={t('preview.roleOf', { column: column.name })}
                value={roleOf(column)}
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
    <section aria-labelledby="columns-title" className="part">
      <h3 id="columns-title">{t('preview.columns')}</h3>
      {roles.length > 0 && <p className="small faint">{t('preview.columns.body')}</p>}
      <Table
        caption={t('preview.columns.caption')}
        columns={columns}
        rows={preview.columns}
        rowKey={({ name }) => name}
      />
    </section>
  );
}

/** The whole mapping as it was found, with `column` in its new role alone. Several columns may be the text. */
function mapWith({ preview, config }: Pick<PreviewProps, 'preview' | 'config'>, column: string, role: string): Values {
  const before = (name: string) => (name === 'attributes' ? attributesOf(config) : (preview.mapping?.[name] ?? []));
  const found = new Map<string, readonly string[]>(
    ROLES.map((name) => [name, before(name).filter((other) => other !== column)]),
  );
  if (role !== '') found.set(role, SHARED.includes(role) ? [...(found.get(role) ?? []), column] : [column]);
  const kept = [...found].filter(([, columns]) => columns.length > 0);
  const alone = ([name, columns]: readonly [string, readonly string[]]) =>
    [name, columns.length === 1 && name !== 'attributes' ? columns[0]! : columns] as const;
  return Object.fromEntries(kept.map(alone));
}

function attributesOf(config: Values): readonly string[] {
  const { attributes } = (config.map ?? {}) as Values;
  return Array.isArray(attributes) ? (attributes as readonly string[]) : [];
}
