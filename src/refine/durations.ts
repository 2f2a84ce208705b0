// Lengths of time in French words ("un mois et 21 jours") and the moment they lead to.

import type { DatePrecision } from '../model/document.ts';
import { addDays, addMonths, type DateParts, type Day } from './date-parts.ts';
import { NUMBER_PATTERN, numberOf } from './number-words.ts';

/** The moment a text is read at; the time only where it is known. */
export interface Moment extends Day {
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
}

const UNIT = '(?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|annees?)';
/** One length: `21 jours`. Folded text. */
export const SPAN = `(?:${NUMBER_PATTERN})\\s{1,4}${UNIT}\\b`;
/** Up to four of them: `deux ans et 21 jours`. */
export const SPANS = `${SPAN}(?:\\s(?:et|plus|plus de|plus d')\\s?${SPAN}){0,3}`;

interface UnitMeaning {
  readonly precision: DatePrecision;
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const UNITS: readonly (readonly [start: string, meaning: UnitMeaning])[] = [
  ['an', { precision: 'year', months: 12, days: 0, seconds: 0 }],
  ['mois', { precision: 'month', months: 1, days: 0, seconds: 0 }],
  ['semaine', { precision: 'day', months: 0, days: 7, seconds: 0 }],
  ['jour', { precision: 'day', months: 0, days: 1, seconds: 0 }],
  ['heure', { precision: 'minute', months: 0, days: 0, seconds: 3600 }],
  ['minute', { precision: 'minute', months: 0, days: 0, seconds: 60 }],
  ['seconde', { precision: 'minute', months: 0, days: 0, seconds: 1 }],
];

const FINENESS: readonly DatePrecision[] = ['year', 'month', 'day', 'minute'];

/** The moment that lies these lengths after (`sign` 1) or before (-1), as precise as the smallest unit named. */
export function shiftMoment(
  spans: string,
  from: Moment,
  sign: number,
): { readonly parts: DateParts; readonly precision: DatePrecision } {
  let day: Day = from;
  let seconds = 0;
  let fineness = 0;
  for (const [, count, unit] of spans.matchAll(new RegExp(`(${NUMBER_PATTERN})\\s{1,4}(${UNIT})\\b`, 'g'))) {
    const meaning = UNITS.find(([start]) => unit!.startsWith(start))![1];
    const amount = numberOf(count!) * sign;
    day = addDays(addMonths(day, amount * meaning.months), amount * meaning.days);
    seconds += amount * meaning.seconds;
    fineness = Math.max(fineness, FINENESS.indexOf(meaning.precision));
  }
  const precision = FINENESS[fineness]!;
  if (precision !== 'minute') return { parts: { year: day.year, month: day.month, day: day.day }, precision };
  const clock = (from.hour ?? 0) * 3600 + (from.minute ?? 0) * 60 + (from.second ?? 0) + seconds;
  const rest = ((clock % 86_400) + 86_400) % 86_400;
  const date = addDays(day, Math.floor(clock / 86_400));
  const time = { hour: Math.floor(rest / 3600), minute: Math.floor((rest % 3600) / 60), second: rest % 60 };
  return { parts: { ...date, ...time }, precision };
}
