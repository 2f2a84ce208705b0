// The week a document belongs to.

import type { DocumentDate } from '../model/document.ts';

const DAY_MS = 86_400_000;

/** Monday (`YYYY-MM-DD`) of the ISO 8601 week of a date, as written where it was published; null where the day is unknown. */
export function weekOf(date: DocumentDate | null): string | null {
  if (date === null || date.precision === 'year' || date.precision === 'month') return null;
  const day = new Date(`${date.value.slice(0, 10)}T00:00:00Z`);
  const sinceMonday = (day.getUTCDay() + 6) % 7;
  return new Date(day.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
