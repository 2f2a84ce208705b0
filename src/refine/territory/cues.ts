// What the words before a name say of it: what kind of thing it names, how strongly, and in which role.

import type { PlaceRole } from '../../model/territory.ts';
import { bitsOf, DOUBTFUL, FIRST } from '../names/lexicon.ts';
import {
  BUILDINGS,
  CIVILITIES,
  CLUBS,
  COMPARISONS,
  FIRST_PERSON,
  HOME_VERBS,
  INHABITANTS,
  JOURNEYS,
  LOCAL_NOUNS,
  NOBLES,
  PLACE_PREPOSITIONS,
  PREPOSITIONS,
  PRODUCTS,
  SIGNERS,
  TOWN_NOUNS,
  TREATIES,
  WAYS,
} from './cue-words.ts';
import { GAP, type NameWords } from './name-words.ts';

/**
 * `veto`: a person, way, club, product or treaty. `author` and `town`: nothing but a place can follow. `at`: a place of
 * any size probably follows. `of`: perhaps. `bare`: no preposition; `start`: nor a word before it in the sentence.
 */
export type CueKind = 'veto' | 'author' | 'town' | 'at' | 'of' | 'bare' | 'start';

export interface Cue {
  readonly kind: CueKind;
  /** Null where nothing but the default says it. */
  readonly role: PlaceRole | null;
  /** Rank of the first word of the cue that was used; the name's own where none. */
  readonly from: number;
}

const OF = new Set(['de', 'd', 'du', 'des']);
const AT = new Set(['a', 'au', 'aux']);

/** Reads the words before the one at `first`, in its sentence. Pure, never throws. */
export function readCue(words: NameWords, first: number): Cue {
  const before = first - 1;
  if (
    before >= 0 &&
    words.gaps[before] === GAP.comma &&
    ownRole(words, before) !== null &&
    TOWN_NOUNS.has(words.word(before))
  ) {
    return { kind: 'author', role: 'author', from: before };
  }
  if (before >= 0 && isAbbreviatedPerson(words, before)) return veto(before);
  if (before < 0 || words.gaps[before]! >= GAP.line) return { kind: 'start', role: null, from: first };
  const word = words.word(before);
  if (OF.has(word)) return cueOf(words, before);
  if (AT.has(word) && isPreposition(words, before)) return cueAt(words, before);
  if (CIVILITIES.has(word) || WAYS.has(word) || BUILDINGS.has(word)) return veto(before);
  if (CLUBS.has(word) && words.cases[before]! > 0) return veto(before);
  if (HOME_VERBS.has(word)) return { kind: 'author', role: homeRole(words, before), from: before };
  if (COMPARISONS.has(word)) return { kind: 'bare', role: 'mention', from: before };
  if (PLACE_PREPOSITIONS.has(word)) return cueAt(words, before);
  if (PREPOSITIONS.has(word)) return { ...cueAt(words, before), kind: 'of' };
  if (TOWN_NOUNS.has(word)) return { kind: 'town', role: ownRole(words, before), from: before };
  return { kind: 'bare', role: null, from: first };
}

/** `M. Paris`, `P. Dijon`: the full stop is of the abbreviation. */
function isAbbreviatedPerson(words: NameWords, rank: number): boolean {
  if (words.text.charCodeAt(words.ends[rank]!) !== 0x2e || words.starts[rank + 1]! - words.ends[rank]! > 3)
    return false;
  const word = words.word(rank);
  return words.cases[rank]! > 0 && (word.length === 1 || (word.length < 4 && CIVILITIES.has(word)));
}

/** `à`, and `a` where it is no verb: in capitals, or without accents after a verb of living. */
function isPreposition(words: NameWords, rank: number): boolean {
  if (words.word(rank) !== 'a') return true;
  const raw = words.text.slice(words.starts[rank], words.ends[rank]);
  return raw !== 'a' || rank === 0 || !isSubject(words.word(rank - 1));
}

