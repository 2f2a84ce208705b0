// The seam where kinds of personal data attach: one file of detectors/ is one detector.

import type { PersonalKind } from '../model/personal.ts';
import type { DigitRun } from './digits.ts';
import type { Token } from './names/tokens.ts';

/** What a detector finds; UTF-16 offsets, `end` exclusive. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
}

/** Finds names beside the rules, each with how often it is right: a tagger that was learned. Pure, never throws. */
export type NameFinder = (
  text: string,
) => readonly { readonly start: number; readonly end: number; readonly score: number }[];

export interface DetectorContext {
  /** Names the source gives for the authors of this text. */
  readonly authors: readonly string[];
  /** Digits of the text with the separators between them, read once for all detectors. */
  readonly runs: readonly DigitRun[];
  /** Words of the text, read once for all detectors. */
  readonly tokens: readonly Token[];
  /** Words of another text. */
  readonly read: (text: string) => readonly Token[];
}

export interface Detector {
  readonly name: string;
  readonly kinds: readonly PersonalKind[];
  /** True where a form decides (pattern or checksum), false where words do: names, streets. */
  readonly form: boolean;
  /** Cheap test; where it fails the detector is not run. Never global or sticky. Null where it is run for its leads only. */
  readonly gate: RegExp | null;
  /**
   * Holds the first words of what it looks for: matches each of them whole. Looked at once for each spelling, so that most
   * texts are not searched at all. Never global or sticky.
   */
  readonly lead?: RegExp;
  /** `found` marks each expected span as `⟦kind:words⟧`; `spared` are texts in which nothing is personal. Fictive. */
  readonly examples: { readonly found: readonly string[]; readonly spared: readonly string[] };
  /**
   * Pure, linear in the text, never throws on any string. May return overlapping spans in any order. `leads` are the starts
   * of the words that `lead` matches, in order.
   */
  detect(text: string, context: DetectorContext, leads: readonly number[]): readonly Found[];
}

/** Declares a detector; the file's default export. */
export function defineDetector(detector: Detector): Detector {
  return detector;
}

/** True where `cue` matches in the `width` characters that come before `start`. */
export function isPreceded(text: string, start: number, cue: RegExp, width: number): boolean {
  return cue.test(text.slice(Math.max(0, start - width), start));
}

/** What a sticky expression matches at these places, in order; as `matchAll` does, none inside another. */
export function* matchesAt(text: string, form: RegExp, starts: readonly number[]): Iterable<RegExpExecArray> {
  let end = 0;
  for (const start of starts) {
    if (start < end) continue;
    form.lastIndex = start;
    const match = form.exec(text);
    if (match === null) continue;
    end = start + match[0].length;
    yield match;
  }
}
