// One item to one text with its fields: every step in order, every problem a finding.

import type { Refined } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { Item, TextFormat } from '../model/item.ts';
import type { Recipe } from '../model/recipe.ts';
import { cleanText, truncateText } from './clean.ts';
import { parseDate } from './date.ts';
import { htmlToText } from './html.ts';
import { looksLikeHtml } from './html-tags.ts';
import { findInjection } from './injection.ts';
import { detectLanguage } from './language.ts';
import { markdownToText } from './markdown.ts';
import { repairMojibake } from './mojibake.ts';
import { findPersonal } from './personal.ts';
import { resolveTerritory } from './territory.ts';

interface RefineContext {
  /** Charset of the record's bytes; null where the format carries its own. */
  readonly charset: string | null;
  /** ISO 8601 instant of the fetch. */
  readonly collectedAt: string | null;
  /** Territory of the source, for items that name none. */
  readonly territory: string | null;
}

/** Texts shorter than this are too short to tell a language by: the title helps. */
const SHORT_TEXT = 80;

/** Derives text and fields from an item. Pure, deterministic, never throws on any string. */
export function refine(item: Item, recipe: Recipe, context: RefineContext): Refined {
  const body = readText(item.text, item.textFormat, 'text');
  const heading = readText(item.title ?? '', item.textFormat === 'plain' ? 'plain' : 'auto', 'title');
  const title = truncateText(heading.text.replace(/\n{1,2}/g, ' '), recipe.maximumTextLength);
  const text = truncateText(body.text, recipe.maximumTextLength);
  const published = parseDate(item.publishedAt, { collectedAt: context.collectedAt });
  const place = resolveTerritory(item.territory, context.territory);
  const language = detectLanguage(text.length < SHORT_TEXT ? `${text}\n${title}` : text);
  const findings: Finding[] = [...item.findings, ...body.findings, ...heading.findings];
  if (text === '')
    findings.push({ code: 'text-empty', at: 'text', evidence: `${item.text.length} characters received` });
  if (text.length < body.text.length) {
    findings.push({ code: 'text-truncated', at: 'text', evidence: `${text.length} of ${body.text.length} characters` });
  }
  findings.push(...published.findings, ...place.findings);
  if (!language.certain && text !== '') {
    findings.push({ code: 'language-uncertain', at: 'text', evidence: language.language });
  }
  findings.push(
    ...findInjection(item.textFormat === 'html' ? text : item.text, 'text'),
    ...findInjection(title, 'title'),
  );
  return {
    title: title === '' ? null : title,
    text,
    language: language.language,
    published: published.date,
    territory: place.territory,
    url: publicUrl(item.url),
    encoding: `${context.charset ?? 'utf-8'}${body.repaired || heading.repaired ? '+mojibake' : ''}`,
    findings,
    personal: findPersonal(text, { authors: item.authors }),
    authors: item.authors,
  };
}

interface ReadText {
  readonly text: string;
  readonly repaired: boolean;
  readonly findings: readonly Finding[];
}

/** The steps that every string goes through, in the order in which they were done wrong. */
function readText(raw: string, format: TextFormat, at: string): ReadText {
  const findings: Finding[] = [];
  const first = repairMojibake(raw);
  const extracted = extract(first.text, format);
  // Character references may have hidden a double encoding from the first look.
  const second = extracted === first.text ? first : repairMojibake(extracted);
  const clean = cleanText(second.text);
  const repaired = first.repaired + (second === first ? 0 : second.repaired);
  const say = (code: Finding['code'], evidence: string): void => {
    findings.push({ code, at, evidence });
  };
  if (repaired > 0) say('mojibake-repaired', `${repaired} places`);
  if (second.suspected) say('mojibake-suspected', 'sequences without a safe repair');
  if (extracted !== first.text && format !== 'markdown') say('html-extracted', `${first.text.length} characters`);
  if (clean.removed > 0) say('control-removed', `${clean.removed} characters`);
  if (clean.replaced > 0) say('encoding-replaced', `${clean.replaced} lone surrogates`);
  return { text: clean.text, repaired: repaired > 0, findings };
}

function extract(text: string, format: TextFormat): string {
  switch (format) {
    case 'plain':
      return text;
    case 'markdown':
      return markdownToText(looksLikeHtml(text) ? htmlToText(text) : text);
    case 'html':
    case 'page':
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