function isSubject(word: string): boolean {
  return word === 'il' || word === 'elle' || word === 'on' || word === 'y' || word === 'qui' || word === 'n';
}

function cueOf(words: NameWords, of: number): Cue {
  const noun = words.word(of - 1);
  const joined = of > 0 && words.gaps[of - 1]! <= GAP.apostrophe;
  if (!joined) return { kind: 'of', role: journeyRole(words, of - 1), from: of };
  if (WAYS.has(noun) || PRODUCTS.has(noun) || TREATIES.has(noun) || NOBLES.has(noun)) return veto(of - 1);
  if (words.cases[of - 1] === 1 && words.word(of) === 'de' && isFirstName(noun)) return veto(of - 1);
  if (CLUBS.has(noun) && words.cases[of - 1]! > 0) return veto(of - 1);
  if (INHABITANTS.has(noun)) return { kind: 'author', role: inhabitantRole(words, of - 1), from: of - 1 };
  if (SIGNERS.has(noun) && isSigning(words, of - 1)) return { kind: 'author', role: 'author', from: of - 1 };
  if (noun === 'suis' || (noun === 'sommes' && words.word(of - 2) === 'nous')) {
    return { kind: 'author', role: 'author', from: of - 1 };
  }
  if (TOWN_NOUNS.has(noun)) return { kind: 'town', role: ownRole(words, of - 1), from: of - 1 };
  if (noun === 'ecris' || noun === 'ecrivons') return { kind: 'author', role: 'author', from: of - 1 };
  if (noun === 'voisins' || noun === 'voisines') return { kind: 'at', role: 'mention', from: of - 1 };
  if (noun === 'cour' || noun === 'appel') return { kind: 'at', role: 'mention', from: of - 1 };
  if (noun === 'pres' || noun === 'autour' || noun === 'cote' || noun === 'loin' || noun === 'proche') {
    return { kind: 'at', role: homeRoleOrNull(words, of - 1), from: of - 1 };
  }
  if (LOCAL_NOUNS.has(noun)) return { kind: 'at', role: workRole(words, of - 1), from: of - 1 };
  const role = COMPARISONS.has(noun) ? null : journeyRole(words, of - 1);
  return { kind: 'of', role, from: of };
}

function cueAt(words: NameWords, at: number): Cue {
  const joined = at > 0 && words.gaps[at - 1]! <= GAP.apostrophe;
  const verb = joined ? words.word(at - 1) : '';
  if (COMPARISONS.has(verb)) return { kind: 'at', role: 'mention', from: at };
  if (verb === 'fait' && at === 1 + startOf(words, at)) return { kind: 'author', role: 'author', from: at - 1 };
  if (verb === 'ici') return { kind: 'author', role: 'author', from: at - 1 };
  const chez = words.word(at - 2) === 'chez' && words.word(at - 1) === 'nous';
  if (chez) return { kind: 'author', role: 'author', from: at - 2 };
  for (let rank = at - 1; rank >= Math.max(0, at - 5) && words.gaps[rank]! <= GAP.apostrophe; rank -= 1) {
    const word = words.word(rank);
    if (HOME_VERBS.has(word)) return { kind: 'author', role: homeRole(words, rank), from: rank };
    if (word === 'base' || word === 'basee') return { kind: 'author', role: homeRole(words, rank), from: rank };
    if (word === 'suis' && words.word(rank - 1) === 'je' && SIGNERS.has(words.word(rank + 1))) {
      return { kind: 'author', role: 'author', from: rank };
    }
    if (word === 'ecris') return { kind: 'author', role: 'author', from: rank };
    if (JOURNEYS.has(word)) return { kind: 'at', role: 'mention', from: rank };
  }
  return { kind: 'at', role: words.word(at) === 'pour' ? 'mention' : null, from: at };
}

function isFirstName(word: string): boolean {
  const bits = bitsOf(word);
  return (bits & FIRST) !== 0 && (bits & DOUBTFUL) === 0;
}

