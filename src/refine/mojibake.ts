// Undoes UTF-8 that was read as a single-byte charset, once or several times, sequence by sequence, so that a text that
// is only half broken is repaired and clean text is left as it is.

import { type Codec, CP1252, LATIN9, MACINTOSH, OTHER_CODECS } from './codecs.ts';
import { isPlausible, scriptOf } from './plausible.ts';

export interface Repair {
  readonly text: string;
  /** Characters put back. */
  readonly repaired: number;
  /** True where the text still looks broken and no safe repair is known. */
  readonly suspected: boolean;
}

const TRAIL = `[${[...CP1252.byteOf.keys()].filter((char) => CP1252.byteOf.get(char)! < 0xc0).join('')}\uFFFDŠšŽžŒœŸ€]`;

/** Cheap test that nearly all clean text fails: a first byte followed by as many continuation bytes as it needs. */
const GATE = new RegExp(
  [
    `[\\u00C2-\\u00DF]${TRAIL}`,
    '[\\u00C2\\u00C3] ',
    `\\u00E1[\\u00B8-\\u00BB]${TRAIL}`,
    'ï(?:»¿|¿½)',
    `\\u00E2${TRAIL}`,
    `[\\u00E0-\\u00EF]${TRAIL}${TRAIL}[\\u00E0-\\u00EF]${TRAIL}${TRAIL}`,
    `\\u00F0${TRAIL}${TRAIL}`,
    '[√¬‚◊ÿŸ├┬┼─≈ÔŘŮĂ][^\\u0000-\\u007F]',
    'ß[║╗]',
    '[\\u0080-\\u009F]',
  ].join('|'),
);

/** Capitals inside words: what windows-1252 makes of `è` and `ô` that were misread as ISO-8859-15. */
const STRANGE_CAPITALS = /[a-zà-ÿ][\u00C0-\u00DE\u0100-\u017F]{1,2}(?=[a-zà-ÿ])/g;

/** A control that windows-1252 has not, beside a letter that latin-1 has not: only ISO-8859-15 makes both of one sequence. */
const ONLY_LATIN9 = /\u00E2\u0080[ŠšŽžŒœŸ€]/;

/** What MacRoman makes of the first bytes of accents and punctuation. */
const MACINTOSH_SIGNS = /[√¬]|‚Ä/;

const LEFT_BROKEN = /\uFFFD|[ÂÃ][\u00A1-\u00BF]|â€|√[©®†]|├[®¿á]|[\u0080-\u009F]/;

/** Each round undoes one layer; every layer at least doubles accented letters, so few rounds can be needed. */
const MAXIMUM_ROUNDS = 12;

/** Puts back the characters of a text that was decoded with the wrong charset. Pure, idempotent, never throws. */
export function repairMojibake(text: string): Repair {
  if (!GATE.test(text)) return { text, repaired: 0, suspected: text.includes('\uFFFD') };
  if (ONLY_LATIN9.test(text)) {
    const undone = undoLayers(text, LATIN9);
    return { text: undone.text, repaired: undone.count, suspected: LEFT_BROKEN.test(undone.text) };
  }
  const western = undoLayers(text, CP1252);
  const strange = western.text.match(STRANGE_CAPITALS)?.length ?? 0;
  const latin9 = strange > 0 && western.count > 0 ? undoLayers(text, LATIN9) : western;
  // A wrong charset leaves sequences standing, so its text is longer.
  const better = latin9.text.length <= western.text.length;
  const best = better && (latin9.text.match(STRANGE_CAPITALS)?.length ?? 0) < strange ? latin9 : western;
  return { text: best.text, repaired: best.count, suspected: LEFT_BROKEN.test(best.text) };
}

interface Undone {
  readonly text: string;
  readonly count: number;
}

function undoLayers(text: string, western: Codec): Undone {
  let current: Undone = { text, count: 0 };
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const layer = undoLayer(current.text, western);
    if (layer.count === 0) break;
    current = { text: layer.text, count: current.count + layer.count };
  }
  return current;
}

/** One codec at a time: a layer half undone would be misread by the next codec. */
function undoLayer(text: string, western: Codec): Undone {
  if (MACINTOSH_SIGNS.test(text)) {
    // windows-1252 finds sequences in what MacRoman made too; a wrong charset leaves more standing.
    const undone = undoCodec(text, MACINTOSH);
    if (undone.count > 0 && undone.text.length < undoCodec(text, western).text.length) return undone;
  }
  for (const codec of [western, ...OTHER_CODECS]) {
    const undone = undoCodec(text, codec);
    if (undone.count > 0) return undone;
  }
  return undoControls(text);
}

/** First what is certain by itself; where something was, also what is likely beside it. */
function undoCodec(text: string, codec: Codec): Undone {
  const certain = scan(text, codec, new Set());
  return certain.count === 0 ? certain : scan(text, codec, certain.scripts);
}

