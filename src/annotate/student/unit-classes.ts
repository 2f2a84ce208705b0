// What each UTF-16 unit is to the student: part of a word, a mark to drop, a symbol of its own, or nothing.

export const SPACE = 0;
export const LETTER = 1;
/** Combining marks: NFD parts accents from letters, which people type or forget. */
export const MARK = 2;
/** Punctuation and emoji, each a word of its own: `!` and `?` say much of tone. */
export const SYMBOL = 3;
/** First half of a pair; the character is a symbol. */
export const PAIR = 4;

/** Class of each of the 65,536 units; about 10 ms, once per worker. */
export function studentClasses(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if (unit >= 0xd800 && unit < 0xdc00) classes[unit] = PAIR;
    else if (unit >= 0xdc00 && unit < 0xe000) classes[unit] = SPACE;
    else classes[unit] = classOf(String.fromCharCode(unit));
  }
  return classes;
}

function classOf(character: string): number {
  if (/[\p{L}\p{N}]/u.test(character)) return LETTER;
  if (/\p{M}/u.test(character)) return MARK;
  return /[\p{P}\p{S}]/u.test(character) ? SYMBOL : SPACE;
}
