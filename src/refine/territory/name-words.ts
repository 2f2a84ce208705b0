// Words of a text as names are compared: without case, accents or ligatures, `st` for saint, at their places in the text.

/** Words of a text, in columns; offsets are UTF-16, `ends` exclusive. */
export interface NameWords {
  readonly text: string;
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly hashes: Int32Array;
  /** 0 lower case or digits, 1 first letter upper, 2 all letters (at least two) upper. */
  readonly cases: Uint8Array;
  /** What stands between this word and the next: one of GAP. */
  readonly gaps: Uint8Array;
  /** The folded word at a rank; empty outside. */
  word(rank: number): string;
}

/** What stands between two words; what joins the words of a name comes first. */
export const GAP = { blank: 0, hyphen: 1, apostrophe: 2, line: 3, comma: 4, other: 5 } as const;

const HASH_SEED = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

const OE = 0x153;
const AE = 0xe6;

/** Folded letter or digit by UTF-16 unit below 0x250; 0 where the unit is no part of a word. */
const FOLDED = foldTable();

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x250);
  for (let unit = 0; unit < table.length; unit += 1) {
    const letter = String.fromCharCode(unit);
    if (!/[\p{L}\p{N}]/u.test(letter)) continue;
    const plain = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    table[unit] = plain.length === 1 ? plain.charCodeAt(0) : unit;
  }
  for (const [upper, lower] of [
    [0x152, OE],
    [0xc6, AE],
  ] as const) {
    table[upper] = lower;
    table[lower] = lower;
  }
  return table;
}

/** The folded spelling of a name: its words with one space between. */
export function foldName(name: string): string {
  let folded = '';
  let apart = false;
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charCodeAt(at);
    if (unit >= 0x300 && unit <= 0x36f) continue;
    const letter = unit < 0x250 ? FOLDED[unit]! : 0;
    if (letter === 0) apart = folded !== '';
    else {
      folded += `${apart ? ' ' : ''}${letter === OE ? 'oe' : letter === AE ? 'ae' : String.fromCharCode(letter)}`;
      apart = false;
    }
  }
  return /\bst[es]?\b/.test(folded) ? folded.replace(/\bst(e?s?)\b/g, 'saint$1') : folded;
}

/** Hash of a folded phrase followed by one more word of this hash. */
export function joinHash(phrase: number, word: number): number {
  return (Math.imul(phrase ^ 0x20, HASH_PRIME) ^ word) | 0;
}

/** Hash of one folded word, the same that `readNameWords` gives. */
export function hashWord(word: string): number {
  let hash = HASH_SEED;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), HASH_PRIME);
  return hash | 0;
}

const SYNONYMS: ReadonlyMap<number, string> = new Map([
  [hashWord('st'), 'saint'],
  [hashWord('ste'), 'sainte'],
  [hashWord('sts'), 'saints'],
]);

const SUR = hashWord('s');

/** Splits a text into words. Pure, linear, never throws. */
export function readNameWords(text: string): NameWords {
  const room = (text.length >> 1) + 2;
  const columns = new Int32Array(3 * room);
  const starts = columns.subarray(0, room);
  const ends = columns.subarray(room, 2 * room);
  const hashes = columns.subarray(2 * room);
  const cases = new Uint8Array(room);
  const gaps = new Uint8Array(room);
  let count = 0;
  let at = 0;
  while (at < text.length) {
    let unit = text.charCodeAt(at);
    if (unit >= 0x250 || FOLDED[unit] === 0) {
      at += 1;
      continue;
    }
    const start = at;
    let hash = HASH_SEED;
    let upper = 0;
    let lower = 0;
    for (; at < text.length; at += 1) {
      unit = text.charCodeAt(at);
      if (unit >= 0x300 && unit <= 0x36f) continue;
      const folded = unit < 0x250 ? FOLDED[unit]! : 0;
      if (folded === 0) break;
      if (folded === OE || folded === AE) {
        hash = Math.imul(Math.imul(hash ^ (folded === OE ? 0x6f : 0x61), HASH_PRIME) ^ 0x65, HASH_PRIME);
      } else hash = Math.imul(hash ^ folded, HASH_PRIME);
      if (folded > 0x39) {
        if (unit === folded || (unit > 0x7f && isLower(unit))) lower += 1;
        else if (at === start || upper > 0) upper += 1;
      }
    }
    if (count > 0) gaps[count - 1] = gapOf(text, ends[count - 1]!, start);
    starts[count] = start;
    const synonym = at - start <= 3 ? synonymOf(hash | 0, text, at) : undefined;
    hashes[count] = synonym === undefined ? hash | 0 : hashWord(synonym);
    // "St. Denis": the full stop is of the abbreviation.
    if (synonym !== undefined && text.charCodeAt(at) === 0x2e) at += 1;
    ends[count] = at;
    cases[count] = upper === 0 ? 0 : upper > 1 && lower === 0 ? 2 : 1;
    count += 1;
  }
  if (count > 0) gaps[count - 1] = GAP.other;
  const folded: (string | undefined)[] = [];
  const word = (rank: number): string => {
    if (rank < 0 || rank >= count) return '';
    folded[rank] ??= foldWord(text, starts[rank]!, ends[rank]!);
    return folded[rank];
  };
  return { text, count, starts, ends, hashes, cases, gaps, word };
}

function foldWord(text: string, start: number, end: number): string {
  let folded = '';
  for (let at = start; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    const letter = unit < 0x250 ? FOLDED[unit]! : 0;
    if (letter === 0) continue;
    folded += letter === OE ? 'oe' : letter === AE ? 'ae' : String.fromCharCode(letter);
  }
  return folded.length > 3 ? folded : (synonymOf(hashWord(folded), text, end) ?? folded);
}

/** `St` is saint everywhere, `s` is sur in `Chalon s/Saône`. */
function synonymOf(hash: number, text: string, end: number): string | undefined {
  if (hash === SUR) return text.charCodeAt(end) === 0x2f ? 'sur' : undefined;
  return SYNONYMS.get(hash);
}

function isLower(unit: number): boolean {
  const letter = String.fromCharCode(unit);
  return letter === letter.toLowerCase();
}

function gapOf(text: string, start: number, end: number): number {
  if (end - start === 1) {
    switch (text.charCodeAt(start)) {
      case 0x20:
      case 0xa0:
        return GAP.blank;
      case 0x27:
      case 0x2019:
        return GAP.apostrophe;
      case 0x2d:
      case 0x2010:
      case 0x2011:
      case 0x2f:
        return GAP.hyphen;
      case 0x0a:
        return GAP.line;
      default:
        return GAP.other;
    }
  }
  if (end - start > 4) return GAP.other;
  const between = text.slice(start, end);
  if (/^[ \u00A0]+$/.test(between)) return GAP.blank;
  if (/^ ?['’ʼ] ?$/.test(between)) return GAP.apostrophe;
  // `Lyon – Grenoble`, `Lyon, Grenoble`.
  if (/^(?: ?,| [-–—]) {1,2}$/.test(between)) return GAP.comma;
  return between.includes('\n') ? GAP.line : GAP.other;
}
