// What stands right beside a name and settles which place it is: a postal code, `(38)`, `(Isère)`, `, en Espagne`.

import { UNITS } from './cue-words.ts';
import { type Commune, gazetteer } from './gazetteer.ts';
import { ABROAD, COUNTRIES } from './homonyms.ts';
import { GAP, type NameWords } from './name-words.ts';
import { longestPhrase } from './phrases.ts';

export interface Beside {
  /** Communes of that name that agree. */
  readonly communes: readonly Commune[];
  readonly rule: 'postal-code' | 'department-beside';
  /** Ranks that were used up. */
  readonly first: number;
  readonly last: number;
}

/** The communes that a postal code before or a département after the name leave; null where neither is there. Pure. */
export function readBeside(words: NameWords, first: number, last: number, named: readonly Commune[]): Beside | null {
  const postal =
    words.gaps[first - 1] === GAP.blank || words.gaps[first - 1] === GAP.hyphen ? words.word(first - 1) : '';
  if (/^\d{5}$/.test(postal)) {
    const communes = besidePostalCode(postal, named);
    if (communes.length > 0) return { communes, rule: 'postal-code', first: first - 1, last };
  }
  const next = last + 1;
  if (next >= words.count) return null;
  const between = words.text.slice(words.ends[last], words.starts[next]);
  if (!/^ {0,2}[(,[] ?$/.test(between)) return null;
  const isBracket = !between.includes(',');
  const word = words.word(next);
  const code = word.toUpperCase();
  if (isBracket && /^\d{5}$/.test(word)) {
    const communes = besidePostalCode(word, named);
    return communes.length === 0 ? null : { communes, rule: 'postal-code', first, last: next };
  }
  if (isBracket && gazetteer().department(code) !== undefined) {
    return inDepartment(named, code, first, next);
  }
  const phrase = longestPhrase(words, next, null) ?? longestPhrase(words, next, 'le');
  const department = phrase?.places.find(({ kind }) => kind === 'department');
  if (phrase === null || department === undefined || words.cases[phrase.last] === 0) return null;
  const closes = isBracket ? words.text[words.ends[phrase.last]!] === ')' : true;
  return closes ? inDepartment(named, department.code, first, phrase.last) : null;
}

function besidePostalCode(postal: string, named: readonly Commune[]): readonly Commune[] {
  const served = gazetteer().atPostalCode(postal);
  const agreed = named.filter((commune) => served.includes(commune));
  if (agreed.length > 0) return agreed;
  // A CEDEX is no postal code of a commune: its first digits are the département's.
  return served.length > 0 ? [] : named.filter(({ department }) => postal.startsWith(department.replace(/[AB]/, '0')));
}

function inDepartment(named: readonly Commune[], code: string, first: number, last: number): Beside | null {
  const communes = named.filter(({ department }) => department === code);
  return communes.length === 0 ? null : { communes, rule: 'department-beside', first, last };
}

/** True where the words around say that a place of this name abroad is meant. Pure. */
export function isAbroad(words: NameWords, first: number, last: number, name: string): boolean {
  let next = last + 1;
  if (next < words.count) {
    const between = words.text.slice(words.ends[last], words.starts[next]);
    if (/^,? ?\(?$/.test(between)) {
      if (/^(?:en|au|aux)$/.test(words.word(next))) next += 1;
      else if (/^ ?$/.test(between)) next = words.count;
      if (COUNTRIES.has(words.word(next)) && words.cases[next]! > 0) return true;
    }
  }
  const abroad = ABROAD.get(name);
  if (abroad === undefined) return false;
  if (abroad.first) return true;
  for (let rank = Math.max(0, first - 40); rank < Math.min(words.count, last + 40); rank += 1) {
    if (abroad.words.has(words.word(rank))) return true;
  }
  return false;
}

/** `Paris 12e`, `12e arrondissement de Paris`: the rank and the words used; null where there is none. Pure. */
export function readArrondissement(
  words: NameWords,
  first: number,
  last: number,
): { readonly rank: number; readonly first: number; readonly last: number } | null {
  const next = words.gaps[last] === GAP.blank ? words.word(last + 1) : '';
  const after = /^(\d{1,2})(er|e|eme|ieme)?$/.exec(next);
  if (after !== null) {
    const isWhole = words.gaps[last + 1] === GAP.blank && words.word(last + 2) === 'arrondissement';
    const isCounted = words.gaps[last + 1]! <= GAP.apostrophe && UNITS.has(words.word(last + 2));
    if (after[2] !== undefined || isWhole || !isCounted) {
      return { rank: Number(after[1]), first, last: isWhole ? last + 2 : last + 1 };
    }
  }
  if (/^(?:de|d)$/.test(words.word(first - 1)) && words.word(first - 2) === 'arrondissement') {
    const before = /^(\d{1,2})(?:er|e|eme|ieme)?$/.exec(words.word(first - 3));
    if (before !== null) return { rank: Number(before[1]), first: first - 3, last };
  }
  return null;
}
