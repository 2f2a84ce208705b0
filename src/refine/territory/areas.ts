// Whether a name of a département, région or EPCI means it, and not a river, a mountain, a cheese or a town.

import type { PlaceRole } from '../../model/territory.ts';
import {
  COMPARISONS,
  DEPARTMENT_NOUNS,
  EPCI_NAMES,
  EPCI_NOUNS,
  PRODUCTS,
  REGION_NOUNS,
  RELIEF_WORDS,
  WATER_WORDS,
  WAYS,
} from './cue-words.ts';
import type { Department, Region } from './gazetteer.ts';
import { GAP, type NameWords } from './name-words.ts';

export interface AreaCue {
  readonly trust: number;
  readonly role: PlaceRole | null;
  /** Rank of the first word that was used. */
  readonly from: number;
}

/** Names that are first of all something else: they need `en`, `dans` or a word of administration. */
const ELSEWHERE = new Set(['loire', 'rhone', 'marne', 'nord', 'manche', 'lorraine']);
const ARTICLES = new Set(['le', 'la', 'l', 'les']);
const CONTRACTED = new Set(['du', 'des', 'au', 'aux']);
const NEAR = 7;

/** What says that the words from `first` to `last` name this area; null where nothing does. Pure. */
export function readAreaCue(words: NameWords, first: number, last: number, area: Department | Region): AreaCue | null {
  const name = words.word(last);
  const before = joinedWord(words, first - 1);
  const isContracted = CONTRACTED.has(before);
  const hasArticle = ARTICLES.has(before) || isContracted;
  const lead = ARTICLES.has(before) ? joinedWord(words, first - 2) : before;
  const leadRank = ARTICLES.has(before) ? first - 2 : first - 1;
  const role: PlaceRole | null =
    COMPARISONS.has(joinedWord(words, leadRank - 1)) || COMPARISONS.has(lead) ? 'mention' : null;
  if (before === 'en') return { trust: 0.95, role, from: first - 1 };
  const isOf = lead === 'de' || lead === 'd' || lead === 'du' || lead === 'des';
  const noun = isOf ? joinedWord(words, leadRank - 1) : '';
  if (WAYS.has(noun) || PRODUCTS.has(noun)) return null;
  const nouns = area.kind === 'region' ? REGION_NOUNS : DEPARTMENT_NOUNS;
  if (isOf && nouns.has(noun)) return { trust: 0.95, role, from: leadRank - 1 };
  if (nouns.has(lead) && !hasArticle) return { trust: 0.9, role, from: leadRank };
  const isNatural = isNear(words, first, last, WATER_WORDS) || isNear(words, first, last, RELIEF_WORDS);
  if (area.code === '977' || area.code === '978') {
    return noun === 'ile' || noun === 'collectivite' || lead === 'ile' ? { trust: 0.9, role, from: leadRank } : null;
  }
  if (lead === 'dans' && hasArticle) return isNatural ? null : { trust: 0.9, role, from: leadRank };
  if (first === last && ELSEWHERE.has(name)) return null;
  if (first !== last || area.kind === 'region' || isInsular(area)) return { trust: 0.9, role, from: first };
  if (isNatural || !hasArticle) return null;
  return { trust: 0.7, role, from: first };
}

/** Islands and overseas: nothing else bears the name of the département. */
function isInsular({ code, name }: Department | Region): boolean {
  return (code.length === 3 && !name.startsWith('Saint-')) || code === '2A' || code === '2B';
}

/** Rank of the noun that makes the words from `first` an EPCI (`communauté de communes du`, `CC`, `agglo de`), or null. */
export function epciNoun(words: NameWords, first: number): number | null {
  let rank = first - 1;
  for (let steps = 0; steps < 4; steps += 1) {
    const word = joinedWord(words, rank);
    const start = communityStart(words, rank);
    if (start !== null || EPCI_NOUNS.has(word)) return start ?? rank;
    if (word !== 'de' && word !== 'd' && word !== 'du' && word !== 'des' && !ARTICLES.has(word)) return null;
    rank -= 1;
  }
  return null;
}

/** `communauté de communes`, `communauté d'agglomération`, `communauté urbaine`: the rank of its first word, or null. */
function communityStart(words: NameWords, rank: number): number | null {
  const word = words.word(rank);
  const start = word === 'urbaine' ? rank - 1 : word === 'communes' || word === 'agglomeration' ? rank - 2 : -1;
  return words.word(start).startsWith('communaut') ? start : null;
}

/** True where the name itself says that it is an EPCI: `Rennes Métropole`, `Valence Romans Agglo`. */
export function saysEpci(name: string): boolean {
  return EPCI_NAMES.test(name);
}

/** The word at a rank where it belongs to the same phrase as the next one; else empty. */
function joinedWord(words: NameWords, rank: number): string {
  return rank >= 0 && words.gaps[rank]! <= GAP.apostrophe ? words.word(rank) : '';
}

function isNear(words: NameWords, first: number, last: number, wanted: ReadonlySet<string>): boolean {
  for (let rank = Math.max(0, first - NEAR); rank <= Math.min(words.count - 1, last + NEAR); rank += 1) {
    if ((rank < first || rank > last) && wanted.has(words.word(rank))) return true;
  }
  return false;
}
