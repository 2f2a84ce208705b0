// Mark-up as people are shown it: what a reader would see is told apart from the elements, which are left bare.

import { Tokenizer } from 'htmlparser2';

interface MarkupReader {
  /** A run of words, or the character that a reference stands for; UTF-16 offsets into the source. */
  words(shown: string, start: number, end: number): void;
  /** A tag, comment or declaration, without what it holds. */
  bare?(spelled: string): void;
}

const NAME = /^[a-z][a-z0-9-]{0,30}$/i;
/** Elements whose words nobody reads. */
const UNREAD = new Set(['script', 'style']);

/** Reads a text once, mark-up or not. Linear, never throws on any string. */
export function readMarkup(source: string, { words, bare = () => undefined }: MarkupReader): void {
  let name = '';
  let hasMore = false;
  let unread = false;
  const nothing = () => undefined;
  const nameOf = (start: number, end: number) => {
    const spelled = source.slice(start, Math.min(end, start + 40));
    return NAME.test(spelled) ? spelled.toLowerCase() : '…';
  };
  const opened = (end: string) => {
    bare(`<${name}${hasMore ? ' …' : ''}${end}`);
    unread = UNREAD.has(name);
    if (unread) bare('…');
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: true, xmlMode: false },
    {
      ontext(start, end) {
        if (!unread) words(source.slice(start, end), start, end);
      },
      ontextentity(code, end) {
        if (!unread) words(String.fromCodePoint(code), source.lastIndexOf('&', end - 1), end);
      },
      onopentagname(start, end) {
        name = nameOf(start, end);
        hasMore = false;
      },
      onattribname() {
        hasMore = true;
      },
      onopentagend: () => opened('>'),
      onselfclosingtag: () => opened('/>'),
      onclosetag(start, end) {
        unread = false;
        bare(`</${nameOf(start, end)}>`);
      },
      oncomment: () => bare('<!--…-->'),
      oncdata: () => bare('<![CDATA[…]]>'),
      ondeclaration: () => bare('<!…>'),
      onprocessinginstruction: () => bare('<?…>'),
      onattribdata: nothing,
      onattribend: nothing,
      onattribentity: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
}

/** Names of elements only: attributes, comments and scripts hold addresses and names that no step looked for. */
export function bareMarkup(source: string): string {
  let out = '';
  readMarkup(source, {
    words(_, start, end) {
      out += source.slice(start, end);
    },
    bare(spelled) {
      out += spelled;
    },
  });
  return out;
}
