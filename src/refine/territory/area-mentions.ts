// Finds départements, régions and EPCI by their names.

import { epciNoun, readAreaCue, saysEpci } from './areas.ts';
import { readCue } from './cues.ts';
import { type Commune, gazetteer, type Place } from './gazetteer.ts';
import { OTHER_NAMES } from './homonyms.ts';
import { GAP, type NameWords } from './name-words.ts';
import type { Phrase } from './phrases.ts';
import { addFound, articleIn, listRole, type Scan } from './scan.ts';

const FORMER = new Set(OTHER_NAMES.filter(({ former }) => former).map(({ name }) => name));

/** An EPCI by its name: `Rennes Métropole`, `la communauté de communes du Diois`. Returns its last rank, or null. */
export function readEpci(scan: Scan, first: number, phrase: Phrase): number | null {
  const { words } = scan;
  const named = phrase.places.filter((place) => place.kind === 'epci');
  const [place] = named;
  if (place === undefined || named.length > 1) return null;
  const noun = epciNoun(words, first);
  const isUpper = words.cases[phrase.last]! > 0 || words.cases[first]! > 0;
  if (!isUpper || (noun === null && !saysEpci(phrase.name))) return null;
  const role = readCue(words, noun ?? first).role;
  const span = { first: noun ?? first, last: phrase.last };
  return addFound(scan, span, { kind: 'area', place, rule: 'epci-name', trust: 0.95, role });
}

/** `L'agglomération de Rouen` is the EPCI of which Rouen is the centre. Returns its last rank, or null. */
export function readCentre(scan: Scan, first: number, phrase: Phrase, communes: readonly Commune[]): number | null {
  const { words } = scan;
  const noun = epciNoun(words, first);
  const town = communes[0];
  if (noun === null || town === undefined || town.epci === null || words.cases[phrase.last] === 0) return null;
  const role = readCue(words, noun).role;
  const epci = gazetteer().epci(town.epci);
  const isSaid = words.word(noun).startsWith('communaut') && communes.length === 1;
  if (epci === undefined || !(isSaid || (town.population >= 10_000 && epci.type !== 'CC'))) return null;
  const span = { first: noun, last: phrase.last };
  return addFound(scan, span, { kind: 'area', place: epci, rule: 'epci-of-town', trust: 0.8, role });
}

/** A département or région by its name. Returns its last rank, or null. */
export function readArea(scan: Scan, first: number, phrase: Phrase, communes: readonly Commune[]): number | null {
  const { words } = scan;
  const area = phrase.places.find((place) => place.kind === 'department' || place.kind === 'region');
  // Paris the département is Paris the commune.
  if (area === undefined || phrase.name === 'paris' || !isUpperArea(scan, first, phrase)) return null;
  // `La Réunion` holds its article; elsewhere it stands before the name.
  const inner = phrase.name.startsWith('la ') && words.word(first) === 'la' ? first + 1 : first;
  const cue = readAreaCue(words, inner, phrase.last, area);
  const listed = cue === null ? listRole(scan, first) : null;
  if (communes.length > 0) {
    // `Bretagne` and `Saint-Martin` are communes too: `à` is said of those.
    const isFar = isOverseas(area) && area.code < '977';
    if (cue === null ? !isOverseas(area) || !saysOverseas(scan) : !isFar && cue.from === inner && isAt(words, first)) {
      return null;
    }
  }
  if (cue === null && listed === null && !isOverseas(area)) return null;
  const rule = FORMER.has(phrase.name) ? 'former-region' : 'area-name';
  const role = cue?.role ?? listed?.role ?? null;
  const span = { first: inner, last: phrase.last };
  return addFound(scan, span, { kind: 'area', place: area, rule, trust: cue?.trust ?? 0.6, role });
}

function isAt(words: NameWords, first: number): boolean {
  return readCue(words, first).kind === 'at' && articleIn(words, first - 1) === null;
}

function saysOverseas({ found }: Scan): boolean {
  return found.some((each) => each.kind === 'area' && isOverseas(each.place));
}

function isOverseas(place: Place): boolean {
  return place.kind === 'department' && place.code.length === 3;
}

/** Capitals as the name has them; `grand est` without them is no région. */
function isUpperArea({ words }: Scan, first: number, { last, name }: Phrase): boolean {
  let telling = 0;
  for (let rank = first; rank <= last; rank += 1) {
    const isLink = words.ends[rank]! - words.starts[rank]! <= 3 && rank !== last;
    if (words.cases[rank]! > 0) telling += 1;
    else if (!isLink && name === 'grand est') return false;
    else if (!isLink && words.gaps[rank - 1] !== GAP.hyphen) return false;
  }
  return telling > 0;
}
