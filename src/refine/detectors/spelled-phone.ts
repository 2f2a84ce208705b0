// Telephone numbers written in words: "zéro six douze trente-quatre cinquante-six soixante-dix-huit".

import { defineDetector, type Found } from '../detector.ts';

export default defineDetector({
  name: 'spelled-phone',
  kinds: ['phone'],
  form: true,
  gate: /z[ée]ro|trente[ -]trois|(?<![0-9])0[1-9][ ,.-]{1,3}[a-z]/i,
  examples: {
    found: [
      'appelez le ⟦phone:zéro six douze trente-quatre cinquante-six soixante-dix-huit⟧ merci',
      '⟦phone:Zero six, zero zero, douze, trente quatre, quatre vingt dix neuf⟧.',
      'au ⟦phone:zéro un deux trois quatre cinq six sept huit neuf⟧',
      '⟦phone:plus trente-trois six douze trente-quatre cinquante-six soixante-dix-huit⟧',
      '⟦phone:zéro six vingt et un soixante et onze quatre-vingts zéro cinq⟧',
      'le ⟦phone:06 douze trente-quatre cinquante-six soixante-dix-huit⟧',
    ],
    spared: [
      'zéro faute, six questions, douze réponses',
      'de zéro à cent en six secondes',
      'zéro six douze',
      'deux mille vingt-six',
      'zéro pesticide dès deux mille trente',
    ],
  },
  detect(text) {
    const found: Found[] = [];
    for (const match of text.matchAll(ROW)) {
      const words = [...match[0].matchAll(/[\p{L}]+|[0-9]+/gu)];
      const lower = words.map((word) => word[0].toLowerCase());
      let from = 0;
      while (from < words.length) {
        const to =
          OPENING.test(lower[from]!) && !ZERO.test(lower[from + 1] ?? '')
            ? numberEnd(lower.slice(from, from + LONGEST))
            : 0;
        if (to > 0) {
          const last = words[from + to - 1]!;
          found.push({
            start: match.index + words[from]!.index,
            end: match.index + last.index + last[0].length,
            kind: 'phone',
          });
        }
        from += Math.max(1, to);
      }
    }
    return found;
  },
});

const VALUES: Readonly<Record<string, number>> = {
  zéro: 0,
  zero: 0,
  un: 1,
  une: 1,
  deux: 2,
  trois: 3,
  quatre: 4,
  cinq: 5,
  six: 6,
  sept: 7,
  huit: 8,
  neuf: 9,
  dix: 10,
  onze: 11,
  douze: 12,
  treize: 13,
  quatorze: 14,
  quinze: 15,
  seize: 16,
  vingt: 20,
  vingts: 20,
  trente: 30,
  quarante: 40,
  cinquante: 50,
  soixante: 60,
};
// Eight words is the shortest spelling, "zéro un" and so on word by word with "et" the longest.
const LONGEST = 30;
const WORD = `(?:${Object.keys(VALUES).join('|')}|et|plus|[0-9]{1,2})`;
const ROW = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:z[ée]ro|plus|0[1-9](?=[ ,.-]{1,3}[a-z]))(?:[ ,.\\u00a0-]{1,3}${WORD}){4,200}(?![\\p{L}\\p{N}])`,
  'giu',
);

const OPENING = /^(?:z[ée]ro|plus|0[1-9])$/;
const ZERO = /^(?:z[ée]ro|0+)$/;

/** How many of these words spell exactly one telephone number, or 0. All readings are followed (60 18 or 78). */
function numberEnd(words: readonly string[]): number {
  const isForeign = words[0] === 'plus' && words[1] === 'trente' && words[2] === 'trois';
  const first = isForeign ? 3 : 0;
  const wanted = isForeign ? 9 : 10;
  const opens = isForeign ? /^[1-9]/ : /^0[1-9]/;
  if (!isForeign && !/^(?:z[ée]ro|0[1-9])$/.test(words[0] ?? '')) return 0;
  if (words.filter((word) => !/^[0-9]/.test(word)).length < 4) return 0;
  let readings = new Map<number, Set<string>>([[first, new Set([''])]]);
  let end = 0;
  for (let index = first; index < words.length; index += 1) {
    for (const prefix of readings.get(index) ?? []) {
      for (const [length, digits] of readAt(words, index)) {
        const reading = (prefix + digits).slice(0, 2) + '·'.repeat(Math.max(0, prefix.length + digits.length - 2));
        if (reading.length > wanted || (reading.length >= 2 && !opens.test(reading))) continue;
        const next = readings.get(index + length) ?? new Set();
        next.add(reading);
        readings = readings.set(index + length, next);
        if (reading.length === wanted) end = Math.max(end, index + length);
      }
    }
  }
  return end;
}

/** The numbers below 100 that can be read at a place: how many words, which digits. */
function readAt(words: readonly string[], at: number): readonly (readonly [length: number, digits: string])[] {
  const word = words[at]!;
  if (/^[0-9]/.test(word)) return [[1, word]];
  const value = VALUES[word];
  if (value === undefined) return [];
  const read: [number, string][] = [[1, String(value)]];
  const second = VALUES[words[at + 1] ?? ''];
  const third = VALUES[words[at + 2] ?? ''];
  const isEt = words[at + 1] === 'et';
  if (value === 10 && second !== undefined && second >= 7 && second <= 9) read.push([2, String(10 + second)]);
  if (value >= 20) {
    const top = value === 60 ? 19 : 9;
    if (second !== undefined && second >= 1 && second <= top) read.push([2, String(value + second)]);
    if (value === 60 && second === 10 && third !== undefined && third >= 7 && third <= 9)
      read.push([3, String(70 + third)]);
    if (isEt && (third === 1 || (value === 60 && third === 11))) read.push([3, String(value + third)]);
  }
  if (value === 4 && second === 20) {
    read.push([2, '80']);
    if (third !== undefined && third >= 1 && third <= 19) read.push([3, String(80 + third)]);
    const fourth = VALUES[words[at + 3] ?? ''];
    if (third === 10 && fourth !== undefined && fourth >= 7 && fourth <= 9) read.push([4, String(90 + fourth)]);
  }
  return read;
}
