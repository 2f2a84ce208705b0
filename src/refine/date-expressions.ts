// Dates and times inside a sentence, absolute or counted from a moment, with what joins them into instants and ranges.

import type { DatePrecision } from '../model/document.ts';
import { dateAtoms } from './date-atoms.ts';
import type { DayOrder } from './date-forms.ts';
import type { DateParts } from './date-parts.ts';
import { foldLetters } from './date-words.ts';
import type { Moment } from './durations.ts';
import { type TimeAtom, timeAtoms } from './time-atoms.ts';

interface FoundDate {
  /** UTF-16 offsets into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly from: DateParts;
  /** Last day or hour of a range. */
  readonly to: DateParts | null;
  readonly precision: DatePrecision;
  /** True where the text leaves out a part (the year, the week) and the nearest was taken. */
  readonly guessed: boolean;
  readonly ambiguous: boolean;
}

/** A sentence holds few dates; longer texts are read this far. */
const LONGEST_TEXT = 20_000;
const BEFORE_TIME = /^,?\s{0,3}(?:(?:a|de|des|vers|-)\s)?$/;
const BETWEEN_DATES = /^\s{0,3}(?:-|–|—|au|jusqu'au|a|et)\s{0,3}$/;

/** Finds French expressions of dates. Without a reference, only those that need none. Pure, never throws. */
export function findDates(text: string, reference: Moment | null, order: DayOrder = 'dmy'): FoundDate[] {
  const folded = foldLetters(text.slice(0, LONGEST_TEXT));
  const dates = apart(dateAtoms(folded, { reference, order }));
  const times = apart(timeAtoms(folded)).filter((time) => !dates.some((date) => overlaps(date, time)));
  const found: FoundDate[] = [];
  const used = new Set<TimeAtom>();
  for (const date of dates) {
    const time = times.find((atom) => atom.start >= date.end && BEFORE_TIME.test(folded.slice(date.end, atom.start)));
    if (time === undefined || date.to !== null) found.push(date);
    else {
      used.add(time);
      found.push(withTime(date, time));
    }
  }
  for (const time of times) {
    if (!used.has(time) && reference !== null) found.push(withTime(onReference(reference, time), time));
  }
  return joinRanges(
    found.sort((a, b) => a.start - b.start),
    folded,
  );
}

function withTime(date: FoundDate, time: TimeAtom): FoundDate {
  const to = time.to === null ? null : { ...date.from, ...time.to };
  return { ...date, end: time.end, from: { ...date.from, ...time.from }, to, precision: 'minute' };
}

function onReference(reference: Moment, time: TimeAtom): FoundDate {
  const { year, month, day } = reference;
  const place = { start: time.start, end: time.end };
  return { ...place, from: { year, month, day }, to: null, precision: 'day', guessed: !time.today, ambiguous: false };
}

/** "10 août - 12 septembre 2013": the year said once is that of both. */
function joinRanges(found: readonly FoundDate[], folded: string): FoundDate[] {
  const joined: FoundDate[] = [];
  for (const next of found) {
    const previous = joined.at(-1);
    const joins =
      previous !== undefined &&
      previous.to === null &&
      next.to === null &&
      previous.precision === next.precision &&
      BETWEEN_DATES.test(folded.slice(previous.end, next.start));
    if (!joins) {
      joined.push(next);
      continue;
    }
    const from = previous.guessed && !next.guessed ? { ...previous.from, year: next.from.year } : previous.from;
    joined[joined.length - 1] = { ...previous, end: next.end, from, to: next.from, guessed: next.guessed };
  }
  return joined;
}

/** The longest of overlapping atoms, leftmost first. */
function apart<Place extends { readonly start: number; readonly end: number }>(atoms: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (const atom of [...atoms].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => overlaps(other, atom))) kept.push(atom);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function overlaps(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): boolean {
  return a.start < b.end && b.start < a.end;
}
