// Finds communes by their names.

import { isAbroad, readArrondissement, readBeside } from './beside.ts';
import { type Cue, readCue } from './cues.ts';
import { type Commune, gazetteer } from './gazetteer.ts';
import { GAP, type NameWords } from './name-words.ts';
import { type Phrase, placesNamed } from './phrases.ts';
import { addFound, articleIn, listRole, type Scan } from './scan.ts';
import { readTown } from './town.ts';

/** A commune by its name, with the postal code, département or arrondissement beside it. Returns its last rank, or null. */
export function readCommune(scan: Scan, first: number, phrase: Phrase, communes: readonly Commune[]): number | null {
  const { words } = scan;
  const { name, last } = phrase;
  if (isArticled(words, first, phrase, communes[0]!)) return null;
  const beside = readBeside(words, first, last, communes);
  const district = readArrondissement(words, first, last);
  const cue = readCue(words, first);
  if (beside === null && isAbroad(words, first, last, name) && cue.kind !== 'town') return null;
  const arrondissement = district === null ? null : gazetteer().arrondissement(communes[0]!.code, district.rank);
  const list = listRole(scan, first);
  const reading = readTown(words, {
    name,
    first,
    last,
    cue: district !== null && district.first < first ? atDistrict(words, district.first, cue) : cue,
    population: standingOf(scan, name, communes),
    isArea: phrase.places.some(({ kind }) => kind === 'department' || kind === 'region'),
    isSettled: beside !== null,
    list,
    isShouting: scan.isShouting,
    address: beside?.rule !== 'postal-code' ? null : words.word(last + 1) === 'cedex' ? 'mention' : 'author',
  });
  if (reading === null) return null;
  const isDistrict = arrondissement !== null && district !== null;
  const span = {
    first: Math.min(beside?.first ?? first, isDistrict ? district.first : first),
    last: Math.max(beside?.last ?? last, isDistrict ? district.last : last),
  };
  return addFound(scan, span, {
    ...({ kind: 'commune', name, communes: beside?.communes ?? communes, beside: beside?.rule ?? null } as const),
    arrondissement,
    ...reading,
  });
}

/** People of the largest that bears the name; those nearby count ten times, those it only shortens a third. */
function standingOf({ local }: Scan, name: string, communes: readonly Commune[]): number {
  const whole = gazetteer().named(name).length;
  return communes.reduce((most, { department, population }, rank) => {
    const standing = population * (local.has(department) ? 10 : 1) * (rank < whole ? 1 : 0.3);
    return Math.max(most, standing);
  }, 0);
}

/** An article that is none of the name's: `la Vienne`, `la Marne`, `aux Landes`, `un Cognac` are no communes. */
function isArticled(words: NameWords, first: number, { name }: Phrase, { population }: Commune): boolean {
  const own = words.word(first);
  if (/^(?:le|la|les|l)$/.test(own)) {
    const inner = words.cases[first] === 0 ? (placesNamed(name.slice(own.length + 1)) ?? []) : [];
    return inner.some(({ kind }) => kind === 'department');
  }
  if (first === 0 || words.gaps[first - 1]! > GAP.apostrophe || !name.startsWith(own)) return false;
  const before = words.word(first - 1);
  const isArticle = /^(?:le|la|les|l|un|une)$/.test(before) && (words.cases[first - 1] === 0 || first === 1);
  return articleIn(words, first - 1) !== null || (isArticle && population < 20_000);
}

/** `la mairie du 12e arrondissement de Paris` is read from before the number. */
function atDistrict(words: NameWords, first: number, cue: Cue): Cue {
  const whole = readCue(words, first);
  return whole.kind === 'start' || whole.kind === 'veto' ? { ...cue, kind: 'of' } : whole;
}
