import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDate } from './date.ts';
import { findDates } from './date-expressions.ts';

const CONTEXT = { collectedAt: '2026-06-01T10:00:00Z' };

function read(raw: string): string | undefined {
  return parseDate(raw, CONTEXT).date?.value;
}

function codes(raw: string | null): string[] {
  return parseDate(raw, CONTEXT).findings.map((finding) => finding.code);
}

describe('a date in a field', () => {
  test.each([
    ['2026', '2026', 'year'],
    ['2026-05', '2026-05', 'month'],
    ['mai 2026', '2026-05', 'month'],
    ['05/2026', '2026-05', 'month'],
    ['2026-05-12', '2026-05-12', 'day'],
    ['20260512', '2026-05-12', 'day'],
    ['2026-133', '2026-05-13', 'day'],
    ['2026-W20-3', '2026-05-13', 'day'],
    ['2026-W20', '2026-05', 'month'],
    ['lundi 12 mai 2026', '2026-05-12', 'day'],
    ['le 1er janvier 2026', '2026-01-01', 'day'],
    ['12.05.2026', '2026-05-12', 'day'],
    ['12/05/26', '2026-05-12', 'day'],
    ['May 12, 2026', '2026-05-12', 'day'],
    ['45123', '2023-07-16', 'day'],
    ['2026-05-12T08:30:00+02:00', '2026-05-12T08:30+02:00', 'minute'],
    ['2003-12-31T10:14:55Z', '2003-12-31T10:14:55Z', 'minute'],
    ['20150218230000', '2015-02-18T23:00', 'minute'],
    ['12-05-2026 à 14h30', '2026-05-12T14:30', 'minute'],
    ['Thu, 01 Jan 2004 19:48:21 GMT', '2004-01-01T19:48:21Z', 'minute'],
    ['Thu, 01 Jan 04 19:48 EST', '2004-01-01T19:48-05:00', 'minute'],
    ['Sun Jan  4 16:29:06 PST 2004', '2004-01-04T16:29:06-08:00', 'minute'],
    ['mar., 12 mai 2026 08:00:00 +0200', '2026-05-12T08:00+02:00', 'minute'],
    ['Tue, 12 May 2026 08:00:00 LOCAL', '2026-05-12T08:00', 'minute'],
    ['1715500000', '2024-05-12T07:46:40Z', 'minute'],
    ['1715500000000', '2024-05-12T07:46:40Z', 'minute'],
    ['Publié le 12 mai 2026 à 14h30', '2026-05-12T14:30', 'minute'],
    ['hier', '2026-05-31', 'day'],
    ['il y a deux jours', '2026-05-30', 'day'],
    ['il y a 3 mois', '2026-03', 'month'],
    ['il y a deux ans', '2024', 'year'],
    ['il y a un an et demi', '2024', 'year'],
    ['yesterday', '2026-05-31', 'day'],
    ['yesterday at 2:30 PM', '2026-05-31T14:30', 'minute'],
    ['Updated 2 days ago', '2026-05-30', 'day'],
    ['last Monday', '2026-05-25', 'day'],
    ['8 months ago', '2025-10', 'month'],
    ['il y a 20 minutes', '2026-06-01T09:40Z', 'minute'],
    ['à l’instant', '2026-06-01T10:00Z', 'minute'],
    ['il y a 3 heures', '2026-06-01', 'day'],
    ['ce matin', '2026-06-01', 'day'],
    ['Publié par la mairie ce matin', '2026-06-01', 'day'],
    ['la semaine dernière', '2026-05', 'month'],
    ['last week', '2026-05', 'month'],
    ['cette semaine', '2026-06', 'month'],
    ['a week ago', '2026-05', 'month'],
    ['le mois dernier', '2026-05', 'month'],
    ['l’an dernier', '2025', 'year'],
    ['this year', '2026', 'year'],
    ['du 3 au 5 mai 2026', '2026-05', 'month'],
    ['3-5 mai 2026', '2026-05', 'month'],
    ['May 3-5, 2026', '2026-05', 'month'],
    ['from May 3 to May 5, 2026', '2026-05', 'month'],
    ['2026-05-01/2026-05-03', '2026-05', 'month'],
    ['du 28 avril au 3 mai 2026', '2026', 'year'],
    ['mars-avril 2026', '2026', 'year'],
    ['dimanche 31 mai 2026 entre 14h et 16h', '2026-05-31', 'day'],
    ['mi-mai 2026', '2026-05', 'month'],
    ['courant 2025', '2025', 'year'],
    ['printemps 2026', '2026', 'year'],
    ['1er trimestre 2026', '2026', 'year'],
    ['semaine 20 de 2026', '2026-05', 'month'],
    ['1 er mai 2026', '2026-05-01', 'day'],
    ['vendredi 22 mai 2026 (10h)', '2026-05-22T10:00', 'minute'],
    ['12 mai 2026 14h30 (heure de Paris)', '2026-05-12T14:30+02:00', 'minute'],
    ['12 janvier 2026 14h30, heure de Paris', '2026-01-12T14:30+01:00', 'minute'],
    ['12 mai 2026 à 14 h 30, heure de La Réunion', '2026-05-12T14:30+04:00', 'minute'],
    ['2026-05-12T14:30:00[America/Cayenne]', '2026-05-12T14:30-03:00', 'minute'],
    ['12 mai 2026 14h30 (heure locale)', '2026-05-12T14:30', 'minute'],
  ])('%s is %s, known to the %s', (raw, value, precision) => {
    expect(parseDate(raw, CONTEXT).date).toEqual({ value, precision });
  });

  test.each([
    '31/02/2026',
    '2026-13-01',
    'bientôt',
    '12 mai',
    'lundi',
    'Monday',
    '99999999999999999',
    '2024-2025',
    'du 30 décembre 2025 au 2 janvier 2026',
    'avant le 3 mai 2026',
    'depuis 2019',
    'la semaine du chien',
    '12:30/14:00',
  ])('%s is no date', (raw) => {
    expect(read(raw)).toBeUndefined();
    expect(codes(raw)).toEqual(['date-unreadable']);
  });

  test('day comes first, and is said to be a choice where it is one', () => {
    expect(read('05/06/2026')).toBe('2026-06-05');
    expect(codes('05/06/2026')).toContain('date-ambiguous');
    expect(codes('25/06/2025')).toEqual([]);
    expect(read('02/22/2016')).toBe('2016-02-22');
    const american = parseDate('05/06/2026', { ...CONTEXT, order: 'mdy' });
    expect(american.date?.value).toBe('2026-05-06');
    expect(american.findings).toEqual([]);
  });

  test('what is counted from the collection needs one, and crosses months and midnight with it', () => {
    for (const raw of ['hier', 'yesterday', 'la semaine dernière', '2 days ago']) {
      expect(parseDate(raw, { collectedAt: null }).date).toBeNull();
    }
    const at = (collectedAt: string, raw: string) => parseDate(raw, { collectedAt }).date?.value;
    expect(at('2026-06-03T02:30:00Z', 'il y a 2 heures')).toBe('2026-06');
    expect(at('2026-06-01T02:30:00Z', '2 hours ago')).toBe('2026');
    expect(at('2026-06-10T10:00:00Z', 'la semaine dernière')).toBe('2026-06');
    expect(at('2026-06-06T10:00:00Z', 'il y a une semaine')).toBe('2026');
    expect(at('2026-01-02T10:00:00Z', 'la semaine dernière')).toBe('2025-12');
    expect(at('2026-03-31T10:00:00Z', 'le mois dernier')).toBe('2026-02');
  });

  test('an hour that no clock shows is dropped, the day stays', () => {
    expect(read('2026-05-12T25:00')).toBe('2026-05-12');
    expect(read('2026-05-12 24:00')).toBe('2026-05-13T00:00');
  });

  test('the future and the absence of a date are said', () => {
    expect(codes('2030-01-01')).toEqual(['date-future']);
    expect(codes(null)).toEqual(['date-missing']);
    expect(codes('  ')).toEqual(['date-missing']);
  });
});

