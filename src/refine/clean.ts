// One spelling for what looks the same: NFC, plain spaces, one kind of line end, nothing invisible.
// No-break spaces (U+00A0, U+202F), which French typography puts before : ; ! ? », become plain spaces.

export interface Clean {
  readonly text: string;
  /** Control and invisible characters that were removed. */
  readonly removed: number;
  /** Halves of characters (lone surrogates) that were replaced by U+FFFD. */
  readonly replaced: number;
}

const INVISIBLE =
  '\\u0000-\\u0008\\u000E-\\u001F\\u007F-\\u0084\\u0086-\\u009F\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\uFFFE\\uFFFF\\uFDD0-\\uFDEF\\u{E0000}-\\u{E0FFF}\\u{F0000}-\\u{10FFFF}';
const SPACES = '\\t\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000';
const LINE_ENDS = '\\r\\u000B\\u000C\\u0085\\u2028\\u2029';

const REMOVABLE = new RegExp(`[${INVISIBLE}]`, 'gu');
const SPACE = new RegExp(`[${SPACES}]`, 'g');
const LINE_END = new RegExp(`\\r\\n|[${LINE_ENDS}]`, 'g');
/** Anything that a step below would change, normalisation apart. Surrogates are looked at by the steps themselves. */
const UNCLEAN = new RegExp(
  `[${INVISIBLE.replace(/\\u\{[^}]+\}-\\u\{[^}]+\}/g, '')}${SPACES}${LINE_ENDS}\\uD800-\\uDFFF]`,
);
const LOOSE = /^[ \n]|[ \n]$|[ \n] | \n|\n\n\n/;

const PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u;
/** Scripts whose letters are joined or kept apart by U+200C and U+200D. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}]/u;
const SUBDIVISION_FLAG = /\u{1F3F4}[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{2,6}\u{E007F}/gu;

/** Cleans a text. Pure, idempotent, never throws; offsets of the result are what every later step counts in. */
export function cleanText(raw: string): Clean {
  let text = raw;
  let removed = 0;
  let replaced = 0;
  if (UNCLEAN.test(text)) {
    if (!text.isWellFormed()) {
      const formed = text.toWellFormed();
      for (let at = 0; at < text.length; at += 1) if (text[at] !== formed[at]) replaced += 1;
      text = formed;
    }
    text = text.replace(LINE_END, '\n');
    const visible = removeInvisible(text);
    removed = visible.removed;
    text = visible.text.replace(SPACE, ' ');
  }
  text = text.normalize('NFC');
  if (LOOSE.test(text)) {
    text = text
      .replace(/ {2,}/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }
  return { text, removed, replaced };
}

function removeInvisible(text: string): { readonly text: string; readonly removed: number } {
  let removed = 0;
  const flags = new Set<number>();
  for (const flag of text.matchAll(SUBDIVISION_FLAG)) {
    for (let at = flag.index; at < flag.index + flag[0].length; at += 1) flags.add(at);
  }
  const visible = text.replace(REMOVABLE, (char, at: number) => {
    if (flags.has(at) || isJoiner(text, char, at)) return char;
    removed += 1;
    return '';
  });
  return { text: visible, removed };
}

/** U+200D between pictures makes one emoji of them; in some scripts it and U+200C are spelling. */
function isJoiner(text: string, char: string, at: number): boolean {
  if (char !== '\u200D' && char !== '\u200C') return false;
  const before = lastCharacter(text.slice(Math.max(0, at - 2), at));
  const after = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x20);
  if (JOINING.test(before) && JOINING.test(after)) return true;
  return char === '\u200D' && PICTURE.test(before) && PICTURE.test(after);
}

function lastCharacter(text: string): string {
  return [...text].at(-1) ?? '';
}

/** Cuts a text at `maximum` UTF-16 units or just before, never through a character. */
export function truncateText(text: string, maximum: number): string {
  if (text.length <= maximum) return text;
  const inside = (text.charCodeAt(maximum - 1) & 0xfc00) === 0xd800;
  return text.slice(0, inside ? maximum - 1 : maximum).trimEnd();
}
