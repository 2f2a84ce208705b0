// Finds personal data in a text. The detectors are the files of detectors/, read once when the module loads.
// Elected officials and public figures are people too: their names are found like any other.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PersonalKind, PersonalSpan } from '../model/personal.ts';
import type { Detector, DetectorContext, Found, NameFinder } from './detector.ts';
import { type DigitRun, digitRuns } from './digits.ts';
import { cuesOf } from './names/cues.ts';
import { openSpellings, type Spell } from './names/spellings.ts';
import { readTokens, type Token } from './names/tokens.ts';

const folder = join(import.meta.dirname, 'detectors');

/** Every detector, in the order of their file names. */
export const DETECTORS: readonly Detector[] = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map(async (file) => {
      const module = (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as {
        readonly default: Detector;
      };
      return module.default;
    }),
);

const LEADING = DETECTORS.filter((detector) => detector.lead !== undefined);
const FORMS = DETECTORS.filter((detector) => detector.form);

/** Where two kinds claim the same words the one whose evidence is strongest comes first. */
const PRECEDENCE: readonly PersonalKind[] = [
  'email',
  'iban',
  'nir',
  'siret',
  'card',
  'siren',
  'ip',
  'phone',
  'plate',
  'birth-date',
  'identifier',
  'address',
  'handle',
  'person',
];

/**
 * Finds the personal data of a text.
 * Returns spans sorted by start, not overlapping, in UTF-16 offsets. Pure, synchronous, never throws.
 */
export function findPersonal(text: string, hints: Hints = NO_HINTS): PersonalSpan[] {
  return find(text, DETECTORS, hints);
}

/** Finds only what a form or a checksum decides; used to read a text again after its marks were set. */
export function findCheckedForms(text: string): PersonalSpan[] {
  return find(text, FORMS, NO_HINTS);
}

interface Hints {
  /** Names the source gives. */
  readonly authors: readonly string[];
  readonly findNames?: NameFinder | undefined;
}

const NO_HINTS: Hints = { authors: [] };

/** What names are said to be found by that no rule found. */
export const LEARNED = 'student';

/** A bit for each detector that a word may lead to something; those of its parts count, `porte-adresse` holds `adresse`. */
function leadsOf(word: string): number {
  let leads = 0;
  for (let index = 0; index < LEADING.length; index += 1) if (isLead(LEADING[index]!.lead!, word)) leads |= 1 << index;
  // Parts are everyday words: they are remembered.
  if (word.includes('-'))
    for (const { spelling } of readTokens(word.replaceAll('-', ' '), spell)) leads |= spelling.leads;
  return leads;
}

/** Accents may be written apart: columns kept as attributes are not cleaned. */
function isLead(lead: RegExp, word: string): boolean {
  return lead.test(word) || (/\p{M}/u.test(word) && lead.test(word.normalize('NFC')));
}

const spell: Spell = openSpellings({ cuesOf, leadsOf });

/** A text as detectors read it; each reading is made once, by the first that asks. */
export function openContext(text: string, authors: readonly string[]): DetectorContext {
  const read = (other: string) => readTokens(other, spell);
  let runs: readonly DigitRun[] | undefined;
  let tokens: readonly Token[] | undefined;
  return {
    authors,
    read,
    get runs() {
      runs ??= digitRuns(text);
      return runs;
    },
    get tokens() {
      tokens ??= read(text);
      return tokens;
    },
  };
}

/** What a detector finds in a text, were it the only one. */
export function detect(detector: Detector, text: string, context: DetectorContext): readonly Found[] {
  const leads = leadsFor(detector, context);
  const mayHold = detector.gate === null ? leads.length > 0 : detector.gate.test(text);
  const isNamed = context.authors.length > 0 && detector.kinds.includes('person');
  return mayHold || isNamed ? detector.detect(text, context, leads) : NONE;
}

const NONE: readonly never[] = [];

/** Where the words stand that a detector waits for. */
export function leadsFor(detector: Detector, context: DetectorContext): readonly number[] {
  const { lead } = detector;
  if (lead === undefined) return NONE;
  const bit = 1 << LEADING.indexOf(detector);
  const starts: number[] = [];
  for (const { spelling, text, start } of context.tokens) {
    if ((spelling.leads & bit) === 0) continue;
    if (!text.includes('-') || isLead(lead, text)) starts.push(start);
    else {
      let at = start;
      for (const part of text.split('-')) {
        if (isLead(lead, part)) starts.push(at);
        at += part.length + 1;
      }
    }
  }
  return starts;
}

function find(text: string, detectors: readonly Detector[], { authors, findNames }: Hints): PersonalSpan[] {
  if (text === '') return [];
  const context = openContext(text, authors);
  const spans: PersonalSpan[] = [];
  for (const detector of detectors) {
    for (const found of detect(detector, text, context)) spans.push({ ...found, detector: detector.name });
  }
  for (const { start, end, score } of findNames?.(text) ?? []) {
    // A stray capital or a mark is no name.
    if (/\p{L}{2}/u.test(text.slice(start, end))) spans.push({ start, end, kind: 'person', detector: LEARNED, score });
  }
  return separate(text, spans);
}

/** Keeps the stronger of overlapping spans whole, and of the weaker what sticks out if it still holds a word. */
function separate(text: string, spans: readonly PersonalSpan[]): PersonalSpan[] {
  if (spans.length < 2) return [...spans];
  const byStrength = [...spans].sort(
    (a, b) =>
      PRECEDENCE.indexOf(a.kind) - PRECEDENCE.indexOf(b.kind) ||
      b.end - b.start - (a.end - a.start) ||
      a.start - b.start,
  );
  const taken = new Uint8Array(text.length);
  const kept: PersonalSpan[] = [];
  for (const span of byStrength) {
    let start = span.start;
    while (start < span.end) {
      while (start < span.end && taken[start] === 1) start += 1;
      let end = start;
      while (end < span.end && taken[end] === 0) end += 1;
      const whole = start === span.start && end === span.end;
      const piece = whole ? span : trimmed(text, { ...span, start, end });
      if (piece !== undefined && piece.start < piece.end) {
        kept.push(piece);
        taken.fill(1, piece.start, piece.end);
      }
      start = end;
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}

function trimmed(text: string, span: PersonalSpan): PersonalSpan | undefined {
  const words = text.slice(span.start, span.end);
  const first = words.search(/[\p{L}\p{N}]/u);
  if (first < 0) return undefined;
  const last = words.length - (/[^\p{L}\p{N}]{0,40}$/u.exec(words)?.[0].length ?? 0);
  return last - first < 3 ? undefined : { ...span, start: span.start + first, end: span.start + last };
}
