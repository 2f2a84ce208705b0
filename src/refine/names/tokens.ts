// Words of a text as names are read: where each stands, how it is written, and what separates it from the one before.

import { bitsOf } from './lexicon.ts';

/** `lower`, `Capital`, `UPPER`, `miXed`, or an initial: `J`, `Ph`, `J-P`. */
export type Shape = 'lower' | 'capital' | 'upper' | 'mixed' | 'initial';

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lower: string;
  readonly shape: Shape;
  /** Bits of the lexicon; 0 for lower-case words, which are read only where a cue asks. */
  readonly bits: number;
  /** What stands between the word before and this one: nothing that parts a name, or something that does. */
  readonly gap: 'space' | 'point' | 'apostrophe' | 'hyphen' | 'colon' | 'break';
  /** True at the start of the text, of a line or of a sentence. */
  readonly opens: boolean;
}

/** Splits a text into words; hyphens stay inside words, apostrophes separate them. */
export function readTokens(text: string): readonly Token[] {
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
    const word = text.slice(start, index);
    const shape = shapeOf(word, text[index]);
    const bits = shape === 'lower' || shape === 'initial' ? 0 : bitsOf(word);
    const between = text.slice(previousEnd, Math.min(start, previousEnd + 24));
    const isFar = start - previousEnd > 24 || tokens.length === 0;
    tokens.push({
      start,
      end: index,
      text: word,
      lower: word.toLowerCase(),
      shape,
      bits,
      gap: isFar ? 'break' : gapOf(between),
      opens: isFar || /[.!?…:;\n•«"“]/.test(between),
    });
    previousEnd = index;
  }
  return tokens;
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

function shapeOf(word: string, next: string | undefined): Shape {
  const first = word[0]!;
  const isCapital = first !== first.toLowerCase();
  if (word.length === 1) return isCapital ? 'initial' : 'lower';
  if (!isCapital) return word === word.toLowerCase() ? 'lower' : 'mixed';
  // `Ph.`, `J-P`, `R-L.`, `J.-P.` (read as two), `Ch`: at most two letters a part, and a point or a hyphen.
  const hasPoint = next === '.';
  if (
    word.length <= 5 &&
    /^\p{Lu}(?:\p{Ll}(?=$|-))?(?:-\p{Lu}\p{Ll}?)*$/u.test(word) &&
    (hasPoint || word.includes('-'))
  ) {
    return 'initial';
  }
  if (word === word.toUpperCase()) return 'upper';
  return /\p{Ll}\p{Lu}/u.test(word) && !/^(?:Mac|Mc|Le|La|De|Du|Di|Da)\p{Lu}\p{Ll}+$/u.test(word) ? 'mixed' : 'capital';
}

function gapOf(between: string): Token['gap'] {
  if (between === ' ' || /^[ \u00a0\u202f]{1,3}$/.test(between)) return 'space';
  if (/^\.[ \u00a0\u202f]{0,2}$/.test(between)) return 'point';
  if (between === '.-') return 'hyphen';
  if (between === "'" || between === '’') return 'apostrophe';
  return /^ ?[:=]\s{0,2}$/.test(between) ? 'colon' : 'break';
}
