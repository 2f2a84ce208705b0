// A date as a source wrote it, in one of the many forms of fields, kept as precise as it was given and no more.

import type { DocumentDate } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { findDates } from './date-expressions.ts';
import { type DayOrder, type ReadDate, readDateForm } from './date-forms.ts';
import { addDays, dayOf, formatDate } from './date-parts.ts';
import { commonParts, readPeriod, readRange, readRelative } from './date-spans.ts';
import { foldLetters } from './date-words.ts';
import { inZone, splitZone } from './date-zones.ts';
import type { Moment } from './durations.ts';

interface DateContext {
  /** ISO 8601 instant of the collection: what "hier" counts from, and what the future begins after. */
  readonly collectedAt: string | null;
  /** Order of day and month where the source is known to have one; French order otherwise. */
  readonly order?: DayOrder;
}

interface ParsedDate {
  readonly date: DocumentDate | null;
  readonly findings: readonly Finding[];
}

const LONGEST_FIELD = 200;
/** What is before, after or since a day is not on it. */
const BOUND =
  /\b(?:avant|apres|depuis|jusqu'a?u?|d'ici|a partir du?|des|before|after|since|until)(?: le| l'| the)?\s{0,3}$/;
/** "de 14h à 16h", after a day: the day is what is known. */
const HOURS_BETWEEN =
  /,? (?:entre|de|from|between) \d{1,2} ?(?:h|:|[ap]m)[ \dh:]{0,6}(?:et|a|to|and|-) ?\d{1,2} ?(?:h|:|[ap]m)?\d{0,2}$/;
const FIGURES = /^[\dTZ][\dTZ/.: +-]{3,30}$/;
const COUNTED = /^(?:il y a|dans|d'ici|en)\s/;
/** Clocks and zones may disagree by a day before a date is said to be in the future. */
const FUTURE_MARGIN_MS = 86_400_000;

/** Reads one field. A day or year that the source does not give is never invented. Pure, never throws. */
export function parseDate(raw: string | null, context: DateContext): ParsedDate {
  const field = raw?.trim() ?? '';
  if (field === '') return { date: null, findings: [finding('date-missing', 'no date')] };
  const read = field.length > LONGEST_FIELD ? null : readField(field, context);
  const date = read === null ? null : formatDate(read.parts);
  if (read === null || date === null) {
    return { date: null, findings: [finding('date-unreadable', `${field.length} characters`)] };
  }
  const findings: Finding[] = [];
  if (read.ambiguous && context.order === undefined) {
    findings.push(finding('date-ambiguous', 'day and month could be exchanged; the day was read first'));
  }
  if (isFuture(date, context.collectedAt)) findings.push(finding('date-future', 'later than the collection'));
  return { date, findings };
}

function readField(field: string, context: DateContext): ReadDate | null {
  // Figures alone, which most fields are, need none of what words need.
  const plain = FIGURES.test(field) ? readDateForm(field.toLowerCase(), context.order ?? 'dmy') : null;
  return plain ?? readWords(field, context);
}

function readWords(field: string, context: DateContext): ReadDate | null {
  const folded = foldLetters(field)
    .replace(/\s{1,200}/g, ' ')
    .replace(/[.,;]$/, '')
    .replace(/^((?:le |du )?1) (?=er )/, '$1')
    .replace(HOURS_BETWEEN, '')
    .replace(/ \((\d{1,2}(?:h|:)\d{0,2})\)$/, ' $1');
  const { rest, zone } = splitZone(folded);
  const read = readForms(rest, context);
  if (read !== null && zone !== null) return { ...read, parts: inZone(read.parts, zone) };
  return read ?? readForms(folded, context) ?? readSentence(field, context);
}

/** Forms that take the whole field, most telling first. */
function readForms(folded: string, context: DateContext): ReadDate | null {
  const order = context.order ?? 'dmy';
  return (
    readDateForm(folded, order) ??
    readDateForm(`${folded}.`, order) ??
    readRange(folded, order) ??
    readPeriod(folded, order) ??
    readRelative(folded, { reference: momentOf(context), order })
  );
}

function momentOf({ collectedAt }: DateContext): Moment | null {
  const collected = collectedAt === null ? Number.NaN : Date.parse(collectedAt);
  if (Number.isNaN(collected)) return null;
  const date = new Date(collected);
  return { ...dayOf(date), hour: date.getUTCHours(), minute: date.getUTCMinutes() };
}

/** "Publié le 12 mai 2026", "il y a deux jours": one date in words, nothing of it guessed. */
function readSentence(field: string, context: DateContext): ReadDate | null {
  const found = findDates(field, momentOf(context), context.order);
  const first = found[0];
  if (found.length !== 1 || first === undefined || first.guessed) return null;
  if (BOUND.test(foldLetters(field.slice(0, first.start)))) return null;
  if (first.to !== null) return commonParts(first.from, first.to, first.ambiguous);
  const { year, month, day } = first.from;
  const words = foldLetters(field.slice(first.start, first.end));
  if (COUNTED.test(words) && month !== undefined && day !== undefined) {
    const moment = { year, month, day };
    if (words.includes('semaine')) return commonParts(addDays(moment, -3), addDays(moment, 3));
    if (words.includes('minute')) return { parts: { ...first.from, offset: 0 }, ambiguous: false };
    if (words.includes('heure')) return { parts: moment, ambiguous: false };
  }
  // "ce matin" says the day and no hour.
  if (first.precision === 'minute' && !/\d|midi|minuit/.test(words))
    return { parts: { year, month, day }, ambiguous: false };
  const parts = { year: { year }, month: { year, month }, day: { year, month, day }, minute: first.from }[
    first.precision
  ];
  return { parts, ambiguous: first.ambiguous };
}

function isFuture(date: DocumentDate, collectedAt: string | null): boolean {
  const limit = collectedAt === null ? Number.NaN : Date.parse(collectedAt) + FUTURE_MARGIN_MS;
  const begins = Date.parse(
    date.value.length <= 10 ? date.value : date.value.replace(/(T\d\d:\d\d(?::\d\d)?)$/, '$1Z'),
  );
  return begins > limit;
}

function finding(code: Finding['code'], evidence: string): Finding {
  return { code, at: 'published', evidence };
}
