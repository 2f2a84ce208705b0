// Stretches of time in a field: ranges, periods and expressions counted from the collection, in French and English. Each is
// its first and last moment; what both have in common is all that is known, so that no day is invented.

import { type DayOrder, type ReadDate, readDateForm } from './date-forms.ts';
import { addDays, addMonths, type DateParts, type Day, weekdayOf } from './date-parts.ts';
import { WEEKDAY_PATTERN, WEEKDAYS } from './date-words.ts';
import type { Moment } from './durations.ts';
import { numberOf } from './number-words.ts';

interface Reading {
  /** The moment of collection, UTC; null where it is not known. */
  readonly reference: Moment | null;
  readonly order: DayOrder;
}

type Groups = Readonly<Record<string, string | undefined>>;

const JOINED =
  /^(?:du |de |from |between |entre |d')?(?<first>.{1,40}?)\s?(?:\s(?:au|a|to|until|till|through|and|et|jusqu'au|jusqu'a)(?: le| the)?\s|(?:\s[-–—/]|[–—/])\s?|-(?=[a-z\d]))(?<last>.{4,40})$/;
const ISO_INTERVAL = /^(?<first>\d{4}-\d{2}(?:-\d{2})?)\s?(?:\/|--|\sa\s|\s[-–]\s)\s?(?<last>\d{4}-\d{2}(?:-\d{2})?)$/;
const ENGLISH_DAYS = /^(?<month>[a-z]{3,9})\.? (?<first>\d{1,2})\s?(?:-|–|to|and)\s?(?<last>\d{1,2}),? (?<year>\d{4})$/;

/** "du 3 au 5 mai 2026", "mars-avril 2026", "2026-05-01/2026-05-03": null where the ends have nothing in common. */
export function readRange(folded: string, order: DayOrder): ReadDate | null {
  const days = ENGLISH_DAYS.exec(folded)?.groups;
  const groups = days ?? (ISO_INTERVAL.exec(folded) ?? JOINED.exec(folded))?.groups;
  if (groups === undefined) return null;
  const ends =
    days === undefined
      ? [groups.first!, groups.last!]
      : [`${days.month} ${days.first}, ${days.year}`, `${days.month} ${days.last}, ${days.year}`];
  const last = readDateForm(ends[1]!.trim(), order);
  const first = last === null ? null : readFirst(ends[0]!.trim(), ends[1]!.trim(), order);
  if (first === null || last === null) return null;
  return commonParts(first.parts, last.parts, first.ambiguous || last.ambiguous);
}

/** What the first end leaves out is that of the last: the year, or the month and the year. */
function readFirst(first: string, last: string, order: DayOrder): ReadDate | null {
  const tail = last.split(/[\s/.]/);
  const separator = /^\d{1,2}([/.])/.exec(last)?.[1] ?? ' ';
  for (const words of [0, 1, 2]) {
    const borrowed = words === 0 ? first : `${first}${separator}${tail.slice(-words).join(separator)}`;
    const read = /^\d{1,2}$/.test(borrowed) ? null : readDateForm(borrowed, order);
    if (read !== null) return read;
  }
  return null;
}

/** Year, month and day as far as two moments agree. */
export function commonParts(first: DateParts, last: DateParts, ambiguous = false): ReadDate | null {
  if (first.year !== last.year) return null;
  const month = first.month === last.month ? first.month : undefined;
  const day = month !== undefined && first.day === last.day ? first.day : undefined;
  return { parts: { year: first.year, month, day }, ambiguous };
}

const PART =
  "(?:debut|mi|milieu|fin|courant|en|dans l'annee|annee|l'annee|pendant|early|mid|late|end of|beginning of|during|in)";
const PERIOD = new RegExp(
  `^${PART}[\\s-](?:de |d'|du mois de |du mois d'|of )?(?<rest>[a-z]{3,9}\\.? \\d{4}|\\d{4}|\\d{1,2}/\\d{4})$`,
);
const SEASON = /^(?:au |en |a l'|in )?(?:printemps|ete|automne|spring|summer|autumn|fall)\s(?:de )?(?<year>\d{4})$/;
const QUARTER =
  /^(?:(?:[1-4](?:er|e|eme|nd|st|rd|th)?|premier|deuxieme|second|troisieme|quatrieme|first|third|fourth)\s(?:trimestre|semestre|quarter|half)|[tq][1-4]|s[12])(?:\s(?:de |of )?|[-/])(?<year>\d{4})$/;
const WEEK = /^(?:semaine|sem\.?|week|s)\s?(?:n° ?)?(?<week>\d{1,2})(?:,? (?:de )?|[-/])(?<year>\d{4})$/;

/** "fin mai 2026", "printemps 2026", "T1 2026", "semaine 20 de 2026". */
export function readPeriod(folded: string, order: DayOrder): ReadDate | null {
  const rest = PERIOD.exec(folded)?.groups?.rest;
  if (rest !== undefined) return readDateForm(rest, order);
  const year = (SEASON.exec(folded) ?? QUARTER.exec(folded))?.groups?.year;
  if (year !== undefined) return { parts: { year: Number(year) }, ambiguous: false };
  const week = WEEK.exec(folded)?.groups;
  return week === undefined ? null : readDateForm(`${week.year}-w${week.week!.padStart(2, '0')}`, order);
}

const SAID =
  '^(?:(?:publie|poste|depose|redige|ecrit|ajoute|modifie|cree|mis a jour|mise a jour|posted|published|updated|added|created|edited|last updated|date)e?s?\\s?:?\\s?)?';
const COUNT =
  '\\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|plusieurs|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|few|several|a couple of';
const UNIT =
  '(?<unit>s|sec|secondes?|seconds?|secs?|min|mins|mn|minutes?|h|hr|hrs|heures?|hours?|j|d|jours?|days?|sem|w|wk|semaines?|weeks?|mo|mois|months?|ans?|annees?|y|yrs?|years?)';
const AGO = new RegExp(
  `${SAID}(?:il y a (?<fr>${COUNT})\\s?${UNIT}(?<half> et demie?)?|(?<en>${COUNT})\\s?${UNIT.replace('<unit>', '<unit2>')} ago)$`,
);
const NOW = new RegExp(`${SAID}(?:a l'instant|il y a un instant|maintenant|just now|now|a moment ago)$`);
const DAY_WORD = new RegExp(
  `${SAID}(?<word>avant-hier|hier|aujourd'hui|ce jour|demain|today|yesterday|tomorrow|ce matin|cet apres-midi|ce soir|this morning|this afternoon|this evening|(?:last|next) (?:${WEEKDAY_PATTERN}))\\b(?<rest>.{0,40})$`,
);
const AROUND = new RegExp(
  `${SAID}(?:la |l'|le |cette |ce |this |last |next )?(?<unit>semaine|week|mois|month|annee|an|year)(?: (?<last>derniere?|passee?)| (?<next>prochaine?|suivante?)|-ci| en cours)?$`,
);

const ENGLISH_COUNTS = new Map(
  ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'].map((word, at) => [word, at + 1]),
);
const SEVERAL = /few|several|couple|quelques|plusieurs/;

/** "il y a deux jours", "last week", "yesterday at 2:30 pm": counted from the collection; null without one. */
export function readRelative(folded: string, { reference, order }: Reading): ReadDate | null {
  if (reference === null) return null;
  if (NOW.test(folded)) return { parts: { ...reference, second: undefined, offset: 0 }, ambiguous: false };
  const ago = AGO.exec(folded)?.groups;
  if (ago !== undefined) return readAgo(ago, reference);
  const day = DAY_WORD.exec(folded)?.groups;
  if (day !== undefined) return readDayWord(day, reference, order);
  const around = AROUND.exec(folded)?.groups;
  return around === undefined ? null : readAround(folded, around, reference);
}

function readAgo(groups: Groups, reference: Moment): ReadDate | null {
  const unit = (groups.unit ?? groups.unit2)!;
  const words = (groups.fr ?? groups.en)!;
  const several = SEVERAL.test(words);
  const count = /^an?$/.test(words) ? 1 : (ENGLISH_COUNTS.get(words) ?? numberOf(words));
  const [least, most] = several ? [2, 9] : [count, count];
  const half = groups.half === undefined ? 0 : 6;
  if (/^(?:ans?|annees?|y|yrs?|years?)$/.test(unit)) return yearsAgo(reference, 12 * least + half, 12 * most + half);
  if (groups.half !== undefined) return null;
  if (/^mo/.test(unit)) return commonParts(monthOf(addMonths(reference, -most)), monthOf(addMonths(reference, -least)));
  if (/^(?:sem|w)/.test(unit)) return commonParts(addDays(reference, -7 * most - 3), addDays(reference, 3 - 7 * least));
  if (/^[jd]/.test(unit)) return commonParts(addDays(reference, -most), addDays(reference, -least));
  // "3 hours" is anything up to four: the day, where both ends are of it.
  if (unit.startsWith('h'))
    return commonParts(minutesBefore(reference, 60 * most + 59), minutesBefore(reference, 60 * least));
  if (several) return commonParts(minutesBefore(reference, 59), reference);
  const exact = minutesBefore(reference, unit.startsWith('s') ? 0 : count);
  return { parts: { ...exact, second: undefined, offset: 0 }, ambiguous: false };
}

function yearsAgo(reference: Moment, least: number, most: number): ReadDate | null {
  const first = { year: addMonths(reference, -most).year };
  return commonParts(first, { year: addMonths(reference, -least).year });
}

function monthOf({ year, month }: Day): DateParts {
  return { year, month };
}

function minutesBefore(reference: Moment, minutes: number): Moment {
  const clock = (reference.hour ?? 0) * 60 + (reference.minute ?? 0) - minutes;
  const rest = ((clock % 1440) + 1440) % 1440;
  return { ...addDays(reference, Math.floor(clock / 1440)), hour: Math.floor(rest / 60), minute: rest % 60 };
}

/** A day in words, and perhaps an hour after it, read as if the day stood there in figures. */
function readDayWord(groups: Groups, reference: Moment, order: DayOrder): ReadDate | null {
  const { year, month, day } = dayOfWord(groups.word!, reference);
  const rest = groups
    .rest!.replace(/^,? at /, ' a ')
    .replace(/^ ?(?:au )?(?:matin|soir|midi|apres-midi|morning|evening|afternoon|night)$/, '');
  return readDateForm(`${year}-${month}-${day}${rest}`, order);
}

function dayOfWord(word: string, reference: Moment): Day {
  const [turn, weekday] = word.split(' ');
  if (turn === 'last' || turn === 'next') {
    const ahead = (WEEKDAYS.get(weekday!)! - weekdayOf(reference) + 7) % 7;
    return addDays(reference, turn === 'last' ? ahead - 7 : ahead === 0 ? 7 : ahead);
  }
  if (word === 'avant-hier') return addDays(reference, -2);
  if (word === 'hier' || word === 'yesterday') return addDays(reference, -1);
  return addDays(reference, word === 'demain' || word === 'tomorrow' ? 1 : 0);
}

/** "la semaine dernière", "this month", "l'an dernier": the whole of it. */
function readAround(folded: string, { unit, last, next }: Groups, reference: Moment): ReadDate | null {
  const isLast = last !== undefined || /\blast /.test(folded);
  const isNext = next !== undefined || /\bnext /.test(folded);
  const isThis = /(?:^|\s)(?:cette|ce|this) |-ci$| en cours$/.test(folded);
  if (!isLast && !isNext && !isThis) return null;
  const shift = isLast ? -1 : isNext ? 1 : 0;
  if (/^(?:an|annee|year)$/.test(unit!)) return { parts: { year: reference.year + shift }, ambiguous: false };
  if (/^mo/.test(unit!)) return { parts: monthOf(addMonths({ ...reference, day: 1 }, shift)), ambiguous: false };
  const monday = addDays(reference, -((weekdayOf(reference) + 6) % 7) + 7 * shift);
  return commonParts(monday, addDays(monday, 6));
}
