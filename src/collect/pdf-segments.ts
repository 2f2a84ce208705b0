// From the runs of a page's text layer to segments on lines: accents and words that were drawn in pieces are put together.

import { type PdfSegment, spanOf } from './pdf-content.ts';

/** A piece of text as it was drawn. Lengths are points, from the top left of the page as it reads. */
export interface PdfRun {
  readonly text: string;
  readonly left: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly mono: boolean;
  readonly rightToLeft: boolean;
}

/** Baselines this near, in font sizes, are one line: exponents and indices stay in it. */
const SAME_LINE = 0.45;
/** A gap this wide, in font sizes, is a space; the next one, the edge of a cell or column. */
const WORD_GAP = 0.18;
const SEGMENT_GAP = 0.95;

/** Drawn, not written. */
const LEADERS = /(?:\. ?){4,}|(?:· ?){4,}|(?:… ?){2,}/g;

/** Segments of a page, from top to bottom, then from left to right. Runs of white space only say where words end. */
export function segmentsOf(runs: readonly PdfRun[]): readonly PdfSegment[] {
  return linesOf(runs).flatMap(cutLine);
}

function linesOf(runs: readonly PdfRun[]): readonly (readonly PdfRun[])[] {
  const lines: { y: number; size: number; runs: PdfRun[] }[] = [];
  const sorted = runs.filter((run) => run.text !== '').sort((one, other) => one.y - other.y || one.left - other.left);
  for (const run of sorted) {
    const line = lines.at(-1);
    if (line !== undefined && run.y - line.y < SAME_LINE * Math.max(line.size, run.size)) {
      line.runs.push(run);
      // The baseline of the largest letters is the line's.
      if (run.size > line.size * 1.1 && run.text.trim() !== '') Object.assign(line, { y: run.y, size: run.size });
    } else lines.push({ y: run.y, size: run.size, runs: [run] });
  }
  return lines.map((line) => line.runs);
}

function cutLine(line: readonly PdfRun[]): readonly PdfSegment[] {
  const words = line.filter((run) => run.text.trim() !== '');
  const backwards = words.filter((run) => run.rightToLeft).length * 2 > words.length;
  const blanks = line.filter((run) => run.text.trim() === '');
  const segments: PdfRun[][] = [];
  let right = 0;
  for (const run of words.sort((one, other) => one.left - other.left)) {
    const open = segments.at(-1);
    if (open !== undefined && run.left - right <= SEGMENT_GAP * Math.max(run.size, open[0]!.size)) open.push(run);
    else segments.push([run]);
    right = Math.max(open === undefined ? 0 : right, run.left + run.width);
  }
  return segments.map((runs) => joinRuns(runs, blanks, backwards));
}

function joinRuns(runs: readonly PdfRun[], blanks: readonly PdfRun[], backwards: boolean): PdfSegment {
  let text = '';
  const largest = runs.reduce((one, other) =>
    other.text.length * other.size > one.text.length * one.size ? other : one,
  );
  const ordered = backwards ? runs.toReversed() : runs;
  ordered.forEach((run, at) => {
    const before = ordered[at - 1];
    if (before !== undefined && isApart(before, run, blanks)) text += ' ';
    text += run.text;
  });
  const words = text.replace(LEADERS, ' ');
  return {
    text: words.replace(/\s+/g, ' ').trim(),
    ...spanOf(runs.map((run) => ({ left: run.left, right: run.left + run.width }))),
    y: largest.y,
    size: largest.size,
    mono: runs.every((run) => run.mono),
    leads: words !== text,
  };
}

/** True where a space stands between two runs, drawn or left. */
function isApart(before: PdfRun, after: PdfRun, blanks: readonly PdfRun[]): boolean {
  const [first, second] = before.left <= after.left ? [before, after] : [after, before];
  const end = first.left + first.width;
  if (second.left - end > WORD_GAP * Math.max(first.size, second.size)) return true;
  const slack = 0.1 * second.size;
  return blanks.some(
    (blank) => blank.width > slack && blank.left >= end - slack && blank.left + blank.width <= second.left + slack,
  );
}
