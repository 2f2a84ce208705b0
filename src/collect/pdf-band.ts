// Rows that the same empty strips cut from top to bottom: columns of prose side by side, or the columns of a table.

import { type PdfSegment, spanOf } from './pdf-content.ts';
import { median, type PdfRow } from './pdf-rows.ts';

/** Left and right ends, in points. */
type Strip = readonly [left: number, right: number];

export interface PdfBand {
  /** Index after its last row. */
  readonly end: number;
  /** Empty strips through all its rows. */
  readonly gutters: readonly Strip[];
}

export interface PdfBands {
  /** As far as one strip goes. */
  readonly longest: PdfBand;
  /** As far as every strip that several rows agree on goes. */
  readonly firmest: PdfBand;
}

/** Longest band looked for, in rows: more than a page holds. */
const MAXIMUM_ROWS = 400;
/** Narrowest strip, and highest blank inside a band, in font sizes. */
const GUTTER = 0.5;
const BLANK = 3.5;
/** Lines of a column of prose: how many, how long in letters, how full beside the longest, how seldom level with others. */
const PROSE_LINES = 3;
const PROSE_LETTERS = 15;
const PROSE_FILL = 0.7;
const PROSE_LEVEL = 0.5;

/** What a list item starts with, alone: a strip after it cuts nothing apart. */
const MARKER = /^(?:[•●○■□▪▫–—\-*·▶►✓➢❖o§]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivxIVX]{1,5}|[a-zA-Z])[.)°]?\)?)$/;

/** The bands that start at a row; null where nothing cuts it. */
export function growBands(rows: readonly PdfRow[], start: number): PdfBands | null {
  let cover = coverOf(rows[start]!);
  let gutters = guttersOf(cover, rows[start]!.size);
  if (gutters.length === 0) return null;
  let firmest: PdfBand | null = null;
  let end = start + 1;
  for (; end < Math.min(rows.length, start + MAXIMUM_ROWS); end += 1) {
    const row = rows[end]!;
    if (row.leading || row.y - rows[end - 1]!.y > BLANK * Math.max(row.size, rows[end - 1]!.size)) break;
    const nextCover = merge(cover, coverOf(row));
    const next = guttersOf(nextCover, row.size);
    const lost = gutters.filter((gutter) => !next.some((other) => overlaps(gutter, other)));
    if (lost.length === gutters.length) break;
    if (firmest === null && lost.some((gutter) => isAgreed(gutter, rows.slice(start, end)))) {
      firmest = { end, gutters };
    }
    cover = nextCover;
    gutters = next;
  }
  const longest = { end, gutters };
  return { longest, firmest: firmest ?? longest };
}

export type PdfColumn = readonly PdfSegment[];

/** The segments of a band by column, each in order; markers of lists stand with what they mark. */
export function columnsOf(rows: readonly PdfRow[], gutters: readonly Strip[]): readonly PdfColumn[] {
  const columns = gutters.map((): PdfSegment[] => []).concat([[]]);
  for (const { segments } of rows) {
    for (const segment of segments) {
      const at = gutters.findIndex(([, right]) => segment.left < right);
      columns[at < 0 ? gutters.length : at]!.push(segment);
    }
  }
  const merged: PdfSegment[][] = [];
  let marks: readonly PdfSegment[] = [];
  for (const column of columns) {
    if (column.length === 0) continue;
    if (column.every(({ text }) => MARKER.test(text))) marks = [...marks, ...column];
    else {
      merged.push([...marks, ...column]);
      marks = [];
    }
  }
  if (marks.length > 0) merged.push([...marks]);
  return merged;
}

/** True for columns that are read one after the other. */
export function isProse(columns: readonly PdfColumn[], rows: readonly PdfRow[]): boolean {
  if (columns.length < 2) return false;
  const lines = columns.map(linesOf);
  const shortest = Math.min(...lines.map((column) => column.length));
  if (shortest < 2) return false;
  const letters = Math.min(...lines.map((column) => median(column.map((line) => line.letters))));
  const fill = Math.min(
    ...lines.map((column) => median(column.map(({ width }) => width)) / Math.max(...column.map(({ width }) => width))),
  );
  if (shortest < PROSE_LINES) return letters >= 2 * PROSE_LETTERS && fill >= PROSE_FILL;
  if (letters >= PROSE_LETTERS && fill >= PROSE_FILL) return true;
  return letters >= PROSE_LETTERS / 2 && countLevel(columns, rows) < PROSE_LEVEL * shortest;
}

/** True for columns whose rows are read across. */
export function isTable(columns: readonly PdfColumn[], rows: readonly PdfRow[]): boolean {
  const level = countLevel(columns, rows);
  const enough = columns.length > 2 ? 2 : 3;
  return columns.length >= 2 && level >= enough && level * 2 >= rows.length;
}

/** The column of each segment, by index. */
export function columnIndex(columns: readonly PdfColumn[]): ReadonlyMap<PdfSegment, number> {
  return new Map(columns.flatMap((column, at) => column.map((segment) => [segment, at] as const)));
}

/** Rows that have words in several columns. */
function countLevel(columns: readonly PdfColumn[], rows: readonly PdfRow[]): number {
  const index = columnIndex(columns);
  return rows.filter(({ segments }) => new Set(segments.map((segment) => index.get(segment))).size > 1).length;
}

interface Line {
  readonly letters: number;
  readonly width: number;
}

function linesOf(column: PdfColumn): readonly Line[] {
  const lines = Map.groupBy(column, ({ y }) => Math.round(y));
  return [...lines.values()].map((line) => {
    const { left, right } = spanOf(line);
    return { letters: line.reduce((sum, { text }) => sum + text.length, 0), width: right - left };
  });
}

function coverOf(row: PdfRow): readonly Strip[] {
  return merge(
    [],
    row.segments.map(({ left, right }) => [left, right] as const),
  );
}

function merge(some: readonly Strip[], others: readonly Strip[]): readonly Strip[] {
  const merged: [number, number][] = [];
  for (const [left, right] of [...some, ...others].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && left <= last[1]) last[1] = Math.max(last[1], right);
    else merged.push([left, right]);
  }
  return merged;
}

function guttersOf(cover: readonly Strip[], size: number): readonly Strip[] {
  return cover.slice(1).flatMap(([left], at): Strip[] => {
    const right = cover[at]![1];
    return left - right >= GUTTER * size ? [[right, left]] : [];
  });
}

function overlaps(one: Strip, other: Strip): boolean {
  return one[0] < other[1] && other[0] < one[1];
}

/** True where two rows or more have words on both sides of a strip, list markers left aside. */
function isAgreed([left, right]: Strip, rows: readonly PdfRow[]): boolean {
  const both = rows.filter(({ segments }) => {
    const before = segments.filter((segment) => segment.right <= left + 1);
    return before.some(({ text }) => !MARKER.test(text)) && segments.some((segment) => segment.left >= right - 1);
  });
  return both.length >= 2;
}
