// HTML to the text a person reads: blocks stay apart, lists and tables stay legible, what is hidden stays out.
// The tokenizer is used without a tree, so that depth and unclosed tags cost nothing.

import { Tokenizer } from 'htmlparser2';
import { hasBlocks, TAG_ROLES, UNREAD_TAGS, VOID_TAGS } from './html-tags.ts';
import { Layout } from './layout.ts';

/** Elements that a following block closes although their end tag is missing. */
const CLOSED_BY_BLOCKS = new Set(['p', 'li', 'td', 'th', 'tr', 'dt', 'dd', 'option']);
const HIDDEN_STYLE = /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden/i;

/** Every word of an HTML fragment or page that a reader sees. Pure, linear, never throws on any string; entities are decoded once. */
export function htmlToText(html: string): string {
  const reader = new TextReader(html);
  const tokenizer = new Tokenizer({ decodeEntities: true, xmlMode: false }, reader);
  tokenizer.write(html);
  tokenizer.end();
  return reader.text();
}

class TextReader {
  private readonly html: string;
  private readonly layout: Layout;
  private tag = '';
  private attribute = '';
  private value = '';
  private hidden = false;
  /** The element being left out, with how many of its name are open. */
  private skipped: { readonly name: string; depth: number } | null = null;

  constructor(html: string) {
    this.html = html;
    this.layout = new Layout(!hasBlocks(html));
  }

  text(): string {
    return this.layout.text();
  }

  ontext(start: number, end: number): void {
    this.write(this.html.slice(start, end));
  }

  ontextentity(code: number): void {
    this.write(String.fromCodePoint(code));
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.write(this.html.slice(start, end - endOffset));
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, end).toLowerCase();
    this.hidden = false;
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.html.slice(start, Math.min(end, start + 40)).toLowerCase();
    this.value = '';
    if (this.attribute === 'hidden') this.hidden = true;
  }

  onattribdata(start: number, end: number): void {
    if (this.value.length < 2_000) this.value += this.html.slice(start, Math.min(end, start + 2_000));
  }

  onattribentity(code: number): void {
    this.value += String.fromCodePoint(code);
  }

  onattribend(): void {
    if (this.attribute === 'style' && HIDDEN_STYLE.test(this.value)) this.hidden = true;
    if (this.attribute === 'aria-hidden' && this.value === 'true') this.hidden = true;
    if (this.attribute === 'hidden' && this.value === 'until-found') this.hidden = false;
  }

  onopentagend(): void {
    this.open();
  }

  onselfclosingtag(): void {
    this.open();
  }

  onclosetag(start: number, end: number): void {
    const name = this.html.slice(start, end).trim().toLowerCase();
    if (this.skipped !== null) {
      if (this.skipped.name === name) this.skipped.depth -= 1;
      if (this.skipped.depth === 0 && this.skipped.name === name) this.skipped = null;
      return;
    }
    const role = TAG_ROLES.get(name);
    if (role !== undefined) this.layout.close(role);
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private open(): void {
    const name = this.tag;
    if (this.skipped !== null) {
      if (name === this.skipped.name && !CLOSED_BY_BLOCKS.has(name)) this.skipped.depth += 1;
      else if (CLOSED_BY_BLOCKS.has(this.skipped.name) && TAG_ROLES.has(name)) this.skipped = null;
      if (this.skipped !== null) return;
    }
    if (VOID_TAGS.has(name)) {
      if (!this.hidden) this.enter(name);
      return;
    }
    if (this.hidden || UNREAD_TAGS.has(name)) {
      this.skipped = { name, depth: 1 };
      return;
    }
    this.enter(name);
  }

  private enter(name: string): void {
    const role = TAG_ROLES.get(name);
    if (role !== undefined) this.layout.open(role);
  }

  private write(text: string): void {
    if (this.skipped === null) this.layout.write(text);
  }
}
