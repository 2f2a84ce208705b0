import { describe, expect, test } from 'vitest';
import { nextTimes, parseRhythm } from './rhythm.ts';

const cron = (words: string) => {
  const rhythm = parseRhythm(words);
  return rhythm.kind === 'rhythm' ? rhythm.cron : rhythm.message.fr;
};

describe('a rhythm in plain words', () => {
  test.each([
    ['toutes les 30 minutes', '*/30 * * * *'],
    ['30 minutes', '*/30 * * * *'],
    ['every 15 minutes', '*/15 * * * *'],
    ['toutes les heures', '0 * * * *'],
    ['every hour', '0 * * * *'],
    ['toutes les 6 heures', '0 */6 * * *'],
    ['toutes les 24 heures', '0 0 * * *'],
    ['chaque jour à 6 h', '0 6 * * *'],
    ['tous les jours à 6h30', '30 6 * * *'],
    ['Chaque jour à 18 h 05', '5 18 * * *'],
    ['every day at 6:15', '15 6 * * *'],
    ['daily at 6 pm', '0 18 * * *'],
    ['chaque jour', '0 0 * * *'],
    ['chaque jour à midi', '0 12 * * *'],
    ['chaque lundi à 6 h', '0 6 * * 1'],
    ['tous les dimanches à 23h59', '59 23 * * 0'],
    ['every Monday at 6:00', '0 6 * * 1'],
    ['le vendredi à 7 h', '0 7 * * 5'],
    ['du lundi au vendredi à 7 h', '0 7 * * 1-5'],
    ['every weekday at 7:30', '30 7 * * 1-5'],
    ['le 1er du mois à 8 h', '0 8 1 * *'],
    ['le 15 de chaque mois à 12 h', '0 12 15 * *'],
    ['on the 1st of the month at 8:00', '0 8 1 * *'],
    ['0 6 * * 1', '0 6 * * 1'],
  ])('%s', (words, expected) => {
    expect(cron(words)).toBe(expected);
  });

  test.each([
    ['souvent', /n’est pas un rythme compris/],
    ['', /n’est pas un rythme compris/],
    ['toutes les 2 minutes', /pas plus souvent/],
    ['toutes les 45 minutes', /ne divisent pas l’heure/],
    ['toutes les 5 heures', /choisir 1, 2, 3/],
    ['chaque jour à 25 h', /n’est pas une heure/],
    ['chaque jour à 6 h 75', /n’est pas une heure/],
    ['le 31 du mois à 8 h', /n’existe pas dans tous les mois/],
    ['chaque schmardi à 6 h', /n’est pas un rythme compris/],
    ['99 99 * * *', /n’est pas une expression cron/],
  ])('refuses %s and says what would do', (words, expected) => {
    expect(cron(words)).toMatch(expected);
  });
});

describe('the next times', () => {
  test('are in the time zone of the settings, across the change to summer time', () => {
    const times = nextTimes('chaque dimanche à 6 h', new Date('2026-03-21T12:00:00Z'));
    expect(times.map((time) => time.toISOString())).toEqual([
      '2026-03-22T05:00:00.000Z',
      '2026-03-29T04:00:00.000Z',
      '2026-04-05T04:00:00.000Z',
    ]);
    const overseas = nextTimes('chaque jour à 6 h', new Date('2026-03-21T12:00:00Z'), {
      timeZone: 'Indian/Reunion',
      count: 1,
    });
    expect(overseas[0]?.toISOString()).toBe('2026-03-22T02:00:00.000Z');
  });

  test('are none where the words are not understood', () => {
    expect(nextTimes('souvent', new Date())).toEqual([]);
  });
});
