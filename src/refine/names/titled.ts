// Names that a title or a function announces: `M. Durand`, `Dr LEA DURAND`, `la maire Léa Durand`, `MM. Durand et Petit`.

import { FUNCTION, HONOUR, PLURAL, TITLE } from './cues.ts';
import {
  afterParticles,
  isFirst,
  isJoined,
  isNamedAfter,
  isParticle,
  isPlainWord,
  isShouted,
  isSureFirst,
  isSureSurname,
  isSurname,
  isUnknown,
  says,
} from './evidence.ts';
import { FIRST, PLACE, SURNAME, WORD } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** Tokens `from` to before `to` are one person's name; `surname` is where the family name starts, or -1. */
export interface Person {
  readonly from: number;
  readonly to: number;
  readonly surname: number;
}

/** The name that the title or function at `index` announces, if it does. */
export function titled(tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  if (!says(token, TITLE | FUNCTION)) return undefined;
  const isTitle =
    says(token, TITLE) &&
    !(token.text === 'm' && tokens[index + 1]?.gap !== 'point') &&
    !/^(?:me|ME)$/.test(token.text);
  const isFunction = !isTitle && says(token, FUNCTION);
  const next = tokens[index + 1];
  if (!(isTitle || isFunction) || next === undefined) return undefined;
  if (!isJoined(tokens, index + 1) && !(next.gap === 'colon' && index + 1 < tokens.length)) return undefined;
  if (says(token, HONOUR) && isNamedAfter(tokens, index)) return undefined;
  const from = index + 1;
  if (isTitle && next.shape === 'lower' && !isParticle(tokens, from)) return lowerTitled(tokens, index);
  const start = afterParticles(tokens, from);
  if (start < 0) return undefined;
  const first = tokens[start]!;
  // `Dr M BORATO`: after another title the letter is an initial.
  if ((says(first, TITLE) && !(isTitle && first.text === 'M' && token.text.length > 1)) || says(first, FUNCTION)) {
    return undefined;
  }
  const person = fullName(tokens, from, true);
  if (person === undefined) return undefined;
  const held = tokens.slice(from, person.to);
  // After a function, and after the bare letter M, an unknown word alone is not enough.
  const isWeak = isFunction || (token.text === 'M' && next.gap === 'space') || token.text === 'Me';
  const isCredible =
    held.some((each) => isSureFirst(each) || isSureSurname(each)) ||
    (held.length > 1 && held.some((each) => isFirst(each) || isSurname(each) || each.shape === 'initial'));
  const isShown =
    next.shape === 'upper' &&
    !isShouted(tokens, from) &&
    !isPlainWord(next) &&
    next.text.length > 3 &&
    (next.bits & PLACE) === 0;
  // `le gendarme Herbain`: a function in lower case, then one capitalised word that is no known word.
  const isNamedAlone = token.shape === 'lower' && held.length === 1 && isUnknown(next) && !next.opens;
  return isWeak && !isCredible && !isShown && !isNamedAlone ? undefined : person;
}

/** `mme martin`, `monsieur dupont`: a name of the lists after a title, all in lower case. */
function lowerTitled(tokens: readonly Token[], index: number): Person | undefined {
  if (!/^(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|dr|docteur)$/i.test(tokens[index]!.text)) return undefined;
  let to = index + 1;
  let surname = -1;
  while (to < Math.min(tokens.length, index + 4) && isJoined(tokens, to)) {
    const { bits } = tokens[to]!.spelling;
    if ((bits & (FIRST | SURNAME)) === 0 || ((bits & WORD) !== 0 && surname >= 0) || says(tokens[to]!, FUNCTION)) break;
    if ((bits & WORD) !== 0 && (bits & SURNAME) === 0) break;
    if ((bits & SURNAME) !== 0) surname = to;
    to += 1;
  }
  return to > index + 1 ? { from: index + 1, to, surname } : undefined;
}

/** Reads a name after a title: initials, first names, then one or two surnames with their particles. */
export function fullName(tokens: readonly Token[], from: number, mayBeUnknown: boolean): Person | undefined {
  let to = from;
  let surnames = 0;
  let surname = -1;
  let at = from;
  let isNamed = false;
  while (at < tokens.length && at < from + 9 && (at === from || isJoined(tokens, at))) {
    const name = afterParticles(tokens, at);
    if (name < 0) break;
    const token = tokens[name]!;
    if (token.shape === 'initial') {
      if (tokens[name + 1]?.gap === 'apostrophe' && surnames > 0) break;
      if (isNamed && tokens[name + 1] !== undefined && isJoined(tokens, name + 1) && surnames > 0) break;
    } else {
      if (isPlainWord(token) || says(token, FUNCTION) || (at > from && says(token, TITLE))) break;
      const isPlace = token.bits !== 0 && (token.bits & (FIRST | SURNAME)) === 0;
      if (isPlace && surnames > 0) break;
      if (token.shape === 'mixed' && !mayBeUnknown) break;
      if (surnames > 0 && (token.bits & WORD) !== 0 && !isSureFirst(token)) break;
      if (surnames > 0 && isShouted(tokens, name) && !isSureSurname(token)) break;
      if (surnames > 1) break;
      isNamed = true;
      if (!isFirst(token)) {
        if (surnames === 0) surname = at;
        surnames += 1;
      } else if (surnames > 0 && tokens[name - 1]!.shape === token.shape && surname >= 0 && name - from > 3) break;
    }
    at = name + 1;
    to = at;
  }
  if (!isNamed) return undefined;
  return { from, to, surname: surname >= 0 ? surname : to - 1 };
}

/** After a plural title further names follow: `MM. Durand, Petit et Le Goff`. */
export function enumerated(tokens: readonly Token[], people: Person[], person: Person, index: number): number {
  const title = tokens[person.from - 1];
  if (title === undefined || !says(title, PLURAL)) return index;
  let at = index;
  for (let count = 0; count < 30; count += 1) {
    const isAnd = tokens[at]?.shape === 'lower' && /^(?:et|ou)$/.test(tokens[at]!.text);
    const from = isAnd ? at + 1 : at;
    if (tokens[from] === undefined || tokens[from]!.opens || tokens[from]!.shape === 'lower') return at;
    const next = fullName(tokens, from, false);
    if (next === undefined) return at;
    people.push(next);
    at = next.to;
  }
  return at;
}
