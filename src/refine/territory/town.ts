// Whether a name of a commune means the commune: what the name can be besides, against what the words around say.

import type { PlaceRole } from '../../model/territory.ts';
import { bitsOf, DOUBTFUL, FIRST } from '../names/lexicon.ts';
import { CLUBS_AFTER, FIRST_PERSON, HOME_VERBS } from './cue-words.ts';
import type { Cue, CueKind } from './cues.ts';
import { type NameNature, natureOf } from './homonyms.ts';
import { GAP, type NameWords } from './name-words.ts';

export interface TownReading {
  readonly trust: number;
  readonly role: PlaceRole | null;
}

export interface TownContext {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly cue: Cue;
  /** People in the largest commune of that name. */
  readonly population: number;
  /** True where a département or région bears the name too. */
  readonly isArea: boolean;
  /** True where a postal code or département stands beside it. */
  readonly isSettled: boolean;
  /** Where the name continues a list of places: the role of the one before, else null. */
  readonly list: { readonly role: PlaceRole | null } | null;
  /** Role that an address gives it: its writer's, or an office's; null outside of addresses. */
  readonly address: PlaceRole | null;
  /** True where capitals are everywhere, and say nothing. */
  readonly isShouting: boolean;
}

/** How much each kind of cue says; a name is believed from `needOf` on. */
const STRENGTH: Readonly<Record<CueKind, number>> = { veto: 0, start: 0, bare: 1, of: 2, at: 3, town: 4, author: 4 };
const SETTLED = 5;
const LISTED = 3;
const TRUST = [0.6, 0.7, 0.8, 0.9, 0.95, 0.98] as const;
const DATIVES = new Set(
  'merci mercis parle parler parlons demande demander dit dire donne donner grace remercie ecrit repondu repond'.split(
    ' ',
  ),
);

/** How far the name is believed to name a commune here, and its role; null where it is not. Pure. */
export function readTown(words: NameWords, town: TownContext): TownReading | null {
  const nature = natureOf(town.name);
  const { cue, list, isSettled } = town;
  const dateline = isSettled ? null : readDateline(words, town, nature);
  let strength = isSettled ? SETTLED : list !== null ? Math.max(LISTED, STRENGTH[cue.kind]) : STRENGTH[cue.kind];
  if (dateline !== null) strength = Math.max(strength, LISTED);
  if (cue.kind === 'at' && DATIVES.has(words.word(cue.from - 1))) strength = 1;
  if (cue.kind === 'veto' && !isSettled) return null;
  if (isSettled === false && isPerson(words, town, nature)) return null;
  if (!isSettled && isPartOfCompound(words, town)) return null;
  const isCapital = !town.isShouting && isCapitalised(words, town, nature);
  const need = isCapital
    ? Math.max(needOf(nature, town.population), needOfHomonyms(town, nature))
    : lowerCaseNeedOf(nature, town.population);
  if (strength < need) return null;
  const listed = list !== null && cue.role === 'mention' ? list.role : cue.role;
  const role = dateline ?? readAfter(words, town.last) ?? listed ?? list?.role ?? null;
  return { trust: TRUST[strength]!, role: role ?? town.address };
}

/** Strength that a capitalised name needs. Large towns are named without more; a word of the language is not. */
function needOf(nature: NameNature, population: number): number {
  switch (nature) {
    case 'distinct':
      return 0;
    case 'saint':
      return population >= 100_000 ? 0 : population >= 20_000 ? 1 : 2;
    case 'plain':
      return population >= 10_000 ? 0 : population >= 5_000 ? 1 : population >= 2_500 ? 2 : 3;
    case 'surname':
      return population >= 100_000 ? 0 : population >= 30_000 ? 1 : 3;
    case 'first-name':
      return population >= 50_000 ? 2 : 4;
    case 'word':
      return population >= 40_000 ? 2 : population >= 1_000 ? 3 : 4;
  }
}

