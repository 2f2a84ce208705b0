// Decides which capitalised words are people. Evidence comes from the words before (a title, a kin word), from the
// lexicon, and from the way names are written: `Prénom NOM`, `NOM Prénom`, `J. Nom`. What is named after someone is not.

import { INTRODUCES, INTRODUCTION, NAMES, NAMING, TITLE } from './cues.ts';
import {
  afterParticles,
  isFirst,
  isJoined,
  isNamedAfter,
  isPlainWord,
  isShouted,
  isSureFirst,
  isSureSurname,
  isSurname,
  isUnknown,
  says,
} from './evidence.ts';
import { DOUBTFUL, FIRST, PLACE, SURNAME, WORD } from './lexicon.ts';
import { enumerated, fullName, type Person, titled } from './titled.ts';
import type { Token } from './tokens.ts';

/** Finds the people of a text among its tokens, in order, not overlapping. */
export function findPeople(text: string, tokens: readonly Token[]): readonly Person[] {
  const people: Person[] = [];
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index]!;
    const person =
      titled(tokens, index) ?? (token.shape === 'lower' ? lowerPair(tokens, index) : untitled(text, tokens, index));
    if (person !== undefined) {
      people.push(person);
      index = Math.max(index + 1, person.to);
      index = enumerated(tokens, people, person, index);
    } else index += 1;
  }
  return people;
}

/** `léa durand`: a first name and a surname that are nothing else, side by side in lower case. */
function lowerPair(tokens: readonly Token[], index: number): Person | undefined {
  if (tokens[index]!.spelling.bits !== FIRST) return undefined;
  const next = tokens[index + 1];
  if (next?.shape !== 'lower' || next.gap !== 'space' || next.text.length < 4 || tokens[index]!.text.length < 3)
    return undefined;
  return next.spelling.bits === SURNAME ? { from: index, to: index + 2, surname: index + 1 } : undefined;
}

/** A name that no title announces, starting at `index`. */
function untitled(text: string, tokens: readonly Token[], index: number): Person | undefined {
  const token = tokens[index]!;
  if (token.shape === 'mixed' || isPlainWord(token) || says(token, TITLE)) return undefined;
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
  const isListed =
    isSureSurname(family) || ((isSurname(family) || isSureFirst(family)) && hasPoint && !tokens[index]!.opens);
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
  if ((token.bits & PLACE) === 0 && isIntroduced(text, tokens, index)) return fullName(tokens, index, false);
  // `la Clairette`, `du Léman`: what has an article is a thing or a place.
  if (hasArticle(tokens, index)) return undefined;
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

/** True where what stands before says that a name follows; a word of no list needs to be named as such. */
function isIntroduced(text: string, tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  const isListed = isFirst(token) || isSureSurname(token);
  if (index === 0 || !says(tokens[index - 1]!, isListed ? INTRODUCES : NAMES)) return false;
  return (isListed ? INTRODUCTION : NAMING).test(text.slice(Math.max(0, token.start - 48), token.start));
}

const ARTICLE = /^(?:la|le|l|un|une|ce|cet|cette|du|au)$/;

function hasArticle(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined || tokens[index]!.gap === 'break' || !ARTICLE.test(before.lower)) return false;
  return before.shape === 'lower' || (before.opens && isFirst(tokens[index]!));
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
  const following = tokens[at + 1];
  // `ONPC Léa Durand`: capitals before a complete name are an acronym.
  const isComplete =
    following !== undefined &&
    isJoined(tokens, at + 1) &&
    (isUnknown(following) || (isSurname(following) && !isFirst(following)));
  if (isComplete && isUnknown(first) && at === index + 1) return undefined;
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
      const isGuess = isUnknown(family) && !isShouted(tokens, name);
      const isGiven = taken > 0 && isSureFirst(family) && family.shape === 'capital';
      if (
        !(isSurname(family) || isGuess || isGiven) ||
        isPlainWord(family) ||
        (family.gap === 'apostrophe' && name === to)
      )
        break;
      if (taken > 0 && (family.bits & (WORD | PLACE)) !== 0) break;
      isSure ||= isSureSurname(family) || isGiven || (family.shape === 'upper' && !isShouted(tokens, name));
      taken += 1;
    }
    to = name + 1;
  }
  const firsts = surname - index;
  if (to > surname) {
    // `France Télécom`, `Saint-Denis Nord`: a first name that is also a place needs a surname that is nothing else.
    const isCredible = isSureFirst(token) || isSure || (!token.opens && (token.bits & PLACE) === 0);
    return isCredible ? { from: index, to, surname } : undefined;
  }
  if (firsts > 1 && tokens.slice(index, surname).some(isSureFirst))
    return { from: index, to: surname, surname: surname - 1 };
  return undefined;
}

const isPlaceOnly = (token: Token) => (token.bits & DOUBTFUL) !== 0 && (token.bits & PLACE) !== 0;
