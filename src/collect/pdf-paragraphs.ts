// Tells the lines of a column into paragraphs, as typography does: by a blank, a step in, a bullet, another size.

import { spanOf } from './pdf-content.ts';
import { joinLines, type Vocabulary } from './pdf-hyphens.ts';
import { median, type PdfRow, textOf } from './pdf-rows.ts';

/** A blank between paragraphs, beside the usual step; another size; a step in, in font sizes. */
const BLANK = 1.35;
const OTHER_SIZE = 0.12;
const INDENT = 0.8;
/** A line that ends a sentence before this share of the column ends its paragraph too. */
const SHORT = 0.75;
/** Letters after which a paragraph is none that anybody wrote. */
export const LONGEST_PARAGRAPH = 20_000;
/** A line this short is a title or a verse whatever it ends with. */
const VERY_SHORT = 0.5;

const BULLET = /^(?:[•●○■□▪▫▶►✓➢❖]|[–—\-*·] |\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)°] |[a-z]\) )/;
const CAPITAL = /^[^\p{L}]{0,3}\p{Lu}/u;
const STOP = /[.!?…:;»”"]$/;

/** Texts of the paragraphs, in order. Lines of code and entries of contents stay lines. */
export function paragraphsOf(rows: readonly PdfRow[], vocabulary: Vocabulary): readonly string[] {
  const steps = rows.slice(1).map((row, at) => row.y - rows[at]!.y);
  const step = median(steps.filter((blank) => blank > 0));
  const column = { ...spanOf(rows), step };
  const paragraphs: string[] = [];
  let first = 0;
  rows.forEach((row, at) => {
    const text = textOf(row);
    if (at === 0 || paragraphs.at(-1)!.length > LONGEST_PARAGRAPH || startsParagraph(rows, at, first, column)) {
      paragraphs.push(text);
      first = at;
    } else if (rows[at - 1]!.leading || (isCode(row) && isCode(rows[at - 1]!))) {
      paragraphs.push(`${paragraphs.pop()}\n${text}`);
    } else paragraphs.push(joinLines(paragraphs.pop()!, text, vocabulary));
  });
  return paragraphs;
}

interface Column {
  readonly left: number;
  readonly right: number;
  /** Usual height from one line to the next. */
  readonly step: number;
}

function startsParagraph(rows: readonly PdfRow[], at: number, first: number, column: Column): boolean {
  const row = rows[at]!;
  const before = rows[at - 1]!;
  const blank = row.y - before.y;
  if (blank <= 0 || blank > BLANK * Math.max(Math.min(column.step, 2 * row.size), row.size)) return true;
  if (Math.abs(row.size - before.size) > OTHER_SIZE * before.size) return true;
  const text = textOf(row);
  if (BULLET.test(text)) return true;
  if (row.leading || before.leading || isCode(row)) return false;
  const filled = (before.right - column.left) / Math.max(1, column.right - column.left);
  const previous = textOf(before);
  if (CAPITAL.test(text) && !previous.endsWith('-') && (filled < VERY_SHORT || (filled < SHORT && STOP.test(previous))))
    return true;
  const step = row.left - before.left;
  if (step > INDENT * row.size) {
    if (at - 1 !== first) return true;
    // Under the words that follow a number or a bullet.
    if (BULLET.test(previous) || before.segments.some(({ left }) => Math.abs(left - row.left) < 0.3 * row.size))
      return false;
    // A step in that the next line keeps is the body under a first line that hangs out.
    const next = rows[at + 1];
    const hangs = next !== undefined && Math.abs(next.left - row.left) < INDENT * row.size;
    return filled < SHORT || (!hangs && CAPITAL.test(text));
  }
  // A step out after the first line is the rest of a paragraph whose first line stepped in.
  return step < -INDENT * row.size && (at - 1 !== first || BULLET.test(previous));
}

function isCode(row: PdfRow): boolean {
  return row.segments.every(({ mono }) => mono);
}
