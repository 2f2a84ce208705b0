// Which rows of the Global Knowledge Graph a source keeps: all that are asked must hold, one of each list is enough.

import { type GkgCells, gkgText, languageOf, placesOf, themesOf } from './gkg-row.ts';

export interface GkgWanted {
  readonly languages?: readonly string[] | undefined;
  /** `.fr`, `ouest-france.example`. */
  readonly domains?: readonly string[] | undefined;
  /** FIPS 10-4 country (`FR`), or country and region (`FRB9`). */
  readonly places?: readonly string[] | undefined;
  /** A theme, or its beginning with `*`. */
  readonly themes?: readonly string[] | undefined;
  /** First and last day, ISO 8601. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Tells whether a row is kept, looking at no more columns than it must. */
export function gkgFilter(wanted: GkgWanted): (cells: GkgCells) => boolean {
  const { languages, domains, places, themes, since, until } = wanted;
  const tests: ((cells: GkgCells) => boolean)[] = [];
  if (since ?? until) {
    const [from, to] = [since ?? '', until ?? '9'].map((date) => date.replaceAll('-', '')) as [string, string];
    tests.push((cells) => {
      const day = gkgText(cells, 'V2.1DATE').slice(0, 8);
      return day >= from && day <= to;
    });
  }
  if (languages) {
    const known = new Set(languages);
    tests.push((cells) => known.has(languageOf(gkgText(cells, 'V2.1TRANSLATIONINFO'))));
  }
  if (domains) {
    const ends = domains.map((domain) => `.${domain.toLowerCase().replace(/^\./, '')}`);
    tests.push((cells) => {
      const host = `.${gkgText(cells, 'V2SOURCECOMMONNAME').toLowerCase()}`;
      return ends.some((end) => host.endsWith(end));
    });
  }
  if (places) tests.push((cells) => adm1Of(cells).some((adm1) => places.some((place) => adm1.startsWith(place))));
  if (themes) {
    const exact = new Set(themes);
    const starts = themes.filter((theme) => theme.endsWith('*')).map((theme) => theme.slice(0, -1));
    tests.push((cells) =>
      themesOf(gkgText(cells, 'V2ENHANCEDTHEMES'), gkgText(cells, 'V1THEMES')).some(
        (theme) => exact.has(theme) || starts.some((start) => theme.startsWith(start)),
      ),
    );
  }
  return (cells) => tests.every((holds) => holds(cells));
}

function adm1Of(cells: GkgCells): readonly string[] {
  const mentioned = placesOf(gkgText(cells, 'V2ENHANCEDLOCATIONS'), 9);
  const places = mentioned.length > 0 ? mentioned : placesOf(gkgText(cells, 'V1LOCATIONS'), 7);
  return places.map(({ adm1, country }) => adm1 || country);
}
