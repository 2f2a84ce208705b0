// How long a source's documents are kept (GDPR art. 5.1.e), in plain words: `3 years`, `18 mois`, `90 days`.

import { DataSensError } from '../model/error.ts';

export interface Retention {
  readonly amount: number;
  readonly unit: 'day' | 'month' | 'year';
}

const UNITS: Readonly<Record<string, Retention['unit']>> = {
  day: 'day',
  days: 'day',
  jour: 'day',
  jours: 'day',
  month: 'month',
  months: 'month',
  mois: 'month',
  year: 'year',
  years: 'year',
  an: 'year',
  ans: 'year',
};

/** Reads a retention. @throws settings-invalid */
export function parseRetention(words: string): Retention {
  const match = /^\s*(\d{1,4})\s+([a-z]+)\s*$/i.exec(words);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
  if (match === null || unit === undefined || Number(match[1]) === 0) {
    throw new DataSensError('settings-invalid', `retention \`${words}\` is not understood`, {
      remedy: 'write a number and a unit: 3 years, 18 months, 90 days, 3 ans, 18 mois',
    });
  }
  return { amount: Number(match[1]), unit };
}

/** True when what was fetched at `fetchedAt` should be kept no longer at `now`. */
export function isRetentionExpired(words: string, fetchedAt: Date, now: Date): boolean {
  const { amount, unit } = parseRetention(words);
  const end = new Date(fetchedAt);
  if (unit === 'day') end.setUTCDate(end.getUTCDate() + amount);
  else addMonths(end, unit === 'year' ? 12 * amount : amount);
  return end <= now;
}

/** A month that has no such day ends the period on its last day. */
function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
}
