// French expressions of dates: the French cases of chrono and of Recognizers-Text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDates } from '../../src/refine/date-expressions.ts';
import type { DateParts } from '../../src/refine/date-parts.ts';
import type { Moment } from '../../src/refine/durations.ts';
import type { Conformance } from './conformance.ts';

type Expected = Readonly<Record<string, number>>;

interface ChronoCase {
  readonly text: string;
  readonly reference: Moment | null;
  /** Arguments of `new Date()` as the test wrote them: `2012, 8 - 1, 10`. */
  readonly reference_raw?: string;
  readonly expect_no_result: boolean;
  readonly start?: Expected;
  readonly end?: Expected;
  readonly matched_text?: string;
  readonly index?: number;
}

interface RecognizersCase {
  readonly Input: string;
  readonly Context?: { readonly ReferenceDateTime?: string };
  readonly Results: readonly {
    readonly Start: number;
    readonly Length: number;
    readonly Value: { readonly FutureResolution: { date: string }; readonly PastResolution: { date: string } };
  }[];
}

const verbose = process.argv.includes('--verbose');
/** Where a case gives none, it does not depend on it. */
const ANY_MOMENT: Moment = { year: 2020, month: 1, day: 15, hour: 0, minute: 0 };

const dates: Conformance = async (data) => {
  const chrono = readJson<readonly ChronoCase[]>(join(data, 'dates/chrono-fr-cases.json'));
  const recognizers = readJson<readonly RecognizersCase[]>(join(data, 'dates/recognizers-fr-DateParser.json'));
  const dated = recognizers.filter((entry) => entry.Context?.ReferenceDateTime !== undefined);
  const undated = recognizers.filter((entry) => entry.Context?.ReferenceDateTime === undefined);
  return [
    line('dates: chrono, French', chrono, (entry) => entry.text, passesChrono),
    line('dates: Recognizers, French', dated, (entry) => entry.Input, passesRecognizers),
    // These give no moment to count from; only the place of the expression can be checked.
    line('dates: Recognizers, places only', undated, (entry) => entry.Input, isPlaced),
  ];
};

function passesChrono(entry: ChronoCase): boolean {
  const found = findDates(entry.text, momentOf(entry));
  if (entry.expect_no_result) return found.length === 0;
  const first = found[0];
  if (first === undefined) return false;
  const words = entry.text.slice(first.start, first.end);
  return (
    agrees(entry.start, first.from) &&
    (entry.end === undefined || (first.to !== null && agrees(entry.end, first.to))) &&
    (entry.matched_text === undefined || words === entry.matched_text) &&
    (entry.index === undefined || first.start === entry.index)
  );
}

function momentOf(entry: ChronoCase): Moment {
  if (entry.reference !== null) return entry.reference;
  if (entry.reference_raw === undefined) return ANY_MOMENT;
  const parts = entry.reference_raw.split(',').map((part) => {
    const [first, less] = part.split('-').map(Number);
    return first! - (less ?? 0);
  });
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts;
  return { year: year!, month: month! + 1, day: day!, hour, minute, second };
}

function agrees(expected: Expected | undefined, found: DateParts): boolean {
  const parts: Readonly<Record<string, number | undefined>> = { ...found, timezoneOffset: found.offset };
  return Object.entries(expected ?? {})
    .filter(([name]) => !['weekday', 'meridiem', 'millisecond'].includes(name))
    .every(([name, value]) => (parts[name] ?? 0) === value);
}

/** Where the year is left out both the last and the next are right. */
function passesRecognizers(entry: RecognizersCase): boolean {
  const [year, month, day] = entry.Context!.ReferenceDateTime!.slice(0, 10).split('-').map(Number);
  const found = findDates(entry.Input, { year: year!, month: month!, day: day! });
  return (
    found.length === entry.Results.length &&
    entry.Results.every(({ Start, Length, Value }, at) => {
      const { start, end, from } = found[at]!;
      const value = [String(from.year).padStart(4, '0'), two(from.month), two(from.day)].join('-');
      const right = value === Value.FutureResolution.date || value === Value.PastResolution.date;
      return right && start === Start && end === Start + Length;
    })
  );
}

function isPlaced(entry: RecognizersCase): boolean {
  const found = findDates(entry.Input, ANY_MOMENT);
  return (
    found.length === entry.Results.length &&
    entry.Results.every(({ Start, Length }, at) => found[at]!.start === Start && found[at]!.end === Start + Length)
  );
}

function line<Entry>(
  name: string,
  entries: readonly Entry[],
  words: (entry: Entry) => string,
  passes: (entry: Entry) => boolean,
) {
  const missed = entries.filter((entry) => !passes(entry));
  if (verbose) for (const entry of missed) console.error(`${name}: ${words(entry)}`);
  const passed = entries.length - missed.length;
  return { name, passed, total: entries.length, figure: `${((100 * passed) / entries.length).toFixed(1)} %` };
}

function two(value: number | undefined): string {
  return String(value ?? 0).padStart(2, '0');
}

function readJson<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Value;
}

export default dates;
