// Communes, EPCI, départements and régions by code, postal code and name; read once per thread, when first asked for.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldName } from './name-words.ts';

export interface Commune {
  readonly kind: 'commune';
  /** INSEE code. */
  readonly code: string;
  readonly name: string;
  /** INSEE code of the département or collectivité. */
  readonly department: string;
  /** SIREN of its EPCI, or null. */
  readonly epci: string | null;
  /** Municipal population; 0 where it is not known. */
  readonly population: number;
}

export interface Epci {
  readonly kind: 'epci';
  /** SIREN. */
  readonly code: string;
  readonly name: string;
  /** `CC`, `CA`, `CU`, `METRO` or `MET69`. */
  readonly type: string;
  /** Département and région of its most populated commune. */
  department: string | null;
}

export interface Department {
  readonly kind: 'department';
  readonly code: string;
  readonly name: string;
  /** Null for the collectivités that are part of no région. */
  readonly region: string | null;
}

export interface Region {
  readonly kind: 'region';
  readonly code: string;
  readonly name: string;
}

export type Place = Commune | Epci | Department | Region;

export interface Gazetteer {
  /** Year of the Code officiel géographique. */
  readonly vintage: string;
  readonly communes: readonly Commune[];
  readonly epcis: readonly Epci[];
  readonly departments: readonly Department[];
  readonly regions: readonly Region[];
  /** The present commune of a code: its own, a former one, that of a part or of an arrondissement. */
  commune(code: string): Commune | undefined;
  epci(code: string): Epci | undefined;
  department(code: string): Department | undefined;
  region(code: string): Region | undefined;
  /** Communes served under a postal code, largest first. */
  atPostalCode(code: string): readonly Commune[];
  /** Communes that a folded name names, or had a part of that name; largest first. */
  named(folded: string): readonly Commune[];
  /** Folded names of communes and of their parts. */
  names(): IterableIterator<string>;
  /** Code of the arrondissement of this rank in a city (`75056`, 12), or null. */
  arrondissement(city: string, rank: number): string | null;
}

let loaded: Gazetteer | undefined;

/** The gazetteer of this thread. */
export function gazetteer(): Gazetteer {
  loaded ??= read(readFileSync(join(import.meta.dirname, 'gazetteer.txt'), 'utf8'));
  return loaded;
}

function read(text: string): Gazetteer {
  const tables = new Tables();
  for (const line of text.split('\n')) tables.add(line);
  return tables.finish();
}

/** One lifecycle: lines are added, then it is finished. */
class Tables {
  private vintage = '';
  private department = '';
  private readonly communes: Commune[] = [];
  private readonly epcis: Epci[] = [];
  private readonly largestMembers: number[] = [];
  private readonly regions = new Map<string, Region>();
  private readonly departments = new Map<string, Department>();
  private readonly byCode = new Map<string, Commune>();
  private readonly byName = new Map<string, Commune[]>();
  private readonly byPostalCode = new Map<string, Commune[]>();
  private readonly arrondissements = new Set<string>();
  /** Codes and names whose commune may come later. */
  private readonly parts: (readonly [commune: string, name: string | null, code: string | null])[] = [];

  add(line: string): void {
    const fields = line.split('|');
    const [first, second = '', third = '', fourth = ''] = fields;
    switch (first![0]) {
      case undefined:
      case '#':
        return;
      case 'V':
        this.vintage = second;
        return;
      case 'R':
        this.regions.set(second, { kind: 'region', code: second, name: third });
        return;
      case 'D': {
        const region = this.regions.has(fourth) ? fourth : null;
        this.departments.set(second, { kind: 'department', code: second, name: third, region });
        return;
      }
      case 'E':
        this.epcis.push({ kind: 'epci', code: second, name: third, type: fourth, department: null });
        return;
      case 'C':
        this.department = second;
        return;
      case '>':
        this.arrondissements.add(this.whole(second));
        this.parts.push([this.whole(first!.slice(1)), null, this.whole(second)]);
        for (const code of split(third)) this.addPostal(this.whole(code), this.byCode.get(this.whole(first!.slice(1))));
        return;
      case '<':
        this.parts.push([this.whole(first!.slice(1)), second, third === '' ? null : this.whole(third)]);
        return;
      default:
        this.addCommune(fields);
    }
  }

  finish(): Gazetteer {
    for (const [code, name, former] of this.parts) {
      const commune = this.byCode.get(code);
      if (commune === undefined) continue;
      if (former !== null && !this.byCode.has(former)) this.byCode.set(former, commune);
      if (name !== null) push(this.byName, foldName(name), commune);
    }
    const largestFirst = (a: Commune, b: Commune) => b.population - a.population || (a.code < b.code ? -1 : 1);
    for (const communes of this.byName.values()) if (communes.length > 1) communes.sort(largestFirst);
    for (const communes of this.byPostalCode.values()) if (communes.length > 1) communes.sort(largestFirst);
    const epciByCode = new Map(this.epcis.map((epci) => [epci.code, epci]));
    const { vintage, communes, epcis, departments, regions, byCode, byName, byPostalCode, arrondissements } = this;
    return {
      vintage,
      communes,
      epcis,
      departments: [...departments.values()],
      regions: [...regions.values()],
      commune: (code) => byCode.get(code),
      epci: (code) => epciByCode.get(code),
      department: (code) => departments.get(code),
      region: (code) => regions.get(code),
      atPostalCode: (code) => byPostalCode.get(code) ?? [],
      named: (folded) => byName.get(folded) ?? [],
      names: () => byName.keys(),
      arrondissement: (city, rank) => {
        const first = { '75056': 75100, '69123': 69380, '13055': 13200 }[city];
        const code = String((first ?? 0) + rank);
        return first !== undefined && arrondissements.has(code) ? code : null;
      },
    };
  }

  private addCommune([code, name, population, postal, epci, former]: readonly string[]): void {
    const commune: Commune = {
      kind: 'commune',
      code: this.whole(code!),
      name: name!,
      department: this.department,
      epci: epci ? this.epcis[Number(epci)]!.code : null,
      population: Number(population || 0),
    };
    this.communes.push(commune);
    if (epci) this.addMember(Number(epci), commune);
    this.byCode.set(commune.code, commune);
    push(this.byName, foldName(commune.name), commune);
    for (const part of split(postal)) this.addPostal(this.whole(part), commune);
    for (const part of split(former)) this.parts.push([commune.code, null, this.whole(part)]);
  }

  /** An EPCI lies where its most populated commune does. */
  private addMember(rank: number, { department, population }: Commune): void {
    const largest = this.largestMembers[rank] ?? -1;
    if (population <= largest) return;
    this.largestMembers[rank] = population;
    this.epcis[rank]!.department = department;
  }

  private addPostal(code: string, commune: Commune | undefined): void {
    if (commune !== undefined) push(this.byPostalCode, code, commune);
  }

  /** Codes are written without the département they begin with. */
  private whole(code: string): string {
    return code.length === 5 ? code : this.department + code;
  }
}

function split(list: string | undefined): readonly string[] {
  return list ? list.split(',') : [];
}

function push(index: Map<string, Commune[]>, key: string, commune: Commune): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [commune]);
  else if (!known.includes(commune)) known.push(commune);
}
