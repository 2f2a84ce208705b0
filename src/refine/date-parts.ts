// A date as far as it is known, checked against the calendar, and spelled in ISO 8601.

import type { DocumentDate } from '../model/document.ts';

export interface DateParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  /** Minutes east of Greenwich; absent where the source names no zone. */
  readonly offset?: number | undefined;
}

/** The ISO spelling of what is known, or null where the calendar has no such date. */
export function formatDate(parts: DateParts): DocumentDate | null {
  const { year, month, day } = parts;
  if (!isCalendarDate(parts)) return null;
  const yearText = String(year).padStart(4, '0');
  if (month === undefined) return { value: yearText, precision: 'year' };
  if (day === undefined) return { value: `${yearText}-${two(month)}`, precision: 'month' };
  if (parts.hour === undefined) return { value: `${yearText}-${two(month)}-${two(day)}`, precision: 'day' };
  const midnight = parts.hour === 24 ? addDays({ year, month, day }, 1) : { year, month, day };
  const date = `${String(midnight.year).padStart(4, '0')}-${two(midnight.month)}-${two(midnight.day)}`;
  // Seconds are kept where the source gives them; a leap second is the second before it.
  const second = parts.second ? `:${two(Math.min(59, parts.second))}` : '';
  const time = `${two(parts.hour % 24)}:${two(parts.minute ?? 0)}${second}`;
  return { value: `${date}T${time}${offsetText(parts.offset)}`, precision: 'minute' };
}

export function isCalendarDate({ year, month, day }: DateParts): boolean {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return false;
  if (month === undefined) return true;
  if (month < 1 || month > 12) return false;
  return day === undefined || (day >= 1 && day <= daysInMonth(year, month));
}

export function isTime({ hour, minute = 0, second = 0 }: Partial<DateParts>): boolean {
  if (hour === undefined || hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  return hour < 24 || (hour === 24 && minute === 0 && second === 0);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** Window of POSIX strptime: 69 to 99 are of the twentieth century, 00 to 68 of ours. */
export function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function addDays({ year, month, day }: Day, days: number): Day {
  return dayOf(new Date(utc(year, month, day) + days * 86_400_000));
}

/** The same day of another month, or that month's last. */
export function addMonths({ year, month, day }: Day, months: number): Day {
  const index = year * 12 + (month - 1) + months;
  const next = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  return { ...next, day: Math.min(day, daysInMonth(next.year, next.month)) };
}

/** Sunday is 0. */
export function weekdayOf({ year, month, day }: Day): number {
  return new Date(utc(year, month, day)).getUTCDay();
}

/** Days from the first to the second. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((utc(to.year, to.month, to.day) - utc(from.year, from.month, from.day)) / 86_400_000);
}

export function dayOf(date: Date): Day {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function offsetText(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
