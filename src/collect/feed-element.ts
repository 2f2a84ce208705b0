// Elements of a feed, and the text in them: entities, CDATA and naked mark-up as publishers mix them.

import { isUtf8 } from 'node:buffer';
import { Parser } from 'htmlparser2';

/** Namespace URI by prefix; '' is the default one. */
export type Namespaces = Readonly<Record<string, string>>;

export interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly contentStart: number;
}

export interface FeedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Name of the element around it. */
  readonly parent: string;
  /** Its content as written, entities and CDATA unread. */
  readonly raw: string;
}

/** An element that ends where its closing tag starts. */
export function element(open: OpenElement, contentEnd: number, text: string, parent: string): FeedElement {
  const raw = text.slice(open.contentStart, Math.max(open.contentStart, contentEnd));
  return { name: open.name, attributes: open.attributes, parent, raw };
}

export function readNamespaces(attributes: Readonly<Record<string, string>>): Namespaces {
  const declared: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') declared[''] = value;
    else if (name.startsWith('xmlns:')) declared[name.slice('xmlns:'.length)] = value;
  }
  return declared;
}

/**
 * The element's text: CDATA opened, entities read once (XML's and HTML's), mark-up inside kept as mark-up, base64 decoded,
 * and the characters that XML forbids dropped.
 */
export function innerText({ raw, attributes }: Pick<FeedElement, 'raw' | 'attributes'>): string {
  const text = isMarkup(attributes) ? raw : unescaped(raw);
  const plain = isBase64(attributes) ? (fromBase64(text) ?? text) : text;
  return plain.replace(FORBIDDEN, '').trim();
}

/** XML 1.0, production 2. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;

/** The content is elements, not text that spells them: its entities are those of the mark-up (RFC 4287, 3.1.1.3). */
function isMarkup({ type, mode }: FeedElement['attributes']): boolean {
  return type === 'xhtml' || (type === 'application/xhtml+xml' && (mode ?? 'xml') === 'xml');
}

/** Atom 0.3 says so; in Atom 1.0 a media type that is no text says so (RFC 4287, 4.1.3.3). */
function isBase64({ type = '', mode }: FeedElement['attributes']): boolean {
  return mode === 'base64' || (mode === undefined && /^(?!text\/|message\/)[^/]+\/(?!.*\bxml$)/i.test(type));
}

function fromBase64(text: string): string | null {
  const letters = text.replace(/\s+/g, '');
  if (letters === '' || letters.length % 4 !== 0 || !/^[a-z0-9+/]+={0,2}$/i.test(letters)) return null;
  const bytes = Buffer.from(letters, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

function unescaped(raw: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const start = raw.indexOf('<![CDATA[', at);
    if (start < 0) break;
    const end = raw.indexOf(']]>', start);
    text += decodeEntities(raw.slice(at, start)) + raw.slice(start + '<![CDATA['.length, end < 0 ? raw.length : end);
    at = end < 0 ? raw.length : end + ']]>'.length;
  }
  return text + decodeEntities(raw.slice(at));
}

/** Character references and named entities; an ampersand that begins none stays. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = '';
  // Tags are hidden from the tokenizer, which then reads nothing but entities.
  const parser = new Parser({ ontext: (piece) => (decoded += piece) }, { decodeEntities: true });
  parser.end(text.replaceAll('<', '\uE000'));
  return decoded.replaceAll('\uE000', '<');
}
