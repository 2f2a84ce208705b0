// Cells that a spreadsheet would run. Source: OWASP, CSV injection; ASVS 5.0, 1.2.10.

/** A cell is active where it starts, after white space, with = + - @ (full width too), or holds a leading tab or return. */
const ACTIVE = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/u;

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