/** Two letters, and a word behind an article (`à l'Union`, `au Palais`), are seldom a town; `Mayenne` alone may be larger. */
function needOfHomonyms({ name, population, isArea }: TownContext, nature: NameNature): number {
  if (name.length < 3) return 4;
  if (isArea && name !== 'paris') return 3;
  return nature === 'word' && /^(?:le|la|les|l) /.test(name) && population < 30_000 ? 4 : 0;
}

/** Strength that a name without its capital needs. */
function lowerCaseNeedOf(nature: NameNature, population: number): number {
  switch (nature) {
    case 'distinct':
      return population >= 10_000 ? 1 : 3;
    case 'saint':
    case 'plain':
    case 'surname':
      return population >= 30_000 ? 3 : population >= 300 ? 4 : SETTLED;
    case 'first-name':
    case 'word':
      return population >= 20_000 ? 4 : SETTLED;
  }
}

/** The first telling word has its capital; all of them where each is a word of the language. */
function isCapitalised(words: NameWords, { first, last }: TownContext, nature: NameNature): boolean {
  let seen = 0;
  for (let rank = first; rank <= last; rank += 1) {
    const isLink = words.ends[rank]! - words.starts[rank]! <= 3 && words.cases[rank] === 0;
    if (rank === first && last > first && /^(?:le|la|les|l)$/.test(words.word(rank))) continue;
    if (words.cases[rank]! > 0) {
      seen += 1;
      if (nature !== 'word') return true;
    } else if (!isLink || seen === 0) return false;
  }
  return seen > 0;
}

/** `Saint-Brieuc où je vis`, `Annecy, où vit sa cousine`. */
function readAfter(words: NameWords, last: number): PlaceRole | null {
  if (words.word(last + 1) !== 'ou') return null;
  if (HOME_VERBS.has(words.word(last + 2))) return 'mention';
  return HOME_VERBS.has(words.word(last + 3)) ? (FIRST_PERSON.has(words.word(last + 2)) ? 'author' : 'mention') : null;
}

/** `Rouen : un an après`, `Figeac, le 12 septembre`: a text that opens by saying where it is. */
function readDateline(words: NameWords, { first, last }: TownContext, nature: NameNature): PlaceRole | null {
  if (first > 0 && words.gaps[first - 1] !== GAP.line) return null;
  if (last + 1 >= words.count || nature === 'word' || nature === 'first-name') return null;
  const between = words.text.slice(words.ends[last], words.starts[last + 1]);
  if (/^ ?: ?$| [–—-] /.test(between)) return 'subject';
  const isDated = between.startsWith(',') && words.word(last + 1) === 'le' && /^\d/.test(words.word(last + 2));
  return isDated ? 'author' : null;
}

/** `Jean Dijon`, `Nancy Pelosi`: a first name before, or a first name that a capitalised word follows. */
function isPerson(words: NameWords, { first, last, cue, list, population }: TownContext, nature: NameNature): boolean {
  const before = first - 1;
  const isBare = cue.kind === 'bare' && list === null && words.gaps[before] === GAP.blank;
  if (isBare && words.cases[before] === 1) {
    const bits = bitsOf(words.word(before));
    if ((bits & FIRST) !== 0 && (bits & DOUBTFUL) === 0) return true;
    if (population < 50_000 && nature !== 'distinct' && before > 0) return true;
  }
  const isFollowed = words.gaps[last] === GAP.blank && words.cases[last + 1] === 1;
  return (
    isFollowed && (nature === 'first-name' || (nature === 'surname' && population < 20_000 && cue.kind !== 'town'))
  );
}

/** `Villeneuve-Machin`, `Lyon HB`: the name goes on, or is a club's. */
function isPartOfCompound(words: NameWords, { first, last, population, list }: TownContext): boolean {
  if (words.gaps[last] === GAP.blank && CLUBS_AFTER.has(words.word(last + 1)) && words.cases[last + 1] === 2)
    return true;
  if (population >= 50_000) return false;
  const goesOn = words.gaps[last] === GAP.hyphen && words.cases[last + 1]! > 0;
  const isTail = first > 0 && words.gaps[first - 1] === GAP.hyphen && list === null;
  return goesOn || isTail;
}
