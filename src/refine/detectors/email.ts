// Mail addresses, also spaced (`nom @ domaine . fr`), cut (`nom@gmail`) and spelled (`nom arobase domaine point fr`).

import { defineDetector, type Found } from '../detector.ts';

export default defineDetector({
  name: 'email',
  kinds: ['email'],
  form: true,
  gate: /@|arobas|[([{] ?at ?[)\]}]| at /i,
  examples: {
    found: [
      'Écrivez à ⟦email:lea.durand+ville@exemple.fr⟧.',
      'contact : ⟦email:lea.durand @ exemple . fr⟧ merci',
      'mon mail ⟦email:leadurand@gmail⟧ ou autre',
      '⟦email:lea point durand arobase orange point fr⟧',
      '⟦email:lea.durand (at) exemple (point) fr⟧',
      '⟦email:lea[at]exemple.org⟧, svp',
      '⟦email:élodie@mairie-exemple.fr⟧',
    ],
    spared: ['@media (max-width: 3em)', 'rendez-vous @ 10h', 'Looking at the point', '@mairie merci', 'prix @ 3.50'],
  },
  detect(text) {
    const found: Found[] = [];
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const span = around(text, at, at + 1);
      if (span !== undefined) found.push(span);
    }
    for (const cue of text.matchAll(SPELLED_AT)) {
      const span = spelled(text, cue.index, cue.index + cue[0].length);
      if (span !== undefined) found.push(span);
    }
    return found;
  },
});

// RFC 5321 allows 64 characters before the sign and 255 after it.
const LOCAL = /(?:^|[^\p{L}\p{N}._%+'-])([\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]{0,63})( {0,2})$/u;
const DOMAIN = /^ {0,2}((?:[\p{L}\p{N}-]{1,63}\.){1,6}\p{L}{2,24})(?![\p{L}\p{N}])/u;
const SPACED_DOMAIN =
  /^ {0,2}([\p{L}\p{N}-]{1,63}(?: {0,2}\. {0,2}[\p{L}\p{N}-]{1,63}){0,3} {0,2}\. {0,2}(?:fr|com|net|org|eu|info|be|ch|re|bzh|corsica|alsace|paris|gouv))(?![\p{L}\p{N}])/iu;
const PROVIDER =
  /^(g-?mail|hotmail|outlook|yahoo|ymail|orange|wanadoo|free|sfr|laposte|live|msn|icloud|bbox|numericable|aol|proton(?:mail)?)(?![\p{L}\p{N}])/iu;

function around(text: string, at: number, after: number): Found | undefined {
  const before = LOCAL.exec(text.slice(Math.max(0, at - 68), at));
  if (before === null) return undefined;
  const rest = text.slice(after, after + 260);
  const isTight = before[2] === '' && rest[0] !== ' ';
  const domain = DOMAIN.exec(rest) ?? SPACED_DOMAIN.exec(rest) ?? (isTight ? PROVIDER.exec(rest) : null);
  if (domain === null) return undefined;
  return { start: at - before[1]!.length - before[2]!.length, end: after + domain[0].length, kind: 'email' };
}

const SPELLED_AT = /\s{0,2}[([{] ?(?:at|arobase?|@) ?[)\]}]\s{0,2}|\s(?:arobase?|at)\s/gi;
const SPELLED_LOCAL =
  /(?:^|[^\p{L}\p{N}._-])((?:[\p{L}\p{N}_-]{1,40}(?:\.| ?[([] ?(?:point|dot) ?[)\]] ?| (?:point|dot|tiret|underscore) )){0,3}[\p{L}\p{N}_-]{1,40})$/iu;
const SPELLED_DOMAIN =
  /^([\p{L}\p{N}-]{1,40}(?:(?: ?\. ?| ?[([] ?(?:point|dot) ?[)\]] ?| (?:point|dot|tiret) )[\p{L}\p{N}-]{1,40}){0,2}(?: ?\. ?| ?[([] ?(?:point|dot) ?[)\]] ?| (?:point|dot) )(?:fr|com|net|org|eu|info|be|ch|re|bzh))(?![\p{L}\p{N}])/iu;

function spelled(text: string, at: number, after: number): Found | undefined {
  const domain = SPELLED_DOMAIN.exec(text.slice(after, after + 120));
  if (domain === null) return undefined;
  const before = SPELLED_LOCAL.exec(text.slice(Math.max(0, at - 120), at));
  if (before === null) return undefined;
  return { start: at - before[1]!.length, end: after + domain[0].length, kind: 'email' };
}
