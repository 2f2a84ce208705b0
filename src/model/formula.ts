// Cells that a spreadsheet would run. Sources: OWASP, CSV injection; ASVS 5.0, 1.2.10.

/** Code points that spreadsheets or people skip over: controls, spaces, soft hyphen, marks without width. */
const SKIPPED: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x20],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

const letter = (code: number) =>
  code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : String.fromCodePoint(code);
const skipped = SKIPPED.map(([first, last]) => `${letter(first)}-${letter(last)}`).join('');

/**
 * Where a cell is active: it begins with a tab or a line end, or, after what is skipped, with = + - @, their full-width
 * and small forms, or a minus sign. The same spelling means the same to JavaScript (flag `u`) and to RE2 (DuckDB).
 */
export const ACTIVE_CELL = `^(?:[\\t\\n\\r]|[${skipped}]*[=+@＝＋－＠﹦﹢﹣﹫−\\-])`;

const ACTIVE = new RegExp(ACTIVE_CELL, 'u');

/** The cell with an apostrophe before it where a spreadsheet might run it, and before a leading apostrophe. */
export function disarm(cell: string): string {
  return ACTIVE.test(cell) || cell.startsWith("'") ? `'${cell}` : cell;
}

/** What `disarm` was given. */
export function rearm(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** True where a spreadsheet might run the cell as it stands. */
export function isActive(cell: string): boolean {
  return ACTIVE.test(cell);
}
