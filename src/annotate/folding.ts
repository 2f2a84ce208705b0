// French words as they are compared: without case, accents or ligatures, and with the ways people misspell them.

/** Lower case, no accents, ligatures spelled out: `Œuvrées` → `oeuvrees`. */
export function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss');
}

/** A letter written three times or more is written `times` times: `suuuper` → `super` (1) or `suuper` (2). */
export function shorten(word: string, times: 1 | 2): string {
  return word.replace(/([a-z])\1{2,}/g, times === 1 ? '$1' : '$1$1');
}

/** What is left of a folded word once usual misspellings are levelled: doubled consonants, ph, y, th, qu, silent h. */
export function skeleton(word: string): string {
  return word
    .replaceAll('ph', 'f')
    .replaceAll('th', 't')
    .replaceAll('qu', 'k')
    .replaceAll('y', 'i')
    .replace(/^h/, '')
    .replace(/([bcdfgklmnprstz])\1/g, '$1');
}

/** Lower case with accents kept, composed: what tells `marché` from `marche`. */
export function accented(word: string): string {
  return word.toLowerCase().normalize('NFC');
}

/** Words of an expression, folded: `à l'eau de rose` → a, l, eau, de, rose. */
export function wordsOf(expression: string): readonly string[] {
  return fold(expression).match(/[a-z0-9]+/g) ?? [];
}

/** The number of a word put aside, for expressions: `prix` and `pri`, `fleurs` and `fleur` are one. */
export function singular(word: string): string {
  return word.length > 3 && (word.endsWith('s') || word.endsWith('x')) ? word.slice(0, -1) : word;
}
