// Where a row that holds quotes ends. RFC 4180, and what real exports do to it: quotes that are letters, quotes never
// closed, spaces around quotes.

export interface RowSyntax {
  /** Code units; -1 where there is none. */
  readonly delimiter: number;
  readonly quote: number;
  readonly newline: number;
  /** Cells of a good row, to tell a stray quote from one that opens several lines; null while unknown. */
  readonly width: number | null;
}

export interface RowSearch {
  readonly syntax: RowSyntax;
  /** True where no more units will come. */
  readonly last: boolean;
  /** Units to look through before giving up. */
  readonly limit: number;
}

type Units = Uint8Array | Uint16Array;

const SPACE = 0x20;
const CARRIAGE_RETURN = 0x0d;

/**
 * The index of the line end (or of the end of the units) that closes the row starting at `start`.
 * `incomplete`: more units are needed to know. `unclosed`: a quote opens and none closes it within the limit, so that
 * it must be a letter and the row ends with its line.
 */
export function endOfQuotedRow(units: Units, start: number, search: RowSearch): number | 'incomplete' | 'unclosed' {
  const { syntax, last, limit } = search;
  let at = start;
  let cells = 0;
  let stray = false;
  for (;;) {
    const opening = quoteAfterSpaces(units, at, syntax);
    if (opening >= 0) {
      const closing = closingQuote(units, opening + 1, search, start + limit);
      if (typeof closing === 'string') return closing;
      stray ||= closing.stray;
      at = closing.after;
    } else {
      while (at < units.length && units[at] !== syntax.delimiter && units[at] !== syntax.newline) at += 1;
    }
    cells += 1;
    if (at >= units.length && !last) return 'incomplete';
    if (at >= units.length || units[at] === syntax.newline) break;
    at += 1;
  }
  return stray || cells !== syntax.width ? shortest(units, start, at, syntax) : at;
}

/**
 * A quote left open closes at the opening quote of a later row, and takes the rows between as its own. Where the first
 * line and the next one are whole rows by themselves, they are rows.
 */
function shortest(units: Units, start: number, end: number, syntax: RowSyntax): number {
  if (syntax.width === null || syntax.width < 2) return end;
  const first = units.indexOf(syntax.newline, start);
  if (first < 0 || first >= end) return end;
  const next = units.indexOf(syntax.newline, first + 1);
  const nextEnd = next < 0 || next > end ? end : next;
  const whole =
    countCells(units, start, first, syntax) === syntax.width &&
    countCells(units, first + 1, nextEnd, syntax) === syntax.width;
  return whole ? first : end;
}

/** Cells of one line, a quote that does not close in it being a letter. */
function countCells(units: Units, start: number, end: number, syntax: RowSyntax): number {
  const line = units.subarray(start, end);
  let at = 0;
  let cells = 1;
  while (at < line.length) {
    const opening = quoteAfterSpaces(line, at, syntax);
    const closing =
      opening < 0 ? null : closingQuote(line, opening + 1, { syntax, last: true, limit: line.length }, line.length);
    if (closing !== null && typeof closing === 'object') at = closing.after;
    while (at < line.length && line[at] !== syntax.delimiter) at += 1;
    if (at < line.length) cells += 1;
    at += 1;
  }
  return cells;
}

function quoteAfterSpaces(units: Units, from: number, syntax: RowSyntax): number {
  let at = from;
  while (units[at] === SPACE && syntax.delimiter !== SPACE) at += 1;
  return units[at] === syntax.quote ? at : -1;
}

interface Closing {
  /** Index of the delimiter or line end after the cell. */
  readonly after: number;
  /** True where a quote inside the cell was neither doubled nor closing. */
  readonly stray: boolean;
}

function closingQuote(
  units: Units,
  from: number,
  { syntax, last }: RowSearch,
  bound: number,
): Closing | 'incomplete' | 'unclosed' {
  let stray = false;
  let at = from;
  for (;;) {
    const quote = units.indexOf(syntax.quote, at);
    if (quote >= bound) return 'unclosed';
    if (quote < 0) return last || units.length >= bound ? 'unclosed' : 'incomplete';
    if (quote + 1 >= units.length && !last) return 'incomplete';
    if (units[quote + 1] === syntax.quote) {
      at = quote + 2;
      continue;
    }
    let after = quote + 1;
    while (units[after] === SPACE && syntax.delimiter !== SPACE) after += 1;
    if (after >= units.length) return last ? { after, stray } : 'incomplete';
    const unit = units[after];
    if (unit === syntax.delimiter || unit === syntax.newline) return { after, stray };
    if (unit === CARRIAGE_RETURN) {
      if (after + 1 >= units.length && !last) return 'incomplete';
      if (after + 1 >= units.length || units[after + 1] === syntax.newline) {
        return { after: Math.min(after + 1, units.length), stray };
      }
    }
    stray = true;
    at = quote + 1;
  }
}
