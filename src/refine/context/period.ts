// The days that a date of a context source stands for: a day, a week, a month, a quarter, a year.

import { parseDate } from '../date.ts';

export interface Period {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** `2026-03`, `2026-Q1`, `2026-T1`, `2026-S1`, `2026-W07`, `2026`: how statistics write periods (ISO 8601, SDMX 2.1). */
const STATISTICAL = /^(\d{4})(?:-?(?:([QTS])([1-4])|W(\d{2})|(\d{2})))?$/i;
const DAY_MS = 86_400_000;

/** Reads one cell; null where it holds no day nor period. Pure, never throws. */
export function readPeriod(cell: string): Period | null {
  const text = cell.trim();
  const parts = STATISTICAL.exec(text);
  if (parts !== null) return statistical(parts);
  const { date } = parseDate(text, { collectedAt: null });
  if (date === null) return null;
  const { value, precision } = date;
  const year = Number(value.slice(0, 4));
  if (precision === 'year') return months(year, 1, 12);
  if (precision === 'month') return months(year, Number(value.slice(5, 7)), 1);
  return { firstDay: value.slice(0, 10), lastDay: value.slice(0, 10) };
}

/** True for a name that is a period, as the fields of a statistical series are named. */
export function isPeriodName(name: string): boolean {
  return STATISTICAL.test(name) || /^\d{4}-\d\d-\d\d$/.test(name);
}

function statistical([, yearText, part, rankText, weekText, monthText]: RegExpExecArray): Period | null {
  const year = Number(yearText);
  if (weekText !== undefined) return isoWeek(year, Number(weekText));
  if (monthText !== undefined) {
    const month = Number(monthText);
    return month >= 1 && month <= 12 ? months(year, month, 1) : null;
  }
  if (part === undefined) return months(year, 1, 12);
  const rank = Number(rankText);
  if (part.toUpperCase() === 'S') return rank <= 2 ? months(year, rank * 6 - 5, 6) : null;
  return months(year, rank * 3 - 2, 3);
}

function months(year: number, first: number, count: number): Period {
  return { firstDay: dayText(Date.UTC(year, first - 1, 1)), lastDay: dayText(Date.UTC(year, first - 1 + count, 0)) };
}

/** The week that holds 4 January is the first (ISO 8601). */
function isoWeek(year: number, week: number): Period | null {
  if (week < 1 || week > 53) return null;
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS + (week - 1) * 7 * DAY_MS;
  return { firstDay: dayText(monday), lastDay: dayText(monday + 6 * DAY_MS) };
}

function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
