// The text of a part of a page, laid out for reading.

import { TAG_ROLES } from './html-tags.ts';
import { Layout } from './layout.ts';
import type { MainContent } from './main-content.ts';
import { KEPT } from './page-furniture.ts';
import type { PageTree } from './page-tree.ts';

/** Lays out what is kept of a page. Linear in the page, whatever its depth. */
export function layOutPage(tree: PageTree, { root, dropped }: MainContent): string {
  const layout = new Layout(false);
  const open: number[] = [];
  const close = (until: number) => {
    while (open.length > 0 && tree[open.at(-1)!]!.end <= until) {
      const role = TAG_ROLES.get(tree[open.pop()!]!.name);
      if (role !== undefined) layout.close(role);
    }
  };
  const { end } = tree[root]!;
  for (let at = root; at < end; at += 1) {
    close(at);
    const node = tree[at]!;
    if (dropped[at] !== KEPT) {
      at = node.end - 1;
      continue;
    }
    if (node.name === '') {
      layout.write(node.text);
      continue;
    }
    const role = TAG_ROLES.get(node.name);
    if (role !== undefined) layout.open(role);
    open.push(at);
  }
  close(Number.POSITIVE_INFINITY);
  return layout.text();
}
