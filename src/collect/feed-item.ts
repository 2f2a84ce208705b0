// One item of a feed, read alone with what was kept of its surroundings.

import { Parser } from 'htmlparser2';
import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import { element, type FeedElement, innerText, type OpenElement } from './feed-element.ts';

/** Names that mean the same whatever the format calls them, the best first; capitals do not count. */
const TITLE = ['title', 'dc:title'];
const TEXT = [
  'content:encoded',
  'content',
  'xhtml:body',
  'body',
  'fullitem',
  'description',
  'summary',
  'dc:description',
  'abstract',
  'itunes:summary',
  'media:description',
  'subtitle',
];
const DATE = [
  'published',
  'pubDate',
  'issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'created',
  'date',
  'updated',
  'modified',
  'dcterms:modified',
  'lastmod',
];
const KEY = ['guid', 'id', 'dc:identifier'];

/** Canonical prefixes, so that a feed may call Dublin Core what it likes. Atom and RSS names have none. */
const PREFIXES: readonly (readonly [uri: RegExp, prefix: string])[] = [
  [/purl\.org\/dc\/elements/i, 'dc:'],
  [/purl\.org\/dc\/terms/i, 'dcterms:'],
  [/purl\.org\/rss\/1\.0\/modules\/content/i, 'content:'],
  [/itunes\.com\/dtds|pentabarf/i, 'itunes:'],
  [/search\.yahoo\.com\/mrss/i, 'media:'],
  [/www\.w3\.org\/1999\/xhtml/i, 'xhtml:'],
  [
    /2005\/Atom|purl\.org\/atom|purl\.org\/rss\/1\.0\/?$|netscape\.com\/rdf|backend\.userland\.com|blogs\.law\.harvard/i,
    '',
  ],
];

/** Reads an item's element. Never throws; what is broken was said when the feed was split. */
export function readFeedItem(text: string, head: JsonObject): Item {
  const elements = readElements(text, (head.namespaces ?? {}) as Readonly<Record<string, string>>);
  const own = elements.filter(({ parent }) => parent === '');
  const first = (names: readonly string[]) => {
    for (const name of names) {
      const found = own.find((candidate) => isNamed(candidate, name) && candidate.raw.trim() !== '');
      if (found) return found;
    }
    return null;
  };
  const content = first(TEXT);
  const title = first(TITLE);
  const key = first(KEY);
  const date = first(DATE);
  const opening = elements[0];
  const base = opening?.attributes['xml:base'] ?? (head.base as string | null | undefined) ?? null;
  const link = linkOf(own, opening);
  const salvaged: Finding[] = head.salvaged
    ? [{ code: 'feed-salvaged', at: 'record', evidence: String(head.salvaged) }]
    : [];
  return {
    id: key ? keyOf(key, base) : (opening?.attributes['rdf:about'] ?? link),
    title: title ? innerText(title) || null : null,
    text: content ? innerText(content) : '',
    textFormat: content?.attributes.type === 'text' ? 'plain' : 'auto',
    url: resolved(link, base),
    authors: authorsOf(own, elements, (head.author as string | null | undefined) ?? null),
    publishedAt: date ? innerText(date) : null,
    territory: null,
    fields: fieldsOf(own),
    findings: salvaged,
  };
}

/** Every element below the item's own, with canonical names; the first is the item itself, with parent `*`. */
function readElements(text: string, namespaces: Readonly<Record<string, string>>): readonly FeedElement[] {
  const open: OpenElement[] = [];
  const found: FeedElement[] = [];
  const prefixes = new Map(Object.entries(namespaces));
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        for (const [key, value] of Object.entries(attributes)) {
          if (key.startsWith('xmlns:')) prefixes.set(key.slice('xmlns:'.length), value);
        }
        open.push({
          name: canonical(name, prefixes),
          attributes,
          start: parser.startIndex,
          contentStart: parser.endIndex + 1,
        });
      },
      onclosetag() {
        const closed = open.pop();
        if (closed === undefined) return;
        const parent = open.length === 0 ? '*' : open.length === 1 ? '' : open.at(-1)!.name;
        found.push(element(closed, parser.startIndex, text, parent));
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.end(text);
  return [...found.filter(({ parent }) => parent === '*'), ...found.filter(({ parent }) => parent !== '*')];
}

function canonical(name: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const uri = prefixes.get(name.slice(0, colon));
  const known = uri === undefined ? undefined : PREFIXES.find(([pattern]) => pattern.test(uri));
  return known ? `${known[1]}${name.slice(colon + 1)}` : name.replace(/^(?:atom|rss):/, '');
}

function linkOf(own: readonly FeedElement[], opening: FeedElement | undefined): string | null {
  const links = own.filter(({ name }) => name === 'link');
  const alternate = links.find(
    ({ attributes }) => attributes.href !== undefined && (attributes.rel ?? 'alternate') === 'alternate',
  );
  if (alternate) return alternate.attributes.href!;
  const written = links.find(({ raw }) => raw.trim() !== '');
  if (written) return innerText(written);
  // RSS 2.0: a guid is a permalink unless it says otherwise.
  const guid = own.find(({ name, attributes }) => name === 'guid' && attributes.isPermaLink !== 'false');
  const permalink = guid ? innerText(guid) : null;
  if (permalink !== null && /^https?:/i.test(permalink)) return permalink;
  return links[0]?.attributes.href ?? opening?.attributes.HREF ?? opening?.attributes['rdf:about'] ?? null;
}

function isNamed({ name }: FeedElement, wanted: string): boolean {
  return name === wanted || name.toLowerCase() === wanted.toLowerCase();
}

/** An Atom `id` is an IRI: a relative one is only unique under its base. */
function keyOf(key: FeedElement, base: string | null): string {
  const id = innerText(key);
  return key.name === 'id' ? (resolved(id, base) ?? id) : id;
}

function resolved(link: string | null, base: string | null): string | null {
  if (link === null || link === '') return null;
  return base !== null && URL.canParse(link, base) ? new URL(link, base).href : link;
}

function authorsOf(
  own: readonly FeedElement[],
  all: readonly FeedElement[],
  inherited: string | null,
): readonly string[] {
  const names = all.filter(({ name, parent }) => name === 'name' && parent === 'author').map(innerText);
  const written = own.filter(({ name }) => ['dc:creator', 'author', 'itunes:author', 'creator'].includes(name));
  const simple = written
    .filter(({ raw }) => !/<\w/.test(raw.replace(/<!\[CDATA\[/g, '')))
    .map((found) => personOf(innerText(found)));
  const authors = [...new Set([...names, ...simple])].filter((name) => name !== '');
  return authors.length > 0 || inherited === null ? authors : [inherited];
}

/** RSS writes `mail@example.fr (Name)`; the name says more. */
function personOf(author: string): string {
  return /^\S+@\S+\s+\(([^()]+)\)$/.exec(author)?.[1] ?? author;
}

function fieldsOf(own: readonly FeedElement[]): Item['fields'] {
  const seen = new Map<string, number>();
  return own.map((found) => {
    const times = (seen.get(found.name) ?? 0) + 1;
    seen.set(found.name, times);
    const value = innerText(found) || (found.attributes.href ?? found.attributes.url ?? '');
    return [times === 1 ? found.name : `${found.name} (${times})`, value] as const;
  });
}
