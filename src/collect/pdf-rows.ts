// Lines across a sheet, or across one of its columns: what stands at the same height, from left to right.

import { type PdfSegment, spanOf } from './pdf-content.ts';

export interface PdfRow {
  readonly segments: readonly PdfSegment[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** True for an entry of a table of contents: dots lead from its words to its page. */
  readonly leading: boolean;
}

/** Baselines this near, in font sizes, are one row. */
const SAME_ROW = 0.45;
/** What an entry of a table of contents ends with where nothing leads to it. */
const PAGE_NUMBER = /^(?:\d{1,4}|[ivxlc]{1,6})$/;

/** The rows of segments, from top to bottom. */
export function rowsOf(segments: readonly PdfSegment[]): readonly PdfRow[] {
  const groups: PdfSegment[][] = [];
  let y = 0;
  let size = 0;
  for (const segment of segments.toSorted((one, other) => one.y - other.y || one.left - other.left)) {
    if (groups.length > 0 && segment.y - y < SAME_ROW * Math.max(size, segment.size)) groups.at(-1)!.push(segment);
    else {
      groups.push([segment]);
      y = segment.y;
      size = segment.size;
    }
  }
  const rows = groups.map(rowOf).filter((row) => row.segments.length > 0);
  return rows.map((row, at) => {
    const among = rows[at - 1]?.leading || rows[at + 1]?.leading;
    const entry = among && row.segments.length > 1 && PAGE_NUMBER.test(row.segments.at(-1)!.text);
    return entry ? { ...row, leading: true } : row;
  });
}

function rowOf(group: readonly PdfSegment[]): PdfRow {
  const kept = group.filter(({ text }) => text !== '').sort((one, other) => one.left - other.left);
  const main = group.reduce((one, other) => (other.text.length > one.text.length ? other : one));
  return {
    segments: kept,
    ...spanOf(group),
    y: main.y,
    size: main.size,
    leading: group.some(({ leads }) => leads),
  };
}

export function textOf(row: PdfRow): string {
  return row.segments.map(({ text }) => text).join(' ');
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
