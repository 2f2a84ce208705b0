// The blocks of a sheet in the order they are read: columns one after the other, tables row by row, prose line by line.

import { columnIndex, columnsOf, growBands, isProse, isTable, type PdfColumn } from './pdf-band.ts';
import type { PdfSheet } from './pdf-content.ts';
import { median, type PdfRow, rowsOf } from './pdf-rows.ts';

export type PdfBlock =
  /** Lines of one column, to be told into paragraphs. */
  | { readonly kind: 'prose'; readonly rows: readonly PdfRow[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** Columns inside columns inside columns; deeper is no page. */
const MAXIMUM_DEPTH = 4;
/** A sheet of more pieces is read from top to bottom as it stands: a map, a drawing, a trap. */
const MAXIMUM_SEGMENTS = 5000;
/** Blank after which the rest of a column alone is no more of that column, in its usual steps. */
const TRAILING_BLANK = 1.7;
/** Steps between the rows of a table, beside those between the lines of a cell, and their least share where there are any. */
const ROW_STEP = 1.25;
const ROW_STEPS = 0.25;

/** Blocks in reading order. Pure. */
export function blocksOf({ segments }: Pick<PdfSheet, 'segments'>): readonly PdfBlock[] {
  const rows = rowsOf(segments);
  return segments.length > MAXIMUM_SEGMENTS ? [{ kind: 'prose', rows }] : layOut(rows, 0);
}

function layOut(rows: readonly PdfRow[], depth: number): readonly PdfBlock[] {
  const blocks: PdfBlock[] = [];
  let prose: PdfRow[] = [];
  const close = () => {
    if (prose.length > 0) blocks.push({ kind: 'prose', rows: prose });
    prose = [];
  };
  for (let at = 0; at < rows.length; ) {
    const found = rows[at]!.leading || depth >= MAXIMUM_DEPTH ? null : recognise(rows, at, depth);
    if (found === null) {
      prose.push(rows[at]!);
      at += 1;
      continue;
    }
    close();
    blocks.push(...found.blocks);
    at = found.end;
  }
  close();
  return blocks;
}

/** Columns or a table that start at a row; null where it is a line like another. */
function recognise(rows: readonly PdfRow[], start: number, depth: number) {
  const bands = growBands(rows, start);
  if (bands === null) return null;
  const { longest, firmest } = bands;
  const longRows = rows.slice(start, longest.end);
  const columns = columnsOf(longRows, longest.gutters);
  if (isProse(columns, longRows)) {
    const last = lastOfColumns(columns, longRows);
    const inside = new Set(longRows.slice(0, last).flatMap(({ segments }) => segments));
    const blocks = columns.flatMap((column) =>
      layOut(rowsOf(column.filter((segment) => inside.has(segment))), depth + 1),
    );
    return { blocks, end: start + last };
  }
  const bandRows = rows.slice(start, firmest.end);
  const cells = columnsOf(bandRows, firmest.gutters);
  if (!isTable(cells, bandRows)) return null;
  return { blocks: [{ kind: 'table', rows: tableRows(cells, bandRows) } satisfies PdfBlock], end: firmest.end };
}

/** How many rows belong to the columns: lines of the first one alone, after a blank below the others, are what follows. */
function lastOfColumns(columns: readonly PdfColumn[], rows: readonly PdfRow[]): number {
  const beside = new Set(columns.slice(1).flat());
  const level = rows.findLastIndex(({ segments }) => segments.some((segment) => beside.has(segment)));
  const step = median(
    rows
      .slice(1)
      .map((row, at) => row.y - rows[at]!.y)
      .filter((blank) => blank > 2),
  );
  for (let at = level + 1; at < rows.length; at += 1) {
    const blank = rows[at]!.y - rows[at - 1]!.y;
    if (blank > TRAILING_BLANK * Math.max(step, rows[at]!.size) || rows[at]!.size > 1.15 * rows[at - 1]!.size)
      return at;
  }
  return rows.length;
}

/** Rows of cells. Lines of a cell that goes on below are put together. */
function tableRows(columns: readonly PdfColumn[], rows: readonly PdfRow[]): readonly (readonly string[])[] {
  const index = columnIndex(columns);
  const steps = rows.slice(1).map((row, at) => row.y - rows[at]!.y);
  const least = Math.min(...steps);
  const spaced = steps.filter((step) => step > ROW_STEP * least).length >= ROW_STEPS * steps.length;
  const table: string[][] = [];
  rows.forEach((row, at) => {
    const cells = columns.map((_, column) => {
      const inside = row.segments.filter((segment) => index.get(segment) === column);
      return inside.map(({ text }) => text).join(' ');
    });
    const near = at > 0 && steps[at - 1]! <= ROW_STEP * least;
    const partial = cells.some((cell) => cell === '');
    if (!near || !partial || !(cells[0] === '' || (spaced && isContinued(cells, table.at(-1)!)))) {
      table.push(cells);
      return;
    }
    const last = table.at(-1)!;
    cells.forEach((cell, column) => {
      last[column] = [last[column], cell].filter(Boolean).join(' ');
    });
  });
  return table;
}

/** True where a line, close below a row, fills no cell that the row leaves empty. */
function isContinued(cells: readonly string[], row: readonly string[]): boolean {
  return cells.every((cell, column) => cell === '' || row[column] !== '');
}
