// Files that are one document each: plain text, Markdown, HTML. The record is the whole file.

import type { Item } from '../../model/item.ts';
import { wholeOf } from '../bytes.ts';
import { detectCharset } from '../charset.ts';
import type { FileConfig } from '../file-config.ts';
import type { FileSource } from '../file-source.ts';
import type { Format, FormatEvent, ReadOpening } from '../format.ts';
import { plainItem } from '../item-fields.ts';
import { declaredCharset, htmlTitle } from '../page-head.ts';
import { recordText } from '../record-text.ts';

type DocumentName = 'text' | 'markdown' | 'html';

const MEDIA_TYPES = { text: 'text/plain', markdown: 'text/markdown', html: 'text/html' } as const;
const TEXT_FORMATS = { text: 'plain', markdown: 'markdown', html: 'page' } as const;
const TITLE_WITHIN = 65_536;

export function documentFormat(name: DocumentName): Format {
  return { name, collect, read };

  async function* collect(source: FileSource, config: FileConfig): AsyncIterable<readonly FormatEvent[]> {
    const bytes = await wholeOf(source, config.maximumRecordBytes, 'maximumRecordBytes');
    const { charset, certain } = detectCharset(
      bytes,
      config.encoding ?? (name === 'html' ? declaredCharset(bytes) : undefined),
    );
    const opening = { part: '', mediaType: MEDIA_TYPES[name], charset, context: { format: name, certain } };
    yield [
      { kind: 'opening', opening },
      { kind: 'record', bytes, key: null },
    ];
  }

  function read(bytes: Uint8Array, opening: ReadOpening): Item {
    const { text, findings } = recordText(bytes, opening.charset, opening.context.certain !== false);
    const textFormat = TEXT_FORMATS[name];
    return { ...plainItem(text, findings), title: titleOf(text.slice(0, TITLE_WITHIN), name), textFormat };
  }
}

function titleOf(text: string, name: DocumentName): string | null {
  if (name === 'text') return null;
  const title = name === 'html' ? htmlTitle(text) : markdownTitle(text);
  return title === '' ? null : title;
}

function markdownTitle(text: string): string {
  const lines = text.split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const heading = /^ {0,3}#{1,6}[ \t]+(\S.*)$/.exec(line)?.[1];
    if (heading !== undefined) return heading.replace(/[ \t]#*$/, '').trim();
    if (/^={3,}\s*$/.test(lines[at + 1] ?? '') && line.trim() !== '') return line.trim();
  }
  return '';
}
