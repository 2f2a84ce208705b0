// JSON Feed 1.0 and 1.1 (jsonfeed.org): items are members of one array.

import type { Item } from '../model/item.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { FeedRecords } from './feed.ts';

/** Cuts a JSON feed into its items; null where it is none. An item is written again as JSON: its spacing is not kept. */
export function splitJsonFeed(text: string): FeedRecords | null {
  const feed = parse(text);
  if (feed === null || !Array.isArray(feed.items)) return null;
  const items = feed.items.filter(isObject);
  const authors = Array.isArray(feed.authors) ? feed.authors : feed.author === undefined ? [] : [feed.author];
  const context = {
    format: 'json',
    title: asText(feed.title),
    link: asText(feed.home_page_url),
    language: asText(feed.language),
    author: asText(authors.filter(isObject)[0]?.name),
  };
  const records = items.map((item) => ({
    bytes: Buffer.from(JSON.stringify(item)),
    key: asText(item.id) ?? asText(item.url),
  }));
  return { charset: 'utf-8', context, records };
}

/** Reads one item. Never throws. */
export function jsonFeedItem(text: string, head: JsonObject): Item {
  const item = parse(text) ?? {};
  const html = asText(item.content_html);
  const authors = (Array.isArray(item.authors) ? item.authors : [item.author]).filter(isObject);
  const names = authors.flatMap(({ name }) => asText(name) ?? []);
  return {
    id: asText(item.id) ?? asText(item.url),
    title: asText(item.title),
    text: html ?? asText(item.content_text) ?? asText(item.summary) ?? '',
    textFormat: html === null ? 'plain' : 'html',
    url: asText(item.url) ?? asText(item.external_url),
    authors: names.length > 0 ? names : [asText(head.author)].flatMap((name) => name ?? []),
    publishedAt: asText(item.date_published) ?? asText(item.date_modified),
    territory: null,
    fields: Object.entries(item).map(
      ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    findings: [],
  };
}

function parse(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}