describe('dates in a sentence', () => {
  const reference = { year: 2026, month: 6, day: 3, hour: 9, minute: 15 };
  const found = (text: string) =>
    findDates(text, reference).map(({ start, end, from, to, guessed }) => ({
      words: text.slice(start, end),
      from,
      to,
      guessed,
    }));

  test('absolute dates, hours and ranges', () => {
    expect(found('Réunion le 12 mai 2026 à 18h30, puis du 3 au 5 juillet 2026.')).toMatchObject([
      { words: '12 mai 2026 à 18h30', from: { year: 2026, month: 5, day: 12, hour: 18, minute: 30 } },
      { words: '3 au 5 juillet 2026', from: { month: 7, day: 3 }, to: { month: 7, day: 5 } },
    ]);
  });

  test('expressions counted from the day of reading', () => {
    expect(found('Fermé depuis mercredi dernier')[0]).toMatchObject({ from: { day: 27, month: 5 }, guessed: false });
    expect(found('il y a un mois et 2 jours')[0]).toMatchObject({ from: { day: 1, month: 5 } });
    expect(found('dans 3 heures')[0]).toMatchObject({ from: { hour: 12, minute: 15 } });
    expect(found('premier lundi du mois prochain')[0]).toMatchObject({ from: { day: 6, month: 7 } });
    expect(found('le 14 juillet')[0]).toMatchObject({ from: { year: 2026, month: 7 }, guessed: true });
  });

  test('what is no date is left alone', () => {
    for (const text of ['32 août 2014', '25:12', '8:62', 'un mar de café', 'le score de 1/2', 'la mer et le jeu']) {
      expect(found(text)).toEqual([]);
    }
  });
});

test('a field is never read finer than it is written, nor later than it may be', () => {
  const pieces = [
    'il y a ',
    'last ',
    'du ',
    '3',
    ' au ',
    '5 ',
    'mai ',
    '2026',
    'week',
    'semaine ',
    'dernière',
    ' ago',
    '2 ',
    'heures',
    'days',
    '(heure de ',
    'Paris)',
    ' entre 14h et 16h',
    '/',
    '-',
    'T1 ',
  ];
  const field = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(field, (raw) => {
      const { date } = parseDate(raw, CONTEXT);
      if (date === null) return;
      const lengths = { year: 4, month: 7, day: 10 };
      if (date.precision === 'minute') expect(date.value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d/);
      else expect(date.value).toHaveLength(lengths[date.precision]);
      // What was read is a form of its own, read again as itself.
      expect(parseDate(date.value, CONTEXT).date).toEqual(date);
    }),
    { numRuns: 1_000 },
  );
});
