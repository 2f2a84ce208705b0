// What stands around the text of a page and is never part of it: what is hidden, menus, share bars, comments, cookies.

import { TAG_ROLES, UNREAD_TAGS } from './html-tags.ts';
import { blocksOf, countPage, type PageCounts } from './page-blocks.ts';
import { type Hint, hintsOf } from './page-hints.ts';
import type { PageNode, PageTree } from './page-tree.ts';

/** Why a node is left out with all it holds: 0 where it is not. */
export const KEPT = 0;
export const UNREAD = 1;
export const FURNITURE = 2;

const FURNITURE_TAGS = new Set('nav aside footer button dialog menu form input label fieldset'.split(' '));
const HIDDEN_STYLE = /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden/i;
/**
 * Share of a page's prose that names and tags cannot put out: a site may call its article anything. Comments, which may be
 * longer than what they comment, are put out even so, unless the page holds next to nothing else (a forum).
 */
const PROTECTED_SHARE = 0.4;
const PROTECTED_COMMENTS = 0.8;

export interface BarePage {
  readonly tree: PageTree;
  readonly hints: readonly Hint[];
  /** KEPT, UNREAD or FURNITURE for each node; what is inside one that is not kept is not marked again. */
  readonly dropped: Uint8Array;
  /** Counts of what is kept. */
  readonly counts: PageCounts;
}

/** Takes its furniture from a page. Linear. */
export function clearPage(tree: PageTree): BarePage {
  const hints = hintsOf(tree);
  const dropped = new Uint8Array(tree.length);
  mark(tree, dropped, UNREAD, (at) => isUnread(tree[at]!));
  const blocks = blocksOf(tree);
  const { prose, ownProse } = countPage(tree, dropped, blocks);
  const commented = dropped.slice();
  let left = prose[0]!;
  mark(tree, commented, FURNITURE, (at) => {
    if (hints[at] !== 'comments') return false;
    left -= prose[at]!;
    return true;
  });
  const isForum = left < prose[0]! * (1 - PROTECTED_COMMENTS);
  if (isForum) left = prose[0]!;
  else dropped.set(commented);
  mark(tree, dropped, FURNITURE, (at) => {
    const { name } = tree[at]!;
    if (hints[at] !== 'furniture' && !FURNITURE_TAGS.has(name)) return false;
    // Publishers mark the paragraphs of an article for their pay wall, and its words for their readers' tools.
    if (name === 'p' || !TAG_ROLES.has(name)) return ownProse[blocks[at]!] === 0;
    return prose[at] === 0 || prose[at]! < left * PROTECTED_SHARE;
  });
  return { tree, hints, dropped, counts: countPage(tree, dropped, blocks) };
}

/** Marks the elements that `test` holds for and that nothing marked is around. */
function mark(tree: PageTree, dropped: Uint8Array, why: number, test: (at: number) => boolean): void {
  for (let at = 1; at < tree.length; at += 1) {
    const node = tree[at]!;
    if (dropped[at] === KEPT && node.name !== '' && test(at)) dropped[at] = why;
    if (dropped[at] !== KEPT) at = node.end - 1;
  }
}

/** For machines, or kept from readers. */
function isUnread({ name, attributes }: PageNode): boolean {
  if (UNREAD_TAGS.has(name)) return true;
  if (attributes.style !== undefined && HIDDEN_STYLE.test(attributes.style)) return true;
  if (attributes['aria-hidden'] === 'true') return true;
  return attributes.hidden !== undefined && attributes.hidden !== 'until-found';
}
