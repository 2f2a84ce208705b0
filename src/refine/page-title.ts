// The title of a page, without the name of its site.

/** Between a title and the name of a site, spaces around. */
const SEPARATOR = /\s+[|\-–—»›·:•/\\]+\s+|\s*[|»]\s*/g;

/** A title has no more of them. */
const MAXIMUM_CUTS = 20;
/** Shorter headings ("Actualités") are sections of a site. */
const SHORTEST_HEADING = 8;
const LEAST_WORDS = 4;

export interface TitleSources {
  /** What metadata gives, best first. */
  readonly declared: readonly string[];
  /** What `<title>` says. */
  readonly document: string;
  /** Headings of the first two levels, in order. */
  readonly headings: readonly string[];
  readonly siteName: string | null;
}

/** The best title; null where a page has none. */
export function chooseTitle(sources: TitleSources): string | null {
  const { declared, document, headings } = sources;
  const given = declared.find((title) => title !== '');
  if (given !== undefined) return withoutSite(given, sources);
  if (document === '') return headings.find((heading) => heading !== '') ?? null;
  const title = withoutSite(document, sources);
  return title === document ? withoutEnd(document) : title;
}

/** The part that a heading repeats, or that is not the site's name. */
function withoutSite(title: string, { headings, siteName }: TitleSources): string {
  const known = new Set(headings.map(fold).filter((words) => words.length >= SHORTEST_HEADING));
  const site = siteName === null ? null : fold(siteName);
  const cuts = [...title.matchAll(SEPARATOR)].slice(0, MAXIMUM_CUTS).map(({ index, 0: separator }) => ({
    before: title.slice(0, index).trim(),
    after: title.slice(index + separator.length).trim(),
  }));
  for (const { before, after } of cuts) {
    if (before === '' || after === '') continue;
    if (known.has(fold(before)) || fold(after) === site) return before;
    if (known.has(fold(after)) || fold(before) === site) return after;
  }
  return title;
}

/** The title of a document whose site is not named: a short end after a long beginning is the site's name. */
function withoutEnd(title: string): string {
  const last = [...title.matchAll(SEPARATOR)].at(-1);
  if (last === undefined) return title;
  const before = title.slice(0, last.index).trim();
  const after = title.slice(last.index + last[0].length).trim();
  return wordCount(before) >= LEAST_WORDS && wordCount(after) < wordCount(before) ? before : title;
}

const wordCount = (text: string) => fold(text).split(' ').filter(Boolean).length;

/** Letters and digits in lower case, one space between words. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
