// Decides which capitalised words are people. Evidence comes from the words before (a title, a kin word), from the
// lexicon, and from the way names are written: `Prénom NOM`, `NOM Prénom`, `J. Nom`. What is named after someone is not.

import { FUNCTIONS, HONOURS, INTRODUCTION, NAMED_AFTER, PARTICLES, PLURALS, TITLES } from './cues.ts';
import { bitsOf, DOUBTFUL, FIRST, PLACE, SURNAME, WORD } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** Tokens `from` to before `to` are one person's name; `surname` is where the family name starts, or -1. */
export interface Person {
  readonly from: number;
  readonly to: number;
  readonly surname: number;
}

/** Finds the people of a text among its tokens, in order, not overlapping. */
export function findPeople(text: string, tokens: readonly Token[]): readonly Person[] {
  const people: Person[] = [];
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index]!;
    const person = titled(tokens, index) ?? (token.shape === 'lower' ? undefined : untitled(text, tokens, index));
    if (person !== undefined) {
      people.push(person);
      index = Math.max(index + 1, person.to);
      index = enumerated(tokens, people, person, index);
    } else index += 1;
  }
  return people;
}

const SUFFIXES =
  /(?:[ts]ions?|ements?|it[ée]s?|ismes?|istes?|iques?|aux|euse|euses|trices?|ables?|ibles?|ances?|ences?|ures|[ée]es|aient|erait|eront|erons|issons|ologies?|graphies?)$/u;

/** True for a word that is nothing but a word: known as one, or formed as only words are. */
export function isPlainWord(token: Token): boolean {
  if ((token.bits & (FIRST | SURNAME)) !== 0) return false;
  if ((token.bits & WORD) !== 0) return true;
  return token.bits === 0 && token.text.length > 5 && SUFFIXES.test(token.lower);
}

/** True for a capitalised word of which nothing is known. */
function isUnknown(token: Token): boolean {
  return (
    (token.shape === 'capital' || token.shape === 'upper') &&
    token.bits === 0 &&
    token.text.length > 1 &&
    !isPlainWord(token)
  );
}

const isFirst = (token: Token) => (token.bits & FIRST) !== 0;
const isSureFirst = (token: Token) => (token.bits & (FIRST | DOUBTFUL)) === FIRST;
const isSurname = (token: Token) => (token.bits & SURNAME) !== 0;
/** A surname that is no word, place or first name. */
const isSureSurname = (token: Token) => token.bits === SURNAME;

const known = (set: ReadonlySet<string>, token: Token) => set.has(token.lower);

/** True where nothing parts this token from the one before: a space, or the point of an initial or a short title. */
function isJoined(tokens: readonly Token[], index: number): boolean {
  const gap = tokens[index]?.gap;
  if (gap === 'space' || gap === 'hyphen') return true;
  if (gap === 'apostrophe') return tokens[index - 1]!.text.length === 1;
  return gap === 'point' && (tokens[index - 1]!.shape === 'initial' || tokens[index - 1]!.text.length <= 4);
}

/** Words in capitals around: the case says nothing here. */
function isShouted(tokens: readonly Token[], index: number): boolean {
  let upper = 0;
  for (let at = Math.max(0, index - 4); at <= Math.min(tokens.length - 1, index + 4); at += 1) {
    const shape = tokens[at]!.shape;
    if (shape === 'lower' || shape === 'capital') return false;
    if (shape === 'upper') upper += 1;
  }
  return upper >= 5;
}

function isParticle(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  return token.text.length <= 5 && PARTICLES.has(token.lower);
}

