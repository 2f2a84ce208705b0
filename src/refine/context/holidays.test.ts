import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCHOOL_ZONES } from '../../model/school-zone.ts';
import { gazetteer } from '../territory/gazetteer.ts';
import { easterSunday, publicHolidays } from './holidays.ts';

test('Easter falls where the tables of the almanacs say', () => {
  const known = { 1818: '03-22', 1954: '04-18', 1999: '04-04', 2000: '04-23', 2024: '03-31', 2025: '04-20' };
  for (const [year, day] of Object.entries({ ...known, 2026: '04-05', 2038: '04-25', 2285: '03-22' })) {
    expect(easterSunday(Number(year))).toBe(`${year}-${day}`);
  }
});

test('Easter is a Sunday between 22 March and 25 April', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1583, max: 4000 }), (year) => {
      const day = easterSunday(year);
      expect(new Date(`${day}T00:00:00Z`).getUTCDay()).toBe(0);
      expect(day.slice(5) >= '03-22' && day.slice(5) <= '04-25').toBe(true);
    }),
  );
});

test('2026 has eleven holidays everywhere, two more in Alsace-Moselle, one in each département overseas', () => {
  const days = publicHolidays(2026);
  const of = (code: string) =>
    days
      .filter(({ place }) => place.code === code)
      .map(({ firstDay }) => firstDay)
      .sort();
  expect(of('FR')).toEqual(
    ['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'].map(
      (day) => `2026-${day}`,
    ),
  );
  for (const code of ['57', '67', '68']) expect(of(code)).toEqual(['2026-04-03', '2026-12-26']);
  expect(['971', '972', '973', '974', '976', '977', '978'].map((code) => of(code)[0]?.slice(5))).toEqual([
    '05-27',
    '05-22',
    '06-10',
    '12-20',
    '04-27',
    '10-09',
    '05-28',
  ]);
  expect(days.every(({ place, firstDay, lastDay }) => firstDay === lastDay && place.code !== '')).toBe(true);
});

test('every metropolitan département but those of Corsica has one zone of school holidays', () => {
  const metropolitan = gazetteer().departments.filter(({ code }) => code.length === 2 && !/^2[AB]$/.test(code));
  expect(metropolitan.map(({ code }) => code).filter((code) => !SCHOOL_ZONES.has(code))).toEqual([]);
  expect(SCHOOL_ZONES.size).toBe(metropolitan.length);
  expect(['38', '13', '75', '67', '31'].map((code) => SCHOOL_ZONES.get(code))).toEqual(['A', 'B', 'C', 'B', 'C']);
});
