// How much like French a text reads under each charset of one byte a character.

/** Code page 850 from 0x80 (Microsoft cp850), which no decoder of the platform knows. */
const CP850_UPPER =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** Candidates in order of preference. iso-8859-1 is not one: windows-1252 reads the same text wherever it is text. */
export const SINGLE_BYTE: readonly { readonly name: string; readonly upper: string }[] = [
  { name: 'windows-1252', upper: upperHalf('windows-1252') },
  { name: 'iso-8859-15', upper: upperHalf('iso-8859-15') },
  { name: 'macintosh', upper: upperHalf('macintosh') },
  { name: 'cp850', upper: CP850_UPPER },
];

/** Enough high bytes to be sure of; more would only take longer. */
const MAXIMUM_JUDGED = 20_000;

const FREQUENT = new Set('éèêàç');
const LOWER = new Set('ùâîôûëïüœæÿ');
const UPPER = new Set('ÉÈÊÀÇÂÎÔÛËÏÙŒÆÜ');
const FOREIGN = /\p{L}/u;

/** The score of a sample whose bytes from 0x80 read as `upper`: higher is likelier. Each high byte is judged by its neighbours. */
export function plausibility(sample: Uint8Array, upper: string): number {
  let score = 0;
  let judged = 0;
  for (let at = 0; at < sample.length && judged < MAXIMUM_JUDGED; at += 1) {
    const byte = sample[at]!;
    if (byte < 0x80) continue;
    judged += 1;
    score += judge(upper[byte - 0x80]!, characterAt(sample, at - 1, upper), characterAt(sample, at + 1, upper));
  }
  return score;
}

function judge(character: string, before: string, after: string): number {
  if (FREQUENT.has(character)) return 4 + besideLetters(before, after);
  if (LOWER.has(character)) return 2 + besideLetters(before, after);
  if (UPPER.has(character)) return isLower(before) ? -4 : 2;
  switch (character) {
    case '’':
      return isLetter(before) && isLetter(after) ? 3 : 0;
    case '«':
    case '“':
      return isLetter(before) ? -2 : 2;
    case '»':
    case '”':
      return isLetter(after) ? -2 : 2;
    case '\u00a0':
      return /[\s:;!?»%€\d«]/.test(before + after) ? 2 : 0;
    case '€':
      return /[\d\s\u00a0]/.test(before) ? 3 : 1;
    case '°':
      return /[nN\d]/.test(before) ? 2 : -1;
    case '–':
    case '—':
    case '•':
    case '‘':
      return isLetter(before) && isLetter(after) ? -2 : 1;
    case '…':
      return isLetter(after) ? -2 : 1;
    case '²':
    case '³':
      return before === 'm' ? 2 : -1;
  }
  if (character < '\u00a0') return -6;
  return FOREIGN.test(character) ? -1 : -3;
}

function besideLetters(before: string, after: string): number {
  // A lower-case accent amid capitals is a sign of a wrong table.
  if (isUpper(before) && isUpper(after)) return -4;
  return isLetter(before) || isLetter(after) ? 1 : -1;
}

const isLower = (character: string) => character >= 'a' && character <= 'z';
const isUpper = (character: string) => character >= 'A' && character <= 'Z';
const isLetter = (character: string) =>
  isLower(character) || isUpper(character) || FREQUENT.has(character) || LOWER.has(character) || UPPER.has(character);

function characterAt(sample: Uint8Array, at: number, upper: string): string {
  const byte = sample[at];
  if (byte === undefined) return ' ';
  return byte < 0x80 ? String.fromCharCode(byte) : upper[byte - 0x80]!;
}

function upperHalf(charset: string): string {
  return new TextDecoder(charset).decode(Uint8Array.from({ length: 128 }, (_, at) => at + 0x80));
}
