// What a page says of itself in its head: charset, title, whether it may be kept or mined.

import { Parser } from 'htmlparser2';

/** UTF-16 units of a page in which its head is looked for. */
const HEAD_WITHIN = 262_144;
/** Crawlers that a robots meta or header may address and that are us. */
const OURS = new Set(['robots', 'datasens']);
const FORBIDDING = /\b(?:noindex|noarchive|none|noai)\b/i;

export interface PageDirectives {
  /** The word that asks not to index or keep the page (`noindex`, `noarchive`, `none`, `noai`), or null. */
  readonly robots: string | null;
  /** True where text and data mining is reserved (TDM Reservation Protocol). */
  readonly miningReserved: boolean;
}

/** The charset that a page says it is in (HTML Living Standard, prescan of the first 1024 bytes). */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{2,30})/i.exec(head)?.[1];
}

/** What <title> says, else the first heading; empty where the page has neither. Read in `text`, cut by the caller. */
export function htmlTitle(text: string): string {
  const found = { title: '', h1: '' };
  let open: keyof typeof found | null = null;
  const parser = new Parser({
    onopentag(tag) {
      if ((tag === 'title' || tag === 'h1') && found[tag] === '') open = tag;
    },
    ontext(words) {
      if (open !== null) found[open] += words;
    },
    onclosetag(tag) {
      if (tag === open) open = null;
    },
  });
  parser.end(text);
  return (found.title.trim() || found.h1.trim()).replace(/\s+/g, ' ');
}

/** What the `meta` elements of a page ask of whoever collects it. */
export function metaDirectives(html: string): PageDirectives {
  let robots: string | null = null;
  let miningReserved = false;
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag !== 'meta') return;
      const name = (attributes.name ?? attributes.property ?? '').trim().toLowerCase();
      const content = (attributes.content ?? '').slice(0, 500);
      if (OURS.has(name)) robots ??= forbidding(content);
      if (name === 'tdm-reservation' && content.trim() === '1') miningReserved = true;
    },
  });
  parser.end(html.slice(0, HEAD_WITHIN));
  return { robots, miningReserved };
}

/** The same asked by headers: `X-Robots-Tag`, addressed to all or to us, and `TDM-Reservation`. */
export function headerDirectives(headers: Readonly<Record<string, string>>): PageDirectives {
  const tags = headers['x-robots-tag'] ?? '';
  let addressed = true;
  let robots: string | null = null;
  for (const part of tags.slice(0, 4000).split(',')) {
    // `otherbot: noindex, nofollow` speaks to otherbot until another name comes; `max-snippet: 50` names nobody.
    const named = /^\s{0,9}([a-z][\w.-]{0,60})\s{0,9}:/i.exec(part)?.[1]?.toLowerCase();
    if (named !== undefined && !/^(?:max-|unavailable_after$)/.test(named)) addressed = OURS.has(named);
    if (addressed) robots ??= forbidding(part.slice(part.indexOf(':') + 1));
  }
  return { robots, miningReserved: (headers['tdm-reservation'] ?? '').trim() === '1' };
}

function forbidding(words: string): string | null {
  return FORBIDDING.exec(words)?.[0].toLowerCase() ?? null;
}
