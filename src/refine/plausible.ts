// Whether a decoded UTF-8 sequence is more likely than the characters it was spelled with.

export interface Candidate {
  /** Decoded code point. */
  readonly code: number;
  /** The character that stands for the first continuation byte. */
  readonly trail: string;
  readonly before: string;
  readonly after: string;
  readonly codec: string;
  /** Scripts of what was already repaired in this text. */
  readonly evidence: ReadonlySet<string>;
  /** True where the sequence before or after decodes to the same script. */
  readonly neighbour: boolean;
  /** True where a repaired or worn sequence stands right beside it. */
  readonly touching: boolean;
}

const LOWER = /^\p{Ll}$/u;
const UPPER = /^\p{Lu}$/u;
const LETTER = /^\p{L}$/u;
/** Punctuation that real text puts right after a capital letter. */
const TYPOGRAPHIC = /^[‘’“”–—…•™»]$/;

const SCRIPTS: readonly (readonly [from: number, to: number, name: string])[] = [
  [0x80, 0xbf, 'sign'],
  [0xc0, 0x24f, 'latin'],
  [0x2b0, 0x2ff, 'modifier'],
  [0x300, 0x36f, 'combining'],
  [0x370, 0x3ff, 'greek'],
  [0x400, 0x52f, 'cyrillic'],
  [0x530, 0x58f, 'armenian'],
  [0x590, 0x5ff, 'hebrew'],
  [0x600, 0x77f, 'arabic'],
  [0x900, 0xdff, 'indic'],
  [0xe00, 0xeff, 'thai'],
  [0x10a0, 0x10ff, 'georgian'],
  [0x1e00, 0x1eff, 'latin'],
  [0x2000, 0x2bff, 'symbol'],
  [0x3040, 0x9fff, 'han'],
  [0xac00, 0xd7af, 'hangul'],
  [0x1f000, 0x1faff, 'emoji'],
];

/** Rough script of a code point, `other` where none of the common ones. */
export function scriptOf(code: number): string {
  return SCRIPTS.find(([from, to]) => code >= from && code <= to)?.[2] ?? 'other';
}

/** Decides one sequence; doubt keeps the text as it is. */
export function isPlausible(candidate: Candidate): boolean {
  const { code, evidence } = candidate;
  if (code === 0xfeff) return true;
  if (code === 0xfffd) return isLost(candidate);
  const certain = evidence.size > 0;
  if (candidate.codec === 'windows-1250' && !candidate.neighbour) return certain || isInsideLowerWord(candidate);
  switch (scriptOf(code)) {
    case 'sign':
      return isSign(candidate, certain);
    case 'latin':
      return isLatin(candidate, certain);
    case 'modifier':
      return candidate.touching;
    case 'combining':
      return LETTER.test(candidate.before);
    case 'symbol':
      return certain || !TYPOGRAPHIC.test(candidate.trail) || candidate.touching;
    case 'emoji':
      return true;
    default:
      // MacRoman turns ù into √π, and π into œÄ: of a second misreading one Greek letter stands alone.
      if (candidate.codec === 'macintosh' && candidate.touching) return true;
      return candidate.neighbour || evidence.has(scriptOf(code));
  }
}

/** A byte that was lost: of the mark that stands for one, beside other sequences, or after a capital inside a word. */
function isLost({ before, after, trail, touching, evidence }: Candidate): boolean {
  return trail === '¿' || touching || evidence.size > 0 || (LOWER.test(before) && LOWER.test(after));
}

/** `Â` and a sign: a capital before it may be a word that ends in Â. */
function isSign(candidate: Candidate, certain: boolean): boolean {
  if (candidate.code < 0xa0) return candidate.trail.charCodeAt(0) < 0xa0 && (certain || candidate.touching);
  return certain || !UPPER.test(candidate.before);
}

function isLatin(candidate: Candidate, certain: boolean): boolean {
  if (candidate.code >= 0x1e00) return certain || LETTER.test(candidate.before) || LETTER.test(candidate.after);
  if (candidate.code >= 0x100) return isExtended(candidate, certain);
  const char = String.fromCodePoint(candidate.code);
  return UPPER.test(char) ? isCapital(candidate, certain) : isSmall(candidate, certain);
}

function isCapital(candidate: Candidate, certain: boolean): boolean {
  const { before, after, trail } = candidate;
  if (!TYPOGRAPHIC.test(trail)) return true;
  if (UPPER.test(before) || UPPER.test(after)) return true;
  if (/^[’‘]$/.test(trail)) return certain && LETTER.test(after);
  return certain || LOWER.test(after);
}

function isSmall(candidate: Candidate, certain: boolean): boolean {
  const { before, after, trail } = candidate;
  if (certain) return true;
  if (trail === '\u00A0') return !UPPER.test(before) || LOWER.test(after);
  if (TYPOGRAPHIC.test(trail)) return LOWER.test(before) || LOWER.test(after);
  return true;
}

/** Latin letters beyond latin-1 (œ, š, ž …): they need a letter of their own case beside them. */
function isExtended(candidate: Candidate, certain: boolean): boolean {
  const { before, after, trail } = candidate;
  if (candidate.touching) return true;
  const char = String.fromCodePoint(candidate.code);
  if (LOWER.test(char)) {
    return LOWER.test(before) || LOWER.test(after) || (certain && !UPPER.test(before)) || candidate.neighbour;
  }
  if (trail === '’' || trail === '‘') return after === 'u' || (certain && LETTER.test(after));
  return LETTER.test(after) || (certain && UPPER.test(before)) || candidate.neighbour;
}

function isInsideLowerWord(candidate: Candidate): boolean {
  if (candidate.trail === '\u00A0' || TYPOGRAPHIC.test(candidate.trail)) return false;
  return LOWER.test(candidate.before) || LOWER.test(candidate.after);
}
