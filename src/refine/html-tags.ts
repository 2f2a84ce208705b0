// What each HTML element means for a reader who sees only text.

export type TagRole = 'paragraph' | 'line' | 'list' | 'item' | 'table' | 'row' | 'cell' | 'break' | 'rule' | 'pre';

const ROLES: readonly (readonly [role: TagRole, names: string])[] = [
  [
    'paragraph',
    'p h1 h2 h3 h4 h5 h6 dl blockquote section article main header footer aside nav form fieldset figure details address hgroup search body html center',
  ],
  ['line', 'div dt dd caption figcaption summary legend thead tbody tfoot option optgroup label video audio dir'],
  ['list', 'ul ol menu'],
  ['item', 'li'],
  ['table', 'table'],
  ['row', 'tr'],
  ['cell', 'td th'],
  ['break', 'br'],
  ['rule', 'hr'],
  ['pre', 'pre textarea listing xmp plaintext'],
];

export const TAG_ROLES: ReadonlyMap<string, TagRole> = new Map(
  ROLES.flatMap(([role, names]) => names.split(' ').map((name) => [name, role] as const)),
);

/** Never read: their content is for machines. */
export const UNREAD_TAGS: ReadonlySet<string> = new Set(
  'script style noscript template head title object embed iframe svg math canvas map noframes noembed applet select datalist'.split(
    ' ',
  ),
);

/** Elements without content or closing tag. */
export const VOID_TAGS: ReadonlySet<string> = new Set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);

const INLINE =
  'a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd mark q s samp small span strike strong sub sup time tt u var wbr iframe script style link meta object embed svg noscript title head template nobr';

const KNOWN = [...TAG_ROLES.keys(), ...INLINE.split(' ')].join('|');

/** An opening, closing or self-closed tag of a known element, with at most 2,000 characters of attributes. */
const KNOWN_TAG = new RegExp(`<(?:/(?:${KNOWN})\\s{0,9}>|(?:${KNOWN})(?:\\s[^<>]{0,2000})?/?>|!doctype html)`, 'i');
const BLOCK_TAG = new RegExp(`<(?:${[...TAG_ROLES.keys()].join('|')})[\\s/>]`, 'i');
const REFERENCE =
  /&(?:#\d{2,7}|#x[\da-f]{2,6}|amp|lt|gt|quot|apos|nbsp|[aeiouy](?:acute|grave|circ|uml)|ccedil|oelig|aelig|euro|laquo|raquo|[rl][sd]quo|hellip|[mn]dash|deg|middot|bull|szlig|ntilde|[ao]tilde);/i;

/** True where a text carries tags of HTML or character references, and not merely `<` or `&`. */
export function looksLikeHtml(text: string): boolean {
  return (text.includes('<') && KNOWN_TAG.test(text)) || (text.includes('&') && REFERENCE.test(text));
}

/** True where white space was laid out by mark-up, false where a plain text only holds some references or inline tags. */
export function hasBlocks(html: string): boolean {
  return BLOCK_TAG.test(html);
}

/** True where the mark-up is a document of its own, with what stands around its text. */
export function isWholePage(html: string): boolean {
  return /<(?:!doctype\s{1,9}html|html|head|body|title)[\s>]/i.test(html);
}
