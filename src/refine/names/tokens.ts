// Words of a text as names are read: where each stands, how it is written, and what separates it from the one before.

import type { Shape, Spelling } from './spellings.ts';

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

/** Splits a text into words; hyphens stay inside words, apostrophes separate them. */
export function readTokens(text: string, spell: (word: string) => Spelling): readonly Token[] {
  const tokens: Token[] = [];
  let previousEnd = 0;
  let index = 0;
  while (index < text.length) {
    if (!isLetter(text.charCodeAt(index))) {
      index += 1;
      continue;
    }
    const start = index;
    index = wordEnd(text, start);
    const spelling = spell(text.slice(start, index));
    const shape = text.charCodeAt(index) === POINT ? spelling.pointed : spelling.shape;
    const isFar = start - previousEnd > 24 || tokens.length === 0;
    const between = isFar || start - previousEnd === 1 ? '' : text.slice(previousEnd, start);
    const single = isFar || between !== '' ? 0 : text.charCodeAt(previousEnd);
    tokens.push({
      start,
      end: index,
      text: spelling.text,
      lower: spelling.lower,
      shape,
      bits: shape === 'lower' || shape === 'initial' ? 0 : spelling.bits,
      spelling,
      gap: isFar ? 'break' : between === '' ? gapOfUnit(single) : gapOf(between),
      opens: isFar || (between === '' ? opensAfter(single) : OPENING.test(between)),
    });
    previousEnd = index;
  }
  return tokens;
}

const POINT = 0x2e;
const OPENING = /[.!?…:;\n•«"“]/;

/** `gapOf` for the one character that most words have between them. */
function gapOfUnit(unit: number): Token['gap'] {
  switch (unit) {
    case 0x20:
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

function opensAfter(unit: number): boolean {
  return unit !== 0x20 && OPENING.test(String.fromCharCode(unit));
}

/** True for a letter or a combining mark, in any script. */
function isLetter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code < 0x250) return code !== 0xd7 && code !== 0xf7;
  return /[\p{L}\p{M}]/u.test(String.fromCharCode(code));
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length) {
    if (isLetter(text.charCodeAt(end))) end += 1;
    else if (text[end] === '-' && end + 1 < text.length && isLetter(text.charCodeAt(end + 1))) end += 2;
    else break;
  }
  return end;
}

function gapOf(between: string): Token['gap'] {
  if (between === ' ' || /^[ \u00a0\u202f]{1,3}$/.test(between)) return 'space';
  if (/^\.[ \u00a0\u202f]{0,2}$/.test(between)) return 'point';
  if (between === '.-') return 'hyphen';
  if (between === "'" || between === '’') return 'apostrophe';
  return /^ ?[:=]\s{0,2}$/.test(between) ? 'colon' : 'break';
}
