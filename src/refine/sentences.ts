// Cuts a text into sentences for spans and citations. Made for messy texts: capitals, spaces and stops may be missing.

import { isInterjection } from './abbreviations.ts';
import { type Stop, stopEnds } from './full-stop.ts';
import { isLetter, kindAt } from './units.ts';

/** UTF-16 offsets into the text; `end` is exclusive and the next sentence's start: white space belongs to the one before. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

/** Where a sentence may end. High surrogates stand for pictures, which end a sentence before a capital. */
const CANDIDATE = /[.!?…\n\r•()؟。！？\uD83C-\uD83E]/g;
const STRONG = /[!?؟。！？]/;
/** Signs that follow a sentence's end and belong to it. */
const CLOSERS = `"'”’»)]`;
const PAUSES = ',;:)]}»%€';
/** A parenthesis longer than this was never closed. */
const LONGEST_ASIDE = 300;
/** A line shorter than this ended because its writer wanted it to. */
const WRAPPED_LINE = 50;
const LONGEST_INTERJECTION = 10;

/**
 * Sentences of a text in order; together they cover it exactly. Pure, never throws, linear.
 * An ellipsis or picture before a small letter goes on; a line end before a small letter does where the line was full.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  const scan = new RegExp(CANDIDATE);
  while (true) {
    const found = scan.exec(text);
    if (found === null) break;
    const cut = cutAfter(text, found.index, start);
    if (cut.at > start && cut.at < text.length && cut.ends) {
      if (!isBlank(text, start, cut.at)) {
        sentences.push({ start, end: cut.at });
        start = cut.at;
      }
    }
    scan.lastIndex = Math.max(cut.at, found.index + 1);
  }
  if (text.length > start) sentences.push({ start, end: text.length });
  return sentences;
}

interface Cut {
  /** Where reading goes on, and where the next sentence begins if this one ends. */
  readonly at: number;
  readonly ends: boolean;
}

function cutAfter(text: string, at: number, start: number): Cut {
  const unit = text[at]!;
  if (unit === '\n' || unit === '\r') return cutLine(text, at, start);
  if (unit === '(') return cutAside(text, at, start);
  if (unit === ')') return isSmiley(text, at) ? cutPicture(text, at + 1) : { at: at + 1, ends: false };
  if (unit === '•') return { at, ends: kindAt(text, at - 1) === 'space' };
  if (unit >= '\uD83C' && unit <= '\uD83E') return cutPicture(text, endOfPictures(text, at));
  return cutStop(text, at, start);
}

function cutLine(text: string, at: number, start: number): Cut {
  const next = afterSpace(text, at);
  const isWrapped = kindAt(text, next) === 'lower' && isFullLine(text, at, start) && !isDoubleLine(text, at, next);
  return { at: next, ends: !isWrapped };
}

function isFullLine(text: string, at: number, start: number): boolean {
  return at - start >= WRAPPED_LINE && !hasLine(text, at - WRAPPED_LINE, at);
}

function isDoubleLine(text: string, from: number, to: number): boolean {
  const first = text.indexOf('\n', from);
  return first >= 0 && first < to && text.slice(first + 1, to).includes('\n');
}

/** What stands in parentheses is not cut; where it is a sentence of its own it ends like one. */
function cutAside(text: string, at: number, start: number): Cut {
  if (isSmiley(text, at)) return cutPicture(text, at + 1);
  const close = closeOf(text, at);
  if (close < 0) return { at: at + 1, ends: false };
  const next = afterSpace(text, close + 1);
  const isWhole = isBlank(text, start, at) && /[.!?…]/.test(text[close - 1]!);
  return isWhole && kindAt(text, next) === 'upper' ? { at: next, ends: true } : { at: close + 1, ends: false };
}

function closeOf(text: string, open: number): number {
  const limit = Math.min(text.length, open + LONGEST_ASIDE);
  for (let at = open + 1; at < limit; at += 1) {
    const unit = text[at];
    if (unit === ')') return at;
    if (unit === '(' || unit === '\n') return -1;
  }
  return -1;
}

function isSmiley(text: string, at: number): boolean {
  const before = text[at - 1] === '-' ? text[at - 2] : text[at - 1];
  return before === ':' || before === ';';
}

/** Pictures and smileys end a sentence where a capital follows. */
function cutPicture(text: string, after: number): Cut {
  const next = afterSpace(text, after);
  return { at: Math.max(next, after), ends: next > after && kindAt(text, next) === 'upper' };
}

