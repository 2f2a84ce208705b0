// Finds personal data in a text. The detectors are the files of detectors/, read once when the module loads.
// Elected officials and public figures are people too: their names are found like any other.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PersonalKind, PersonalSpan } from '../model/personal.ts';
import type { Detector, DetectorContext } from './detector.ts';
import { type DigitRun, digitRuns } from './digits.ts';

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
export function findPersonal(text: string, hints: { readonly authors: readonly string[] } = NO_HINTS): PersonalSpan[] {
  return find(text, DETECTORS, hints.authors);
}

/** Finds only what a form or a checksum decides; used to read a text again after its marks were set. */
export function findCheckedForms(text: string): PersonalSpan[] {
  return find(text, FORMS, []);
}

const NO_HINTS = { authors: [] } as const;

function find(text: string, detectors: readonly Detector[], authors: readonly string[]): PersonalSpan[] {
  let runs: readonly DigitRun[] | undefined;
  const context: DetectorContext = {
    authors,
    get runs() {
      runs ??= digitRuns(text);
      return runs;
    },
  };
  const spans: PersonalSpan[] = [];
  for (const detector of detectors) {
    const mayHold = detector.gate.test(text) || (authors.length > 0 && detector.kinds.includes('person'));
    if (!mayHold) continue;
    for (const found of detector.detect(text, context)) spans.push({ ...found, detector: detector.name });
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
