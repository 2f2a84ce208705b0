// What a token and those around it say about being a name; people.ts and titled.ts decide with it.

import { HONOUR, NAMED_AFTER, PARTICLE } from './cues.ts';
import { DOUBTFUL, FIRST, SURNAME, WORD } from './lexicon.ts';
import type { Token } from './tokens.ts';

const SUFFIXES =
  /(?:[ts]ions?|ements?|it[ée]s?|ismes?|istes?|iques?|aux|euse|euses|trices?|ables?|ibles?|ances?|ences?|ures|[ée]es|aient|erait|eront|erons|issons|ologies?|graphies?)$/u;

const ROMAN = /^[IVX]{1,5}$/;

/** True for a word that is nothing but a word: known as one, or formed as only words are. */
export function isPlainWord(token: Token): boolean {
  if ((token.bits & (FIRST | SURNAME)) !== 0) return false;
  if ((token.bits & WORD) !== 0 || (token.shape === 'upper' && ROMAN.test(token.text))) return true;
  return token.bits === 0 && token.text.length > 5 && SUFFIXES.test(token.lower);
}

/** True for a capitalised word of which nothing is known. */
export function isUnknown(token: Token): boolean {
  return (
    (token.shape === 'capital' || token.shape === 'upper') &&
    token.bits === 0 &&
    token.text.length > 1 &&
    !isPlainWord(token)
  );
}

export const isFirst = (token: Token) => (token.bits & FIRST) !== 0;
export const isSureFirst = (token: Token) => (token.bits & (FIRST | DOUBTFUL)) === FIRST;
export const isSurname = (token: Token) => (token.bits & SURNAME) !== 0;
/** A surname that is no word, place or first name. */
export const isSureSurname = (token: Token) => token.bits === SURNAME;

/** `cue`: one or several bits of `cuesOf`. */
export const says = (token: Token, cue: number) => (token.spelling.cues & cue) !== 0;

/** True where nothing parts this token from the one before: a space, or the point of an initial or a short title. */
export function isJoined(tokens: readonly Token[], index: number): boolean {
  const gap = tokens[index]?.gap;
  if (gap === 'space' || gap === 'hyphen') return true;
  if (gap === 'apostrophe') return tokens[index - 1]!.text.length === 1;
  return gap === 'point' && (tokens[index - 1]!.shape === 'initial' || tokens[index - 1]!.text.length <= 4);
}

/** Words in capitals around: the case says nothing here. */
export function isShouted(tokens: readonly Token[], index: number): boolean {
  let upper = 0;
  for (let at = Math.max(0, index - 4); at <= Math.min(tokens.length - 1, index + 4); at += 1) {
    const shape = tokens[at]!.shape;
    if (shape === 'lower' || shape === 'capital') return false;
    if (shape === 'upper') upper += 1;
  }
  return upper >= 5;
}

export function isParticle(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  return token.text.length <= 5 && says(token, PARTICLE);
}

/** Index of the name word at `index` or after the particles there; -1 where no name word follows. */
export function afterParticles(tokens: readonly Token[], index: number): number {
  for (let at = index; at < Math.min(tokens.length, index + 4); at += 1) {
    if (at > index && !isJoined(tokens, at)) return -1;
    if (
      tokens[at]!.shape !== 'lower' &&
      !(
        isParticle(tokens, at) &&
        tokens[at + 1] !== undefined &&
        isJoined(tokens, at + 1) &&
        tokens[at + 1]!.shape !== 'lower'
      )
    ) {
      return at;
    }
    if (!isParticle(tokens, at)) return -1;
  }
  return -1;
}

/** True where the words before make this a street, a school, a company, a law. */
export function isNamedAfter(tokens: readonly Token[], index: number): boolean {
  let at = index;
  for (let steps = 0; steps < 6 && at > 0; steps += 1) {
    const gap = tokens[at]!.gap;
    if (gap === 'break' || gap === 'colon' || (gap === 'point' && tokens[at - 1]!.text.length > 4)) return false;
    at -= 1;
    const token = tokens[at]!;
    if (says(token, NAMED_AFTER)) return true;
    const isPassed =
      isParticle(tokens, at) || says(token, HONOUR) || /^(?:au|aux|s|et)$/i.test(token.text) || token.shape !== 'lower';
    if (!isPassed) return false;
  }
  return false;
}
