// Finds the names of places in a text: one pass over its words, the longest name first, each judged by what is around it.

import { readArea, readCentre, readEpci } from './area-mentions.ts';
import { epciNoun } from './areas.ts';
import { readCommune } from './commune-mentions.ts';
import type { Found } from './found.ts';
import type { Commune } from './gazetteer.ts';
import { GAP, type NameWords, readNameWords } from './name-words.ts';
import { readNumber } from './number-mentions.ts';
import { longestPhrase, type Phrase } from './phrases.ts';
import { articleIn, type Scan } from './scan.ts';

/** Marks of personal data, addresses of the web, accounts: what is inside them names no place. */
const OPAQUE = /\[[A-ZÉ][A-ZÉ ]{1,24} \d{1,6}\]|https?:\/\/\S{1,2000}|www\.\S{1,2000}|@\S{1,255}/g;
const LONGEST_ACCOUNT = 64;
/** More than any reader would look at. */
const MOST_FOUND = 200;

/**
 * Names of places in a text, in order, not overlapping, at most 200; offsets are UTF-16. `local` are the départements that
 * are known of it: a small commune of these is believed as a larger one is elsewhere. Pure, linear, never throws.
 */
export function findPlaces(text: string, local: ReadonlySet<string>): readonly Found[] {
  const words = readNameWords(text);
  const scan: Scan = { words, isShouting: isShouting(words), found: [], local, lastRank: -9 };
  const closed = opaqueSpans(text);
  let next = 0;
  for (let rank = 0; rank < words.count && scan.found.length < MOST_FOUND; ) {
    while (next < closed.length && closed[next]!.end <= words.starts[rank]!) next += 1;
    const isClosed = next < closed.length && closed[next]!.start < words.ends[rank]!;
    rank = isClosed ? rank + 1 : readAt(scan, rank);
  }
  return scan.found;
}

function opaqueSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  if (!/[[@]|www\.|:\/\//.test(text)) return [];
  return Array.from(text.matchAll(OPAQUE), (match) => {
    let start = match.index;
    const first = Math.max(0, start - LONGEST_ACCOUNT);
    // What stands before `@` is of the address too.
    if (match[0].startsWith('@')) while (start > first && !/\s/.test(text[start - 1]!)) start -= 1;
    return { start, end: match.index + match[0].length };
  });
}

/** Reads the names that begin at a rank; returns the rank to go on from. */
function readAt(scan: Scan, rank: number): number {
  const { words } = scan;
  const isNumber = words.text.charCodeAt(words.starts[rank]!) <= 0x39;
  if (isNumber) return readNumber(scan, rank);
  const plain = longestPhrase(words, rank, null);
  const article = rank > 0 && words.gaps[rank - 1] === GAP.blank ? articleIn(words, rank - 1) : null;
  const within = article === null ? null : longestPhrase(words, rank, article);
  if (plain === null && within === null) return rank + 1;
  const phrases = [within, plain].filter((phrase): phrase is Phrase => phrase !== null).sort((a, b) => b.last - a.last);
  for (const phrase of phrases) {
    const last = readEpci(scan, rank, phrase);
    if (last !== null) return last + 1;
  }
  for (const phrase of phrases) {
    if (phrase.places.length === 0) return phrase.last + 1;
    const last = readPhrase(scan, rank, phrase);
    if (last !== null) return last + 1;
  }
  // What is no place as a whole ("rue de Saint-Martin-d'Hères") is none in its parts either.
  return words.cases[rank]! > 0 ? phrases[0]!.last + 1 : rank + 1;
}

/** Last rank of what was found, or null where the phrase names no place here. */
function readPhrase(scan: Scan, first: number, phrase: Phrase): number | null {
  const communes = phrase.places.filter((place): place is Commune => place.kind === 'commune');
  const last = readArea(scan, first, phrase, communes);
  if (last !== null || communes.length === 0) return last;
  return epciNoun(scan.words, first) === null
    ? readCommune(scan, first, phrase, communes)
    : readCentre(scan, first, phrase, communes);
}

/** True where most words are in capitals. */
function isShouting(words: NameWords): boolean {
  let upper = 0;
  let long = 0;
  for (let rank = 0; rank < words.count; rank += 1) {
    if (words.ends[rank]! - words.starts[rank]! < 3) continue;
    long += 1;
    if (words.cases[rank] === 2) upper += 1;
  }
  return long >= 4 && upper * 2 > long;
}
