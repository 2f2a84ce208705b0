// Small numbers in French words, as dates and durations use them. Folded: lower case, without accents.

const UNITS = 'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(
  ' ',
);
const ORDINALS = 'premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme'.split(' ');

const WORDS: ReadonlyMap<string, number> = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...[17, 18, 19].map((value) => [`dix-${UNITS[value - 10]}`, value] as const),
  ['vingt', 20],
  ...Array.from({ length: 9 }, (_, at) => [`vingt-${at === 0 ? 'et-un' : UNITS[at + 1]}`, at + 21] as const),
  ['trente', 30],
  ['trente-et-un', 31],
  ['une', 1],
  ["d'un", 1],
  ["d'une", 1],
  ['quelques', 3],
]);

const RANKS: ReadonlyMap<string, number> = new Map([
  ...ORDINALS.map((word, at) => [word, at + 1] as const),
  ['premiere', 1],
  ['second', 2],
  ['seconde', 2],
  ['troiseme', 3],
]);

/** Alternatives for a number in words or digits, longest first; hyphens may be spaces. */
export const NUMBER_PATTERN = `\\d{1,3}|${alternatives(WORDS)}`;
export const RANK_PATTERN = alternatives(RANKS);

/** Value of a number in words or digits. */
export function numberOf(text: string): number {
  const word = text.trim().replace(/[\s-]{1,9}/g, '-');
  return WORDS.get(word) ?? RANKS.get(word) ?? Number.parseInt(word, 10);
}

function alternatives(words: ReadonlyMap<string, number>): string {
  return [...words.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll('-', '[ -]'))
    .join('|');
}
