// The words of a text as numbers: case, accents and punctuation apart, so that what is copied stays equal when retyped.

/** Shingles of three words: the unit in which longer texts are compared. */
const WORDS_PER_SHINGLE = 3;
/** Shingles of five letters, for texts so short that one changed word would hide the rest. */
const LETTERS_PER_SHINGLE = 5;

const IGNORED = 0;
const SEPARATOR = 1;
const SPACE = 0x20;
const LETTER_H = 0x68;
const LETTER_W = 0x77;
/** What every mark of a personal datum counts as: who signed does not make a copy another text. */
const MARK = 0x51ed270b;
const MARK_FORM = /\[[A-ZÉ][A-ZÉ ]{1,24} \d{1,6}\]/y;
/** What every link counts as: the letters of a long address would outweigh the few words that two people put beside it. */
const LINK = 0x3c6ef35f;
const LINK_FORM = /(?:https?:\/\/|www\.)[^\s<>"«»]+/iy;
/** Letters of no word, that stand for a mark and a link. */
const MARK_LETTER = 0x2205;
const LINK_LETTER = 0x2197;

export interface Words {
  /** 32-bit hash of each word, in order. */
  readonly words: Uint32Array;
  /** Folded letters of the words, one space between words, as UTF-16 codes. */
  readonly letters: Uint16Array;
  /** Ranks of the words between quotation marks: first, one past the last, first, … */
  readonly quotes: readonly number[];
}

/** Where the words stand in their text, by rank: UTF-16 offsets, the end exclusive. Filled by `wordsOf`. */
export interface Places {
  readonly starts: number[];
  readonly ends: number[];
}

/** Every UTF-16 unit folded: lower case without accents, `SEPARATOR` for what divides words, `IGNORED` for accents alone. */
const FOLDED = foldTable();

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x10000).fill(SEPARATOR);
  for (let code = 0; code < 0x10000; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCharCode(code);
    if (/\p{M}/u.test(char)) table[code] = IGNORED;
    else if (/[\p{L}\p{N}]/u.test(char)) {
      const base = char.normalize('NFKD').charAt(0).toLowerCase();
      table[code] = base.charCodeAt(0);
    }
  }
  // Invisible: they must not divide a word.
  for (const code of [0xad, 0x200b, 0x200c, 0x200d, 0xfeff]) table[code] = IGNORED;
  return table;
}

/** Second letter of the ligatures French writes either way. */
const LIGATURES: ReadonlyMap<number, readonly [first: number, second: number]> = new Map([
  [0x153, [0x6f, 0x65]],
  [0xe6, [0x61, 0x65]],
  [0xdf, [0x73, 0x73]],
]);

/** What closes a quotation, by what opened it. */
const CLOSING: ReadonlyMap<number, number> = new Map([
  [0xab, 0xbb],
  [0x201c, 0x201d],
  [0x22, 0x22],
]);

/** Words of a text, hashed. Linear, never throws; a text without letters has none. `places` is filled where it is given. */
export function wordsOf(text: string, places?: Places): Words {
  const letters = new Uint16Array(text.length * 2 + 1);
  const words = new Uint32Array((text.length >> 1) + 1);
  let letterCount = 0;
  let wordCount = 0;
  let hash = 0;
  let open = false;
  let openAt = 0;
  const quotes: number[] = [];
  let closing = 0;
  let quoteAt = 0;
  const close = (end: number): void => {
    places?.starts.push(openAt);
    places?.ends.push(end);
    words[wordCount++] = mix(hash);
    letters[letterCount++] = SPACE;
    open = false;
  };
  const stand = (word: number, letter: number, start: number, end: number): void => {
    places?.starts.push(start);
    places?.ends.push(end);
    words[wordCount++] = word;
    letters[letterCount++] = letter;
    letters[letterCount++] = SPACE;
  };
  const quote = (code: number): void => {
    if (closing === 0) {
      closing = CLOSING.get(code) ?? 0;
      quoteAt = wordCount;
    } else if (code === closing) {
      if (wordCount > quoteAt) quotes.push(quoteAt, wordCount);
      closing = 0;
    }
  };
  const push = (letter: number): void => {
    if (!open) hash = 0x811c9dc5;
    open = true;
    hash = Math.imul(hash ^ letter, 0x01000193);
    letters[letterCount++] = letter;
  };
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const folded = FOLDED[code]!;
    if (folded === IGNORED) continue;
    if (folded === SEPARATOR) {
      if (open) close(at);
      if (code === SPACE) continue;
      if (code === 0x5b) {
        const mark = lengthOf(MARK_FORM, text, at);
        if (mark > 0) stand(MARK, MARK_LETTER, at, at + mark);
        at += Math.max(0, mark - 1);
      } else if (code === 0x22 || code === 0xab || code === 0xbb || code === 0x201c || code === 0x201d) quote(code);
      continue;
    }
    if (!open) openAt = at;
    if (!open && (folded === LETTER_H || folded === LETTER_W)) {
      const link = lengthOf(LINK_FORM, text, at);
      if (link > 0) {
        stand(LINK, LINK_LETTER, at, at + link);
        at += link - 1;
        continue;
      }
    }
    const pair = folded > 0xde ? LIGATURES.get(folded) : undefined;
    if (pair !== undefined) {
      push(pair[0]);
      push(pair[1]);
    } else push(folded);
    // Scripts without spaces: each character is a word.
    if (folded >= 0x2e80 && folded <= 0x9fff) close(at + 1);
  }
  if (open) close(text.length);
  return {
    words: words.subarray(0, wordCount),
    letters: letters.subarray(0, Math.max(0, letterCount - 1)),
    quotes,
  };
}

/** Length of what a sticky form matches at a place; 0 where it does not. */
function lengthOf(form: RegExp, text: string, at: number): number {
  form.lastIndex = at;
  return form.test(text) ? form.lastIndex - at : 0;
}

/** Distinct shingles of three words, as mixed 32-bit hashes. */
export function wordShingles(words: Uint32Array): Uint32Array {
  return distinct(words, WORDS_PER_SHINGLE);
}

/** Distinct shingles of five letters, as mixed 32-bit hashes. */
export function letterShingles(letters: Uint16Array): Uint32Array {
  return distinct(letters, LETTERS_PER_SHINGLE);
}

function distinct(units: Uint32Array | Uint16Array, size: number): Uint32Array {
  const count = Math.max(units.length === 0 ? 0 : 1, units.length - size + 1);
  const found = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) {
    let hash = 0;
    for (let offset = 0; offset < size && at + offset < units.length; offset += 1) {
      hash = Math.imul(hash ^ units[at + offset]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    found[at] = mix(hash);
  }
  found.sort();
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    if (at === 0 || found[at] !== found[at - 1]) found[kept++] = found[at]!;
  }
  return found.subarray(0, kept);
}

/** Finaliser of MurmurHash3 (A. Appleby, public domain). */
export function mix(value: number): number {
  let hash = value;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
