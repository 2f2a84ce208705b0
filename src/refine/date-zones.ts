// Zones that French sources write in words: "heure de La Réunion", `[Europe/Paris]`. Their offset depends on the day.

import type { DateParts } from './date-parts.ts';

/** Folded names of places, as they follow "heure de", and their IANA zones. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/^(?:paris|la metropole|metropole|france|l'hexagone)$/, 'Europe/Paris'],
  [/^(?:la )?reunion$|^saint-denis$/, 'Indian/Reunion'],
  [/^mayotte$|^mamoudzou$/, 'Indian/Mayotte'],
  [/^(?:la )?guadeloupe$/, 'America/Guadeloupe'],
  [/^(?:la )?martinique$|^fort-de-france$/, 'America/Martinique'],
  [/^(?:la )?guyane$|^cayenne$/, 'America/Cayenne'],
  [/^(?:la )?polynesie(?: francaise)?$|^tahiti$|^papeete$/, 'Pacific/Tahiti'],
  [/^(?:la )?nouvelle-caledonie$|^noumea$/, 'Pacific/Noumea'],
  [/^wallis(?:-et-futuna)?$/, 'Pacific/Wallis'],
  [/^saint-pierre(?:-et-miquelon)?$/, 'America/Miquelon'],
  [/^bruxelles$/, 'Europe/Brussels'],
];

const NAMED = /[\s,]{0,3}\(?(?:heure|time) (?:de |d'|du |in )?(?<place>[a-z' -]{3,30}?)\)?$/;
const LOCAL = /[\s,]{0,3}\(?(?:heure locale|local time)\)?$/;
const IANA = /[\s,]{0,3}\[?(?<name>(?:europe|indian|america|pacific|atlantic|africa|asia)\/[a-z_]{3,30})\]?$/;

/** A folded field without the zone written at its end, and that zone's IANA name; null where it names none. */
export function splitZone(folded: string): { readonly rest: string; readonly zone: string | null } {
  const local = LOCAL.exec(folded);
  if (local !== null) return { rest: folded.slice(0, local.index), zone: null };
  const iana = IANA.exec(folded);
  if (iana !== null) return { rest: folded.slice(0, iana.index), zone: iana.groups!.name! };
  const named = NAMED.exec(folded);
  const place = PLACES.find(([pattern]) => pattern.test(named?.groups?.place ?? ''));
  return named === null || place === undefined
    ? { rest: folded, zone: null }
    : { rest: folded.slice(0, named.index), zone: place[1] };
}

/** The same time with the offset that clocks of the zone had; unchanged without an hour, or for a zone that is none. */
export function inZone(parts: DateParts, zone: string): DateParts {
  const { year, month, day, hour } = parts;
  if (month === undefined || day === undefined || hour === undefined || parts.offset !== undefined) return parts;
  const instant = Date.UTC(year, month - 1, day, hour, parts.minute ?? 0);
  const first = offsetAt(zone, instant);
  // The offset is that of the local time: near a change of clocks the first guess is of the wrong side.
  const offset = first === null ? null : offsetAt(zone, instant - first * 60_000);
  return offset === null ? parts : { ...parts, offset };
}

/** Minutes east of Greenwich at an instant, or null where there is no such zone. */
function offsetAt(zone: string, instant: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  } catch {
    return null;
  }
}
