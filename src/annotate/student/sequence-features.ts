// What the words of a text are to the tagger: spelling, ends, shape, neighbours, and what the lists of names say of them.

import { bitsOf, foldWord, type Gazetteer, hashWord, mixed } from './gazetteer.ts';

/** Buckets that features are hashed into. */
export const SEQUENCE_BUCKETS = 1 << 18;
const MASK = SEQUENCE_BUCKETS - 1;
/** Features of one word, all present. */
export const WORD_FEATURES = 28;

export interface Piece {
  /** UTF-16 offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Words, an elided article or pronoun apart (`l'abbé` is two), and every other visible character. Linear. */
export function cutPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+['’]?|[^\s\p{L}\p{N}\p{M}]/gu)) {
    pieces.push({ start: match.index, end: match.index + match[0].length });
  }
  return pieces;
}

interface Seen {
  readonly word: string;
  readonly folded: string;
  readonly shape: string;
  readonly bits: number;
}

const EDGE: Seen = { word: '\u0002', folded: '\u0002', shape: '', bits: 0 };

/** Buckets of each piece's features, `WORD_FEATURES` a piece. */
export function sequenceFeatures(text: string, pieces: readonly Piece[], gazetteer: Gazetteer): Uint32Array {
  const seen = pieces.map(({ start, end }): Seen => {
    const word = text.slice(start, end);
    const folded = foldWord(word);
    return { word, folded, shape: shapeOf(word), bits: bitsOf(gazetteer, folded) };
  });
  const features = new Uint32Array(pieces.length * WORD_FEATURES);
  const at = (place: number) => seen[place] ?? EDGE;
  for (let place = 0; place < seen.length; place += 1) {
    let next = place * WORD_FEATURES;
    let kind = 0;
    const add = (value: string) => {
      kind += 1;
      features[next] = hashWord(value, Math.imul(kind, 0x9e3779b1)) & MASK;
      next += 1;
    };
    const addPair = (left: string, right: string) => {
      kind += 1;
      features[next] = mixed(hashWord(left, Math.imul(kind, 0x9e3779b1)) ^ Math.imul(hashWord(right, kind), 5)) & MASK;
      next += 1;
    };
    const [before2, before, own, after, after2] = [
      at(place - 2),
      at(place - 1),
      at(place),
      at(place + 1),
      at(place + 2),
    ];
    const { word, folded, shape, bits } = own;
    add('');
    add(word);
    add(folded);
    add(shape);
    add(folded.slice(0, 3));
    add(folded.slice(0, 4));
    add(folded.slice(-2));
    add(folded.slice(-3));
    add(folded.slice(-4));
    add(before.folded);
    add(after.folded);
    add(before2.folded);
    add(after2.folded);
    add(before.shape);
    add(after.shape);
    addPair(before.folded, folded);
    addPair(folded, after.folded);
    addPair(before.folded, after.folded);
    addPair(before.folded, shape);
    addPair(shape, after.folded);
    addPair(before.shape, shape);
    addPair(shape, after.shape);
    addPair(before2.folded, before.folded);
    addPair(String(bits), shape);
    addPair(String(bits), String(before.bits));
    addPair(String(bits), String(after.bits));
    addPair(before.folded, String(bits));
    addPair(before2.shape, before.shape + shape);
  }
  return features;
}

/** `Jean` → Xx, `SNCF` → X, `1789` → 9, `l'` → x', anything else itself; runs of one kind are said once. */
function shapeOf(word: string): string {
  let shape = '';
  for (const character of word.slice(0, 24)) {
    const lower = character.toLowerCase();
    const upper = character.toUpperCase();
    const kind = /\p{N}/u.test(character) ? '9' : lower === upper ? character : character === lower ? 'x' : 'X';
    if (!shape.endsWith(kind)) shape += kind;
  }
  return word.length === 1 ? `${shape}1` : shape;
}
