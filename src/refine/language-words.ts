// The function words that tell languages apart before any n-gram is counted, in one map: one look-up a word.

import { REGIONAL } from './regional-lexicon.ts';

const FRENCH = new Set(
  'au aux avec avoir bien ce cela ces cet cette ceux chez comme dans depuis des doit donc du elle elles est et être eux été fait faire faut il ils je jamais leur leurs lui mais mes moi moins mon ne nos notre nous ont où par pas peu peut plus pour pourquoi quand que qui sans sera ses si soit son sont sur toujours tous tout toute toutes très trop une vos votre vous y à ça était'.split(
    ' ',
  ),
);
/** Words that French shares with its neighbours: they speak for French only beside words of its own. */
const SHARED = new Set('de en et la le les un du des que se on ou il ne son si y es a'.split(' '));
const FOREIGN = new Set(
  'the and of to is for that with this are was you have not from they it be och der die das und ist nicht mit den ein eine von zu auf el los las para con por del como está pero muy lo una che di per non della il gli sono è anche questo o os não com uma é mais do da em het een van dat niet voor zijn amb és els però què i al dels més ens això aquest aquesta molt molts perquè seva eta ez dira dago dute dugu behar bat hau hori baina gure zure edo zen izan oso hemen egin gara naiz dut ditugu dituzte ezin'.split(
    ' ',
  ),
);
/** Frequent French words that the lists above leave out and that a regional list holds. */
const FRENCH_TOO = new Set(
  'ai an ben bon ci cours dans dont donne es face fan grand lors man met monde ont pan pi plan pure quelle red re rest sa sal site soi ta te to tonm vo ya va val vole ni ma na mi li nana ki vil pli bay di mis as os us in d s de l n m i'.split(
    ' ',
  ),
);

export interface KnownWord {
  /** A word of French alone. */
  readonly isFrench: boolean;
  readonly isShared: boolean;
  /** A word of a neighbour: English, German, Spanish, Italian, Portuguese, Dutch, Catalan, Basque, Swedish. */
  readonly isForeign: boolean;
  /** Regional languages that have it, as indexes into `REGIONAL`. */
  readonly regional: readonly number[];
  /** What it weighs for each of them: less where French or a neighbour has it too. */
  readonly weight: number;
}

export const KNOWN_WORDS: ReadonlyMap<string, KnownWord> = knownWords();

function knownWords(): ReadonlyMap<string, KnownWord> {
  const regional = new Map<string, number[]>();
  for (const [at, { words }] of REGIONAL.entries()) {
    for (const word of new Set(words.split(' '))) regional.set(word, [...(regional.get(word) ?? []), at]);
  }
  const all = new Set([...FRENCH, ...SHARED, ...FOREIGN, ...regional.keys()]);
  return new Map(
    [...all].map((word) => {
      const isShared = SHARED.has(word);
      const isFrench = !isShared && FRENCH.has(word);
      const isForeign = !isShared && FOREIGN.has(word);
      const weight = isFrench || isShared || FRENCH_TOO.has(word) ? 0.2 : isForeign ? 0.5 : 1;
      return [word, { isFrench, isShared, isForeign, regional: regional.get(word) ?? [], weight }];
    }),
  );
}
