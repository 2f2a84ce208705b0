// Places looked for by name or code, as people type them: without accents nor case, the most likely first.

import type { PlaceCode } from '../../model/territory.ts';
import { gazetteer, type Place } from './gazetteer.ts';
import { foldName } from './name-words.ts';

export interface FoundPlace extends PlaceCode {
  readonly name: string;
  /** What it lies in, for people to tell homonyms apart; null for a région. */
  readonly within: string | null;
}

/** Larger places first among those that are named alike. */
const KIND_WEIGHT: Readonly<Record<Place['kind'], number>> = { region: 4e6, department: 2e6, epci: 3e4, commune: 0 };
const EXACT = 1e12;
const PREFIX = 1e9;
const WORD = 1e7;

let names: readonly (readonly [folded: string, place: Place])[] | undefined;

/** At most `limit` places; none for a question of less than two letters. Pure. */
export function searchPlaces(question: string, limit: number): readonly FoundPlace[] {
  const asked = foldName(question);
  if (asked.length < 2) return [];
  names ??= namesOfAll();
  const hits: { readonly place: Place; readonly weight: number }[] = [];
  for (const [folded, place] of names) {
    const weight = weigh(asked, folded, place);
    if (weight > 0) hits.push({ place, weight });
  }
  return hits
    .sort((a, b) => b.weight - a.weight || (a.place.code < b.place.code ? -1 : 1))
    .slice(0, limit)
    .map(({ place }) => ({ kind: place.kind, code: place.code, name: place.name, within: withinOf(place) }));
}

function namesOfAll() {
  const { communes, epcis, departments, regions } = gazetteer();
  const all: readonly Place[] = [...regions, ...departments, ...epcis, ...communes];
  return all.map((place) => [foldName(place.name), place] as const);
}

function weigh(asked: string, folded: string, place: Place): number {
  const size = (place.kind === 'commune' ? place.population : 0) + KIND_WEIGHT[place.kind] + 1;
  const isServed = place.kind === 'commune' && gazetteer().atPostalCode(asked).includes(place);
  if (folded === asked || place.code.toLowerCase() === asked || isServed) return EXACT + size;
  if (folded.startsWith(asked)) return PREFIX + size;
  return ` ${folded}`.includes(` ${asked}`) ? WORD + size : 0;
}

function withinOf(place: Place): string | null {
  const places = gazetteer();
  const departmentOf = (code: string | null) => (code === null ? null : (places.department(code)?.name ?? null));
  switch (place.kind) {
    case 'commune':
    case 'epci':
      return departmentOf(place.department);
    case 'department':
      return place.region === null ? null : (places.region(place.region)?.name ?? null);
    case 'region':
      return null;
  }
}
