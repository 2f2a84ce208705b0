// Cuts a stream of bytes into rows without decoding it: a row keeps its bytes as received. Quotes hide delimiters and
// line ends; a quote that never closes costs one row, not the rest of the file.

import { endOfQuotedRow, type RowSyntax } from './quoted-row.ts';

export interface RowSplitter {
  /**
   * The rows that end in the bytes so far, without their line end; blank rows are empty, null stands for one that was
   * longer than the limit. `last` is true with the final bytes (which may be none).
   */
  push(chunk: Buffer, last: boolean): readonly (Buffer | null)[];
}

type Units = Uint8Array | Uint16Array;

/** Longest search for the end of a quoted row. */
const LOOK_AHEAD_BYTES = 1024 * 1024;
const SHORTEST_LOOK_AHEAD = 4096;
const CARRIAGE_RETURN = 0x0d;

/** @param syntax in code units of the charset. */
export function createRowSplitter(syntax: RowSyntax, charset: string, maximumRecordBytes: number): RowSplitter {
  const size = charset.startsWith('utf-16') ? 2 : 1;
  const maximum = maximumRecordBytes / size;
  let carried: Buffer = Buffer.alloc(0);
  let skipping = false;
  // Halved each time a quote does not close, so that a file of stray quotes is not searched through again at each row.
  let lookAhead = LOOK_AHEAD_BYTES / size;

  return { push };

  function push(chunk: Buffer, last: boolean): readonly (Buffer | null)[] {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const units = unitsOf(bytes, charset);
    const rows: (Buffer | null)[] = [];
    let at = 0;
    let quoteAt = -1;
    while (at < units.length) {
      let lineEnd = units.indexOf(syntax.newline, at);
      if (lineEnd < 0) {
        if (!last) break;
        lineEnd = units.length;
      }
      let rowEnd = lineEnd;
      if (syntax.quote >= 0 && !skipping) {
        if (quoteAt < at) quoteAt = indexOrEnd(units, syntax.quote, at);
        if (quoteAt < lineEnd) {
          const end = endOfQuotedRow(units, at, { syntax, last, limit: Math.min(lookAhead, maximum) });
          if (end === 'incomplete') break;
          rowEnd = end === 'unclosed' ? lineEnd : end;
          if (end === 'unclosed') lookAhead = Math.max(SHORTEST_LOOK_AHEAD, lookAhead / 2);
          else if (rowEnd > lineEnd) lookAhead = Math.min(LOOK_AHEAD_BYTES / size, lookAhead * 2);
        }
      }
      if (skipping) skipping = false;
      else rows.push(rowEnd - at > maximum ? null : rowOf(bytes, units, at, rowEnd));
      at = rowEnd + 1;
    }
    carried = at * size < bytes.length ? bytes.subarray(at * size) : Buffer.alloc(0);
    if (carried.length / size > maximum && !last) {
      if (!skipping) rows.push(null);
      skipping = true;
      carried = Buffer.alloc(0);
    }
    return rows;
  }

  function rowOf(bytes: Buffer, units: Units, start: number, end: number): Buffer {
    let stop = end;
    while (stop > start && units[stop - 1] === CARRIAGE_RETURN && syntax.newline !== CARRIAGE_RETURN) stop -= 1;
    return isBlank(units, start, stop) ? bytes.subarray(0, 0) : bytes.subarray(start * size, stop * size);
  }

  function isBlank(units: Units, start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) {
      const unit = units[at]!;
      if (unit !== 0x20 && (unit !== 0x09 || syntax.delimiter === 0x09)) return false;
    }
    return true;
  }
}

/** UTF-16 is split by units of two bytes; the view is of a copy where the platform would read them the other way round. */
function unitsOf(bytes: Buffer, charset: string): Units {
  if (!charset.startsWith('utf-16')) return bytes;
  const even = bytes.length & ~1;
  const swaps = charset === 'utf-16be';
  const aligned = !swaps && bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes.subarray(0, even));
  if (swaps) Buffer.from(aligned.buffer, aligned.byteOffset, even).swap16();
  return new Uint16Array(aligned.buffer, aligned.byteOffset, even / 2);
}

function indexOrEnd(units: Units, value: number, from: number): number {
  const at = units.indexOf(value, from);
  return at < 0 ? units.length : at;
}
