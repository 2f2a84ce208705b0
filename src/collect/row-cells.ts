// The cells of one row of text, by the same rules as the rows were cut.

export interface RowCells {
  readonly cells: readonly string[];
  /** Quotes that were read as letters. */
  readonly strayQuotes: number;
}

export interface CellSyntax {
  /** Empty where a row is one cell. */
  readonly delimiter: string;
  /** Empty where cells are never quoted. */
  readonly quote: string;
}

/** Reads a row. Cells keep their spaces, but for those around quotes. `width` is the cells a good row has, or null. */
export function readCells(row: string, syntax: CellSyntax, width: number | null): RowCells {
  const { delimiter, quote } = syntax;
  if (quote === '' || !row.includes(quote)) {
    return { cells: delimiter === '' ? [row] : row.split(delimiter), strayQuotes: 0 };
  }
  const read = readQuoted(row, syntax, false);
  if (width !== null && (read.strayQuotes > 0 || read.cells.length !== width) && row.includes(`\\${quote}`)) {
    // Some databases write \" for a quote; a folder may also end with a backslash, and then all is well without.
    const escaped = readQuoted(row, syntax, true);
    if (escaped.cells.length === width) return escaped;
  }
  if (read.strayQuotes > 0 && width !== null && read.cells.length < width && delimiter !== '') {
    // A stray quote swallowed delimiters: the row is whole when quotes are but letters.
    const literal = row.split(delimiter);
    if (literal.length === width) return { cells: literal, strayQuotes: read.strayQuotes };
  }
  return read;
}

/** @param escapes whether a quote after a backslash never closes its cell */
function readQuoted(row: string, syntax: CellSyntax, escapes: boolean): RowCells {
  const { delimiter, quote } = syntax;
  const cells: string[] = [];
  let strayQuotes = 0;
  let at = 0;
  for (;;) {
    const opening = quoteAfterSpaces(row, at, quote, delimiter);
    const cell = opening < 0 ? null : readQuotedCell(row, opening + 1, syntax, escapes);
    if (cell !== null) {
      cells.push(cell.text);
      strayQuotes += cell.strayQuotes;
      at = cell.after;
    } else {
      if (opening >= 0) strayQuotes += 1;
      const end = delimiter === '' ? -1 : row.indexOf(delimiter, at);
      cells.push(row.slice(at, end < 0 ? row.length : end));
      at = end < 0 ? row.length : end;
    }
    if (at >= row.length) return { cells, strayQuotes };
    at += 1;
  }
}

interface QuotedCell {
  readonly text: string;
  /** Index of the delimiter after it, or the length of the row. */
  readonly after: number;
  readonly strayQuotes: number;
}

function readQuotedCell(
  row: string,
  from: number,
  { delimiter, quote }: CellSyntax,
  escapes: boolean,
): QuotedCell | null {
  let text = '';
  let strayQuotes = 0;
  let start = from;
  let search = from;
  for (;;) {
    const at = row.indexOf(quote, search);
    if (at < 0) return null;
    if (escapes && at > from && row[at - 1] === '\\') {
      text += row.slice(start, at - 1);
      start = at;
      search = at + 1;
      strayQuotes += 1;
      continue;
    }
    if (row[at + 1] === quote) {
      text += row.slice(start, at + 1);
      start = at + 2;
      search = start;
      continue;
    }
    let after = at + 1;
    while (row[after] === ' ' && delimiter !== ' ') after += 1;
    // A carriage return before the line end went with it, unless it came alone at the end of the file.
    if (row[after] === '\r' && after + 1 === row.length) after += 1;
    if (after >= row.length || row[after] === delimiter) {
      return { text: text + row.slice(start, at), after, strayQuotes };
    }
    strayQuotes += 1;
    search = at + 1;
  }
}

function quoteAfterSpaces(row: string, from: number, quote: string, delimiter: string): number {
  let at = from;
  while (row[at] === ' ' && delimiter !== ' ') at += 1;
  return row[at] === quote ? at : -1;
}
