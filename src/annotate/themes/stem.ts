// French words brought to what their forms have in common, without a dictionary.
// Endings after J. Savoy, "A stemming procedure and stopword list for general French corpora", JASIS 50 (1999).

import { fold } from '../folding.ts';

/** Ending, what replaces it, and the length below which a word keeps it; the first that fits is taken. */
const ENDINGS: readonly (readonly [ending: string, by: string, shortest: number])[] = [
  ['issements', 'ir', 12],
  ['issement', 'ir', 11],
  ['ifications', 'ifi', 12],
  ['ification', 'ifi', 11],
  ['isations', 'is', 10],
  ['isation', 'is', 9],
  ['isateurs', 'is', 10],
  ['isateur', 'is', 9],
  ['ations', 'at', 9],
  ['ation', 'at', 8],
  ['atrices', 'at', 9],
  ['atrice', 'at', 8],
  ['ateurs', 'at', 9],
  ['ateur', 'at', 8],
  ['ements', '', 11],
  ['ement', '', 10],
  ['nnelles', 'n', 9],
  ['nnelle', 'n', 8],
  ['nnels', 'n', 8],
  ['nnel', 'n', 7],
  ['elles', 'el', 8],
  ['elle', 'el', 7],
  ['euses', 'eur', 8],
  ['euse', 'eur', 7],
  ['eaux', 'eau', 5],
  ['aux', 'al', 5],
  ['ives', 'if', 6],
  ['ive', 'if', 6],
  ['iennes', 'ien', 8],
  ['ienne', 'ien', 7],
  ['eraient', '', 9],
  ['eront', '', 8],
  ['aient', '', 8],
  ['erait', '', 8],
  ['antes', '', 9],
  ['ante', '', 8],
  ['ants', '', 9],
  ['ant', '', 8],
  ['ees', '', 5],
  ['ee', '', 5],
  ['ers', '', 6],
  ['er', '', 5],
  ['ez', '', 6],
  ['es', '', 5],
  ['s', '', 4],
  ['x', '', 4],
  ['e', '', 5],
];

/** What the forms of a word share: `rivières`, `rivière` → `rivier`; folded, never empty for a word. */
export function stem(word: string): string {
  const folded = fold(word);
  for (const [ending, by, shortest] of ENDINGS) {
    if (folded.length >= shortest && folded.endsWith(ending)) {
      return single(folded.slice(0, folded.length - ending.length) + by);
    }
  }
  return single(folded);
}

/** A doubled last consonant is written once: `personn` and `person` are one. */
function single(word: string): string {
  const last = word.at(-1)!;
  return word.length > 4 && last === word.at(-2) && !'aeiou'.includes(last) ? word.slice(0, -1) : word;
}
