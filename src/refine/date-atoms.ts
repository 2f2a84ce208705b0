// The expressions that name a day, month or year in a French sentence, each with how it is read.

import type { DatePrecision } from '../model/document.ts';
import type { DayOrder } from './date-forms.ts';
import {
  addDays,
  addMonths,
  type DateParts,
  type Day,
  daysBetween,
  fullYear,
  isCalendarDate,
  weekdayOf,
} from './date-parts.ts';
import { MONTH_PATTERN, MONTHS, WEEKDAY_PATTERN, WEEKDAYS } from './date-words.ts';
import { type Moment, SPAN, SPANS, shiftMoment } from './durations.ts';
import { numberOf, RANK_PATTERN } from './number-words.ts';

interface Atom {
  readonly start: number;
  readonly end: number;
  readonly from: DateParts;
  readonly to: DateParts | null;
  readonly precision: DatePrecision;
  /** True where the text leaves out the year, month or week and the nearest was taken. */
  readonly guessed: boolean;
  readonly ambiguous: boolean;
}

export interface Reading {
  readonly reference: Moment | null;
  readonly order: DayOrder;
}

type Read = Omit<Atom, 'start' | 'end'> | null;
type Groups = Readonly<Record<string, string | undefined>>;
type Rule = readonly [pattern: RegExp, read: (groups: Groups, reading: Reading) => Read];

const FULL_WEEKDAY = 'dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi';
const DAY = String.raw`\d{1,2}(?:er)?|premier|seconde?|deuxieme|vingt[ -]et[ -]un|trente[ -]et[ -]un|vingt[ -][a-z]{3,6}|dix[ -](?:sept|huit|neuf)|vingt|trente|onze|douze|treize|quatorze|quinze|seize`;
const WEEKDAY_BEFORE = `(?:(?:${WEEKDAY_PATTERN})\\b\\.?,?\\s{1,3}(?:le )?)?`;
const YEAR = String.raw`(?<year>\d{4}|'?\d{2}(?!\d|\s?[h:]))(?<era>\s?(?:p\. ?chr\. ?n\.|apr?\.? ?j\.?-?c\.?))?`;
const NEXT = '(?<next>prochaine?|suivante?)';
const LAST = '(?<last>dernier|derniere|passee?)';
const RELATIVE = "avant[ -]hier|apres[ -]demain|hier|demain|lendemain|aujourd'hui|ce jour";

const RULES: readonly Rule[] = [
  [rule(`(?<year>\\d{4})(?<sep>[-/.])(?<month>\\d{1,2})\\k<sep>(?<day>\\d{1,2})`), (g) => absolute(g, Number(g.month))],
  [
    rule(`${WEEKDAY_BEFORE}(?<first>\\d{1,2})(?:[/.-]|\\s/\\s)(?<other>\\d{1,2})(?:[/.-]|,\\s?)(?<year>\\d{4}|\\d{2})`),
    (g, reading) => numeric(g, reading),
  ],
  [
    rule(
      `(?<day>${DAY})(?:\\s(?<name>${MONTH_PATTERN}))?\\s?(?:-|au|a|et)\\s?(?<until>${DAY})\\s(?<end>${MONTH_PATTERN})\\b\\.?(?:\\s${YEAR})?`,
    ),
    (g, reading) => dayRange(g, reading),
  ],
  [
    rule(
      `${WEEKDAY_BEFORE}(?<day>${DAY})\\s?(?:de )?[-./]?(?<name>${MONTH_PATTERN})\\b(?:\\.(?=\\s?\\d{4}))?(?:[\\s,.-]{1,2}${YEAR})?`,
    ),
    (g, reading) => named(g, reading),
  ],
  [
    rule(
      `${WEEKDAY_BEFORE}(?<name>${MONTH_PATTERN})\\b[.\\s/-]{1,2}(?<day>${DAY})(?!\\s?[h:])(?:,?\\s(?<year>\\d{4}))?`,
    ),
    (g, reading) => named(g, reading),
  ],
  [rule(`(?<!\\d )(?<name>${MONTH_PATTERN})\\.?\\s(?<year>\\d{4})`), (g) => absolute(g, MONTHS.get(g.name!)!)],
  [rule('(?<first>\\d{2})/(?<other>\\d{1,2})'), (g, reading) => dayMonth(g, reading)],
  [
    rule(
      `(?<rank>${RANK_PATTERN})\\s(?<weekday>${FULL_WEEKDAY})(?:\\s(?:de|du|d'|en)\\s?(?:(?<name>${MONTH_PATTERN})\\b(?:\\s(?<year>\\d{4}))?|(?<this>ce mois)|mois (?:${NEXT}|${LAST})))`,
    ),
    (g, reading) => rankedWeekday(g, reading),
  ],
  [
    rule(`(?<weekday>${FULL_WEEKDAY})\\s(?:de )?(?:(?<this>cette semaine)|la semaine (?:${NEXT}|${LAST}))`),
    (g, reading) => weekdayOfWeek(g, reading),
  ],
  [
    rule(`(?<weekday>${FULL_WEEKDAY}),?\\s(?:le )?(?<day>${DAY})(?!\\s?(?:[h:]|[ap]\\.?m))`),
    (g, reading) => weekdayAndDay(g, reading),
  ],
  [
    rule(`(?:(?<this>cet?|cette)\\s)?(?<weekday>${FULL_WEEKDAY})(?:\\s(?:${NEXT}|${LAST}))?`),
    (g, reading) => weekday(g, reading),
  ],
  [rule(`(?<day>${DAY})\\s(?:de ce mois|du mois (?:${NEXT}|${LAST}))`), (g, reading) => dayOfMonth(g, reading)],
  [rule(`il y a\\s{1,6}(?<spans>${SPANS})`), (g, reading) => shifted(g, reading, -1)],
  [
    rule(`(?:dans|d'ici|en)\\s{1,6}(?<spans>${SPANS})(?:\\s(?<after>apres)\\s(?<base>${RELATIVE}))?`),
    (g, reading) => shifted(g, reading, 1),
  ],
  [
    rule(`les\\s(?<spans>${SPAN})\\s(?:(?<next>suivant|prochain)e?s|(?<last>passee?|derniere?)s)`),
    (g, reading) => shifted(g, reading, g.next === undefined ? -1 : 1),
  ],
  [rule(`(?<unit>semaine|mois|annee)\\s(?:${NEXT}|${LAST})`), (g, reading) => neighbour(g, reading)],
  [rule(`(?<relative>${RELATIVE})`), (g, reading) => relative(g, reading)],
];

