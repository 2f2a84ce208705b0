// One real table: caption, header cells with scope, numbers aligned; it scrolls on its own where the page is narrow.

import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';

/** What a cell holds: `value` is what exports and sorting see, `show` what is read. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  readonly show?: (row: Row) => ReactNode;
  /** Address that the cell leads to. */
  readonly href?: (row: Row) => string | null;
}

interface TableProps<Row> {
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly captionShown?: 'shown' | 'hidden';
}

export function Table<Row>({ caption, columns, rows, rowKey, captionShown = 'hidden' }: TableProps<Row>) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-labelledby={id}>
      <table>
        <caption id={id} className={captionShown === 'hidden' ? 'hidden' : undefined}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={kindOf(column, rows)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) => {
                const content = cellOf(column, row);
                const kind = kindOf(column, rows);
                return index === 0 ? (
                  <th key={column.key} scope="row" className={kind}>
                    {content}
                  </th>
                ) : (
                  <td key={column.key} className={kind}>
                    {content}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function cellOf<Row>(column: Column<Row>, row: Row): ReactNode {
  const shown = column.show ? column.show(row) : (column.value(row) ?? '–');
  const href = column.href?.(row) ?? null;
  return href === null ? shown : <Link href={href}>{shown}</Link>;
}

function kindOf<Row>(column: Column<Row>, rows: readonly Row[]): string | undefined {
  const first = rows[0];
  return first !== undefined && typeof column.value(first) === 'number' ? 'number' : undefined;
}
