// Rows of GDELT's Global Knowledge Graph for tests, all of them fictional.

export interface GkgSpec {
  readonly id: string;
  readonly title?: string;
  readonly source?: string;
  readonly url?: string;
  readonly collection?: string;
  /** `srclc` of a translated article. */
  readonly language?: string;
  readonly themes?: readonly string[];
  /** Name, country and ADM1. */
  readonly places?: readonly (readonly [name: string, country: string, adm1: string])[];
  readonly quotations?: string;
  readonly extras?: string;
}

/** A row of 27 columns. */
export function gkgRow(spec: GkgSpec): string {
  const { id, title = 'Un titre', source = 'echo.example', language, themes = [], places = [] } = spec;
  const stamp = id.slice(0, 14);
  const located = places.map(([name, country, adm1]) => `4#${name}#${country}#${adm1}`);
  const columns: Readonly<Record<number, string>> = {
    0: id,
    1: stamp,
    2: spec.collection ?? '1',
    3: source,
    4: spec.url ?? `https://${source}/${id}`,
    7: themes.map((theme) => `${theme};`).join(''),
    8: themes.map((theme, at) => `${theme},${at * 10};`).join(''),
    9: located.map((place) => `${place}#45.1#5.7#-14`).join(';'),
    10: located.map((place, at) => `${place}#16352#45.1#5.7#-14#${at * 10}`).join(';'),
    15: '-2.5,1.25,3.75,5,20.5,0.5,120',
    22: spec.quotations ?? '',
    25: language === undefined ? '' : `srclc:${language};eng:GT-${language.toUpperCase()} 1.0`,
    26: `<PAGE_TITLE>${title}</PAGE_TITLE>${spec.extras ?? ''}`,
  };
  return Array.from({ length: 27 }, (_, at) => columns[at] ?? '').join('\t');
}
