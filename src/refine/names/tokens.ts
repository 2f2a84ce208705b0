// Words of a text as names are read: where each stands, how it is written, and what separates it from the one before.

import { LETTERS } from '../letters.ts';
import type { Shape, Spell, Spelling } from './spellings.ts';

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lower: string;
  readonly shape: Shape;
  /** Bits of the lexicon; 0 for initials and lower-case words, which are read only where a cue asks. */
  readonly bits: number;
  /** What its spelling says, whatever stands around it. */
  readonly spelling: Spelling;
  /** What stands between the word before and this one: nothing that parts a name, or something that does. */
  readonly gap: 'space' | 'point' | 'apostrophe' | 'hyphen' | 'colon' | 'break';
  /** True at the start of the text, of a line or of a sentence. */
  readonly opens: boolean;
}

const POINT = 0x2e;
const HYPHEN = 0x2d;
const SPACE = 0x20;

/** Splits a text into words; hyphens stay inside words, apostrophes separate them. */
export function readTokens(text: string, spell: Spell): readonly Token[] {
  const tokens: Token[] = [];
  const { length } = text;
  let previousEnd = -FARTHEST - 1;
  let index = 0;
  while (index < length) {
    let unit = text.charCodeAt(index);
    if (LETTERS[unit] === 0) {
      index += 1;
      continue;
    }
    const start = index;
    let hash = 0x811c9dc5;
    for (;;) {
      hash = Math.imul(hash ^ unit, 0x01000193);
      index += 1;
      if (index >= length) break;
      unit = text.charCodeAt(index);
      if (LETTERS[unit] === 1) continue;
      // A hyphen between letters; where none follows, the word ends before it.
      if (unit !== HYPHEN || index + 1 >= length || LETTERS[text.charCodeAt(index + 1)] === 0) break;
    }
    const spelling = spell(text, start, index, hash);
    const shape = index < length && unit === POINT ? spelling.pointed : spelling.shape;
    const apart = start - previousEnd;
    const before = text.charCodeAt(start - 1);
    const between = apart > 1 && apart <= FARTHEST ? text.slice(previousEnd, start) : '';
    const isFar = apart > FARTHEST;
    tokens.push({
      start,
      end: index,
      text: spelling.text,
      lower: spelling.lower,
      shape,
      bits: shape === 'lower' || shape === 'initial' ? 0 : spelling.bits,
      spelling,
      gap: isFar ? 'break' : apart === 1 ? gapOfUnit(before) : gapOf(between),
      opens: isFar || (apart === 1 ? before !== SPACE && OPENING.test(text[start - 1]!) : OPENING.test(between)),
    });
    previousEnd = index;
  }
  return tokens;
}

/** Words further apart than this have nothing to do with each other. */
const FARTHEST = 24;
const OPENING = /[.!?…:;\n•«"“]/;

/** `gapOf` for the one character that most words have between them. */
function gapOfUnit(unit: number): Token['gap'] {
  switch (unit) {
    case SPACE:
    case 0xa0:
    case 0x202f:
      return 'space';
    case 0x27:
    case 0x2019:
      return 'apostrophe';
    case POINT:
      return 'point';
    case 0x3a:
    case 0x3d:
      return 'colon';
    default:
      return 'break';
  }
}

function gapOf(between: string): Token['gap'] {
  if (between === ' ' || /^[ \u00a0\u202f]{1,3}$/.test(between)) return 'space';
  if (/^\.[ \u00a0\u202f]{0,2}$/.test(between)) return 'point';
  if (between === '.-') return 'hyphen';
  if (between === "'" || between === '’') return 'apostrophe';
  return /^ ?[:=]\s{0,2}$/.test(between) ? 'colon' : 'break';
}
