// One row of GDELT's Global Knowledge Graph 2.1: 27 columns between tabs, quotes and all as they are (codebook 2.1).

/** The codebook's names, in order. */
export const GKG_COLUMNS = [
  'GKGRECORDID',
  'V2.1DATE',
  'V2SOURCECOLLECTIONIDENTIFIER',
  'V2SOURCECOMMONNAME',
  'V2DOCUMENTIDENTIFIER',
  'V1COUNTS',
  'V2.1COUNTS',
  'V1THEMES',
  'V2ENHANCEDTHEMES',
  'V1LOCATIONS',
  'V2ENHANCEDLOCATIONS',
  'V1PERSONS',
  'V2ENHANCEDPERSONS',
  'V1ORGANIZATIONS',
  'V2ENHANCEDORGANIZATIONS',
  'V1.5TONE',
  'V2.1ENHANCEDDATES',
  'V2GCAM',
  'V2.1SHARINGIMAGE',
  'V2.1RELATEDIMAGES',
  'V2.1SOCIALIMAGEEMBEDS',
  'V2.1SOCIALVIDEOEMBEDS',
  'V2.1QUOTATIONS',
  'V2.1ALLNAMES',
  'V2.1AMOUNTS',
  'V2.1TRANSLATIONINFO',
  'V2EXTRASXML',
] as const;

export type GkgColumn = (typeof GKG_COLUMNS)[number];

const INDEX: ReadonlyMap<string, number> = new Map(GKG_COLUMNS.map((name, at) => [name, at]));
const TAB = 0x09;

/** The cells of a row, undecoded. */
export type GkgCells = readonly Uint8Array[];

/** Splits a row; the cells are as many as there are tabs, plus one. Nothing quotes a tab. */
export function gkgCells(row: Uint8Array): GkgCells {
  const cells: Uint8Array[] = [];
  let start = 0;
  for (let tab = row.indexOf(TAB); tab >= 0; tab = row.indexOf(TAB, start)) {
    cells.push(row.subarray(start, tab));
    start = tab + 1;
  }
  cells.push(row.subarray(start));
  return cells;
}

export function gkgText(cells: GkgCells, column: GkgColumn): string {
  const cell = cells[INDEX.get(column)!];
  return cell === undefined ? '' : Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8');
}

/** Entries between separators, the empty one after the last left aside. */
export function entriesOf(text: string, separator: string): readonly string[] {
  return text.split(separator).filter((entry) => entry !== '');
}

export interface GkgTone {
  /** Share of positive words less that of negative ones, in percent. */
  readonly tone: number;
  readonly positive: number;
  readonly negative: number;
  readonly polarity: number;
  /** Share of active words, of pronouns of the self and the group, in percent. */
  readonly activity: number;
  readonly selfGroup: number;
  readonly words: number;
}

/** Null where a row gives no seven numbers. */
export function toneOf(text: string): GkgTone | null {
  const numbers = text.split(',').map(Number);
  if (text === '' || numbers.length < 7 || numbers.some((number) => !Number.isFinite(number))) return null;
  const [tone, positive, negative, polarity, activity, selfGroup, words] = numbers as [number, ...number[]];
  return {
    tone,
    positive: positive!,
    negative: negative!,
    polarity: polarity!,
    activity: activity!,
    selfGroup: selfGroup!,
    words: words!,
  };
}

export interface GkgPlace {
  /** 1 country, 2 state of the United States, 3 city there, 4 city elsewhere, 5 region elsewhere. */
  readonly type: number;
  readonly name: string;
  /** FIPS 10-4 code as written. The first batches of 2015 repeat one country in a whole row: `adm1` is right there. */
  readonly country: string;
  /** First two letters: the country's FIPS code. */
  readonly adm1: string;
  /** GAUL or county code; empty in V1LOCATIONS. */
  readonly adm2: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** GNS or GNIS number, or a code for what is larger than a city. */
  readonly feature: string;
  /** Where it stands in the article, in characters; null in V1LOCATIONS. */
  readonly offset: number | null;
}

/** Mentions of places, by V2ENHANCEDLOCATIONS (9 parts), or V1LOCATIONS (7). A name may hold the sign between parts. */
export function placesOf(text: string, width: 7 | 9): readonly GkgPlace[] {
  return entriesOf(text, ';').flatMap((entry): readonly GkgPlace[] => {
    const parts = entry.split('#');
    const tail = parts.slice(parts.length - (width - 2));
    if (parts.length < width) return [];
    const name = parts.slice(1, parts.length - tail.length).join('#');
    const [country, adm1] = tail as [string, string];
    const [adm2, latitude, longitude, feature, offset] = width === 9 ? tail.slice(2) : ['', ...tail.slice(2)];
    return [
      {
        type: Number(parts[0]),
        name,
        country,
        adm1,
        adm2: adm2 ?? '',
        latitude: numberOf(latitude),
        longitude: numberOf(longitude),
        feature: feature ?? '',
        offset: numberOf(offset),
      },
    ];
  });
}

function numberOf(text: string | undefined): number | null {
  const number = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(number) ? null : number;
}

/** `offset|length|verb|words` between `#`: the words may hold both signs. */
export function quotationsOf(text: string): readonly string[] {
  return text
    .split(/#(?=\d{1,9}\|\d{1,9}\|)/)
    .map((entry) => entry.split('|').slice(3).join('|').trim())
    .filter((words) => words !== '');
}

/** ISO 639-3 code of the article's language: English where it was not translated (`srclc:fra;eng:…` says from what). */
export function languageOf(translation: string): string {
  return /srclc:([a-z]{2,3})/.exec(translation)?.[1] ?? 'eng';
}

/** Codes of all themes of a row, each once. */
export function themesOf(enhanced: string, first: string): readonly string[] {
  const mentioned = entriesOf(enhanced, ';').map((entry) => entry.split(',')[0]!);
  return [...new Set([...mentioned, ...entriesOf(first, ';')])];
}
