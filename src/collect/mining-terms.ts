// Text and data mining reserved by a site in /.well-known/tdmrep.json (TDM Reservation Protocol, W3C community group).

import { matchesPattern } from './path-pattern.ts';
import { pathOf } from './robots.ts';

export interface MiningRule {
  /** Path pattern, matched as in robots.txt. */
  readonly location: string;
  readonly reserved: boolean;
}

const MAXIMUM_RULES = 10_000;

/** The rules of a file in its order; null where it is none. Never throws on any text. */
export function parseMiningTerms(text: string): readonly MiningRule[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  return parsed.slice(0, MAXIMUM_RULES).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { location, 'tdm-reservation': reservation } = entry as Record<string, unknown>;
    return typeof location === 'string' ? [{ location, reserved: Number(reservation) === 1 }] : [];
  });
}

/** True where the first rule whose location matches reserves mining for this URL. */
export function isMiningReserved(rules: readonly MiningRule[], url: string): boolean {
  const path = pathOf(url);
  return rules.find(({ location }) => matchesPattern(location, path))?.reserved ?? false;
}
