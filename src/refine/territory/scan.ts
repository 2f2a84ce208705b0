// One reading of a text for its places: what was found so far, and how a place is added to it.

import type { PlaceRole } from '../../model/territory.ts';
import type { Found, FoundArea, FoundCommune } from './found.ts';
import { GAP, hashWord, type NameWords } from './name-words.ts';

export interface Scan {
  readonly words: NameWords;
  /** True where most words are in capitals, which then say nothing. */
  readonly isShouting: boolean;
  readonly found: Found[];
  /** Départements that the field and the source name. */
  readonly local: ReadonlySet<string>;
  /** Rank of the last word of the place found last; far below 0 where none was. */
  lastRank: number;
}

export interface RankSpan {
  readonly first: number;
  readonly last: number;
}

type WithoutOffsets<Each> = Omit<Each, 'start' | 'end'>;

/** Adds a place at its words; words that the place before used up are left to it. Returns the rank of its last word. */
export function addFound(
  scan: Scan,
  { first, last }: RankSpan,
  found: WithoutOffsets<FoundArea> | WithoutOffsets<FoundCommune>,
): number {
  const { words } = scan;
  const start = words.starts[Math.max(first, scan.lastRank + 1)]!;
  scan.found.push({ ...found, start, end: words.ends[last]! });
  scan.lastRank = last;
  return last;
}

const CONTRACTIONS: ReadonlyMap<number, 'le' | 'les'> = new Map(
  (['au le', 'du le', 'aux les', 'des les'] as const).map((pair) => {
    const [word, article] = pair.split(' ') as [string, 'le' | 'les'];
    return [hashWord(word), article] as const;
  }),
);

/** The article that the word at a rank holds: `au` and `du` are `le`, `aux` and `des` are `les`; else null. */
export function articleIn(words: NameWords, rank: number): 'le' | 'les' | null {
  return rank < 0 ? null : (CONTRACTIONS.get(words.hashes[rank]!) ?? null);
}

const LINKS = new Set('et ou ni puis a au comme'.split(' '));
const SMALL = new Set('a au aux de d du des en la le les l et dans'.split(' '));

/** Role of the place before, where the name continues a list with it: `Calais et Boulogne`, `de Gap à Briançon`; else null. */
export function listRole({ words, found, lastRank }: Scan, first: number): { readonly role: PlaceRole | null } | null {
  const previous = found.at(-1);
  const between = first - lastRank - 1;
  if (previous === undefined || between > 3 || lastRank < 0) return null;
  const role = { role: previous.role };
  const gap = words.gaps[lastRank]!;
  if (between === 0) return gap === GAP.comma || gap === GAP.hyphen ? role : null;
  const link = words.word(lastRank + 1);
  const isLink = LINKS.has(link);
  if (!isLink && gap !== GAP.comma) return null;
  for (let rank = lastRank + (isLink ? 2 : 1); rank < first; rank += 1) {
    if (!SMALL.has(words.word(rank))) return null;
  }
  return role;
}
