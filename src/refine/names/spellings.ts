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

/** Spellings remembered; then all are forgotten at once, so that memory stays flat whatever is read. */
const REMEMBERED = 60_000;
const LONGEST_REMEMBERED = 40;

/** A reader of spellings with a memory of its own; it answers the same with or without it. */
export function openSpellings({ cuesOf, leadsOf }: Asked): (word: string) => Spelling {
  const remembered = new Map<string, Spelling>();
  return (word) => {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    // Cut from its text, a word would keep the whole of it: remembering needs letters of its own.
    const text = word.length > LONGEST_REMEMBERED ? word : ` ${word}`.slice(1);
    const lower = text.toLowerCase();
    const shape = shapeOf(text, false);
    const spelling = {
      text,
      lower,
      shape,
      pointed: shape === 'lower' ? shape : shapeOf(text, true),
      bits: bitsOf(text),
      cues: cuesOf(text, lower),
      leads: leadsOf(text),
    };
    if (word.length <= LONGEST_REMEMBERED) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(text, spelling);
    }
    return spelling;
  };
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
