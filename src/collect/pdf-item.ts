// A PDF, or one page of it, as an item: its text, and what could not be read of it.

import type { Finding } from '../model/finding.ts';
import type { Item } from '../model/item.ts';
import { plainItem } from './item-fields.ts';
import type { PdfContent } from './pdf-content.ts';
import { authorsOf, createdOf, titleOf } from './pdf-metadata.ts';
import { documentText, pageTexts } from './pdf-text.ts';

/** Texts are laid out at most once per PDF, however many of its pages are asked for. */
export interface PdfTexts {
  readonly content: PdfContent;
  whole(): string;
  page(number: number): string;
}

export function textsOf(content: PdfContent): PdfTexts {
  let pages: readonly string[] | null = null;
  return {
    content,
    whole: () => documentText(content.pages),
    page(number) {
      pages ??= pageTexts(content.pages);
      return pages[number - 1] ?? '';
    },
  };
}

/** The item of the whole, or of one page from 1. `url` is the PDF's own address, or null. */
export function pdfItem(texts: PdfTexts, page: number | null, url: string | null): Item {
  const { content } = texts;
  const { info, pages, pageCount } = content;
  const item = plainItem(page === null ? texts.whole() : texts.page(page), findingsOf(content, page));
  return {
    ...item,
    id: page === null ? null : `page-${page}`,
    title: titleOf(info, pages),
    textFormat: 'plain',
    url: url === null || page === null ? url : `${url}#page=${page}`,
    authors: authorsOf(info),
    publishedAt: createdOf(info),
    fields: [...(page === null ? [] : [['page', String(page)] as const]), ['pages', String(pageCount)]],
  };
}

function findingsOf({ pages, pageCount, cut }: PdfContent, page: number | null): readonly Finding[] {
  const findings: Finding[] = [];
  const read = page === null ? pages.map((_, at) => at + 1) : [page];
  const scanned = read.filter((number) => pages[number - 1]?.scanned);
  if (scanned.length > 0) {
    const evidence = page === null ? `${scanned.length} of ${pageCount} pages: ${ranges(scanned)}` : 'image';
    findings.push({ code: 'scanned-page', at: page === null ? 'text' : `page ${page}`, evidence });
  }
  if (cut !== null && (page === null || page > pages.length)) {
    findings.push({ code: 'text-truncated', at: 'text', evidence: `${pages.length} of ${pageCount} pages (${cut})` });
  }
  return findings;
}

/** `1-3, 7`. */
function ranges(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
