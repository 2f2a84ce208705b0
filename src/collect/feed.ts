// Reads a feed as the world writes them: RSS 0.9x to 2.0, RDF, Atom, CDF; whole or broken, without ever throwing.

import { Parser } from 'htmlparser2';
import type { JsonObject } from '../model/json.ts';
import {
  element,
  type FeedElement,
  innerText,
  type Namespaces,
  type OpenElement,
  readNamespaces,
} from './feed-element.ts';

export interface FeedHead {
  /** Name of the root element, without prefix: `rss`, `RDF`, `feed`, `channel`. */
  readonly root: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  /** `xml:base` of the feed, or null. */
  readonly base: string | null;
  /** Author of entries that name none (RFC 4287, 4.2.1), or null. */
  readonly author: string | null;
  readonly namespaces: Namespaces;
}

export interface FeedItemPlace {
  /** UTF-16 offsets of the item's element in the feed's text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface Feed {
  readonly head: FeedHead;
  readonly items: readonly FeedItemPlace[];
  /** What was not well-formed: unclosed elements, junk before the root. */
  readonly faults: readonly string[];
}

export interface FeedRecords {
  readonly charset: string;
  readonly context: JsonObject;
  readonly records: readonly { readonly bytes: Uint8Array; readonly key: string | null }[];
}

const ITEM = new Set(['item', 'entry', 'Item']);
const MAXIMUM_DEPTH = 200;

/** Finds the items of a feed and what stands around them; null where the text is no feed. No entity is ever expanded. */
export function readFeed(text: string): Feed | null {
  const faults: string[] = [];
  const items: FeedItemPlace[] = [];
  const namespaces: Record<string, string> = {};
  const open: OpenElement[] = [];
  const head: FeedElement[] = [];
  let root: OpenElement | null = null;
  let itemStart: number | null = null;

  const endItem = (end: number) => {
    if (itemStart !== null) items.push({ start: itemStart, end });
    itemStart = null;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        Object.assign(namespaces, readNamespaces(attributes));
        const opened: OpenElement = {
          name: localName(name),
          attributes,
          start: parser.startIndex,
          contentStart: parser.endIndex + 1,
        };
        root ??= opened;
        if (ITEM.has(opened.name)) {
          if (itemStart !== null) faults.push('item not closed');
          endItem(opened.start);
          itemStart = opened.start;
        }
        if (open.length < MAXIMUM_DEPTH) open.push(opened);
      },
      onclosetag(name, implied) {
        const closed = open.at(-1)?.name === localName(name) ? open.pop() : undefined;
        if (implied) faults.push(`${localName(name)} not closed`);
        if (closed === undefined) return;
        const end = implied ? parser.startIndex : parser.endIndex + 1;
        if (ITEM.has(closed.name)) endItem(end);
        else if (itemStart === null) head.push(element(closed, parser.startIndex, text, open.at(-1)?.name ?? ''));
      },
    },
    { xmlMode: true, decodeEntities: false, recognizeSelfClosing: true },
  );
  parser.end(text);
  endItem(text.length);
  const known = root as OpenElement | null;
  if (known === null || (items.length === 0 && !isFeedRoot(known.name))) return null;
  if (!text.trimStart().startsWith('<')) faults.push('text before the first element');
  return { head: headOf(known, head, namespaces), items, faults: [...new Set(faults)] };
}

function isFeedRoot(name: string): boolean {
  return ['rss', 'RDF', 'feed', 'channel', 'Channel'].includes(name);
}

function headOf(root: OpenElement, elements: readonly FeedElement[], namespaces: Namespaces): FeedHead {
  const around = new Set(['channel', 'feed', 'Channel']);
  const own = elements.filter(({ parent }) => around.has(parent));
  const text = (name: string) => {
    const found = own.find((candidate) => candidate.name.toLowerCase() === name);
    return found ? innerText(found) || null : null;
  };
  const linked = own.find(({ name, attributes }) => name === 'link' && (attributes.rel ?? 'alternate') === 'alternate');
  const author = elements.find(({ name, parent }) => name === 'name' && parent === 'author');
  return {
    root: root.name,
    title: text('title'),
    link: linked ? (linked.attributes.href ?? (innerText(linked) || null)) : null,
    language: (text('language') ?? root.attributes['xml:lang'])?.replaceAll('_', '-') ?? null,
    base: root.attributes['xml:base'] ?? null,
    author: author ? innerText(author) || null : null,
    namespaces,
  };
}

/** `rss:item` and `atom:entry` are items too. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
