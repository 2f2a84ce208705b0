// The territory that the words of a document speak of: the commune, or what the communes they name have in common.

import type { PlaceMention, PlaceRole, Territory } from '../../model/territory.ts';
import { gazetteer } from './gazetteer.ts';

/** How much a name weighs by its role; places that are only compared with weigh nothing. */
const ROLE_WEIGHTS: Readonly<Record<PlaceRole, number>> = { author: 1.5, subject: 1, mention: 0 };
const TITLE_WEIGHT = 2;
/** Names that are believed less do not decide. */
const LEAST_SCORE = 0.5;
/** A place is the one where the next weighs this many times less. */
const LEAD = 1.6;

/** Where a place lies; null where it is not known or is larger. */
interface Lying {
  readonly commune: string | null;
  readonly epci: string | null;
  readonly department: string | null;
  readonly region: string | null;
}

interface Contender {
  readonly lying: Lying;
  weight: number;
  /** The strongest of its mentions. */
  best: PlaceMention;
}

/** The territory that the mentions of a document have in common; null where they have none. Pure. */
export function primaryTerritory(mentions: readonly PlaceMention[]): Territory | null {
  const contenders = contendersOf(mentions);
  const top = contenders[0];
  if (top === undefined) return null;
  const rivals = contenders.filter(({ weight, lying }) => weight * LEAD > top.weight && !holds(lying, top.lying));
  if (rivals.length <= 1) {
    return { ...top.lying, role: top.best.role, score: top.best.score, rule: `text:${top.best.rule}`, candidates: [] };
  }
  const shared = rivals.map(({ lying }) => lying).reduce(common);
  if (shared.region === null && shared.department === null && shared.epci === null) return null;
  const score = Math.min(...rivals.map(({ best }) => best.score));
  const roles = new Set(rivals.map(({ best }) => best.role));
  return { ...shared, role: roles.size === 1 ? top.best.role : 'subject', score, rule: 'text:shared', candidates: [] };
}

/** Heaviest first; what is named first comes first among equals. */
function contendersOf(mentions: readonly PlaceMention[]): readonly Contender[] {
  const byPlace = new Map<string, Contender>();
  for (const mention of mentions) {
    const weight = mention.score * ROLE_WEIGHTS[mention.role] * (mention.at === 'title' ? TITLE_WEIGHT : 1);
    const lying = weight === 0 || mention.score < LEAST_SCORE ? null : lyingOf(mention);
    if (lying === null) continue;
    const key = JSON.stringify(lying);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { lying, weight, best: mention });
    else {
      known.weight += weight;
      if (mention.score > known.best.score) known.best = mention;
    }
  }
  const contenders = [...byPlace.values()];
  // What holds a place speaks for it: "à Gap, dans les Hautes-Alpes".
  const weights = contenders.map(({ lying, weight }) =>
    contenders.reduce(
      (sum, other) => (other.lying !== lying && holds(other.lying, lying) ? sum + other.weight : sum),
      weight,
    ),
  );
  contenders.forEach((contender, rank) => {
    contender.weight = weights[rank]!;
  });
  return contenders.sort((a, b) => b.weight - a.weight);
}

function lyingOf({ place, candidates }: PlaceMention): Lying | null {
  if (place !== null) return lyingOfPlace(place.kind, place.code);
  const lyings = candidates.map(({ kind, code }) => lyingOfPlace(kind, code)).filter((lying) => lying !== null);
  const shared = lyings.length > 0 && lyings.length === candidates.length ? lyings.reduce(common) : null;
  return shared === null || shared.region === null ? null : shared;
}

/** Where a place of the gazetteer lies; null for one that it does not hold. */
export function lyingOfPlace(kind: string, code: string): Lying | null {
  const places = gazetteer();
  switch (kind) {
    case 'commune':
    case 'arrondissement': {
      const commune = places.commune(code);
      if (commune === undefined) return null;
      const region = places.department(commune.department)?.region ?? null;
      return { commune: commune.code, epci: commune.epci, department: commune.department, region };
    }
    case 'epci': {
      const epci = places.epci(code);
      const department = epci?.department ?? null;
      const region = department === null ? null : (places.department(department)?.region ?? null);
      return epci === undefined ? null : { commune: null, epci: code, department, region };
    }
    case 'department': {
      const department = places.department(code);
      return department === undefined
        ? null
        : { commune: null, epci: null, department: code, region: department.region };
    }
    default:
      return places.region(code) === undefined ? null : { commune: null, epci: null, department: null, region: code };
  }
}

function common(a: Lying, b: Lying): Lying {
  const same = (one: string | null, other: string | null) => (one === other ? one : null);
  return {
    commune: same(a.commune, b.commune),
    epci: same(a.epci, b.epci),
    department: same(a.department, b.department),
    region: same(a.region, b.region),
  };
}

/** True where `whole` is larger than `part` and holds it. */
function holds(whole: Lying, part: Lying): boolean {
  if (whole.commune !== null || whole === part) return false;
  if (whole.epci !== null) return part.commune !== null && part.epci === whole.epci;
  if (whole.department !== null) {
    return part.department === whole.department && (part.commune !== null || part.epci !== null);
  }
  return whole.region !== null && part.region === whole.region && part.department !== null;
}
