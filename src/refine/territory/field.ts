// The territory that a field names: by postal code, INSEE code, number or name, whatever surrounds it.

import type { FieldRule } from '../../model/territory.ts';
import type { Commune } from './gazetteer.ts';
import { gazetteer } from './gazetteer.ts';
import { foldName } from './name-words.ts';
import { placesNamed } from './phrases.ts';

/** What a field says: the communes it allows (one where it is certain), and what they have in common. */
export interface FieldReading {
  /** Largest first; empty where only something larger is named. */
  readonly communes: readonly Commune[];
  readonly epci: string | null;
  readonly department: string | null;
  readonly region: string | null;
  readonly rule: FieldRule;
  readonly score: number;
}

const LONGEST_FIELD = 300;

/** Reads a field; null where it names no territory. Pure, never throws. */
export function readField(raw: string): FieldReading | null {
  const field = raw.trim();
  if (field === '' || field.length > LONGEST_FIELD) return null;
  return byCode(field) ?? byName(field);
}

function byCode(field: string): FieldReading | null {
  const upper = field.toUpperCase();
  const corsican = /(?:^|[^0-9A-Z])(2[AB]\d{3})(?![0-9A-Z])/.exec(upper)?.[1];
  if (corsican !== undefined) {
    const commune = gazetteer().commune(corsican);
    if (commune !== undefined) return ofCommunes([commune], 'commune-code', 0.98);
    return ofDepartment(corsican.slice(0, 2), 'commune-code');
  }
  const siren = /(?:^|\D)(2\d{8})(?!\d)/.exec(field)?.[1];
  const epci = siren === undefined ? undefined : gazetteer().epci(siren);
  if (epci !== undefined) return ofEpci(epci.code, 'epci-code');
  const five = /(?:^|[^0-9A-Z]|F-)(\d{2} ?\d{3})(?![0-9A-Z])/.exec(upper)?.[1]?.replace(' ', '');
  // Spreadsheets drop the first zero of a number.
  const postal = five ?? /^([1-9]\d{3})(?:\.0)?$/.exec(field)?.[1]?.padStart(5, '0');
  if (postal !== undefined) return byFiveDigits(postal, field);
  const number =
    /^(?:FR-|D)?(2[AB]|97[1-8]|98[4-9]|\d{1,2})(?:\.0)?$/.exec(upper)?.[1] ??
    /^(2[AB]|97[1-8]|98[4-9]|\d{2})\s?[-–:]\s?\D/.exec(upper)?.[1] ??
    /\(\s?(2[AB]|97[1-8]|98[4-9]|\d{2})\s?\)/.exec(upper)?.[1];
  if (number === undefined) return null;
  const department = number.padStart(2, '0');
  const named = communesIn(field, department);
  return named.length === 1 ? ofCommunes(named, 'commune-name', 0.97) : ofDepartment(department, 'department-code');
}

/**
 * Five digits are a postal code, or the INSEE code of a commune, which begins alike outside Corsica: where both exist and
 * differ, the name beside decides, and without it the postal code is believed, since people write that one.
 */
function byFiveDigits(code: string, field: string): FieldReading | null {
  const served = gazetteer().atPostalCode(code);
  const names = partsOf(field);
  const isNamed = (commune: Commune) => names.some((name) => isNameOf(name, commune));
  const named = served.filter(isNamed);
  if (named.length === 1) return ofCommunes(named, 'postal-code', 0.99);
  if (served.length > 0) return ofCommunes(served, 'postal-code', 0.97);
  const commune = gazetteer().commune(code);
  const department = departmentOf(code);
  const there = communesIn(field, department);
  const isCedex = /\bcedex\b/i.test(field) || (there.length === 1 && there[0] !== commune);
  if (commune !== undefined && !isCedex) return ofCommunes([commune], 'commune-code', 0.97);
  // CEDEX and special deliveries: the département is certain, and the commune where it is named.
  return there.length === 1 ? ofCommunes(there, 'postal-code', 0.97) : ofDepartment(department, 'postal-code');
}

