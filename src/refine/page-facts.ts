// What a page says of itself, gathered from all over it and not yet chosen from: scripts, meta, microdata, bylines.

import type { BarePage } from './page-furniture.ts';
import { type PageNode, type PageTree, wordsOf } from './page-tree.ts';

export interface PageFacts {
  /** JSON-LD, as written. */
  readonly scripts: readonly string[];
  /** What `meta` elements say under a name, in order; lower case, `DC.title` as `dc:title`. */
  meta(name: string): readonly string[];
  /** What `<title>` says. */
  readonly title: string;
  /** Headings of the first two levels. */
  readonly headings: readonly string[];
  readonly microAuthors: readonly string[];
  readonly microDates: readonly string[];
  /** Near the text: lines that name authors, instants of `<time>`, lines that give dates. */
  readonly bylines: readonly string[];
  readonly times: readonly string[];
  readonly dateLines: readonly string[];
}

/** Dates and bylines are a page's own as far around its text as ancestors add little prose of theirs. */
const HEAD_STEPS = 4;
const HEAD_PROSE = 1.3;
const MAXIMUM_LINES = 40;
const LONGEST_LINE = 300;
/** Nodes in something that is still a byline, a date or a name. */
const LARGEST_MARK = 200;
const AUTHOR_NAMES = /author|auteur|byline|writer|signature/i;

/** Gathers the facts of a page whose text is in `root`. Linear, never throws on any tree. */
export function gatherFacts(page: BarePage, root: number): PageFacts {
  const { tree } = page;
  const region = headOf(page, root);
  const metas = { property: new Map<string, string[]>(), name: new Map<string, string[]>() };
  const facts = {
    ...{ scripts: [] as string[], title: '', headings: [] as string[], microAuthors: [] as string[] },
    ...{ microDates: [] as string[], bylines: [] as string[], times: [] as string[], dateLines: [] as string[] },
    // RDFa (`property`) is written on purpose; plain names are often a theme's defaults.
    meta: (name: string) => metas.property.get(name) ?? metas.name.get(name) ?? [],
  };
  for (let at = 1; at < tree.length; at += 1) {
    const node = tree[at]!;
    if (node.name === '') continue;
    if (node.name === 'script') {
      if (/^application\/ld\+json/i.test(node.attributes.type ?? '')) facts.scripts.push(wordsOf(tree, at));
    } else if (node.name === 'meta') {
      addMeta(metas.property, node.attributes.property, node);
      addMeta(metas.name, `${node.attributes.name ?? ''} ${node.attributes.itemprop ?? ''}`, node);
    } else if (node.name === 'title') {
      // Pictures (SVG) have titles of their own, later.
      if (facts.title === '') facts.title = oneLine(wordsOf(tree, at));
    } else if (node.name === 'h1' || node.name === 'h2') {
      add(facts.headings, () => wordsOf(tree, at));
    } else if (node.end - at <= LARGEST_MARK) {
      addMicrodata(facts, tree, at);
      if (at >= region.start && at < region.end) addLines(facts, page, at);
    }
  }
  return facts;
}

function headOf({ tree, counts }: BarePage, root: number): { readonly start: number; readonly end: number } {
  let start = root;
  for (let step = 0; step < HEAD_STEPS && tree[start]!.parent > 0; step += 1) {
    const { parent } = tree[start]!;
    if (counts.prose[parent]! > counts.prose[root]! * HEAD_PROSE) break;
    start = parent;
  }
  return { start, end: tree[start]!.end };
}

/** Several names may share one element. */
function addMeta(metas: Map<string, string[]>, names: string | undefined, { attributes }: PageNode): void {
  const content = oneLine(attributes.content ?? '');
  if (content === '' || names === undefined) return;
  for (const name of names.toLowerCase().split(/\s+/).slice(0, 20)) {
    if (name === '') continue;
    const spelled = /^(?:dc|dcterms?)\./.test(name) ? name.replaceAll('.', ':') : name;
    const known = metas.get(spelled) ?? [];
    metas.set(spelled, known);
    add(known, () => content);
  }
}

type Lists = { -readonly [List in 'microAuthors' | 'microDates' | 'bylines' | 'times' | 'dateLines']: string[] };

function addMicrodata(facts: Lists, tree: PageTree, at: number): void {
  const { itemprop, content, datetime } = tree[at]!.attributes;
  if (itemprop === undefined) return;
  if (/\bdatePublished\b/.test(itemprop)) add(facts.microDates, () => content ?? datetime ?? wordsOf(tree, at));
  if (/\bauthor\b/.test(itemprop)) add(facts.microAuthors, () => content ?? nameIn(tree, at));
}

/** The name inside an author's microdata, else all its words. */
function nameIn(tree: PageTree, at: number): string {
  for (let inside = at + 1; inside < tree[at]!.end; inside += 1) {
    const { itemprop, content } = tree[inside]!.attributes;
    if (itemprop !== undefined && /\bname\b/.test(itemprop)) return content ?? wordsOf(tree, inside);
  }
  return wordsOf(tree, at);
}

function addLines(facts: Lists, { tree, hints }: BarePage, at: number): void {
  const node = tree[at]!;
  const { rel, datetime } = node.attributes;
  if (node.name === 'time') add(facts.times, () => datetime ?? wordsOf(tree, at));
  if (rel !== undefined && /\bauthor\b/.test(rel)) add(facts.bylines, () => wordsOf(tree, at));
  if (hints[at] !== 'byline') return;
  const isAuthor = AUTHOR_NAMES.test(`${node.attributes.class ?? ''} ${node.attributes.id ?? ''}`);
  add(isAuthor ? facts.bylines : facts.dateLines, () => wordsOf(tree, at));
}

function add(list: string[], words: () => string): void {
  if (list.length >= MAXIMUM_LINES) return;
  const line = oneLine(words());
  if (line !== '' && line.length <= LONGEST_LINE) list.push(line);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