function scan(text: string, codec: Codec, evidence: ReadonlySet<string>): Undone & { readonly scripts: Set<string> } {
  const scripts = new Set<string>();
  let out = '';
  let copied = 0;
  let count = 0;
  let previous: { readonly end: number; readonly script: string } | null = null;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) < 0x80) continue;
    const sequence = readSequence(text, at, codec) ?? readWorn(text, at, codec, evidence);
    if (sequence === null) continue;
    const end = at + sequence.length;
    const script = scriptOf(sequence.code);
    const touching: boolean = previous !== null && previous.end === at;
    const before = touching ? out.slice(-1) : text.slice(Math.max(0, at - 1), at);
    const next = readSequence(text, end, codec);
    const accepted =
      sequence.worn ||
      isPlausible({
        code: sequence.code,
        trail: text[at + 1] ?? '',
        before,
        after: text[end] ?? '',
        codec: codec.name,
        evidence,
        neighbour: (touching && previous?.script === script) || (next !== null && scriptOf(next.code) === script),
        touching: touching || (next !== null && next.code === 0xfffd),
      });
    if (!accepted) continue;
    out += text.slice(copied, at) + (sequence.code === 0xfeff ? '' : String.fromCodePoint(sequence.code));
    copied = end;
    count += 1;
    scripts.add(script);
    previous = { end, script };
    at = end - 1;
  }
  return { text: count === 0 ? text : out + text.slice(copied), count, scripts };
}

interface Sequence {
  readonly code: number;
  /** UTF-16 units read. */
  readonly length: number;
  /** True where a byte was lost on the way and the rest decides alone. */
  readonly worn: boolean;
}

/** Scripts that are only believed beside themselves, so that a space may stand for the no-break space of a sequence. */
const NON_LATIN: ReadonlySet<string> = new Set(['cyrillic', 'greek', 'hebrew', 'arabic', 'indic', 'thai', 'georgian']);

/** Reads one UTF-8 sequence spelled in the codec's characters; U+FFFD stands for a byte that was lost. */
function readSequence(text: string, at: number, codec: Codec): Sequence | null {
  const lead = codec.byteOf.get(text[at] ?? '');
  if (lead === undefined || !codec.leads.has(lead)) return null;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  let code = lead & (0xff >> (length + 1));
  let lost = false;
  let spaced = false;
  for (let offset = 1; offset < length; offset += 1) {
    const char = text[at + offset];
    if (char === '\uFFFD') {
      lost = true;
      continue;
    }
    spaced ||= char === ' ';
    const byte = char === ' ' ? 0xa0 : codec.byteOf.get(char ?? '');
    if (byte === undefined || byte >= 0xc0) return null;
    code = (code << 6) | (byte & 0x3f);
  }
  if (lost) return spaced ? null : { code: 0xfffd, length, worn: false };
  const smallest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  if (code < smallest || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  if (spaced && !NON_LATIN.has(scriptOf(code))) return null;
  return { code, length, worn: false };
}

/** What is left of a sequence whose last byte was taken for white space or dropped: `voilÃ le`, `10Â 000`, `fin”` as `finâ€`. */
function readWorn(text: string, at: number, codec: Codec, evidence: ReadonlySet<string>): Sequence | null {
  if (codec.name !== CP1252.name && codec.name !== LATIN9.name) return null;
  const char = text[at];
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  if (char === 'Ã' && after === ' ') {
    const isWord = /[a-zà-ÿ]/.test(before) || (evidence.size > 0 && /[\s('’-]/.test(before)) || isLoneA(text, at);
    // Two spaces, or one before a hyphen: the first is the no-break space that ended the sequence.
    return isWord ? { code: 0xe0, length: /[ ,.)-]/.test(text[at + 2] ?? '') ? 2 : 1, worn: true } : null;
  }
  if (char === 'Â' && after === ' ') {
    const isSpace = /[0-9a-zà-ÿ»«%€;:!?]/.test(before) || evidence.size > 0;
    return isSpace ? { code: 0x20, length: 2, worn: true } : null;
  }
  if (char === 'â' && after === '€' && /^[\s.,;:!?)]?$/.test(text[at + 2] ?? '')) {
    return { code: 0x201d, length: 2, worn: true };
  }
  return null;
}

/** A French word that "à" stands before, or one that it stands after. */
const AFTER_A =
  /^ {1,2}(?:la|l['’]|un|une|des|ce|cet|cette|ces|lui|elle|eux|nous|vous|tous?|toutes?|nos|vos|leurs?|mon|ma|mes|son|sa|ses|notre|votre|chaque|peu|partir|propos|travers|moins|condition|nouveau|pied|jour|titre|\d{1,2} ans)(?![a-zà-ÿ])/;
const BEFORE_A =
  /(?:^|[\s(])(?:jusqu['’]|qu['’]|quant |grâce |face |suite |relatif |relative |merci |rapport |contraire )$/i;

/** `quant Ã lui`, `c'est-Ã -dire`: no language has a word Ã, but texts about letters do; a French word must stand beside it. */
function isLoneA(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 12), at);
  const after = text.slice(at + 1, at + 16);
  if (before.endsWith('-')) return after.startsWith(' -');
  return BEFORE_A.test(before) || (/[a-zà-ÿ,] $/.test(before) && AFTER_A.test(after));
}

const CONTROL = /[\u0080-\u009F]/g;
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** C1 controls in a text are windows-1252 punctuation that was read as latin-1. */
function undoControls(text: string): Undone {
  let count = 0;
  const repaired = text.replace(CONTROL, (control) => {
    const char = WINDOWS_1252.decode(Uint8Array.of(control.charCodeAt(0)));
    if (char !== control) count += 1;
    return char;
  });
  return { text: count === 0 ? text : repaired, count };
}
