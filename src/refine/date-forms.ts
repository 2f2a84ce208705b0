// The written forms of one date in a field, most telling first. Each takes folded text and yields parts or nothing.

import { addDays, type DateParts, dayOf, fullYear, isCalendarDate, isTime, weekdayOf } from './date-parts.ts';
import { MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN, ZONES } from './date-words.ts';

export interface ReadDate {
  readonly parts: DateParts;
  /** True where day and month could be exchanged. */
  readonly ambiguous: boolean;
}

export type DayOrder = 'dmy' | 'mdy';

const ZONE = String.raw`(?:\s{0,3}(?<zone>[a-z]{1,5})?\s{0,3}(?<offset>[+-]\s?\d{1,2}(?::?\d{2})?)?(?:\s{0,3}\([^()]{0,60}\))?)`;
const TIME = String.raw`(?<hour>\d{1,2})(?:\s?(?<mark>[h:.])\s?(?<minute>\d{2})?(?:\s?(?::|min|m|\.)\s?(?<second>\d{2}))?s?(?:[.,]\d{1,12})?)?\s{0,2}(?<half>[ap]\.?m\.?)?${ZONE}`;
const LATER = String.raw`(?:[\s,;-]{1,4}|\s?[t@]\s?)(?:a |at |@ |vers )?${TIME}`;
const DAY_NAME = `(?:(?:${WEEKDAY_PATTERN})\\.?,?\\s{1,3})?(?:le |the )?`;
const TAIL = `(?:${LATER})?$`;

const ISO = new RegExp(
  String.raw`^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})(?:(?:\s?(?<t>t)\s?|[\s,]{1,3}(?:a )?)${TIME})?$`,
);
const ISO_MONTH = /^(?<year>\d{4})(?:[-/.](?<month>\d{1,2}))?$/;
const ISO_BASIC = new RegExp(
  String.raw`^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:(?<t>t?)(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?(?:[.,]\d{1,9})?${ZONE})?$`,
);
const ISO_WEEK = /^(?<year>\d{4})-?w(?<week>\d{2})(?:-?(?<weekday>[1-7]))?(?:t.{0,30})?$/;
const ISO_ORDINAL = /^(?<year>\d{4})-(?<ordinal>\d{3})(?:t.{0,30})?$/;
const NUMERIC = new RegExp(
  String.raw`^${DAY_NAME}(?<first>\d{1,2})\s?[/.\-\s]\s?(?<other>\d{1,2})\s?[/.\-\s]\s?(?<year>\d{4}|\d{2})${TAIL}`,
);
const DAY_MONTH = new RegExp(
  String.raw`^${DAY_NAME}(?<day>\d{1,2})(?:er|st|nd|rd|th|e)?[\s.-]{0,2}(?:of )?(?<name>${MONTH_PATTERN})\b\.?[\s,.-]{0,3}(?<year>\d{4}|'?\d{2})${TAIL}`,
);
const MONTH_DAY = new RegExp(
  String.raw`^${DAY_NAME}(?<name>${MONTH_PATTERN})\b\.?\s{1,3}(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?<year>\d{4})${TAIL}`,
);
const ASCTIME = new RegExp(
  String.raw`^(?:${WEEKDAY_PATTERN})\s{1,3}(?<name>${MONTH_PATTERN})\s{1,3}(?<day>\d{1,2})\s{1,3}(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})\s{1,3}(?:(?<zone>[a-z]{1,5})\s{1,3})?(?<year>\d{4})$`,
);
const MONTH_YEAR = new RegExp(String.raw`^(?<name>${MONTH_PATTERN})\b\.?[\s,/-]{1,3}(?<year>\d{4})$`);
const NUMERIC_MONTH_YEAR = /^(?<month>\d{1,2})\s?[/.-]\s?(?<year>\d{4})$/;
const FIRST_OF = /^(?:le )?(?:premier|1er) (?=[a-z])/;

/** Reads one date out of folded, trimmed text; null where no form fits or the calendar has no such day. */
export function readDateForm(folded: string, order: DayOrder): ReadDate | null {
  const text = folded.replace(FIRST_OF, '1 ');
  const iso = ISO.exec(text) ?? ISO_BASIC.exec(text) ?? ISO_MONTH.exec(text);
  if (iso?.groups) return certain(iso.groups, Number(iso.groups.month ?? Number.NaN));
  const numeric = NUMERIC.exec(text);
  if (numeric?.groups) return numericDate(numeric.groups, order);
  const named = DAY_MONTH.exec(text) ?? MONTH_DAY.exec(text) ?? ASCTIME.exec(text) ?? MONTH_YEAR.exec(text);
  if (named?.groups) return certain(named.groups, MONTHS.get(named.groups.name!) ?? Number.NaN);
  const monthYear = NUMERIC_MONTH_YEAR.exec(text);
  if (monthYear?.groups) return certain(monthYear.groups, Number(monthYear.groups.month));
  return weekDate(text) ?? ordinalDate(text) ?? numberDate(text);
}

