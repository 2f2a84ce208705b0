// A whole page to what its readers came for: the text of its main part, its title, authors and date.

import { findRoot, trimContent } from './main-content.ts';
import { clearPage } from './page-furniture.ts';
import { type PageMetadata, readMetadata } from './page-metadata.ts';
import { layOutPage } from './page-text.ts';
import { readTree } from './page-tree.ts';

/** Share of the text given beside the page below which the page's own is taken for a stub (written by scripts, walled). */
const STUB_SHARE = 0.3;

export interface Page extends Omit<PageMetadata, 'body'> {
  readonly text: string;
}

/** Reads a whole HTML page. Pure, linear in its length, never throws on any string. */
export function readPage(html: string): Page {
  const page = clearPage(readTree(html));
  const root = findRoot(page);
  const { body, ...metadata } = readMetadata(page, root);
  const text = layOutPage(page.tree, trimContent(page, root, metadata.title));
  return { ...metadata, text: body !== null && text.length < body.length * STUB_SHARE ? body : text };
}
