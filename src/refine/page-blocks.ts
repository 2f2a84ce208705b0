// What a page's nodes hold: letters, letters in links, prose. Everything is counted once, from the leaves up.

import { TAG_ROLES, VOID_TAGS } from './html-tags.ts';
import type { PageTree } from './page-tree.ts';

/** Letters from which a block is taken for prose, with the end of a sentence in it and without. */
const SENTENCE_LETTERS = 25;
const PROSE_LETTERS = 100;
/** Share of a block's letters in links from which it is no prose. */
const LINKED_SHARE = 0.5;
/** What a letter in a link, and one outside prose, cost the part of a page that holds them, against one of prose. */
const LINKED_COST = 2;
const SHORT_COST = 1;
const SENTENCE_END = /[.!?…。！？।။؟:»”"]\s{0,9}$|[.!?…。！？]\s/;
/** Headings announce prose, items and cells go on with it: short as they are, they cost nothing. */
const COSTLESS = new Set('h1 h2 h3 h4 h5 h6 li dt dd td th caption figcaption pre summary'.split(' '));

/** Counts for each node, itself and all it holds; what is dropped counts for nothing. */
export interface PageCounts {
  readonly letters: Float64Array;
  readonly linked: Float64Array;
  /** Links with words in them. */
  readonly links: Float64Array;
  /** Letters in blocks that read as sentences, links excepted. */
  readonly prose: Float64Array;
  /** The same for each block by itself, without the blocks in it. */
  readonly ownProse: Float64Array;
  /** What the rest costs. */
  readonly noise: Float64Array;
}

interface OpenBlock {
  readonly at: number;
  letters: number;
  linked: number;
  sentences: boolean;
}

/** Counts what is not dropped. `blocks` is what `blocksOf` gives. Linear. */
export function countPage(tree: PageTree, dropped: Uint8Array, blocks: Int32Array): PageCounts {
  const [letters, linked, links, prose, noise] = Array.from({ length: 5 }, () => new Float64Array(tree.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const closeBlock = ({ at, letters: all, linked: inLinks, sentences }: OpenBlock) => {
    const isProse = all >= (sentences ? SENTENCE_LETTERS : PROSE_LETTERS) && inLinks < all * LINKED_SHARE;
    if (isProse) prose[at]! += all - inLinks;
    const costless = isProse || COSTLESS.has(tree[at]!.name);
    noise[at]! += LINKED_COST * inLinks + (costless ? 0 : SHORT_COST * (all - inLinks));
  };
  let block: OpenBlock = { at: 0, letters: 0, linked: 0, sentences: false };
  let link = 0;
  let linkEnd = 0;
  for (let at = 1; at < tree.length; at += 1) {
    const node = tree[at]!;
    if (dropped[at] !== 0) {
      at = node.end - 1;
      continue;
    }
    if (node.name === 'a') {
      link = at;
      linkEnd = Math.max(linkEnd, node.end);
    }
    if (node.name !== '') continue;
    const size = lettersIn(node.text);
    if (size === 0) continue;
    letters[at] = size;
    // Text of one block may be interrupted by another block; it then counts as two.
    if (block.at !== blocks[at]) {
      closeBlock(block);
      block = { at: blocks[at]!, letters: 0, linked: 0, sentences: false };
    }
    block.letters += size;
    block.sentences ||= SENTENCE_END.test(node.text);
    if (at >= linkEnd) continue;
    linked[at] = size;
    links[link] = 1;
    block.linked += size;
  }
  closeBlock(block);
  const ownProse = prose.slice();
  for (const counts of [letters, linked, links, prose, noise]) {
    for (let at = tree.length - 1; at > 0; at -= 1) counts[tree[at]!.parent]! += counts[at]!;
  }
  return { letters, linked, links, prose, ownProse, noise };
}

/** For each node the block it belongs to: the nearest element that is laid out on lines of its own. */
export function blocksOf(tree: PageTree): Int32Array {
  const blocks = new Int32Array(tree.length);
  for (let at = 1; at < tree.length; at += 1) {
    const { name, parent } = tree[at]!;
    const isBlock = name !== '' && TAG_ROLES.has(name) && !VOID_TAGS.has(name);
    blocks[at] = isBlock ? at : blocks[parent]!;
  }
  return blocks;
}

/** Characters that are no white space. One of Chinese, Japanese or Korean says as much as two or three of Latin script. */
function lettersIn(text: string): number {
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0xa0) continue;
    size += code >= 0x2e80 && code < 0xd7b0 ? 2.5 : 1;
  }
  return size;
}