function rule(source: string): RegExp {
  return new RegExp(`(?<![\\d\\p{L}/.-])(?:${source})(?![\\d\\p{L}])`, 'gu');
}

/** Every date atom of folded text, overlapping ones included. */
export function dateAtoms(folded: string, reading: Reading): Atom[] {
  const atoms: Atom[] = [];
  for (const [pattern, read] of RULES) {
    for (const match of folded.matchAll(pattern)) {
      const value = read(match.groups ?? {}, reading);
      if (value !== null) atoms.push({ ...value, start: match.index, end: match.index + match[0].length });
    }
  }
  return atoms;
}

function on(from: DateParts, precision: DatePrecision, guessed = false): Read {
  return isCalendarDate(from) ? { from, to: null, precision, guessed, ambiguous: false } : null;
}

function yearOf(groups: Groups): number | undefined {
  if (groups.year === undefined) return undefined;
  return groups.era === undefined ? fullYear(groups.year.replace("'", '')) : Number(groups.year);
}

function absolute(groups: Groups, month: number): Read {
  const day = groups.day === undefined ? undefined : numberOf(groups.day);
  return on({ year: yearOf(groups)!, month, day }, day === undefined ? 'month' : 'day');
}

function numeric(groups: Groups, reading: Reading): Read {
  const year = fullYear(groups.year!);
  const dayFirst = { year, month: Number(groups.other), day: Number(groups.first) };
  const monthFirst = { year, month: Number(groups.first), day: Number(groups.other) };
  const preferred = reading.order === 'dmy' ? dayFirst : monthFirst;
  const other = reading.order === 'dmy' ? monthFirst : dayFirst;
  const read = on(preferred, 'day') ?? on(other, 'day');
  const ambiguous = groups.first !== groups.other && isCalendarDate(dayFirst) && isCalendarDate(monthFirst);
  return read === null ? null : { ...read, ambiguous };
}

function named(groups: Groups, reading: Reading): Read {
  const month = MONTHS.get(groups.name!)!;
  const day = numberOf(groups.day!);
  const year = yearOf(groups);
  return year === undefined ? nearestYear(month, day, reading) : on({ year, month, day }, 'day');
}

/** Two figures alone are a date only where the first is written in full: `22/4`, `02/10`, not the fraction `1/2`. */
function dayMonth(groups: Groups, reading: Reading): Read {
  const [day, month] = reading.order === 'dmy' ? [groups.first, groups.other] : [groups.other, groups.first];
  return nearestYear(Number(month), Number(day), reading);
}

function nearestYear(month: number, day: number, { reference }: Reading): Read {
  if (reference === null) return null;
  const candidates = [-1, 0, 1]
    .map((shift) => ({ year: reference.year + shift, month, day }))
    .filter(isCalendarDate)
    .sort((a, b) => Math.abs(daysBetween(reference, a)) - Math.abs(daysBetween(reference, b)));
  return candidates[0] === undefined ? null : on(candidates[0], 'day', true);
}

function dayRange(groups: Groups, reading: Reading): Read {
  const month = MONTHS.get(groups.end!)!;
  const end = named({ ...groups, name: groups.end, day: groups.until }, reading);
  if (end === null) return null;
  const from = { year: end.from.year, month: MONTHS.get(groups.name ?? '') ?? month, day: numberOf(groups.day!) };
  return isCalendarDate(from) ? { ...end, from, to: end.from } : null;
}

