// Cuts a text into words and the punctuation that frames judgements, in one pass, without regular expressions.

import type { Lexicon, Word } from './lexicon.ts';

type Piece = 'word' | 'comma' | 'stop' | 'question' | 'exclamation' | 'smile' | 'frown' | 'ellipsis' | 'mark';

export interface Token {
  readonly piece: Piece;
  /** UTF-16 offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** What a word says; null for punctuation. */
  readonly word: Word | null;
}

const SEPARATOR = 0;
const LETTER = 1;
const COMMA = 2;
const STOP = 3;
const EXCLAMATION = 4;
const QUESTION = 5;
const SURROGATE = 6;
const BRACKET = 7;
const EYES = 8;
const AT = 9;
const SYMBOL = 10;
const NEWLINE = 11;

/** Class of each UTF-16 unit up to U+30FF; what lies beyond separates. */
export function classifyUnits(): Uint8Array {
  const classes = new Uint8Array(0x3100);
  const set = (characters: string, kind: number) => {
    for (const character of characters) classes[character.charCodeAt(0)] = kind;
  };
  for (let unit = 0; unit < 0x250; unit += 1) {
    if (/[\p{L}\p{N}]/u.test(String.fromCharCode(unit))) classes[unit] = LETTER;
  }
  for (let unit = 0x300; unit < 0x370; unit += 1) classes[unit] = LETTER;
  set(',()/—–«»"“”|', COMMA);
  set('.', STOP);
  set('…', STOP);
  set('\n', NEWLINE);
  set('!', EXCLAMATION);
  set('?', QUESTION);
  set('[', BRACKET);
  set(':;<', EYES);
  set('@', AT);
  set('❤☹☺♥', SYMBOL);
  return classes;
}

/** Emoji by what they say; all others are silent. */
const SMILES = new Set('😀😃😄😁😆😊🙂😍🥰😘🤩🥳👍👏🙏💪🎉❤💚💙💛🧡💜💖🌟⭐😂🤣😇😋🤗👌🏆✨🌈🌻🌸🌞'.match(/./gu));
const FROWNS = new Set('😞😟😠😡😢😣😤😥😨😩😫😭😱🤬👎💩🤮🤢😒🙄😑😕🙁☹😖😰😓💔😷🤦🖕😾🤡'.match(/./gu));

/**
 * Words, with what the lexicon says of them, and punctuation. Addresses (`https://…`, `www.…`), `@someone` and the marks
 * that stand for personal data (`[PERSONNE 1]`) are silent. Linear in the length of the text, whatever it holds.
 */
export function tokenise(text: string, lexicon: Lexicon, classes: Uint8Array): readonly Token[] {
  const tokens: Token[] = [];
  const { length } = text;
  let at = 0;
  while (at < length) {
    const kind = classOf(text, at, classes);
    if (kind === SEPARATOR) {
      at += 1;
      continue;
    }
    if (kind === LETTER) {
      let end = at + 1;
      while (end < length && classOf(text, end, classes) === LETTER) end += 1;
      const address = endOfAddress(text, at, end);
      if (address > end) {
        tokens.push({ piece: 'mark', start: at, end: address, word: null });
        end = address;
      } else {
        tokens.push({ piece: 'word', start: at, end, word: lexicon.word(text.slice(at, end)) });
      }
      at = end;
      continue;
    }
    at = punctuate(text, at, kind, tokens);
  }
  return tokens;
}

function classOf(text: string, at: number, classes: Uint8Array): number {
  const unit = text.charCodeAt(at);
  if (unit < classes.length) return classes[unit]!;
  return unit >= 0xd800 && unit < 0xdc00 ? SURROGATE : SEPARATOR;
}

function punctuate(text: string, at: number, kind: number, tokens: Token[]): number {
  const push = (piece: Piece, end: number) => {
    tokens.push({ piece, start: at, end, word: null });
    return end;
  };
  switch (kind) {
    case COMMA:
      return push('comma', at + 1);
    case NEWLINE:
      return push('stop', at + 1);
    case STOP: {
      if (isDigit(text, at - 1) && isDigit(text, at + 1)) return at + 1;
      let end = at + 1;
      while (text[end] === '.') end += 1;
      return push(end - at > 1 || text[at] === '…' ? 'ellipsis' : 'stop', end);
    }
    case EXCLAMATION:
      return push('exclamation', at + 1);
    case QUESTION:
      return push('question', at + 1);
    case SYMBOL:
      return push(text[at] === '☹' ? 'frown' : 'smile', at + 1);
    case SURROGATE: {
      const character = String.fromCodePoint(text.codePointAt(at)!);
      if (SMILES.has(character)) return push('smile', at + character.length);
      if (FROWNS.has(character)) return push('frown', at + character.length);
      return at + character.length;
    }
    case BRACKET: {
      const end = endOfMark(text, at);
      return end === -1 ? push('comma', at + 1) : push('mark', end);
    }
    case EYES: {
      const mouth = text[at + 1] === '-' ? at + 2 : at + 1;
      const shape = text[mouth] ?? '';
      if (text[at] === '<') return shape === '3' ? push('smile', mouth + 1) : at + 1;
      if (shape === ')' || shape === 'D') return push('smile', mouth + 1);
      if (shape === '(' || shape === '/')
        return text[mouth + 1] === '/' ? push('comma', at + 1) : push('frown', mouth + 1);
      return push('comma', at + 1);
    }
    default: {
      let end = at + 1;
      while (end < text.length && !isSpace(text, end)) end += 1;
      return push('mark', end);
    }
  }
}

const isDigit = (text: string, at: number) => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;
const isSpace = (text: string, at: number) => text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xa0;

const LONGEST_MARK = 40;

/** End of `[PERSONNE 1]`, upper-case letters, spaces and digits between brackets; -1 where this is no mark. */
function endOfMark(text: string, at: number): number {
  for (let end = at + 1; end < text.length && end - at < LONGEST_MARK; end += 1) {
    const character = text[end]!;
    if (character === ']') return end > at + 1 ? end + 1 : -1;
    if (character !== character.toUpperCase() || character === '[' || character === '\n') return -1;
  }
  return -1;
}

/** End of the address that starts with this word, or the word's own end. */
function endOfAddress(text: string, start: number, end: number): number {
  const size = end - start;
  const scheme = (size === 4 || size === 5) && text.startsWith('://', end) && /^https?$/i.test(text.slice(start, end));
  const bare = size === 3 && text[end] === '.' && text.slice(start, end).toLowerCase() === 'www';
  if (!scheme && !bare) return end;
  let stop = end;
  while (stop < text.length && !isSpace(text, stop)) stop += 1;
  return stop;
}