function departmentOf(code: string): string {
  if (code.startsWith('20')) return /^20[01]/.test(code) ? '2A' : /^20[26]/.test(code) ? '2B' : '';
  return code.startsWith('97') || code.startsWith('98') ? code.slice(0, 3) : code.slice(0, 2);
}

function communesIn(field: string, department: string): readonly Commune[] {
  const communes = partsOf(field).flatMap((name) => gazetteer().named(name));
  return [...new Set(communes)].filter((commune) => commune.department === department);
}

/** The whole field, or one of its parts between commas, brackets, slashes and dashes. */
function byName(field: string): FieldReading | null {
  for (const name of partsOf(field)) {
    const reading = ofName(name);
    if (reading !== null) return reading;
  }
  return null;
}

/** Départements first: a column of territories holds those more often than the communes of the same name. */
function ofName(name: string): FieldReading | null {
  const bare = name.replace(/^(?:departement|region|commune|ville|mairie) (?:de la |de l |du |des |de |d )?/, '');
  const article = bare.replace(/^(?:la|le|les|l) /, '');
  for (const spelling of new Set([bare, article])) {
    const places = placesNamed(spelling) ?? [];
    const isTown = /^(?:commune|ville|mairie) /.test(name) || spelling === 'paris';
    const department = places.find(({ kind }) => kind === 'department');
    const communes = places.filter((place): place is Commune => place.kind === 'commune');
    if (department !== undefined && !isTown) return ofDepartment(department.code, 'department-name');
    const region = places.find(({ kind }) => kind === 'region');
    if (region !== undefined && !isTown) {
      return { communes: [], epci: null, department: null, region: region.code, rule: 'region-name', score: 0.95 };
    }
    if (communes.length > 0) return ofCommunes(communes, 'commune-name', 0.93);
  }
  const epci = placesNamed(withoutKind(bare))?.filter(({ kind }) => kind === 'epci') ?? [];
  return epci.length === 1 ? ofEpci(epci[0]!.code, 'epci-name') : null;
}

function withoutKind(name: string): string {
  return name
    .replace(/^(?:communaute (?:de communes|d agglomeration|urbaine)|cc|ca|cu|agglomeration|agglo|metropole) /, '')
    .replace(/^(?:(?:de|du|des|d|la|le|les|l) ){1,3}/, '');
}

function partsOf(field: string): readonly string[] {
  const parts = [field, ...field.split(/[,;/()[\]|:]|\s[-–—]\s|\d{5}/)].map((part) =>
    foldName(part).replace(/ cedex(?: \d{1,2})?$/, ''),
  );
  return [...new Set(parts)].filter((part) => part !== '');
}

function isNameOf(name: string, commune: Commune): boolean {
  const folded = foldName(commune.name);
  return (
    folded === name || folded.replace(/^(?:la|le|les|l) /, '') === name || gazetteer().named(name).includes(commune)
  );
}

function ofCommunes(communes: readonly Commune[], rule: FieldReading['rule'], score: number): FieldReading {
  const shared = <Value>(read: (commune: Commune) => Value): Value | null => {
    const [first, ...rest] = communes.map(read);
    return first !== undefined && rest.every((value) => value === first) ? first : null;
  };
  const department = shared((commune) => commune.department);
  const region = shared(({ department: code }) => gazetteer().department(code)?.region ?? null);
  return { communes, epci: shared(({ epci }) => epci), department, region, rule, score };
}

function ofDepartment(code: string, rule: FieldReading['rule']): FieldReading | null {
  const department = gazetteer().department(code);
  if (department === undefined) return null;
  return { communes: [], epci: null, department: code, region: department.region, rule, score: 0.97 };
}

function ofEpci(code: string, rule: FieldReading['rule']): FieldReading | null {
  const department = gazetteer().epci(code)?.department ?? null;
  const region = department === null ? null : (gazetteer().department(department)?.region ?? null);
  return { communes: [], epci: code, department, region, rule, score: 0.95 };
}
