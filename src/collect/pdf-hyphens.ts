// Puts the two halves of a word together where a line broke it, and leaves alone the hyphens that French writes.

/** Words that a hyphen ties to the verb before them: dit-elle, allez-y, celui-ci, eux-mêmes. */
const TIED = new Set('ce ci là je tu il ils elle elles on nous vous lui moi toi y en le la t même mêmes'.split(' '));
/** What comes before a hyphen whatever follows. */
const PREFIXES = new Set(['demi', 'semi', 'quasi', 'vice', 'non', 'grand', 'grands']);
const NUMBERS = new Set(
  'vingt trente quarante cinquante soixante quatre dix un deux trois cinq six sept huit neuf onze douze treize quatorze quinze seize vingts cent'.split(
    ' ',
  ),
);
/** Written with a hyphen, and broken at it. */
const COMPOUNDS = new Set(
  (
    'peut-être rendez-vous à-dire à-vis à-propos à-coup au-delà au-dessus au-dessous au-devant par-delà par-dessus par-dessous ' +
    'ci-dessus ci-dessous ci-joint ci-joints ci-jointe ci-après ci-contre là-bas là-haut là-dessus là-dedans ' +
    'bien-être mieux-être savoir-faire savoir-être porte-parole porte-monnaie chef-lieu chefs-lieux mot-clé mots-clés ' +
    'compte-rendu comptes-rendus procès-verbal procès-verbaux plus-value plus-values moins-value main-d œuvre-emploi ' +
    'mi-temps mi-chemin mi-parcours hors-sol hors-série tout-petits rez-de de-chaussée après-midi après-demain avant-hier ' +
    'avant-projet avant-garde week-end e-mail sous-traitance sous-traitant sous-traitants sous-préfecture sous-préfet ' +
    'sous-sol sous-sols sous-titre sous-total sous-ensemble sous-marin garde-corps arc-en en-ciel haut-parleur ' +
    'bas-côté bas-côtés court-circuit long-terme laissez-passer aide-mémoire aide-soignante aide-soignant ' +
    'assistante-sociale centre-ville centres-villes centre-bourg cœur-de éco-quartier éco-quartiers socio-économique ' +
    'socio-économiques médico-social médico-sociale médico-sociaux franco-allemand quote-part libre-service self-service ' +
    'aller-retour va-et et-vient vis-à sans-abri pot-de qu-en dira-t y-a t-il t-elle t-on contre-indication pare-feu ' +
    'pare-brise trompe-l tiers-lieu tiers-lieux tiers-monde gratte-ciel couvre-feu remue-méninges sage-femme sages-femmes'
  ).split(' '),
);

const HYPHENATED = /(\p{L}[\p{L}\p{M}-]*)[-\u2010\u00ad]$/u;
const CONTINUED = /^(\p{L}[\p{L}\p{M}]*)/u;
const VOWEL = /[aeiouyàâäéèêëîïôöùûüÿœæ]/;
/** An address cut after a sign that addresses are cut at. */
const CUT_ADDRESS = /(?:https?:\/\/|www\.)\S*[/_#?&=%.]$/i;

/** The end of a text is looked at, no more: a paragraph may be of a million lines. */
const END_LETTERS = 300;

/** Words of a document, lower-case, without what an apostrophe ties to them: what it writes whole somewhere is how it is written. */
export type Vocabulary = ReadonlySet<string>;

export function vocabularyOf(texts: Iterable<string>): Vocabulary {
  const words = new Set<string>();
  for (const text of texts) {
    for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}-]*/gu)) words.add(word.toLowerCase().replace(/-$/, ''));
  }
  return words;
}

/** Two lines of one paragraph as one text. */
export function joinLines(before: string, after: string, vocabulary: Vocabulary): string {
  if (before === '') return after;
  const end = before.slice(-END_LETTERS);
  const head = HYPHENATED.exec(end)?.[1];
  const tail = CONTINUED.exec(after)?.[1];
  if (head === undefined || tail === undefined) {
    if (/\p{L}\/-$/u.test(end)) return before.slice(0, -1) + after;
    const cut = (CUT_ADDRESS.test(end) && /^[\p{Ll}\p{N}/_#?&=%-]/u.test(after)) || isCutScheme(end, after);
    return cut ? before + after : `${before} ${after}`;
  }
  const keeps = !before.endsWith('\u00ad') && isWritten(head, tail, vocabulary);
  return keeps ? before + after : before.slice(0, -1) + after;
}

function isCutScheme(before: string, after: string): boolean {
  return /\bhttps?:$/i.test(before) && after.startsWith('//');
}

/** True where the hyphen belongs to the word; where nothing says so, a line broke it. */
function isWritten(head: string, tail: string, vocabulary: Vocabulary): boolean {
  const first = head.toLowerCase();
  const second = tail.toLowerCase();
  if (vocabulary.has(`${first}-${second}`)) return true;
  if (vocabulary.has(first + second)) return false;
  const last = first.split('-').at(-1)!;
  if (COMPOUNDS.has(`${last}-${second}`) || PREFIXES.has(last) || TIED.has(second)) return true;
  if (NUMBERS.has(last) && NUMBERS.has(second)) return true;
  // Saint-Étienne, CD-ROM: a broken word goes on in small letters.
  if (tail[0] !== second[0]) return true;
  return last.length < 2 || second.length < 2 || !VOWEL.test(last) || !VOWEL.test(second);
}
