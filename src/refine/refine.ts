// One item to one text with its fields: every step in order, every problem a finding.

import type { Refined } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Item, TextFormat } from '../model/item.ts';
import type { Recipe } from '../model/recipe.ts';
import { type Clean, cleanText, truncateText } from './clean.ts';
import { parseDate } from './date.ts';
import type { NameFinder } from './detector.ts';
import { htmlToText } from './html.ts';
import { isWholePage, looksLikeHtml } from './html-tags.ts';
import { findInjection } from './injection.ts';
import { detectLanguage } from './language.ts';
import { markdownToText } from './markdown.ts';
import { type Repair, repairMojibake } from './mojibake.ts';
import { type Page, readPage } from './page.ts';
import { fold } from './page-title.ts';
import { readLanguages } from './passages.ts';
import { findPersonal } from './personal.ts';

export interface RefineContext {
  /** Charset of the record's bytes; null where the format carries its own. */
  readonly charset: string | null;
  /** ISO 8601 instant of the fetch. */
  readonly collectedAt: string | null;
  /** The tagger that the recipe names. */
  readonly findNames?: NameFinder | undefined;
}

/** Texts shorter than this are too short to tell a language by: the title helps. */
const SHORT_TEXT = 80;

/** Derives text and fields from an item. Pure, deterministic, never throws on any string. */
export function refine(item: Item, recipe: Recipe, context: RefineContext): Refined {
  const body = readText(item.text, item.textFormat, 'text');
  const { title: given, authors, publishedAt } = completed(item, body.page);
  const heading = readText(given ?? '', item.textFormat === 'plain' ? 'plain' : 'auto', 'title');
  const title = truncateText(heading.text.replace(/\n{1,2}/g, ' '), recipe.maximumTextLength);
  const text = truncateText(body.text, recipe.maximumTextLength);
  const published = parseDate(publishedAt, { collectedAt: context.collectedAt });
  const language = languagesOf(text, title);
  const findings: Finding[] = [...item.findings, ...body.findings, ...heading.findings];
  if (text === '')
    findings.push({ code: 'text-empty', at: 'text', evidence: `${item.text.length} characters received` });
  if (text.length < body.text.length) {
    findings.push({ code: 'text-truncated', at: 'text', evidence: `${text.length} of ${body.text.length} characters` });
  }
  findings.push(...published.findings);
  if (!language.certain && text !== '') {
    findings.push({ code: 'language-uncertain', at: 'text', evidence: language.language });
  }
  findings.push(
    ...findInjection(item.textFormat === 'html' || item.textFormat === 'page' ? text : item.text, 'text'),
    ...findInjection(title, 'title'),
  );
  return {
    title: title === '' ? null : title,
    text,
    language: language.language,
    passages: language.passages,
    published: published.date,
    url: publicUrl(item.url),
    encoding: `${context.charset ?? 'utf-8'}${body.repaired || heading.repaired ? '+mojibake' : ''}`,
    findings,
    personal: findPersonal(text, { authors, findNames: context.findNames }),
    authors,
  };
}

function languagesOf(text: string, title: string): ReturnType<typeof readLanguages> {
  return text.length < SHORT_TEXT ? { ...detectLanguage(`${text}\n${title}`), passages: [] } : readLanguages(text);
}

/** What the source does not say of an item, its page may. A title that is only the page's `<title>` is no better than it. */
function completed(item: Item, page: Page | null): Pick<Item, 'title' | 'authors' | 'publishedAt'> {
  if (page === null) return item;
  const isPagesOwn = item.title === null || fold(item.title) === fold(page.documentTitle);
  return {
    title: (isPagesOwn ? page.title : null) ?? item.title,
    authors: item.authors.length > 0 ? item.authors : page.authors,
    publishedAt: item.publishedAt ?? page.publishedAt,
  };
}

interface ReadText {
  readonly text: string;
  /** What else a whole page says. */
  readonly page: Page | null;
  readonly repaired: boolean;
  readonly findings: readonly Finding[];
}

interface TextSteps {
  readonly first: Repair;
  readonly page: Page | null;
  readonly extracted: string;
  /** The same as `first` where there was no mark-up to look behind. */
  readonly second: Repair;
  readonly clean: Clean;
}

/** The steps that every string goes through, in the order in which they were done wrong. Pure, never throws. */
export function stepsOfText(raw: string, format: TextFormat): TextSteps {
  const first = repairMojibake(raw);
  const page = format === 'page' && isWholePage(first.text) ? readPage(first.text) : null;
  const extracted = page?.text ?? extract(first.text, format);
  // Character references may have hidden a double encoding from the first look.
  const second = extracted === first.text ? first : repairMojibake(extracted);
  return { first, page, extracted, second, clean: cleanText(second.text) };
}

function readText(raw: string, format: TextFormat, at: string): ReadText {
  const findings: Finding[] = [];
  const { first, page, extracted, second, clean } = stepsOfText(raw, format);
  const repaired = first.repaired + (second === first ? 0 : second.repaired);
  const say = (code: Finding['code'], evidence: string): void => {
    findings.push({ code, at, evidence });
  };
  if (repaired > 0) say('mojibake-repaired', `${repaired} places`);
  if (second.suspected) say('mojibake-suspected', 'sequences without a safe repair');
  if (extracted !== first.text && format !== 'markdown') say('html-extracted', `${first.text.length} characters`);
  if (clean.removed > 0) say('control-removed', `${clean.removed} characters`);
  if (clean.replaced > 0) say('encoding-replaced', `${clean.replaced} lone surrogates`);
  return { text: clean.text, page, repaired: repaired > 0, findings };
}

function extract(text: string, format: TextFormat): string {
  switch (format) {
    case 'plain':
      return text;
    case 'markdown':
      return markdownToText(looksLikeHtml(text) ? htmlToText(text) : text);
    case 'html':
    case 'page':
      // Every word: a fragment has no furniture.
      return htmlToText(text);
    case 'auto': {
      if (!looksLikeHtml(text)) return text;
      const once = htmlToText(text);
      // Feeds escape their mark-up once more than they should.
      return looksLikeHtml(once) ? htmlToText(once) : once;
    }
  }
}

/** Addresses people can open; credentials inside them are dropped, anything but the web is. */
function publicUrl(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  if (!url.includes('@')) return url;
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
