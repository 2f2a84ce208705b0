// From the pieces of a PDF to texts that read: margins dropped, blocks in order, words and paragraphs whole.

import { blocksOf } from './pdf-blocks.ts';
import type { PdfPage } from './pdf-content.ts';
import { joinLines, type Vocabulary, vocabularyOf } from './pdf-hyphens.ts';
import { dropMargins } from './pdf-margins.ts';
import { LONGEST_PARAGRAPH, paragraphsOf } from './pdf-paragraphs.ts';

interface Paragraph {
  readonly text: string;
  /** True where a sentence may go on in the next column or page. */
  readonly flows: boolean;
  /** True for the first of a column or page. */
  readonly opens: boolean;
}

const STOP = /[.!?…:;»”"|)]$/;
const GOES_ON = /^[\p{Ll}(«]/u;

/** The text of each page, by itself. Pure; a cell of a table ends with ` | `, blocks are a blank line apart. */
export function pageTexts(pages: readonly PdfPage[]): readonly string[] {
  return paragraphsByPage(pages).map(({ paragraphs, vocabulary }) => flow(paragraphs, vocabulary));
}

/** The text of the whole: a paragraph that a page break cuts is put together. */
export function documentText(pages: readonly PdfPage[]): string {
  const read = paragraphsByPage(pages);
  return flow(
    read.flatMap(({ paragraphs }) => paragraphs),
    read[0]?.vocabulary ?? new Set(),
  );
}

function paragraphsByPage(pages: readonly PdfPage[]) {
  const bodies = dropMargins(pages);
  const segments = bodies.flatMap(({ sheets }) => sheets).flatMap((sheet) => sheet.segments);
  const vocabulary = vocabularyOf(segments.map(({ text }) => text));
  return bodies.map((page) => ({ paragraphs: paragraphsOn(page, vocabulary), vocabulary }));
}

function paragraphsOn({ sheets }: PdfPage, vocabulary: Vocabulary): readonly Paragraph[] {
  return sheets.flatMap((sheet) =>
    blocksOf(sheet).flatMap((block): readonly Paragraph[] => {
      if (block.kind === 'table') {
        const text = block.rows.map((cells) => cells.join(' | ')).join('\n');
        return [{ text, flows: false, opens: false }];
      }
      return paragraphsOf(block.rows, vocabulary).map((text, at) => ({ text, flows: true, opens: at === 0 }));
    }),
  );
}

function flow(paragraphs: readonly Paragraph[], vocabulary: Vocabulary): string {
  const texts: string[] = [];
  let before: Paragraph | null = null;
  for (const paragraph of paragraphs) {
    const { text, flows, opens } = paragraph;
    const joins = before?.flows && flows && opens && texts.at(-1)!.length < LONGEST_PARAGRAPH;
    if (joins && !STOP.test(before!.text) && GOES_ON.test(text)) {
      texts.push(joinLines(texts.pop()!, text, vocabulary));
    } else texts.push(text);
    before = paragraph;
  }
  return texts.join('\n\n');
}
