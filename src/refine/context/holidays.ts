// Public holidays of France by rule. Sources: Code du travail, art. L3133-1 (everywhere), L3134-13 (Moselle, Bas-Rhin,
// Haut-Rhin) and L3422-2 with loi n° 83-550 du 30 juin 1983 (abolition of slavery, overseas).

import { type ContextPlace, EVERYWHERE, type Observation } from '../../model/context.ts';

/** The rules are those of today; before 1984 other days were held. */
export const FIRST_HOLIDAY_YEAR = 1984;
export const LAST_HOLIDAY_YEAR = 2199;
export const HOLIDAY_SERIES = 'jours-feries';

const DAY_MS = 86_400_000;

/** Month and day; the same every year. */
const FIXED: readonly (readonly [day: string, name: string])[] = [
  ['01-01', 'Jour de l’an'],
  ['05-01', 'Fête du Travail'],
  ['05-08', 'Victoire de 1945'],
  ['07-14', 'Fête nationale'],
  ['08-15', 'Assomption'],
  ['11-01', 'Toussaint'],
  ['11-11', 'Armistice de 1918'],
  ['12-25', 'Noël'],
];

/** Days after Easter Sunday. */
const MOVING: readonly (readonly [days: number, name: string])[] = [
  [1, 'Lundi de Pâques'],
  [39, 'Ascension'],
  [50, 'Lundi de Pentecôte'],
];

const EAST = ['57', '67', '68'];

const ABOLITION: readonly (readonly [department: string, day: string])[] = [
  ['971', '05-27'],
  ['972', '05-22'],
  ['973', '06-10'],
  ['974', '12-20'],
  ['976', '04-27'],
  ['977', '10-09'],
  ['978', '05-28'],
];

/**
 * Easter Sunday of a year of the Gregorian calendar, `YYYY-MM-DD`: the anonymous algorithm of Nature (1876), as Meeus gives it
 * (Astronomical Algorithms, chapter 8). Every division is whole.
 */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.trunc(year / 100);
  const c = year % 100;
  const d = Math.trunc(b / 4);
  const e = b % 4;
  const f = Math.trunc((b + 8) / 25);
  const g = Math.trunc((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.trunc(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.trunc((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.trunc(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
}

/** The public holidays of a year, as events; none outside the years that the rules hold for. Pure. */
export function publicHolidays(year: number): readonly Observation[] {
  if (year < FIRST_HOLIDAY_YEAR || year > LAST_HOLIDAY_YEAR) return [];
  const easter = easterSunday(year);
  return [
    ...FIXED.map(([day, name]) => holiday(`${year}-${day}`, name, EVERYWHERE)),
    ...MOVING.map(([days, name]) => holiday(after(easter, days), name, EVERYWHERE)),
    ...EAST.flatMap((code) => [
      holiday(after(easter, -2), 'Vendredi saint', department(code)),
      holiday(`${year}-12-26`, 'Lendemain de Noël', department(code)),
    ]),
    ...ABOLITION.map(([code, day]) => holiday(`${year}-${day}`, 'Abolition de l’esclavage', department(code))),
  ];
}

function department(code: string): ContextPlace {
  return { kind: 'department', code };
}

function holiday(day: string, label: string, place: ContextPlace): Observation {
  return { series: HOLIDAY_SERIES, place, firstDay: day, lastDay: day, value: null, label };
}

function after(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
