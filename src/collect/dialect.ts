// How a file of rows is written: its delimiter, quote and line end, found from its first rows.

import { decodeBytes } from './charset.ts';
import { readCells } from './row-cells.ts';
import { createRowSplitter } from './row-splitter.ts';

export interface Dialect {
  /** Empty where every row is one cell. */
  readonly delimiter: string;
  /** Empty where cells are never quoted. */
  readonly quote: string;
  readonly newline: '\n' | '\r';
}

export interface DialectHints {
  readonly charset: string;
  /** True where the sample is the whole file. */
  readonly whole: boolean;
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
}

interface SampleTable {
  readonly dialect: Dialect;
  /** Cells of the first rows, blank rows included (they have one empty cell). */
  readonly rows: readonly (readonly string[])[];
  /** Share of the rows that have the commonest number of cells, 0 to 1. */
  readonly regularity: number;
}

/** In order of preference where two cut the sample as regularly: decimal commas and commas of prose come last. */
const DELIMITERS = ['\t', ';', '|', ','] as const;
const SAMPLE_ROWS = 200;
const SAMPLE_BYTES = 128 * 1024;

/** Finds the dialect of a sample (its BOM removed) and reads the sample's rows in it. */
export function detectDialect(sample: Buffer, hints: DialectHints): SampleTable {
  const whole = hints.whole && sample.length <= SAMPLE_BYTES;
  const bytes = sample.subarray(0, SAMPLE_BYTES);
  const newline = lineEndOf(bytes);
  const quote = hints.quote ?? quoteOf(decodeBytes(bytes, hints.charset).text);
  const table = (delimiter: string) => cut(bytes, { delimiter, quote, newline }, { charset: hints.charset, whole });
  if (hints.delimiter !== undefined) return table(hints.delimiter);
  const candidates = DELIMITERS.map(table).filter(isTable);
  if (candidates.length === 0) return table('');
  return candidates.reduce((best, candidate) => (candidate.score > best.score + 1e-9 ? candidate : best));
}

interface Candidate extends SampleTable {
  readonly score: number;
  readonly width: number;
}

function cut(sample: Buffer, dialect: Dialect, { charset, whole }: { charset: string; whole: boolean }): Candidate {
  const splitter = createRowSplitter(codesOf(dialect, null), charset, SAMPLE_BYTES);
  // The sample's last row is cut short, and is no row, unless it is the file's.
  const raw = splitter.push(sample, whole || !hasLineEnd(sample, dialect.newline));
  const rows = raw
    .slice(0, SAMPLE_ROWS)
    .map((row) => readCells(decodeBytes(row ?? new Uint8Array(), charset).text, dialect, null).cells);
  const counts = new Map<number, number>();
  const full = rows.filter((row) => row.length > 1 || (row[0]!.trim() !== '' && !row[0]!.startsWith('#')));
  for (const row of full) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  const width = commonest(counts);
  const regularity = full.length === 0 ? 0 : (counts.get(width) ?? 0) / full.length;
  const first = full.find((row) => !row[0]!.startsWith('#')) ?? [];
  // Rows that all agree on few cells beat rows that disagree on many.
  const score = regularity + (first.length === width ? 0.2 : 0) + Math.min(width, 50) / 1000;
  return { dialect, rows, regularity, score, width };
}

/** A delimiter that the first row does not hold must cut nearly all others alike (a title stands above the table). */
function isTable({ rows, regularity, width }: Candidate): boolean {
  if (width < 2) return false;
  const first = rows.find((row) => (row.length > 1 || row[0]!.trim() !== '') && !row[0]!.startsWith('#'));
  return (first !== undefined && first.length > 1) || regularity >= 0.7;
}

/** The code units of a dialect, as rows are cut. @param width cells of a good row, null while unknown. */
export function codesOf({ delimiter, quote, newline }: Dialect, width: number | null) {
  return {
    delimiter: delimiter === '' ? -1 : delimiter.charCodeAt(0),
    quote: quote === '' ? -1 : quote.charCodeAt(0),
    newline: newline.charCodeAt(0),
    width,
  };
}

function commonest(counts: ReadonlyMap<number, number>): number {
  let best = 1;
  // The first seen wins a tie: it is the header's.
  for (const [length, seen] of counts) if (seen > (counts.get(best) ?? 0)) best = length;
  return best;
}

function lineEndOf(sample: Buffer): Dialect['newline'] {
  return !hasLineEnd(sample, '\n') && hasLineEnd(sample, '\r') ? '\r' : '\n';
}

function hasLineEnd(sample: Buffer, newline: string): boolean {
  return sample.includes(newline.charCodeAt(0));
}

/** Apostrophes around cells are taken for quotes only where no double quote is seen and they come in pairs. */
function quoteOf(text: string): string {
  if (text.includes('"')) return '"';
  const opened = text.match(/(?:^|[\n\t;|,])'/g)?.length ?? 0;
  const closed = text.match(/'(?:$|[\r\n\t;|,])/g)?.length ?? 0;
  return opened >= 4 && opened === closed ? "'" : '"';
}
