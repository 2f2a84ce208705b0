// Markdown to the text a person reads: light, line by line; words are never dropped, only their marks.

const FENCE = /^ {0,3}(?:```|~~~)/;
const RULE = /^ {0,3}(?:-[ -]{2,}|\*[ *]{2,}|_[ _]{2,})$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+/;
const HEADING_END = /[ \t]+#{1,6}$/;
const SETEXT = /^ {0,3}(?:={2,}|-{2,})$/;
const QUOTE = /^ {0,3}>[ \t]?/;
const BULLET = /^\s{0,12}[*+-][ \t]+(?:\[[ xX]\][ \t]+)?/;
const TABLE_RULE = /^[ \t|:-]+$/;
const IMAGE = /!\[([^\]\n]{0,500})\]\([^()\s]{0,2000}(?:[ \t]"[^"\n]{0,300}")?\)/g;
const LINK = /\[([^\]\n]{1,500})\]\([^()\s]{0,2000}(?:[ \t]"[^"\n]{0,300}")?\)/g;
const AUTOLINK = /<(https?:\/\/[^<>\s]{1,2000}|[^<>\s@]{1,100}@[^<>\s@]{1,200})>/g;
const STRONG = /(\*\*|__)(?=\S)([^*_\n]{1,2000}?)\1/g;
const EMPHASIS = /(^|[\s(«"'’])([*_])(?=\S)([^*_\n]{1,2000}?)\2(?=$|[\s).,;:!?»"'’])/g;
const CODE = /`([^`\n]{1,500})`/g;
const STRIKE = /~~([^~\n]{1,1000})~~/g;
const ESCAPED = /\\([\\`*_{}[\]()#+.!|>~-])/g;

/** Text of a Markdown document. Pure, linear, never throws on any string. */
export function markdownToText(markdown: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    if (FENCE.test(line)) {
      fenced = !fenced;
      continue;
    }
    const text = fenced ? line : plainLine(line);
    if (text !== null) lines.push(text);
  }
  return lines.join('\n');
}

/** One line without its marks; null where the line is nothing but marks. */
function plainLine(line: string): string | null {
  if (line === '') return '';
  if (line.length < 200 && (RULE.test(line) || SETEXT.test(line))) return '';
  let text = line.replace(QUOTE, '');
  if (HEADING.test(text)) text = text.replace(HEADING, '').replace(HEADING_END, '');
  text = text.replace(BULLET, '- ');
  if (text.includes('|') && text.trimStart().startsWith('|')) {
    if (TABLE_RULE.test(text)) return null;
    text = text
      .trim()
      .replace(/^\|[ \t]?/, '')
      .replace(/\|$/, '')
      .replace(/[ \t]{0,20}\|[ \t]{0,20}/g, ' | ')
      .trim();
  }
  return plainWords(text);
}

function plainWords(text: string): string {
  return text
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(AUTOLINK, '$1')
    .replace(STRONG, '$2')
    .replace(EMPHASIS, '$1$3')
    .replace(STRIKE, '$1')
    .replace(CODE, '$1')
    .replace(ESCAPED, '$1');
}
