// A page's elements and text in document order, mended as browsers mend them where it matters to a reader.
// Nodes are a flat list, and open elements are found by name: depth, unclosed and stray tags cost nothing.

import { Tokenizer } from 'htmlparser2';
import { TAG_ROLES, VOID_TAGS } from './html-tags.ts';

export interface PageNode {
  /** Lower-case element name; empty for text. */
  readonly name: string;
  /** Index of the parent; -1 for the root, which is node 0. */
  readonly parent: number;
  /** Index after the last node inside this one: node `at` holds the nodes `at + 1` to `end - 1`. */
  end: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Words of a text node, entities decoded. */
  text: string;
}

export type PageTree = readonly PageNode[];

const KEPT_ATTRIBUTES = new Set(
  'class id role style hidden aria-hidden aria-label aria-modal itemprop itemtype rel href name property content datetime pubdate type'.split(
    ' ',
  ),
);
const LONGEST_ATTRIBUTE = 4000;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

/** What an opening tag closes, within which bounds (HTML Living Standard §13.2.6.4, the part that pages rely on). */
const IMPLIED_ENDS: Readonly<
  Record<string, { readonly closes: readonly string[]; readonly within: readonly string[] }>
> = {
  li: { closes: ['li'], within: ['ul', 'ol', 'menu'] },
  dt: { closes: ['dt', 'dd'], within: ['dl'] },
  dd: { closes: ['dt', 'dd'], within: ['dl'] },
  td: { closes: ['td', 'th'], within: ['tr', 'table'] },
  th: { closes: ['td', 'th'], within: ['tr', 'table'] },
  tr: { closes: ['tr'], within: ['table'] },
  tbody: { closes: ['thead', 'tbody', 'tfoot', 'tr'], within: ['table'] },
  thead: { closes: ['thead', 'tbody', 'tfoot', 'tr'], within: ['table'] },
  tfoot: { closes: ['thead', 'tbody', 'tfoot', 'tr'], within: ['table'] },
  option: { closes: ['option'], within: ['select', 'datalist'] },
  a: { closes: ['a'], within: ['td', 'th', 'table'] },
  body: { closes: ['head'], within: [] },
};
/** No end tag reaches out of these, but those of tables. */
const SCOPES = ['td', 'th', 'caption', 'table', 'template'];
const TABLE_PARTS = new Set(['table', 'tr', 'td', 'th', 'tbody', 'thead', 'tfoot', 'caption', 'template']);
const NEVER_CLOSED = new Set(['html', 'body']);

/** The tree of an HTML page or fragment. Pure, linear, never throws on any string. */
export function readTree(html: string): PageTree {
  const reader = new TreeReader(html);
  const tokenizer = new Tokenizer({ decodeEntities: true, xmlMode: false }, reader);
  tokenizer.write(html);
  tokenizer.end();
  return reader.finish();
}

/** Nodes that are looked at for the words of one: nested headings do not make reading each of them quadratic. */
const MAXIMUM_WORDS_NODES = 500;

/** The words of a node as written, of a short one whole. */
export function wordsOf(tree: PageTree, at: number): string {
  const end = Math.min(tree[at]!.end, at + MAXIMUM_WORDS_NODES);
  let text = '';
  for (let inside = at; inside < end; inside += 1) text += tree[inside]!.text;
  return text.trim();
}

class TreeReader {
  private readonly html: string;
  private readonly nodes: PageNode[] = [{ name: '#root', parent: -1, end: 0, attributes: NO_ATTRIBUTES, text: '' }];
  /** Indexes of the open elements, outermost first. */
  private readonly stack: number[] = [0];
  /** For each name, the places in `stack` where it is open. */
  private readonly open = new Map<string, number[]>();
  /** Places in `stack` of open blocks. */
  private readonly blocks: number[] = [];
  private tag = '';
  private attribute = '';
  private value = '';
  private attributes: Record<string, string> | null = null;

  constructor(html: string) {
    this.html = html;
  }

  finish(): PageTree {
    while (this.stack.length > 1) this.pop();
    this.nodes[0]!.end = this.nodes.length;
    return this.nodes;
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
    this.attributes = null;
  }

  onattribname(start: number, end: number): void {
    const name = this.html.slice(start, Math.min(end, start + 40)).toLowerCase();
    this.attribute = KEPT_ATTRIBUTES.has(name) ? name : '';
    this.value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute === '' || this.value.length >= LONGEST_ATTRIBUTE) return;
    this.value += this.html.slice(start, Math.min(end, start + LONGEST_ATTRIBUTE));
  }

  onattribentity(code: number): void {
    if (this.attribute !== '') this.value += String.fromCodePoint(code);
  }

  onattribend(): void {
    if (this.attribute === '') return;
    this.attributes ??= {};
    this.attributes[this.attribute] ??= this.value;
  }

  onopentagend(): void {
    this.enter();
  }

  onselfclosingtag(): void {
    this.enter();
  }

  onclosetag(start: number, end: number): void {
    const name = this.html.slice(start, end).trim().toLowerCase();
    const place = this.lastOpen(name);
    if (place < 0 || NEVER_CLOSED.has(name)) return;
    if (!TABLE_PARTS.has(name) && place < this.lastOpenOf(SCOPES)) return;
    // A stray inline end tag does not close the blocks opened since: what follows them is still in their parent.
    if (!TAG_ROLES.has(name) && (this.blocks.at(-1) ?? -1) > place) return;
    this.closeFrom(place);
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private enter(): void {
    const name = this.tag;
    const role = TAG_ROLES.get(name);
    const implied = IMPLIED_ENDS[name];
    if (implied !== undefined) {
      const place = this.lastOpenOf(implied.closes);
      if (place > this.lastOpenOf(implied.within)) this.closeFrom(place);
    }
    if (role !== undefined && role !== 'break') {
      const paragraph = this.lastOpen('p');
      if (paragraph > this.lastOpenOf(SCOPES)) this.closeFrom(paragraph);
    }
    const at = this.nodes.length;
    const parent = this.stack.at(-1)!;
    this.nodes.push({ name, parent, end: at + 1, attributes: this.attributes ?? NO_ATTRIBUTES, text: '' });
    if (VOID_TAGS.has(name)) return;
    const places = this.open.get(name);
    if (places === undefined) this.open.set(name, [this.stack.length]);
    else places.push(this.stack.length);
    if (role !== undefined) this.blocks.push(this.stack.length);
    this.stack.push(at);
  }

  private write(text: string): void {
    const parent = this.stack.at(-1)!;
    const last = this.nodes.at(-1)!;
    if (last.name === '' && last.parent === parent) last.text += text;
    else this.nodes.push({ name: '', parent, end: this.nodes.length + 1, attributes: NO_ATTRIBUTES, text });
  }

  private lastOpen(name: string): number {
    return this.open.get(name)?.at(-1) ?? -1;
  }

  private lastOpenOf(names: readonly string[]): number {
    let last = -1;
    for (const name of names) last = Math.max(last, this.lastOpen(name));
    return last;
  }

  private closeFrom(place: number): void {
    while (this.stack.length > place) this.pop();
  }

  private pop(): void {
    const node = this.nodes[this.stack.pop()!]!;
    node.end = this.nodes.length;
    this.open.get(node.name)?.pop();
    if (this.blocks.at(-1) === this.stack.length) this.blocks.pop();
  }
}
