// Finds the longest name of the gazetteer that begins at a word: a hash of words, then the spelling itself is compared.

import { type Commune, type Epci, gazetteer, type Place } from './gazetteer.ts';
import { natureOf, OTHER_NAMES, TITLES } from './homonyms.ts';
import { foldName, GAP, hashWord, joinHash, type NameWords } from './name-words.ts';

/** A name met in a text. */
export interface Phrase {
  /** Rank of its last word. */
  readonly last: number;
  /** The name as the gazetteer folds it. */
  readonly name: string;
  /** Every place of that name, communes first; empty for a title, which names no place. */
  readonly places: readonly Place[];
}

const PREFIX = 1;
const WHOLE = 2;
const LONGEST_NAME = 12;
const LE = hashWord('le');
const LES = hashWord('les');
/** People from which a commune is called by the first word of its name. */
const SMALLEST_SHORTENED = 2_000;

interface Index {
  readonly slots: HashSlots;
  readonly larger: ReadonlyMap<string, readonly Place[]>;
  /** Communes by the first word of their name. */
  readonly shorter: ReadonlyMap<string, readonly Commune[]>;
}

let built: Index | undefined;

/** The longest name that begins at a word, as if `article` stood before it (`au Havre` is `le` Havre); null where none. */
export function longestPhrase(words: NameWords, first: number, article: 'le' | 'les' | null): Phrase | null {
  const { slots } = index();
  let hash = article === null ? words.hashes[first]! : joinHash(article === 'le' ? LE : LES, words.hashes[first]!);
  let bits = slots.get(hash);
  if (bits === 0) return null;
  let last = first;
  let whole = (bits & WHOLE) === 0 ? -1 : last;
  const limit = Math.min(words.count - 1, first + LONGEST_NAME);
  while ((bits & PREFIX) !== 0 && last < limit && words.gaps[last]! <= GAP.apostrophe) {
    last += 1;
    hash = joinHash(hash, words.hashes[last]!);
    bits = slots.get(hash);
    if (bits === 0) break;
    if ((bits & WHOLE) !== 0) whole = last;
  }
  for (; whole >= first; whole -= 1) {
    const name = spelling(words, first, whole, article);
    const places = placesNamed(name);
    if (places !== null) return { last: whole, name, places };
  }
  return null;
}

function spelling(words: NameWords, first: number, last: number, article: string | null): string {
  let name = article === null ? words.word(first) : `${article} ${words.word(first)}`;
  for (let rank = first + 1; rank <= last; rank += 1) name += ` ${words.word(rank)}`;
  return name;
}

function index(): Index {
  built ??= build();
  return built;
}

/** Every place of a folded name, communes first, then those it shortens; empty for a title, null where there is none. */
export function placesNamed(name: string): readonly Place[] | null {
  const { larger, shorter } = index();
  const short = shorter.get(name);
  const whole = gazetteer().named(name);
  const communes = short === undefined ? whole : [...whole, ...short];
  const others = larger.get(name);
  if (others === undefined) return communes.length > 0 ? communes : null;
  return others.length === 0 || communes.length === 0 ? others : [...communes, ...others];
}

function build(): Index {
  const { communes, departments, regions, epcis, names, department, region } = gazetteer();
  const larger = new Map<string, Place[]>();
  const add = (name: string, place: Place | undefined): void => {
    const known = larger.get(name);
    if (place === undefined) return;
    if (known === undefined) larger.set(name, [place]);
    else if (!known.includes(place)) known.push(place);
  };
  for (const place of departments) add(foldName(place.name), place);
  for (const place of regions) {
    // Overseas, région and département are one territory: the département stands for both.
    if (!larger.has(foldName(place.name))) add(foldName(place.name), place);
  }
  for (const other of OTHER_NAMES) {
    add(other.name, other.kind === 'department' ? department(other.code) : region(other.code));
  }
  for (const place of epcis) for (const name of namesOf(place)) add(name, place);
  for (const title of TITLES) larger.set(title, []);
  const slots = new HashSlots();
  for (const name of names()) slots.addName(name);
  for (const name of larger.keys()) slots.addName(name);
  const shorter = shortNames(communes);
  for (const name of shorter.keys()) slots.addName(name);
  return { slots, larger, shorter };
}

/** `Clermont` for Clermont-Ferrand: the first word of a hyphenated name, where it is telling and long enough. */
function shortNames(communes: readonly Commune[]): ReadonlyMap<string, readonly Commune[]> {
  const shorter = new Map<string, Commune[]>();
  for (const commune of communes) {
    const hyphen = commune.name.indexOf('-');
    if (hyphen < 4 || commune.population < SMALLEST_SHORTENED) continue;
    const name = foldName(commune.name.slice(0, hyphen));
    if (name.includes(' ') || natureOf(name) === 'word' || /^sainte?s?$/.test(name)) continue;
    const known = shorter.get(name);
    if (known === undefined) shorter.set(name, [commune]);
    else known.push(commune);
  }
  return shorter;
}

/** Folded names of an EPCI without its kind: `CC de l'Oisans` is `oisans`, `Métropole d'Aix-Marseille-Provence` both. */
function namesOf({ name }: Epci): readonly string[] {
  const plain = foldName(name.replace(/\([^)]{0,60}\)/g, ' ').replace(/^C[CAU] /, ''));
  const bare = (folded: string) => folded.replace(/^(?:(?:de|du|des|d|la|le|les|l) ){1,3}/, '');
  const core = bare(plain);
  const inner = bare(core.replace(/^(?:euro)?metropole (?:europeenne )?(?=d)/, ''));
  // `CC du Val de Drôme en Biovallée` is said without where it is.
  const short = / .* en /.test(core) ? core.slice(0, core.indexOf(' en ')) : core;
  return [core, inner, short].filter((each, at, all) => each.length > 3 && all.indexOf(each) === at);
}

/** Bits by 32-bit hash, open addressing. */
class HashSlots {
  private readonly mask = 2 ** 18 - 1;
  private readonly keys = new Int32Array(this.mask + 1);
  private readonly bits = new Uint8Array(this.mask + 1);

  get(hash: number): number {
    let slot = Math.imul(hash, 0x9e3779b1) >>> 14;
    while (this.bits[slot] !== 0) {
      if (this.keys[slot] === hash) return this.bits[slot]!;
      slot = (slot + 1) & this.mask;
    }
    return 0;
  }

  addName(name: string): void {
    let hash = 0;
    let start = 0;
    while (start <= name.length) {
      const space = name.indexOf(' ', start);
      const end = space < 0 ? name.length : space;
      const word = hashWord(name.slice(start, end));
      hash = start === 0 ? word : joinHash(hash, word);
      this.set(hash, end === name.length ? WHOLE : PREFIX);
      start = end + 1;
    }
  }

  private set(hash: number, bit: number): void {
    let slot = Math.imul(hash, 0x9e3779b1) >>> 14;
    while (this.bits[slot] !== 0 && this.keys[slot] !== hash) slot = (slot + 1) & this.mask;
    this.keys[slot] = hash;
    this.bits[slot]! |= bit;
  }
}
