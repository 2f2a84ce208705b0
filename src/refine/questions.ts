// Whether a sentence asks something: by its mark, or by the words it opens with where the writer left the mark out.

import { foldLetters } from './date-words.ts';

/** Quotes, brackets, pictures and spaces may follow the mark. */
const MARKED = /[?؟？][\s!.…"'”’»)\]\p{Extended_Pictographic}\uFE0F]{0,40}$/u;
/** Said with force, it is an exclamation: `Quelle honte !`. */
const EXCLAIMED = /![\s"'”’»)\]]{0,9}$/;
/** The opening is looked for this far: leading numbers, quotes and `Et`, `Mais`, `Alors` come before it. */
const OPENING_LENGTH = 120;
const LEAD = String.raw`^[\s\d.)(«"“'•*–—-]{0,12}(?:(?:et|mais|alors|donc|or|bonjour|bref|sinon|du coup|d'ailleurs|question)\s?[,:]?\s{1,3}){0,2}`;

const MODAL =
  'est|sont|sera|seront|etait|serait|a|ont|aura|va|vont|peut|peuvent|pourrait|doit|doivent|faut|fait|font|devient|deviennent|deviendra|deviendront|compte|comptent|pense|pensent|attend|attendent|vaut';
const PRONOUN = 'je|tu|il|elle|on|ils|elles|ce';

const FRENCH = [
  String.raw`pourquoi(?!\spas\s?[.!]?$)\b`,
  String.raw`comment\s(?!dire)\p{L}`,
  'combien\\b',
  String.raw`(?:qu'|quand\s|ou\s|comment\s|pourquoi\s|a\squi\s|de\squi\s)?est[ -]ce\s(?:que|qu'|qui)`,
  String.raw`(?:a|jusqu'a|depuis|pour)\squand\s(?!l[ae]\b|les\b|on\b|il\b|meme)`,
  String.raw`quand\s(?:${MODAL}|aurons|aurez|rouvr)\p{L}{0,6}[\s-]`,
  String.raw`(?:qui|que)\s(?:${MODAL}|paie|paye|paiera|decide|finance|s'occupe|faire|dire|croire)\b`,
  String.raw`quels?\s(?:est|sont|sera|seront|etait)\b`,
  String.raw`quelles?\s(?:est|sont|sera|seront|etait)\b`,
  String.raw`ou\s(?:${MODAL}|iront|passe|passent|passer|trouver|trouve|aller|irons)\b`,
  // Inversions; `-nous` and `-vous` after an order (`dites-nous`, `taisez-vous`) are none.
  String.raw`(?:\p{L}{1,14}'?\s){0,4}?(?:n'|l'|m'|s'|y\s|ne\s)?\p{L}{1,14}-(?:t-)?(?:${PRONOUN})\b`,
  String.raw`(?:\p{L}{1,14}\s){0,3}?(?:n'|l'|y\s|ne\s)?(?:\p{L}{2,12}ons-nous|(?:pouvez|avez|etes|allez|savez|pensez|comptez|voulez|faites|prevoyez|envisagez|connaissez|croyez|trouvez|pourriez|auriez|seriez|voudriez|voyez|aurez|ferez|serez)-vous)\b`,
];

const ENGLISH = [
  String.raw`(?:why|how|when|where|what|who|which)\s(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|not|about|much|many|long|far)\b`,
  String.raw`(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have)n?'?t?\s(?:i|you|we|they|he|she|it|there|the|this|that|these|our|any)\b`,
];

const OPENING = new RegExp(`${LEAD}(?:${[...FRENCH, ...ENGLISH].join('|')})`, 'u');
/** Relative and subordinate openings that look like inversions of a statement: `Peut-être`, `Sans doute a-t-il`. */
const STATEMENT =
  /^[\s«"“]{0,3}(?:peut-etre|sans doute|aussi|ainsi|encore|du moins|dit-|dites?-|allons-|celui-|celle-|ceux-)/;

/** True for a sentence (one, as `splitSentences` gives them) that asks something. Pure, never throws. */
export function isQuestion(sentence: string): boolean {
  const end = sentence.length > 2 * OPENING_LENGTH ? sentence.slice(-OPENING_LENGTH) : sentence;
  if (MARKED.test(end)) return true;
  if (EXCLAIMED.test(end)) return false;
  const opening = foldLetters(sentence.slice(0, OPENING_LENGTH));
  return OPENING.test(opening) && !STATEMENT.test(opening);
}