type Groups = Readonly<Record<string, string | undefined>>;

function certain(groups: Groups, month: number): ReadDate | null {
  const parts = {
    year: fullYear(groups.year!.replace("'", '')),
    month: Number.isNaN(month) ? undefined : month,
    day: groups.day === undefined ? undefined : Number(groups.day),
  };
  return isCalendarDate(parts) ? { parts: { ...parts, ...timeOf(groups) }, ambiguous: false } : null;
}

function numericDate(groups: Groups, order: DayOrder): ReadDate | null {
  const year = fullYear(groups.year!);
  const first = Number(groups.first);
  const other = Number(groups.other);
  const dayFirst = { year, month: other, day: first };
  const monthFirst = { year, month: first, day: other };
  const [preferred, second] = order === 'dmy' ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  const date = isCalendarDate(preferred) ? preferred : isCalendarDate(second) ? second : null;
  if (date === null) return null;
  const ambiguous = first !== other && isCalendarDate(dayFirst) && isCalendarDate(monthFirst);
  return { parts: { ...date, ...timeOf(groups) }, ambiguous };
}

/** Hour to zone of a match; nothing where the clock has no such time: the day is still known. */
function timeOf(groups: Groups): Partial<DateParts> {
  if (groups.hour === undefined) return {};
  // A bare number after a date is an hour only where ISO 8601 says so.
  const { t, mark, half, minute } = groups;
  if (t === undefined && mark === undefined && half === undefined && minute === undefined) return {};
  const hour = hourOf(Number(groups.hour), groups.half);
  const time = { hour, minute: Number(groups.minute ?? 0), second: Number(groups.second ?? 0) };
  return isTime(time) ? { ...time, offset: offsetOf(groups.zone, groups.offset) } : {};
}

export function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}

/** Minutes east of Greenwich; undefined where the zone is absent or unknown. */
function offsetOf(zone: string | undefined, offset: string | undefined): number | undefined {
  if (offset === undefined) return zone === undefined ? undefined : ZONES.get(zone);
  const digits = offset.replace(/\D/g, '');
  const hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
  const minutes = Number(digits.length > 2 ? digits.slice(-2) : 0);
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** ISO week: its day where given, else nothing but the Monday would be invented, so only the month if it is one. */
function weekDate(text: string): ReadDate | null {
  const groups = ISO_WEEK.exec(text)?.groups;
  if (groups === undefined) return null;
  const year = Number(groups.year);
  const week = Number(groups.week);
  if (year < 1 || week < 1 || week > 53) return null;
  const fourth = { year, month: 1, day: 4 };
  const monday = addDays(fourth, -((weekdayOf(fourth) + 6) % 7) + (week - 1) * 7);
  if (groups.weekday !== undefined) return { parts: addDays(monday, Number(groups.weekday) - 1), ambiguous: false };
  const sunday = addDays(monday, 6);
  if (monday.year !== sunday.year) return null;
  const parts = { year: monday.year, month: monday.month === sunday.month ? monday.month : undefined };
  return { parts, ambiguous: false };
}

function ordinalDate(text: string): ReadDate | null {
  const groups = ISO_ORDINAL.exec(text)?.groups;
  if (groups === undefined) return null;
  const parts = addDays({ year: Number(groups.year), month: 1, day: 1 }, Number(groups.ordinal) - 1);
  return parts.year === Number(groups.year) && Number(groups.ordinal) > 0 ? { parts, ambiguous: false } : null;
}

/** Unix time in seconds, milliseconds or microseconds, and the day count of spreadsheets (1 is 1900-01-01). */
function numberDate(text: string): ReadDate | null {
  const epoch = /^(\d{10})(\d{3}|\d{6})?(?:\.\d{1,9})?$/.exec(text);
  if (epoch !== null) return instant(Number(epoch[1]) * 1_000, 0);
  const serial = /^([2-6]\d{4})(\.\d{1,12})?$/.exec(text);
  if (serial === null) return null;
  const milliseconds = Date.UTC(1899, 11, 30) + Math.round(Number(text) * 86_400) * 1_000;
  return serial[2] === undefined ? { parts: dayOf(new Date(milliseconds)), ambiguous: false } : instant(milliseconds);
}

function instant(milliseconds: number, offset?: number): ReadDate {
  const date = new Date(milliseconds);
  const time = { hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() };
  return { parts: { ...dayOf(date), ...time, offset }, ambiguous: false };
}
