// Which part of a page its readers came for, and what of that part is still not its text.

import { type BarePage, FURNITURE, KEPT } from './page-furniture.ts';
import { fold } from './page-title.ts';
import { type PageTree, wordsOf } from './page-tree.ts';

// What the rules are worth, in points of mean token F1 over 23 pages of news sites (95.2 % with all of them): choosing a part
// at all 3.2, counting links against it 0.6 and short lines 0.4, leaving comments out 1.3, what other names say 0.8, the
// title 0.4, bylines 0.15. Protecting what holds much of the prose from its names is worth 15.5.

/** Prose below which no part stands out: the page is then read whole, or the part it calls its main one. */
const LEAST_PROSE = 140;
/** Share of the page's prose that the text must hold: a short article in two parts is not half of it. */
const LEAST_SHARE = 0.5;
const MAIN_TAGS = new Set(['main', 'article']);
/** What may be a list of links or a byline: elements that stand on lines of their own, and spans made to. */
const SECTIONS = new Set('div section ul ol dl table p li header span address time h2 h3 h4 h5 h6'.split(' '));
/** Links from which a section without prose is a list of them, and the share of its letters in them. */
const LISTED_LINKS = 3;
const LISTED_SHARE = 0.6;
/** Longest byline, date line or pointer to another page, in letters. */
const LINE_LETTERS = 120;
const POINTER_LETTERS = 200;
const POINTER_SHARE = 0.3;
/** Share of the text that a byline cannot be. */
const BYLINE_SHARE = 0.4;
const POINTER =
  /^\W{0,3}(?:lire aussi|lire également|à lire|a lire|voir aussi|à voir|sur le même (?:sujet|thème)|en savoir plus|pour aller plus loin|read more|read also|also read|see also|related|more from|recommended|don.t miss|click here|follow us|suivez-nous|advertisement|publicité)(?!\p{L})/iu;

export interface MainContent {
  /** Index of the node that holds the text. */
  readonly root: number;
  /** KEPT, or why a node is left out with all it holds. */
  readonly dropped: Uint8Array;
}

/**
 * The node with the most prose for the least else around it (a maximum over all nodes), or what is around it where that is
 * little of the page's prose. Linear.
 */
export function findRoot({ tree, dropped, counts }: BarePage): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  let main = 0;
  for (let at = 0; at < tree.length; at += 1) {
    const { name, attributes, end } = tree[at]!;
    if (dropped[at] !== KEPT) {
      at = end - 1;
      continue;
    }
    const isMain = MAIN_TAGS.has(name) || attributes.role === 'main';
    if (isMain && (main === 0 || counts.letters[at]! > counts.letters[main]!)) main = at;
    const score = counts.prose[at]! - counts.noise[at]!;
    if (name !== '' && score > bestScore && counts.prose[at]! > 0) {
      best = at;
      bestScore = score;
    }
  }
  if (counts.prose[0]! < LEAST_PROSE) return main;
  while (best > 0 && counts.prose[best]! < counts.prose[0]! * LEAST_SHARE) best = tree[best]!.parent;
  return best;
}

/** Leaves out of the main part what is no text: its title, lists of links, bylines, pointers to other pages. Linear. */
export function trimContent(page: BarePage, root: number, title: string | null): MainContent {
  const { tree } = page;
  const dropped = page.dropped.slice();
  const { end } = tree[root]!;
  for (let at = root + 1; at < end; at += 1) {
    const { name, end: after } = tree[at]!;
    if (dropped[at] === KEPT && SECTIONS.has(name) && isNoText(page, at, root)) dropped[at] = FURNITURE;
    if (dropped[at] !== KEPT) at = after - 1;
  }
  dropTitle(tree, { root, dropped }, title);
  dropEmptyHeadings(page, { root, dropped });
  return { root, dropped };
}

function isNoText({ tree, hints, counts }: BarePage, at: number, root: number): boolean {
  const letters = counts.letters[at]!;
  if (letters === 0) return false;
  const linked = counts.linked[at]!;
  if (counts.prose[at] === 0 && counts.links[at]! >= LISTED_LINKS && linked > letters * LISTED_SHARE) return true;
  if (letters <= LINE_LETTERS && hints[at] === 'byline' && counts.prose[at]! < counts.prose[root]! * BYLINE_SHARE) {
    return true;
  }
  return letters < POINTER_LETTERS && linked > letters * POINTER_SHARE && POINTER.test(wordsOf(tree, at).slice(0, 100));
}

/** The title is a field of its own: the first heading that repeats it is not read again in the text. */
function dropTitle(tree: PageTree, { root, dropped }: MainContent, title: string | null): void {
  if (title === null) return;
  const folded = fold(title);
  for (let at = root + 1; at < tree[root]!.end; at += 1) {
    const { name, end } = tree[at]!;
    if (dropped[at] !== KEPT) at = end - 1;
    else if ((name === 'h1' || name === 'h2') && fold(wordsOf(tree, at)) === folded) {
      dropped[at] = FURNITURE;
      return;
    }
  }
}

/** A heading that announced only what was left out ("À lire aussi") goes with it. */
function dropEmptyHeadings({ tree, counts }: BarePage, { root, dropped }: MainContent): void {
  const waiting: { readonly at: number; readonly level: number; left: boolean }[] = [];
  const settle = (level: number) => {
    while (waiting.length > 0 && waiting.at(-1)!.level >= level) {
      const heading = waiting.pop()!;
      if (heading.left) dropped[heading.at] = FURNITURE;
    }
  };
  for (let at = root + 1; at < tree[root]!.end; at += 1) {
    const { name, text, end } = tree[at]!;
    const level = /^h[1-6]$/.test(name) ? Number(name[1]) : 0;
    if (dropped[at] !== KEPT) {
      if (dropped[at] === FURNITURE) for (const heading of waiting) heading.left = true;
      at = end - 1;
    } else if (level > 0 && counts.letters[at]! > 0) {
      settle(level);
      waiting.push({ at, level, left: false });
      at = end - 1;
    } else if (name === '' && text.trim() !== '') waiting.length = 0;
  }
  settle(0);
}