/** Index of the name word at `index` or after the particles there; -1 where no name word follows. */
function afterParticles(tokens: readonly Token[], index: number): number {
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

/** `M. Durand`, `Dr LEA DURAND`, `la maire Léa Durand`. */
function titled(tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  const isTitle =
    known(TITLES, token) && !(token.text === 'm' && tokens[index + 1]?.gap !== 'point') && token.text !== 'me';
  const isFunction = !isTitle && known(FUNCTIONS, token);
  const next = tokens[index + 1];
  if (!(isTitle || isFunction) || next === undefined) return undefined;
  if (!isJoined(tokens, index + 1) && !(next.gap === 'colon' && index + 1 < tokens.length)) return undefined;
  if (known(HONOURS, token) && isNamedAfter(tokens, index)) return undefined;
  const from = index + 1;
  if (isTitle && next.shape === 'lower' && !isParticle(tokens, from)) return lowerTitled(tokens, index);
  const start = afterParticles(tokens, from);
  if (start < 0) return undefined;
  const first = tokens[start]!;
  if (known(TITLES, first) || known(FUNCTIONS, first)) return undefined;
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
  return isWeak && !isCredible && !isShown ? undefined : person;
}

/** `mme martin`, `monsieur dupont`: a name of the lists after a title, all in lower case. */
function lowerTitled(tokens: readonly Token[], index: number): Person | undefined {
  if (!/^(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|dr|docteur)$/i.test(tokens[index]!.text)) return undefined;
  let to = index + 1;
  let surname = -1;
  while (to < Math.min(tokens.length, index + 4) && isJoined(tokens, to)) {
    const bits = bitsOf(tokens[to]!.text);
    if ((bits & (FIRST | SURNAME)) === 0 || ((bits & WORD) !== 0 && surname >= 0) || known(FUNCTIONS, tokens[to]!))
      break;
    if ((bits & WORD) !== 0 && (bits & SURNAME) === 0) break;
    if ((bits & SURNAME) !== 0) surname = to;
    to += 1;
  }
  return to > index + 1 ? { from: index + 1, to, surname } : undefined;
}

/** Reads a name after a title: initials, first names, then one or two surnames with their particles. */
function fullName(tokens: readonly Token[], from: number, mayBeUnknown: boolean): Person | undefined {
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
      if (isPlainWord(token) || known(FUNCTIONS, token) || (at > from && known(TITLES, token))) break;
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

/** True where the words before make this a street, a school, a company, a law. */
function isNamedAfter(tokens: readonly Token[], index: number): boolean {
  let at = index;
  for (let steps = 0; steps < 6 && at > 0; steps += 1) {
    const gap = tokens[at]!.gap;
    if (gap === 'break' || gap === 'colon' || (gap === 'point' && tokens[at - 1]!.text.length > 4)) return false;
    at -= 1;
    const token = tokens[at]!;
    if (known(NAMED_AFTER, token)) return true;
    const isPassed =
      isParticle(tokens, at) ||
      known(HONOURS, token) ||
      /^(?:au|aux|s|et)$/i.test(token.text) ||
      token.shape !== 'lower';
    if (!isPassed) return false;
  }
  return false;
}

/** A name that no title announces, starting at `index`. */
function untitled(text: string, tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  if (token.shape === 'mixed' || isPlainWord(token) || known(TITLES, token)) return undefined;
  const mayBe = isFirst(token) || isSurname(token) || token.shape === 'initial' || isUnknown(token);
  if (!mayBe) return undefined;
  const person = token.shape === 'initial' ? initialled(tokens, index) : named(text, tokens, index);
  if (person === undefined || isNamedAfter(tokens, index)) return undefined;
  return person;
}

/** `J. Durand`, `Ph. ROCHE`, `R-L. BOULEVANT`. */
function initialled(tokens: readonly Token[], index: number): Person | undefined {
  let at = index + 1;
  while (at < Math.min(tokens.length, index + 3) && tokens[at]!.shape === 'initial' && isJoined(tokens, at)) at += 1;
  const next = tokens[at];
  if (next === undefined || !isJoined(tokens, at) || next.gap === 'apostrophe') return undefined;
  const name = afterParticles(tokens, at);
  if (name < 0) return undefined;
  const family = tokens[name]!;
  const hasPoint = tokens[index + 1]!.gap === 'point' || tokens[index + 1]!.gap === 'hyphen';
  const isListed = isSureSurname(family) || (isSurname(family) && hasPoint && !tokens[index]!.opens);
  const isGuess =
    isUnknown(family) && hasPoint && family.text.length > 2 && !(tokens[index]!.opens && family.shape === 'capital');
  if (!isListed && !isGuess) return undefined;
  let to = name + 1;
  if (
    tokens[to] !== undefined &&
    isJoined(tokens, to) &&
    (isSureSurname(tokens[to]!) ||
      (isUnknown(tokens[to]!) && family.shape === 'upper' && tokens[to]!.shape === 'upper'))
  )
    to += 1;
  return { from: index, to, surname: at };
}

/** Names that start with a first name, or a surname before first names, or stand alone. */
function named(text: string, tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  const head = familyFirst(tokens, index);
  if (head !== undefined) return head;
  if (isFirst(token)) {
    const rest = firstNameFirst(tokens, index);
    if (rest !== undefined) return rest;
  }
  const isIntroduced = INTRODUCTION.test(text.slice(Math.max(0, token.start - 48), token.start));
  if (isIntroduced && !(token.bits & PLACE)) return fullName(tokens, index, false);
  const isAlone = token.shape === 'capital' && token.text.length >= 4;
  if (isAlone && isSureFirst(token) && (token.bits & (WORD | PLACE)) === 0)
    return { from: index, to: index + 1, surname: -1 };
  if (isSureSurname(token) && token.text.length >= 5 && token.shape !== 'initial' && !isShouted(tokens, index)) {
    const second = tokens[index + 1];
    const isDouble = second !== undefined && isJoined(tokens, index + 1) && isSureSurname(second);
    return { from: index, to: index + (isDouble ? 2 : 1), surname: index };
  }
  return undefined;
}

/** `DURAND Léa`, `CHE GUEVARA Alexandre`, `Durand Léa`: family names, then first names. */
function familyFirst(tokens: readonly Token[], index: number): Person | undefined {
  const first = tokens[index]!;
  let at = index + 1;
  const isFamily = (token: Token) =>
    token.shape !== 'initial' && !isPlainWord(token) && (isUnknown(token) || isSurname(token));
  if (!isFamily(first)) return undefined;
  if (first.shape === 'upper') {
    while (
      at < Math.min(tokens.length, index + 3) &&
      tokens[at]!.shape === 'upper' &&
      isJoined(tokens, at) &&
      isFamily(tokens[at]!)
    )
      at += 1;
  }
  const given = tokens[at];
  if (given === undefined || !isJoined(tokens, at) || given.gap === 'apostrophe' || !isFirst(given)) return undefined;
  const isTold = first.shape === 'upper' && given.shape === 'capital';
  const isListed = isSureSurname(first) && (given.bits & (WORD | PLACE)) === 0;
  // `Groupe Pierre`: an unknown capitalised word before a first name is a surname only where nothing else can be.
  const isFollowed = tokens[at + 1] !== undefined && isJoined(tokens, at + 1) && tokens[at + 1]!.shape !== 'lower';
  const isGuess = first.shape === 'capital' && isUnknown(first) && !first.opens && isSureFirst(given) && !isFollowed;
  if (!isTold && !isListed && !isGuess) return undefined;
  let to = at + 1;
  while (
    to < Math.min(tokens.length, at + 3) &&
    isJoined(tokens, to) &&
    isFirst(tokens[to]!) &&
    tokens[to]!.shape === given.shape
  )
    to += 1;
  return { from: index, to, surname: index };
}

/** `Léa Durand`, `Jean-Pierre DE LA TOUR`, `Léa D.`: first names, then what can be a surname. */
function firstNameFirst(tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  let at = index + 1;
  while (
    at < Math.min(tokens.length, index + 4) &&
    isJoined(tokens, at) &&
    tokens[at]!.gap !== 'apostrophe' &&
    isFirst(tokens[at]!) &&
    !isPlaceOnly(tokens[at]!)
  )
    at += 1;
  const surname = at;
  let to = at;
  let isSure = false;
  let taken = 0;
  while (to < tokens.length && isJoined(tokens, to) && taken < 2) {
    const name = afterParticles(tokens, to);
    if (name < 0) break;
    const family = tokens[name]!;
    if (family.shape === 'initial') {
      if (taken > 0 || family.text.length > 2 || tokens[name + 1]?.gap === 'apostrophe') break;
      taken = 2;
    } else {
      const isDoubtful = !isSurname(family) && !(isUnknown(family) && !(taken > 0 && isShouted(tokens, name)));
      if (isDoubtful || isPlainWord(family) || (family.gap === 'apostrophe' && name === to)) break;
      if (taken > 0 && (family.bits & (WORD | PLACE)) !== 0) break;
      isSure ||= isSureSurname(family) || (family.shape === 'upper' && !isShouted(tokens, name));
      taken += 1;
    }
    to = name + 1;
  }
  const firsts = surname - index;
  if (to > surname) {
    const isCredible = isSureFirst(token) || isSure || !token.opens;
    return isCredible ? { from: index, to, surname } : undefined;
  }
  if (firsts > 1 && tokens.slice(index, surname).some(isSureFirst))
    return { from: index, to: surname, surname: surname - 1 };
  return undefined;
}

const isPlaceOnly = (token: Token) => (token.bits & DOUBTFUL) !== 0 && (token.bits & PLACE) !== 0;

/** After a plural title further names follow: `MM. Durand, Petit et Le Goff`. */
function enumerated(tokens: readonly Token[], people: Person[], person: Person, index: number): number {
  const title = tokens[person.from - 1];
  if (title === undefined || !known(PLURALS, title)) return index;
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