function rankedWeekday(groups: Groups, reading: Reading): Read {
  const { reference } = reading;
  const rank = numberOf(groups.rank!);
  const wanted = WEEKDAYS.get(groups.weekday!)!;
  const inMonth = (year: number, month: number): Day | null => {
    const first = { year, month, day: 1 };
    const day = addDays(first, ((wanted - weekdayOf(first) + 7) % 7) + (rank - 1) * 7);
    return day.month === month ? day : null;
  };
  const ofMonth = (year: number, month: number, guessed: boolean): Read => {
    const day = inMonth(year, month);
    return day === null ? null : on(day, 'day', guessed);
  };
  if (groups.name !== undefined && groups.year !== undefined) {
    return ofMonth(Number(groups.year), MONTHS.get(groups.name)!, false);
  }
  if (reference === null) return null;
  if (groups.name !== undefined) {
    const near = nearestYear(MONTHS.get(groups.name)!, 15, reading);
    return near === null ? null : ofMonth(near.from.year, near.from.month!, true);
  }
  const base = addMonths({ ...reference, day: 1 }, groups.next ? 1 : groups.last ? -1 : 0);
  return ofMonth(base.year, base.month, false);
}

function weekdayOfWeek(groups: Groups, { reference }: Reading): Read {
  if (reference === null) return null;
  const week = groups.next ? 7 : groups.last ? -7 : 0;
  return on(addDays(mondayOf(reference), ((WEEKDAYS.get(groups.weekday!)! + 6) % 7) + week), 'day');
}

/** Alone, a weekday is the nearest one; "prochain" and "dernier" are the next and the one before, never today. */
function weekday(groups: Groups, reading: Reading): Read {
  const { reference } = reading;
  if (reference === null) return null;
  if (groups.this !== undefined) return weekdayOfWeek({ weekday: groups.weekday }, reading);
  const ahead = (WEEKDAYS.get(groups.weekday!)! - weekdayOf(reference) + 7) % 7;
  if (groups.next !== undefined) return on(addDays(reference, ahead === 0 ? 7 : ahead), 'day');
  if (groups.last !== undefined) return on(addDays(reference, ahead - 7), 'day');
  return on(addDays(reference, ahead > 3 ? ahead - 7 : ahead), 'day', true);
}

/** "vendredi 22": the nearest month whose 22nd is a Friday. */
function weekdayAndDay(groups: Groups, { reference }: Reading): Read {
  if (reference === null) return null;
  const wanted = WEEKDAYS.get(groups.weekday!)!;
  const dates = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6]
    .map((months) => ({ ...addMonths({ ...reference, day: 1 }, months), day: numberOf(groups.day!) }))
    .filter((date) => isCalendarDate(date) && weekdayOf(date) === wanted)
    .sort((a, b) => Math.abs(daysBetween(reference, a)) - Math.abs(daysBetween(reference, b)));
  return dates[0] === undefined ? null : on(dates[0], 'day', true);
}

function dayOfMonth(groups: Groups, { reference }: Reading): Read {
  if (reference === null) return null;
  const month = addMonths({ ...reference, day: 1 }, groups.next ? 1 : groups.last ? -1 : 0);
  return on({ ...month, day: numberOf(groups.day!) }, 'day');
}

function relative(groups: Groups, { reference }: Reading): Read {
  return reference === null ? null : on(relativeDay(groups.relative!, reference), 'day');
}

function relativeDay(word: string, reference: Day): Day {
  if (word.startsWith('avant')) return addDays(reference, -2);
  if (word.startsWith('apres')) return addDays(reference, 2);
  if (word === 'hier') return addDays(reference, -1);
  return word === 'demain' || word === 'lendemain' ? addDays(reference, 1) : addDays(reference, 0);
}

function neighbour(groups: Groups, { reference }: Reading): Read {
  if (reference === null) return null;
  const sign = groups.next ? 1 : -1;
  const time = { hour: reference.hour, minute: reference.minute, second: reference.second };
  if (groups.unit === 'semaine') return on({ ...addDays(reference, 7 * sign), ...time }, 'day', true);
  const months = groups.unit === 'mois' ? 1 : 12;
  return on({ ...addMonths(reference, months * sign), ...time }, groups.unit === 'mois' ? 'month' : 'year');
}

/** "il y a trois jours", "dans deux semaines après demain". */
function shifted(groups: Groups, { reference }: Reading, sign: number): Read {
  if (reference === null) return null;
  const base = groups.base === undefined ? reference : relativeDay(groups.base, reference);
  const { parts, precision } = shiftMoment(groups.spans!, { ...reference, ...base }, sign);
  return on(parts, precision, groups.spans!.includes('quelques'));
}

function mondayOf(day: Day): Day {
  return addDays(day, -((weekdayOf(day) + 6) % 7));
}
