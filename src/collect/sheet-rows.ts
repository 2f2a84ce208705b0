// The rows of one sheet as text, cell by cell, while its XML streams by.

import { type CellStyle, parseXml, type Sheet, stringReader, type Workbook } from './workbook.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Columns of a sheet (A to XFD). */
const MAXIMUM_COLUMNS = 16_384;
const DAY_MS = 86_400_000;

/** Rows that hold something, a chunk of the file at a time; blank cells are empty, and none ends a row. */
export async function* sheetRows(
  archive: ZipArchive,
  sheet: Sheet,
  workbook: Workbook,
): AsyncIterable<readonly (readonly string[])[]> {
  let rows: string[][] = [];
  let row: string[] = [];
  let column = 0;
  let cell: { readonly type: string; readonly style: CellStyle | undefined } | null = null;
  let value = '';
  let inValue = false;
  const inline = stringReader();
  const handler = {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      if (name === 'row') {
        row = [];
        column = 0;
      }
      if (name === 'c') {
        column = attributes.r === undefined ? column : columnOf(attributes.r);
        cell = { type: attributes.t ?? 'n', style: workbook.styles[Number(attributes.s ?? 0)] };
        value = '';
      }
      if (name === 'v') inValue = true;
      inline.open(name);
    },
    text(piece: string): void {
      if (inValue) value += piece;
      inline.text(piece);
    },
    close(name: string): void {
      inline.close(name);
      if (name === 'v') inValue = false;
      if (name === 'c' && cell !== null) {
        const words = inline.take();
        put(cell.type === 'inlineStr' ? words : asText(value, cell, workbook));
        column += 1;
        cell = null;
      }
      if (name === 'row' && row.length > 0) rows.push(row);
    },
  };
  const put = (text: string): void => {
    if (text === '' || column >= MAXIMUM_COLUMNS) return;
    while (row.length < column) row.push('');
    row[column] = text;
  };
  for await (const _ of parseXml(archive, sheet.member, handler)) {
    yield rows;
    rows = [];
  }
}

function asText(value: string, cell: { type: string; style: CellStyle | undefined }, workbook: Workbook): string {
  switch (cell.type) {
    case 's':
      return workbook.strings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'n':
      return value === '' ? '' : numberText(value, cell.style, workbook.from1904);
    default:
      // `str` (a formula's text), `e` (an error), `d` (an ISO date) are as they are shown.
      return value;
  }
}

function numberText(value: string, style: CellStyle | undefined, from1904: boolean): string {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (style?.kind === 'zeros' && Number.isInteger(number)) return String(number).padStart(style.digits, '0');
  if (style?.kind === 'date') return serialDate(number, from1904) ?? value;
  return String(number);
}

/** A serial number as ISO 8601 without zone: a day, a day and time, or a time alone. Null outside years 1900 to 9999. */
function serialDate(serial: number, from1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_466) return null;
  // The 1900 system counts a 29 February 1900 that never was: days before it are one less.
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const seconds = Math.round((serial * DAY_MS) / 1000);
  const iso = new Date(start + seconds * 1000).toISOString();
  const time = iso.slice(17, 19) === '00' ? iso.slice(11, 16) : iso.slice(11, 19);
  if (serial < 1 && !from1904) return time;
  return seconds % 86_400 === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${time}`;
}

/** Column of a reference such as `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const rank = letter.charCodeAt(0) - 64;
    if (rank < 1 || rank > 26 || column > MAXIMUM_COLUMNS) break;
    column = column * 26 + rank;
  }
  return column === 0 ? MAXIMUM_COLUMNS : column - 1;
}