function veto(from: number): Cue {
  return { kind: 'veto', role: null, from };
}

/** First word of the sentence that a rank is in, looking back a dozen words. */
export function startOf(words: NameWords, rank: number): number {
  let start = rank;
  while (start > 0 && rank - start < 14 && words.gaps[start - 1]! !== GAP.line && !isStop(words, start - 1)) start -= 1;
  return start;
}

function isStop(words: NameWords, rank: number): boolean {
  return words.gaps[rank] === GAP.other && /[.!?…]/.test(words.text.slice(words.ends[rank], words.starts[rank + 1]));
}

/** Who lives there: the writer, where the sentence says I or we, or starts with the verb. */
function homeRole(words: NameWords, verb: number): PlaceRole {
  const start = startOf(words, verb);
  let third = false;
  for (let rank = verb - 1; rank >= Math.max(start, verb - 6); rank -= 1) {
    const word = words.word(rank);
    if (FIRST_PERSON.has(word)) return 'author';
    if (word === 'il' || word === 'elle' || word === 'ils' || word === 'elles' || word === 'qui') third = true;
    if (word === 'mere' || word === 'fils' || word === 'fille' || word === 'cousine' || word === 'ami') third = true;
  }
  const form = words.word(verb);
  if (form === 'habitons' || form === 'vivons' || form === 'residons' || form === 'demeurons') return 'author';
  if (third) return 'mention';
  return verb - start <= 3 ? 'author' : 'mention';
}

function homeRoleOrNull(words: NameWords, rank: number): PlaceRole | null {
  for (let at = rank - 1; at >= Math.max(startOf(words, rank), rank - 7); at -= 1) {
    if (words.word(at) === 'installe' || words.word(at) === 'dit') return null;
  }
  return null;
}

/** `Habitant de` writes; `une habitante de` is somebody else; `les habitants de` are the matter. */
function inhabitantRole(words: NameWords, noun: number): PlaceRole {
  const before = noun > 0 && words.gaps[noun - 1]! <= GAP.apostrophe ? words.word(noun - 1) : '';
  if (before === 'les' || before === 'des' || before === 'aux' || before === 'nos') return 'subject';
  const isAlone = before === '' || before === 'suis' || before === 'que' || before === 'tant' || before === 'comme';
  if (isAlone) return 'author';
  if ((before === 'une' || before === 'un') && isSigning(words, noun)) return 'author';
  return 'mention';
}

/** True in what closes a letter, and where `je suis`, `nous sommes` or `en tant que` stands just before. */
function isSigning(words: NameWords, noun: number): boolean {
  const start = startOf(words, noun);
  if (noun - start <= 4 && words.count - noun <= 7) return true;
  for (let rank = noun - 1; rank >= Math.max(start, noun - 4); rank -= 1) {
    const word = words.word(rank);
    if (word === 'suis' || word === 'sommes' || word === 'tant') return true;
  }
  return noun === start || (noun - start === 1 && words.cases[noun]! > 0);
}

/** `ma commune, Vernon`: the writer's own. */
function ownRole(words: NameWords, noun: number): PlaceRole | null {
  const before = words.word(noun - 1);
  return before === 'ma' || before === 'mon' || before === 'notre' ? 'author' : null;
}

/** `infirmière à l'hôpital de Nevers`, where the writer says so of themself. */
function workRole(words: NameWords, noun: number): PlaceRole | null {
  const start = startOf(words, noun);
  for (let rank = noun - 1; rank >= Math.max(start, noun - 6); rank -= 1) {
    if (words.word(rank) === 'suis' && words.word(rank - 1) === 'je' && words.word(rank + 1) !== 'pour')
      return 'author';
  }
  return null;
}

function journeyRole(words: NameWords, rank: number): PlaceRole | null {
  for (let at = rank; at >= Math.max(0, rank - 2) && words.gaps[at]! <= GAP.apostrophe; at -= 1) {
    if (JOURNEYS.has(words.word(at))) return 'mention';
  }
  return null;
}