function endOfPictures(text: string, at: number): number {
  PICTURES.lastIndex = at;
  return PICTURES.test(text) ? PICTURES.lastIndex : at + 1;
}
const PICTURES = /[\uD83C-\uD83E][\uDC00-\uDFFF](?:[\uD83C-\uD83E][\uDC00-\uDFFF]|[\u200D\uFE0F♀♂❤])*/y;

function cutStop(text: string, at: number, start: number): Cut {
  const run = endOfRun(text, at);
  const after = endOfClosers(text, run);
  const pictures = endOfTrailingPictures(text, after);
  const next = afterSpace(text, pictures);
  const kind = kindAt(text, next);
  if (kind === 'end') return { at: text.length, ends: false };
  const isSpaced = next > after;
  if (pictures === after && !isSpaced && kind === 'other' && !isOpening(text[next]!)) return { at: after, ends: false };
  if (PAUSES.includes(text[next]!)) return { at: after, ends: false };
  if (isSpaced && hasLine(text, after, next)) return { at: after, ends: false };
  const stop: Stop = { text, start, at, run, after, next, kind, isSpaced };
  return { at: ends(stop) ? next : after, ends: ends(stop) };
}

function ends(stop: Stop): boolean {
  const { text, at, run, after, kind, start } = stop;
  const signs = text.slice(at, run);
  // « Où ? » demande-t-elle: what was quoted is part of the sentence.
  if (after > run && kind === 'lower') return false;
  if (STRONG.test(signs)) {
    if (!stop.isSpaced && isInsideAddress(stop)) return false;
    return !(kind === 'lower' && at - start <= LONGEST_INTERJECTION && isInterjection(text.slice(start, at).trim()));
  }
  if (signs.length > 1 || signs === '…') return kind !== 'lower' && kind !== 'digit';
  return stopEnds(stop) && !(!stop.isSpaced && isInsideAddress(stop));
}

/** `?!`, `...`, `! !`: one run of signs. */
function endOfRun(text: string, at: number): number {
  let end = at + 1;
  while (true) {
    const unit = text[end];
    if (unit === undefined) return end;
    if ('.!?…؟。！？'.includes(unit)) end += 1;
    else if (unit === ' ' && (text[end + 1] === '!' || text[end + 1] === '?')) end += 2;
    else return end;
  }
}

function endOfClosers(text: string, from: number): number {
  let end = from;
  while (true) {
    const unit = text[end];
    if (unit !== undefined && CLOSERS.includes(unit) && !isOpeningQuote(text, end)) end += 1;
    else if (kindAt(text, end) === 'space' && text[end + 1] === '»') end += 2;
    else return end;
  }
}

/** A straight quote right before a letter opens what follows: `fini."Jamais`. */
function isOpeningQuote(text: string, at: number): boolean {
  return (text[at] === '"' || text[at] === "'") && isLetter(kindAt(text, at + 1));
}

function endOfTrailingPictures(text: string, from: number): number {
  const next = afterSpace(text, from);
  const unit = text[next] ?? '';
  if (unit >= '\uD83C' && unit <= '\uD83E' && !hasLine(text, from, next)) return endOfPictures(text, next);
  if ((unit === ':' || unit === ';') && /^[:;]-?[()DP](?!\p{L})/u.test(text.slice(next, next + 4))) {
    return next + (text[next + 1] === '-' ? 3 : 2);
  }
  return from;
}

function isOpening(unit: string): boolean {
  return '«“"([•–—'.includes(unit);
}

/** Between two units without white space: an address of the web, of mail or of a file. */
function isInsideAddress({ text, at }: Stop): boolean {
  let from = at;
  while (from > 0 && at - from < LONGEST_ASIDE && !isWhite(text, from - 1)) from -= 1;
  let to = at;
  while (to < text.length && to - at < LONGEST_ASIDE && !isWhite(text, to)) to += 1;
  return /:\/\/|@|^[(«"]?www\.|^[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){0,6}\.(?:fr|com|org|net|eu|re|bzh|corsica|html?|php|pdf|csv|docx?|xlsx?|odt|jpe?g|png)(?![a-z])/.test(
    text.slice(from, to),
  );
}

function isWhite(text: string, at: number): boolean {
  const kind = kindAt(text, at);
  return kind === 'space' || kind === 'line';
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (isWhite(text, at)) at += 1;
  return at;
}

function hasLine(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (kindAt(text, at) === 'line') return true;
  return false;
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isWhite(text, at)) return false;
  return true;
}
