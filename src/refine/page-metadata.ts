// Title, authors and date of a page, chosen from where publishers put them, the most deliberate first.

import { parseDate } from './date.ts';
import { type LinkedArticle, readJsonLd } from './json-ld.ts';
import { gatherFacts, type PageFacts } from './page-facts.ts';
import type { BarePage } from './page-furniture.ts';
import { chooseTitle, fold } from './page-title.ts';

export interface PageMetadata {
  readonly title: string | null;
  /** What `<title>` says, as it stands. */
  readonly documentTitle: string;
  readonly authors: readonly string[];
  /** As the page writes it, in a form that reads as a date; null where there is none. */
  readonly publishedAt: string | null;
  /** The article's text without mark-up, where the publisher gives it beside the page. */
  readonly body: string | null;
}

/** Names of `meta`, best first: Dublin Core, scholarly, Open Graph, then what content management systems invented. */
const TITLES =
  'dc:title dcterm:title dcterms:title citation_title og:title weibo:article:title title twitter:title parsely-title sailthru.title';
const AUTHORS =
  'dc:creator dcterm:creator dcterms:creator dc:author citation_author author article:author parsely-author sailthru.author byl';
const DATES =
  'article:published_time dc:date:issued dcterms:issued dc:date:created dcterms:created dcterms:date dc:date dcterms:available citation_publication_date citation_date datepublished date pubdate publish-date publish_date publishdate publication-date publication_date date_published og:article:published_time og:published_time article:published parsely-pub-date sailthru.date originalpublicationdate ptime';
const LONGEST_NAME = 100;
const MOST_WORDS = 6;
const LONGEST_DATE = 120;
const MAXIMUM_AUTHORS = 20;
const PREFIX =
  /^(?:(?:publié|posté|écrit|rédigé|propos recueillis|written|posted|published)\s+)?(?:par|by|de|von|por|author|auteur)\s*:?\s+/i;
const SPLIT = /\s*[,;&|·•]\s*(?:(?:and|et)\s)?|\s(?:and|et|avec|with)\s/i;

/** Chooses what a page says of itself; `root` holds its text. Pure, linear, never throws on any tree. */
export function readMetadata(page: BarePage, root: number): PageMetadata {
  const facts = gatherFacts(page, root);
  const linked = readJsonLd(facts.scripts);
  const siteName = facts.meta('og:site_name')[0] ?? facts.meta('application-name')[0] ?? null;
  const declared = [linked?.title ?? '', ...TITLES.split(' ').flatMap((name) => facts.meta(name)[0] ?? [])];
  return {
    title: chooseTitle({ declared, document: facts.title, headings: facts.headings, siteName }),
    documentTitle: facts.title,
    authors: chooseAuthors(facts, linked, siteName),
    publishedAt: chooseDate(facts, linked),
    body: linked?.body ?? null,
  };
}

function chooseAuthors(facts: PageFacts, linked: LinkedArticle | null, siteName: string | null): readonly string[] {
  const declared = AUTHORS.split(' ').map((name) => facts.meta(name));
  for (const candidates of [linked?.authors ?? [], ...declared, facts.microAuthors, facts.bylines]) {
    const names = candidates.flatMap(namesIn).filter((name) => siteName === null || fold(name) !== fold(siteName));
    if (names.length > 0) return [...new Set(names)].slice(0, MAXIMUM_AUTHORS);
  }
  return [];
}

/** Names in a byline: without "par", addresses and whatever is no name. */
function namesIn(line: string): readonly string[] {
  return line
    .replace(PREFIX, '')
    .split(SPLIT)
    .map((part) => part.replace(PREFIX, '').trim())
    .filter(isName);
}

function isName(words: string): boolean {
  if (words.length < 2 || words.length > LONGEST_NAME || /https?:|www\.|[@<>{}\d]/.test(words)) return false;
  return /\p{L}{2}/u.test(words) && words.split(' ').length <= MOST_WORDS;
}

function chooseDate(facts: PageFacts, linked: LinkedArticle | null): string | null {
  const declared = DATES.split(' ').flatMap((name) => facts.meta(name));
  const written = [...facts.microDates, ...facts.times.slice(0, 3), ...facts.dateLines];
  return [linked?.publishedAt ?? '', ...declared, ...written].map((text) => text.trim()).find(isDate) ?? null;
}

function isDate(text: string): boolean {
  if (text === '' || text.length > LONGEST_DATE) return false;
  const { date } = parseDate(text, { collectedAt: null });
  // A year alone is a copyright more often than a date.
  return date !== null && date.precision !== 'year';
}
