// The same for messages written in HTML: what mail programs mark as earlier messages and signatures is cut out.

import { Parser } from 'htmlparser2';

export interface OwnHtml {
  readonly html: string;
  /** Letters left out: of earlier messages, and of signatures. */
  readonly quoted: number;
  readonly signature: number;
}

type Part = 'quoted' | 'signature';

/** Deeper pages are not looked into: they are kept whole. */
const MAXIMUM_DEPTH = 512;

const QUOTED_CLASSES =
  /(?:^|\s)(?:gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|zmail_extra)(?:\s|$)/;
const SIGNATURE_CLASSES = /(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block)(?:\s|$)/;
/** From such an element on everything is history: Outlook, its web version, Zimbra. */
const CUTS = /^(?:x_)?(?:appendonsend|divRplyFwdMsg|zwchr|OLK_SRC_BODY_SECTION)$/;
const OUTLOOK_BORDER = /border:\s?none;\s?border-top:\s?solid #(?:E1E1E1|B5C4DF)/i;

/** Takes away earlier messages and signatures; a message that would have nothing left is kept whole. */
export function ownHtml(html: string, { forwarded }: { readonly forwarded: boolean }): OwnHtml {
  const cuts: { readonly start: number; readonly end: number }[] = [];
  const letters = { kept: 0, quoted: 0, signature: 0 };
  let depth = 0;
  let open: { readonly part: Part; readonly start: number; readonly depth: number } | null = null;
  let rest = -1;
  let tooDeep = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!VOID.has(name)) depth += 1;
      if (depth > MAXIMUM_DEPTH) tooDeep = true;
      if (open !== null || rest >= 0) return;
      if (!forwarded && startsHistory(attributes)) rest = parser.startIndex;
      else {
        const part = partOf(name, attributes, forwarded);
        if (part !== null && !VOID.has(name)) open = { part, start: parser.startIndex, depth };
      }
    },
    ontext(text) {
      const count = text.replace(/\s+/g, '').length;
      if (rest >= 0) letters.quoted += count;
      else letters[open === null ? 'kept' : open.part] += count;
    },
    onclosetag(name) {
      if (VOID.has(name)) return;
      if (open !== null && open.depth === depth) {
        cuts.push({ start: open.start, end: parser.endIndex + 1 });
        open = null;
      }
      depth -= 1;
    },
  });
  parser.end(html);
  if (tooDeep || letters.kept === 0) return { html, quoted: 0, signature: 0 };
  const end = rest >= 0 ? rest : html.length;
  let own = '';
  let at = 0;
  for (const cut of cuts) {
    own += html.slice(at, cut.start);
    at = cut.end;
  }
  return { html: own + html.slice(at, end), quoted: letters.quoted, signature: letters.signature };
}

type Attributes = Readonly<Record<string, string>>;

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

function startsHistory({ id = '', style = '' }: Attributes): boolean {
  return CUTS.test(id) || OUTLOOK_BORDER.test(style);
}

function partOf(
  name: string,
  { class: classes = '', id = '', type = '' }: Attributes,
  forwarded: boolean,
): Part | null {
  if (SIGNATURE_CLASSES.test(classes) || /^(?:x_)?Signature$/.test(id)) return 'signature';
  if (forwarded) return null;
  if (name === 'blockquote' && (type.toLowerCase() === 'cite' || classes !== '')) return 'quoted';
  return QUOTED_CLASSES.test(classes) ? 'quoted' : null;
}
