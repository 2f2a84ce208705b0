// Running heads, footers and page numbers: what comes back at the same place page after page, apart from the body.

import type { PdfPage, PdfSheet } from './pdf-content.ts';
import { median, type PdfRow, rowsOf, textOf } from './pdf-rows.ts';

/** Rows of an edge, at most; how far it reaches into the page; what sets it apart from the body, in font sizes. */
const EDGE_ROWS = 4;
const EDGE_SHARE = 0.2;
const EDGE_GAP = 1.6;
/** Larger than the body by this, it is a title, wherever it stands. */
const TITLE_SIZE = 1.25;
/** Heights that are the same place, in points. */
const PLACE_POINTS = 3;
/** A text on this many pages at the same place is no part of any of them. */
const REPEATED_PAGES = 3;
/** A place used on this share of the pages, where this share of the rows come back, is a running head whole. */
const PLACE_SHARE = 0.4;
const PLACE_REPEATS = 0.6;

interface Candidate {
  readonly page: number;
  readonly row: PdfRow;
  /** Edge and height. */
  readonly place: number;
  /** The row and each of its segments, numbers made alike. */
  readonly patterns: readonly string[];
}

/** The pages without what recurs at their edges. Pure. */
export function dropMargins(pages: readonly PdfPage[]): readonly PdfPage[] {
  const written = pages.filter(({ sheets }) => sheets.length > 0).length;
  if (written < 2) return pages;
  const rows = pages.map(({ sheets: [main] }) => (main ? rowsOf(main.segments) : []));
  const body = median(rows.flat().map(({ size }) => size));
  const edges = pages
    .flatMap(({ sheets: [main] }, page) => (main ? edgesOf(rows[page]!, main, page) : []))
    .map((edge) => edge.filter(({ row }) => row.size <= TITLE_SIZE * body));
  const places = Map.groupBy(edges.flat(), ({ place }) => place);
  const recurring = new Set<PdfRow>();
  for (const edge of edges) {
    for (const candidate of edge) {
      if (!isRecurring(candidate, places, written)) break;
      recurring.add(candidate.row);
    }
  }
  return pages.map((page, at) => {
    const [main, ...others] = page.sheets;
    const dropped = new Set(rows[at]!.filter((row) => recurring.has(row)).flatMap(({ segments }) => segments));
    if (main === undefined || dropped.size === 0) return page;
    const kept = main.segments.filter((segment) => !dropped.has(segment));
    return { ...page, sheets: kept.length === 0 ? others : [{ ...main, segments: kept }, ...others] };
  });
}

/** The top and the bottom of a page, each from the outside in; empty where nothing sets it apart from the body. */
function edgesOf(rows: readonly PdfRow[], { height }: PdfSheet, page: number): readonly (readonly Candidate[])[] {
  const top = edgeOf(rows, (row) => row.y / height);
  const bottom = edgeOf(rows.toReversed(), (row) => 1 - row.y / height);
  const candidates = (edge: readonly PdfRow[], sign: 1 | -1) =>
    edge.map((row) => {
      const place = sign * (1 + Math.round((sign > 0 ? row.y : height - row.y) / PLACE_POINTS));
      return { page, row, place, patterns: patternsOf(row) };
    });
  return [candidates(top, 1), candidates(bottom, -1)];
}

function edgeOf(rows: readonly PdfRow[], depth: (row: PdfRow) => number): readonly PdfRow[] {
  for (let at = 0; at < Math.min(EDGE_ROWS, rows.length); at += 1) {
    const row = rows[at]!;
    const next = rows[at + 1];
    // What stands alone on a page is no margin of it.
    if (next === undefined || depth(row) > EDGE_SHARE) return [];
    if (Math.abs(next.y - row.y) >= EDGE_GAP * Math.max(row.size, next.size)) {
      return rows.slice(0, at + 1);
    }
  }
  return [];
}

function patternsOf(row: PdfRow): readonly string[] {
  const whole = patternOf(textOf(row));
  const parts = row.segments.map(({ text }) => patternOf(text)).filter((part) => part.length >= 3 && part !== '#');
  return [whole, ...parts];
}

/** The text with its numbers made alike: `Page 3 sur 12` is `page # sur #`, and so is a page number alone, roman or not. */
function patternOf(text: string): string {
  const plain = text.toLowerCase().replace(/\d+/g, '#');
  return /^[-–— ]*[ivxlc]{1,7}[-–— ]*$/.test(plain) ? '#' : plain;
}

function isRecurring(candidate: Candidate, places: ReadonlyMap<number, Candidate[]>, written: number): boolean {
  const around = [-1, 0, 1].flatMap((shift) => places.get(candidate.place + shift) ?? []);
  const [whole] = candidate.patterns;
  const same = new Set(around.filter(({ patterns }) => patterns[0] === whole).map(({ page }) => page)).size;
  if (same >= REPEATED_PAGES) return true;
  // Two pages say little: a number that changes is a page number, words that come back may be the text's.
  if (same >= 2 && /^[-–— ]*(?:page )?#(?: ?(?:\/|sur|of) ?#)?[-–— ]*$/.test(whole!)) return true;
  const pages = new Set(around.map(({ page }) => page)).size;
  if (pages < REPEATED_PAGES || pages < PLACE_SHARE * written) return false;
  const repeats = countPatterns(around);
  const back = around.filter(({ patterns }) => patterns.some((pattern) => (repeats.get(pattern)?.size ?? 0) > 1));
  return back.length >= PLACE_REPEATS * around.length;
}

/** On which pages each pattern stands. */
function countPatterns(candidates: readonly Candidate[]): ReadonlyMap<string, ReadonlySet<number>> {
  const counts = new Map<string, Set<number>>();
  for (const { page, patterns } of candidates) {
    for (const pattern of patterns) counts.set(pattern, (counts.get(pattern) ?? new Set()).add(page));
  }
  return counts;
}
