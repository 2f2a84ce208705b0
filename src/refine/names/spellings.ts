// What is known of each spelling of a word, looked up once: texts of one language say few words that none before them said.

import { bitsOf } from './lexicon.ts';

/** `lower`, `Capital`, `UPPER`, `miXed`, or an initial: `J`, `Ph`, `J-P`. */
export type Shape = 'lower' | 'capital' | 'upper' | 'mixed' | 'initial';

export interface Spelling {
  readonly text: string;
  readonly lower: string;
  readonly shape: Shape;
  /** Its shape where a point follows. */
  readonly pointed: Shape;
  /** Bits of the lexicon. */
  readonly bits: number;
  /** Bits of `cuesOf`, of what follows the word. */
  readonly cues: number;
  /** A bit for each detector that waits for this word. */
  readonly leads: number;
}

/** What else is to be known of a spelling, each a number of bits. */
interface Asked {
  readonly cuesOf: (word: string, lower: string) => number;
  readonly leadsOf: (word: string) => number;
}

/** Spelling of the word between two places of a text; `hash` must be the same for the same letters. */
export type Spell = (text: string, start: number, end: number, hash: number) => Spelling;

/** Spellings remembered; then all are forgotten at once, so that memory stays flat whatever is read. */
const REMEMBERED = 60_000;
const LONGEST_REMEMBERED = 40;
const FIRST_SLOTS = 4096;

/**
 * A reader of spellings with a memory of its own; it answers the same with or without it. Words are looked up where they
 * stand in their text, by their hash: cutting each out, to ask a map for it, cost three times as much.
 */
export function openSpellings({ cuesOf, leadsOf }: Asked): Spell {
  let slots: (Spelling | undefined)[] = new Array(FIRST_SLOTS);
  let hashes = new Int32Array(FIRST_SLOTS);
  let count = 0;

  return (text, start, end, hash) => {
    const mask = slots.length - 1;
    let slot = slotOf(hash, slots.length);
    for (let known = slots[slot]; known !== undefined; known = slots[slot]) {
      if (hashes[slot] === hash && known.text.length === end - start && text.startsWith(known.text, start))
        return known;
      slot = (slot + 1) & mask;
    }
    const word = text.slice(start, end);
    if (word.length > LONGEST_REMEMBERED) return spelled(word);
    // Cut from its text, a word would keep the whole of it: remembering needs letters of its own.
    const spelling = spelled(` ${word}`.slice(1));
    remember(spelling, hash);
    return spelling;
  };

  function remember(spelling: Spelling, hash: number): void {
    place(spelling, hash);
    if (count * 2 < slots.length) return;
    const kept = count < REMEMBERED ? slots : [];
    const keptHashes = hashes;
    const size = count < REMEMBERED ? slots.length * 2 : FIRST_SLOTS;
    slots = new Array(size);
    hashes = new Int32Array(size);
    count = 0;
    for (const [at, known] of kept.entries()) if (known !== undefined) place(known, keptHashes[at]!);
  }

  function place(spelling: Spelling, hash: number): void {
    let slot = slotOf(hash, slots.length);
    while (slots[slot] !== undefined) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = spelling;
    hashes[slot] = hash;
    count += 1;
  }

  function spelled(text: string): Spelling {
    const lower = text.toLowerCase();
    const shape = shapeOf(text, false);
    return {
      text,
      lower,
      shape,
      pointed: shape === 'lower' ? shape : shapeOf(text, true),
      bits: bitsOf(text),
      cues: cuesOf(text, lower),
      leads: leadsOf(text),
    };
  }
}

/** `slots` is a power of two. */
function slotOf(hash: number, slots: number): number {
  return (hash ^ (hash >>> 15)) & (slots - 1);
}

function shapeOf(word: string, hasPoint: boolean): Shape {
  const first = word[0]!;
  const isCapital = first !== first.toLowerCase();
  if (word.length === 1) return isCapital ? 'initial' : 'lower';
  if (!isCapital) return word === word.toLowerCase() ? 'lower' : 'mixed';
  // `Ph.`, `J-P`, `R-L.`, `J.-P.` (read as two), `Ch`: at most two letters a part, and a point or a hyphen.
  if (
    word.length <= 5 &&
    /^\p{Lu}(?:\p{Ll}(?=$|-))?(?:-\p{Lu}\p{Ll}?)*$/u.test(word) &&
    (hasPoint || word.includes('-'))
  ) {
    return 'initial';
  }
  if (word === word.toUpperCase()) return 'upper';
  return /\p{Ll}\p{Lu}/u.test(word) && !/^(?:Mac|Mc|Le|La|De|Du|Di|Da)\p{Lu}\p{Ll}+$/u.test(word) ? 'mixed' : 'capital';
}
