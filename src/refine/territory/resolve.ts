// Which of the places that bear a name is meant: each bearer is weighed by its people and by what else is known.

import type { PlaceRule } from '../../model/territory.ts';
import type { Found, FoundCommune } from './found.ts';
import type { Commune } from './gazetteer.ts';
import { gazetteer } from './gazetteer.ts';
import { foldName } from './name-words.ts';

/** What is known of where a text is from, besides its words. */
export interface Surroundings {
  /** Communes that the author's field allows; empty where it says none. */
  readonly fieldCommunes: ReadonlySet<string>;
  /** Département of the author's field, or null. */
  readonly fieldDepartment: string | null;
  /** Département of the source, or null. */
  readonly sourceDepartment: string | null;
}

/** What weighs for a bearer, strongest first; the name is the rule that decided. */
type Reason = Extract<
  PlaceRule,
  'field' | 'department-in-text' | 'place-in-text' | 'source' | 'region-in-text' | 'population'
>;

const WEIGHTS: Readonly<Record<Exclude<Reason, 'population'>, number>> = {
  field: 200,
  'department-in-text': 80,
  'place-in-text': 30,
  source: 60,
  'region-in-text': 10,
};

export interface Resolved {
  readonly commune: Commune | null;
  /** 0 to 1: share of the weight of all bearers that this one has; of the heaviest where none is chosen. */
  readonly share: number;
  readonly rule: PlaceRule;
  /** All bearers, heaviest first. */
  readonly bearers: readonly Commune[];
}

/** Share of the weight from which a bearer is believed to be the one. */
const ENOUGH = 0.8;
/** People added to each bearer, so that hamlets count for something. */
const SMALLEST = 100;
/** A text with nothing of overseas around it seldom speaks of the bearer overseas. */
const FAR = 0.2;
/** A part of a commune, or a commune called by the first word of its name. */
const PARTIAL = 0.3;

/** What the other names of a text say of where it is. */
export interface TextEvidence {
  readonly departments: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  /** Départements of communes that are named beyond doubt, and their EPCI. */
  readonly near: ReadonlySet<string>;
}

/** Gathers what names that have one bearer only, or are settled beside, say of the others. Pure. */
export function readEvidence(found: readonly Found[]): TextEvidence {
  const departments = new Set<string>();
  const regions = new Set<string>();
  const near = new Set<string>();
  for (const each of found) {
    if (each.kind === 'area') {
      if (each.place.kind === 'department') departments.add(each.place.code);
      if (each.place.kind === 'region') regions.add(each.place.code);
      if (each.place.kind === 'epci' && each.place.department !== null)
        near.add(each.place.department).add(each.place.code);
      continue;
    }
    const only = each.communes.length === 1 ? each.communes[0] : undefined;
    if (only === undefined) continue;
    (each.beside === null ? near : departments).add(only.department);
    if (only.epci !== null) near.add(only.epci);
  }
  return { departments, regions, near };
}

/** The bearer that is meant, or none where the weights do not tell. Pure. */
export function resolveCommune(found: FoundCommune, evidence: TextEvidence, around: Surroundings): Resolved {
  const { communes, beside, name } = found;
  if (communes.length === 1) {
    const commune = communes[0]!;
    const rule = beside ?? (isBearer(commune, name) ? 'only-bearer' : 'other-name');
    return { commune, share: rule === 'other-name' ? 0.85 : 1, rule, bearers: communes };
  }
  const weighed = communes
    .map((commune) => ({ commune, ...weigh(commune, name, { evidence, around }) }))
    .sort((a, b) => b.weight - a.weight || (a.commune.code < b.commune.code ? -1 : 1));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const first = weighed[0]!;
  const share = first.weight / total;
  const bearers = weighed.map(({ commune }) => commune);
  if (share < ENOUGH || (first.reason === 'population' && !isMajority(first.commune, communes)))
    return { commune: null, share, rule: 'ambigu', bearers };
  return { commune: first.commune, share, rule: beside ?? first.reason, bearers };
}

/** Overseas is far for most texts, but its people are as many: by people alone, a bearer needs half of them all. */
function isMajority({ population }: Commune, communes: readonly Commune[]): boolean {
  return population * 2 >= communes.reduce((sum, commune) => sum + commune.population, 0);
}

/** True where the name is the commune's whole present name; its article may be missing. */
function isBearer({ name }: Commune, folded: string): boolean {
  const own = foldName(name);
  return own === folded || own.replace(/^(?:le|la|les|l) /, '') === folded;
}

function weigh(
  commune: Commune,
  name: string,
  { evidence, around }: { readonly evidence: TextEvidence; readonly around: Surroundings },
): { weight: number; reason: Reason } {
  const { department, epci } = commune;
  const region = gazetteer().department(department)?.region ?? null;
  const reasons: Exclude<Reason, 'population'>[] = [];
  if (around.fieldCommunes.has(commune.code) || around.fieldDepartment === department) reasons.push('field');
  if (evidence.departments.has(department)) reasons.push('department-in-text');
  if (evidence.near.has(department) || (epci !== null && evidence.near.has(epci))) reasons.push('place-in-text');
  if (around.sourceDepartment === department) reasons.push('source');
  if (region !== null && evidence.regions.has(region)) reasons.push('region-in-text');
  let weight = commune.population + SMALLEST;
  for (const reason of reasons) weight *= WEIGHTS[reason];
  if (around.fieldCommunes.has(commune.code)) weight *= 10;
  if (epci !== null && evidence.near.has(epci)) weight *= 3;
  if (!isBearer(commune, name)) weight *= PARTIAL;
  if (reasons.length === 0 && department.length === 3) weight *= FAR;
  return { weight, reason: reasons[0] ?? 'population' };
}
