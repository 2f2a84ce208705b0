// Masks the personal data of a text as it was before it was cleaned: behind mark-up, character references and double encodings
// the same values hide. What cannot be masked for sure is not shown at all.

import type { PersonalKind } from '../model/personal.ts';
import { Marks } from './marks.ts';
import { bareMarkup, readMarkup } from './markup.ts';
import { repairMojibake } from './mojibake.ts';
import { findPersonal } from './personal.ts';

/** A value found in the text as it ended, with the mark that stands for it. */
export interface KnownValue {
  readonly kind: PersonalKind;
  readonly value: string;
}

export interface Masker {
  /** The text with marks for its personal data, its mark-up bare where it has some; null where that is not sure. */
  mask(text: string, isMarkup: boolean): string | null;
}

interface MaskerOptions {
  /** In the order in which the document marks them: the same value has the same mark here. */
  readonly values: readonly KnownValue[];
  readonly authors: readonly string[];
  /** Kinds that the recipe leaves as they are. */
  readonly kept: ReadonlySet<PersonalKind>;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
  readonly value: string;
}

/** Below this many letters and digits a value is too common to be looked for everywhere. */
const FOUND_FROM = 4;
const CERTAIN_FROM = 5;
const CHUNK = /[^ \n\t\r]+/g;
const ALPHANUMERIC = /[\p{L}\p{N}]/u;

export function openMasker({ values, authors, kept }: MaskerOptions): Masker {
  const marks = new Marks();
  const wanted = values.filter(({ kind }) => !kept.has(kind));
  for (const known of wanted) markOf(marks, known);
  const folded = wanted.map((known) => ({ ...known, letters: fold(known.value) }));
  const hints = { authors: [...authors, ...wanted.filter(({ kind }) => kind === 'person').map(({ value }) => value)] };
  const whole = folded.filter(({ letters }) => letters.length >= CERTAIN_FROM);
  return {
    mask(text, isMarkup) {
      const spans: Span[] = [];
      for (const view of [plainView(text), viewOf(text, ' '), viewOf(text, '')]) {
        for (const { start, end, kind } of findPersonal(view.text, hints)) {
          if (kept.has(kind)) continue;
          const value = view.text.slice(start, end);
          spans.push({ start: view.starts[start]!, end: view.ends[end - 1]!, kind, value });
        }
        spans.push(...occurrences(view, folded));
      }
      spans.push(...brokenChunks(text, folded));
      const masked = replaced(text, spans, marks);
      const shown = isMarkup ? bareMarkup(masked) : masked;
      const [seen, behind] = [fold(shown), fold(repairMojibake(viewOf(shown, '').text).text)];
      return whole.some(({ letters }) => seen.includes(letters) || behind.includes(letters)) ? null : shown;
    },
  };
}

function markOf(marks: Marks, { kind, value }: KnownValue): string {
  return marks.replace(value, [{ start: 0, end: value.length, kind, detector: 'known' }]);
}

/** Spans that meet are one: what lies between two halves of a value is masked with them. */
function replaced(text: string, spans: readonly Span[], marks: Marks): string {
  let out = '';
  let at = 0;
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= at) {
      out += text.slice(at, span.start) + markOf(marks, span);
      at = span.end;
    } else at = Math.max(at, span.end);
  }
  return out + text.slice(at);
}

/** A text as a reader sees it: mark-up is `gap`, references are characters. Where each unit begins and ends in the source. */
interface View {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function viewOf(source: string, gap: '' | ' '): View {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let covered = 0;
  const put = (shown: string, start: number, end: number) => {
    const isSame = shown.length === end - start;
    for (let unit = 0; unit < shown.length; unit += 1) {
      starts.push(isSame ? start + unit : start);
      ends.push(isSame ? start + unit + 1 : end);
    }
    text += shown;
    covered = end;
  };
  const leave = (start: number) => {
    if (start > covered && gap !== '') put(gap, covered, start);
  };
  readMarkup(source, {
    words(shown, start, end) {
      leave(start);
      put(shown, start, end);
    },
  });
  leave(source.length);
  return { text, starts, ends };
}

/** The source as it is. */
function plainView(text: string): View {
  const starts = Array.from({ length: text.length }, (_, at) => at);
  return { text, starts, ends: starts.map((at) => at + 1) };
}

/** Where the letters and digits of known values stand, whatever stands between them. */
function occurrences(view: View, values: readonly (KnownValue & { readonly letters: string })[]): readonly Span[] {
  let letters = '';
  const places: number[] = [];
  for (let at = 0; at < view.text.length; at += 1) {
    for (const letter of fold(view.text[at]!)) {
      letters += letter;
      places.push(at);
    }
  }
  const isWordEnd = (unit: string | undefined) => unit === undefined || !ALPHANUMERIC.test(unit);
  const spans: Span[] = [];
  for (const { kind, value, letters: sought } of values) {
    if (sought.length < FOUND_FROM) continue;
    for (let at = letters.indexOf(sought); at >= 0; at = letters.indexOf(sought, at + sought.length)) {
      const [first, last] = [places[at]!, places[at + sought.length - 1]!];
      if (!isWordEnd(view.text[first - 1]) || !isWordEnd(view.text[last + 1])) continue;
      spans.push({ start: view.starts[first]!, end: view.ends[last]!, kind, value });
    }
  }
  return spans;
}

/** Words that a double encoding broke, and that belong to a value once it is undone. */
function brokenChunks(text: string, values: readonly (KnownValue & { readonly letters: string })[]): readonly Span[] {
  if (values.length === 0 || repairMojibake(text).repaired === 0) return [];
  const spans: Span[] = [];
  for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
    const repaired = repairMojibake(viewOf(chunk, '').text);
    if (repaired.repaired === 0) continue;
    const letters = fold(repaired.text);
    const owner = values.find(
      (value) => letters !== '' && (value.letters.includes(letters) || letters.includes(value.letters)),
    );
    if (owner !== undefined)
      spans.push({ start: index, end: index + chunk.length, kind: owner.kind, value: owner.value });
  }
  return spans;
}

function fold(value: string): string {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
