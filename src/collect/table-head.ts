// Which rows of a table come before its data: titles and comments above it, and the row that names its columns.

export interface TableHead {
  /** Rows before the first row of data. */
  readonly skip: number;
  /** Names of the columns, as written but made distinct; `column 1`, … where the table names none. */
  readonly columns: readonly string[];
}

type Rows = readonly (readonly string[])[];

const LEADING_ROWS = 30;

/** @param header as in the settings: true, false, or the number of the row (from 1); found when absent. */
export function findHead(rows: Rows, header: boolean | number | undefined): TableHead {
  const width = widthOf(rows);
  if (typeof header === 'number') return { skip: header, columns: nameColumns(rows[header - 1] ?? [], width) };
  const top = firstTableRow(rows, width);
  const named = header ?? isHeader(rows, top);
  if (!named) return { skip: top, columns: nameColumns([], width) };
  const names = rows[top] ?? [];
  let skip = Math.min(top + 1, rows.length);
  // Files joined end to end, or exported twice, repeat the header below itself.
  while (skip < rows.length && names.length > 1 && sameCells(rows[skip]!, names)) skip += 1;
  return { skip, columns: nameColumns(names, Math.max(width, names.length)) };
}

/** Names of `width` columns: blank ones numbered, repeated ones followed by their rank. */
function nameColumns(names: readonly string[], width: number): readonly string[] {
  const taken = new Set<string>();
  return Array.from({ length: Math.max(width, names.length) }, (_, at) => {
    const given = names[at] ?? '';
    const base = given.trim() === '' ? columnName(at) : given;
    let name = base;
    for (let rank = 2; taken.has(name); rank += 1) name = `${base} (${rank})`;
    taken.add(name);
    return name;
  });
}

/** The name of a column that has none. @param at from 0 */
export function columnName(at: number): string {
  return `column ${at + 1}`;
}

function widthOf(rows: Rows): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (!isBlank(row)) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  let best = 1;
  for (const [length, seen] of counts) {
    if (length > 1 && (best === 1 || seen > (counts.get(best) ?? 0))) best = length;
  }
  return best;
}

/** Leaves aside blank rows, comments, and titles that fill the first cell or less than half of a wider table. */
function firstTableRow(rows: Rows, width: number): number {
  const end = Math.min(rows.length, LEADING_ROWS);
  let at = 0;
  while (at < end && isAbove(rows[at]!, width)) at += 1;
  if (at < end) return at;
  const first = rows.findIndex((row) => !isBlank(row));
  return first < 0 ? rows.length : first;
}

function isAbove(row: readonly string[], width: number): boolean {
  if (isBlank(row)) return true;
  if (row[0]!.startsWith('#') && row.length !== width) return true;
  if (width < 2) return row[0]!.startsWith('#');
  const filled = row.filter((cell) => cell.trim() !== '').length;
  return (filled === 1 && row[0]!.trim() !== '') || (row.length < width && filled * 2 < width);
}

/**
 * True unless the first row looks like data: it holds a number, date, address or link where the column below does too.
 * Years and numbers counted one by one are titles of columns all the same.
 */
function isHeader(rows: Rows, top: number): boolean {
  const first = rows[top];
  if (first === undefined) return false;
  const body = rows.slice(top + 1, top + 51).filter((row) => !isBlank(row));
  const kinds = first.map(kindOf);
  if (kinds.every((kind) => kind === 'text' || kind === 'blank')) return kinds.some((kind) => kind === 'text');
  if (isSeries(first)) return true;
  return !kinds.some((kind, column) => {
    if (kind === 'text' || kind === 'blank') return false;
    const below = body.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    return below.every((cell) => kindOf(cell) === kind);
  });
}

type Kind = 'blank' | 'number' | 'date' | 'link' | 'address' | 'text';

function kindOf(cell: string): Kind {
  const text = cell.trim();
  if (text === '') return 'blank';
  if (text.length > 100) return 'text';
  if (/^[-+]?\d[\d\s.,]*%?$/.test(text)) return /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text) ? 'date' : 'number';
  if (/^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:[T ].*)?$/.test(text)) return 'date';
  if (/^https?:\/\//i.test(text)) return 'link';
  return /^[^\s@]+@[^\s@]+\.[a-z]+$/i.test(text) ? 'address' : 'text';
}

/** `commune;2018;2019;2020` names its columns, whatever stands below. */
function isSeries(row: readonly string[]): boolean {
  const numbers = row.slice(1).filter((cell) => cell.trim() !== '');
  if (kindOf(row[0]!) !== 'text' || numbers.length < 2) return false;
  const years = numbers.every((cell) => /^(?:19|20)\d\d$/.test(cell.trim()));
  const counted = numbers.every((cell, at) => Number(cell) === Number(numbers[0]) + at);
  return (years || counted) && new Set(numbers).size === numbers.length;
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

function sameCells(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((cell, at) => cell === right[at]);
}
