// A date as a source wrote it, in one of the many forms of fields, kept as precise as it was given and no more.

import type { DocumentDate } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { findDates } from './date-expressions.ts';
import { type DayOrder, type ReadDate, readDateForm } from './date-forms.ts';
import { dayOf, formatDate } from './date-parts.ts';
import { foldLetters } from './date-words.ts';

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
  const folded = foldLetters(field)
    .replace(/\s{1,200}/g, ' ')
    .replace(/[.,;]$/, '');
  const form = readDateForm(folded, context.order ?? 'dmy') ?? readDateForm(`${folded}.`, context.order ?? 'dmy');
  return form ?? readSentence(field, context);
}

/** "Publié le 12 mai 2026", "il y a deux jours": one date in words, nothing of it guessed. */
function readSentence(field: string, context: DateContext): ReadDate | null {
  const collected = context.collectedAt === null ? Number.NaN : Date.parse(context.collectedAt);
  const reference = Number.isNaN(collected) ? null : dayOf(new Date(collected));
  const found = findDates(field, reference, context.order);
  const first = found[0];
  if (found.length !== 1 || first === undefined || first.guessed || first.to !== null) return null;
  const { year, month, day } = first.from;
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
