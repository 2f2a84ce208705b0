// Feeds of three other readers' test suites, against what we model of a feed: its title, link and language, and for each
// entry id, title, text, link, author and date. Values are compared as text: mark-up read, white space folded.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFeed, readFeedRecord, splitFeed } from '../../src/collect/feed-records.ts';
import type { Item } from '../../src/model/item.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { parseDate } from '../../src/refine/date.ts';
import { htmlToText } from '../../src/refine/html.ts';
import type { Conformance, ConformanceLine } from './conformance.ts';

interface ReadFeed {
  readonly head: JsonObject;
  readonly items: readonly Item[];
}

interface Assertion {
  readonly path: readonly (string | number)[];
  readonly op: string;
  readonly value?: unknown;
}

const ENTRY: Readonly<Record<string, (item: Item) => string | null>> = {
  id: (item) => item.id,
  guid: (item) => item.id,
  title: (item) => item.title,
  link: (item) => item.url,
  author: (item) => item.authors[0] ?? null,
  description: (item) => item.text,
  // The text is the content where there is one; the summary then stays among the item's own fields.
  summary: (item) => item.fields.find(([name]) => name === 'summary')?.[1] ?? item.text,
  published: (item) => item.publishedAt,
};

const conformance: Conformance = async (data) => [
  picofeed(join(data, 'feeds/picofeed-fr')),
  ...feedparser(join(data, 'feeds/feedparser')),
  gofeed(join(data, 'feeds/gofeed')),
];
export default conformance;

function readFile(path: string, contentType: string | null = null): ReadFeed | null {
  const feed = splitFeed(decodeFeed(readFileSync(path), contentType));
  if (feed === null) return null;
  return {
    head: feed.context,
    items: feed.records.map(({ bytes }) => readFeedRecord(bytes, feed.charset, feed.context)),
  };
}

function picofeed(folder: string): ConformanceLine {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    file: string;
    items?: { title: string | null; link: string | null; guid: string | null; utc: string | null }[];
  }[];
  let passed = 0;
  let total = 0;
  for (const { file, items = [] } of expected) {
    const feed = readFile(join(folder, file.split('/').at(-1)!));
    items.forEach((item, at) => {
      total += 1;
      const found = feed?.items[at];
      if (found === undefined) return;
      const { date } = parseDate(found.publishedAt ?? '', { collectedAt: null });
      const sameDay =
        item.utc === null || (date !== null && Math.abs(Date.parse(date.value) - Date.parse(item.utc)) < 60_000);
      const same =
        fold(found.title) === fold(item.title) &&
        found.url === item.link &&
        (item.guid === null || found.id === item.guid);
      if (same && sameDay) passed += 1;
    });
  }
  return { name: 'feeds: French feeds, items exact', passed, total, figure: percent(passed, total) };
}

function feedparser(folder: string): ConformanceLine[] {
  const expectations = JSON.parse(readFileSync(join(folder, 'expectations.json'), 'utf8')) as {
    file: string;
    response_headers?: Record<string, string>;
    assertions?: Assertion[];
  }[];
  const counts = { modelled: 0, held: 0, all: 0, files: 0, survived: 0 };
  for (const { file, response_headers: headers = {}, assertions = [] } of expectations) {
    counts.files += 1;
    const contentType = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
    let feed: ReadFeed | null = null;
    try {
      feed = readFile(join(folder, file), contentType);
      counts.survived += 1;
    } catch {
      // Counted by what is missing from `survived`.
    }
    for (const assertion of assertions) {
      counts.all += 1;
      const found = feed === null ? undefined : lookUp(feed, assertion.path);
      if (found === 'not modelled' || assertion.op !== '==' || typeof assertion.value !== 'string') continue;
      if (!isModelled(assertion.path)) continue;
      counts.modelled += 1;
      if (fold(found ?? null) === fold(assertion.value)) counts.held += 1;
      else if (process.argv.includes('--verbose')) process.stderr.write(`${file} ${assertion.path.join('.')}\n`);
    }
  }
  const share = percent(counts.modelled, counts.all);
  return [
    {
      name: 'feeds: feedparser, modelled assertions',
      passed: counts.held,
      total: counts.modelled,
      figure: `${percent(counts.held, counts.modelled)}; ${share} of all assertions are on what we model`,
    },
    {
      name: 'feeds: feedparser, read without throwing',
      passed: counts.survived,
      total: counts.files,
      figure: percent(counts.survived, counts.files),
    },
  ];
}

function isModelled(path: readonly (string | number)[]): boolean {
  if (path[0] === 'feed') return path.length === 2 && ['title', 'link', 'language'].includes(String(path[1]));
  return path[0] === 'entries' && (path.length === 3 ? String(path[2]) in ENTRY : isContent(path));
}

const isContent = (path: readonly (string | number)[]) => path[2] === 'content' && path[3] === 0 && path[4] === 'value';

function lookUp(feed: ReadFeed, path: readonly (string | number)[]): string | null {
  if (path[0] === 'feed') return (feed.head[String(path[1])] as string | null | undefined) ?? null;
  const item = feed.items[Number(path[1])];
  if (item === undefined) return null;
  return isContent(path) ? item.text : (ENTRY[String(path[2])]?.(item) ?? null);
}

function gofeed(folder: string): ConformanceLine {
  let passed = 0;
  let total = 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  for (const file of files) {
    const source = join(folder, file.replace(/\.json$/, file.includes('/json/') ? '_json.xml' : '.xml'));
    const expected = readExpected(join(folder, file));
    if (expected === null) continue;
    let feed: ReadFeed | null = null;
    try {
      feed = readFile(source);
    } catch {
      continue;
    }
    const compare = (found: string | null | undefined, wanted: unknown) => {
      if (typeof wanted !== 'string' || wanted === '') return;
      total += 1;
      if (fold(found ?? null) === fold(wanted)) passed += 1;
      else if (process.argv.includes('--verbose')) process.stderr.write(`${file}\n`);
    };
    compare(feed?.head.title as string | null, expected.title);
    (expected.items ?? expected.entries ?? []).forEach((item, at) => {
      const found = feed?.items[at];
      compare(found?.title, item.title);
      compare(found?.url, item.link);
      compare(found?.id, fieldValue(item.guid) ?? item.id);
      compare(found?.text, fieldValue(item.content) ?? item.description ?? item.summary);
      compare(found?.publishedAt, item.published ?? item.pubDate ?? item.updated);
      compare(found?.authors[0], nameOf(item.author));
    });
  }
  return { name: 'feeds: gofeed, modelled values', passed, total, figure: percent(passed, total) };
}

/** Each format of that suite writes a shape of its own: entries for Atom, items for the others. */
interface GofeedFile {
  readonly title?: string;
  readonly items?: readonly Readonly<Record<string, unknown>>[];
  readonly entries?: readonly Readonly<Record<string, unknown>>[];
}

/** Some of that suite's JSON feeds are broken on purpose: they are inputs, not expectations. */
function readExpected(path: string): GofeedFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as GofeedFile;
  } catch {
    return null;
  }
}

function fieldValue(field: unknown): unknown {
  return typeof field === 'object' && field !== null && 'value' in field ? field.value : field;
}

function nameOf(field: unknown): unknown {
  return typeof field === 'object' && field !== null && 'name' in field ? field.name : undefined;
}

function fold(value: unknown): string {
  return htmlToText(String(value ?? ''))
    .replace(/\s+/g, ' ')
    .trim();
}

function percent(passed: number, total: number): string {
  return total === 0 ? 'nothing to measure' : `${((passed / total) * 100).toFixed(1)} %`;
}
