// Words that take a full stop without ending a sentence, French and English, lower case.

/** Always followed by what they introduce: titles, streets, references. */
const OPENING = new Set(
  'mm mme mmes mlle mlles dr drs pr prof mgr st ste sts stes mr mrs ms messrs art al cf fig vol chap av ave bd bld bvd boul rte chem imp pl réf tél tel adj env num vs voy éd sect par ann dép reg rég coll cant'.split(
    ' ',
  ),
);

/** May end a sentence as well: measures, months, days, and what stands last in a list. A capital after them decides. */
const CLOSING = new Set(
  'etc ect hab max min approx env moy qté km kg mn sec ha ml cl janv jan févr fév fevr avr juil sept oct nov déc dec lun mar mer jeu ven sam dim ex suiv sq apt appt bât bat esc ét resp dir asso assoc ass cie sté ets inc ltd co corp jr sr id ibid trim sem pers nb nbre tx moy ttc ht'.split(
    ' ',
  ),
);

/** Followed by a number they are its label: `no. 5`, `Nos. 5 et 6`. */
const NUMBERED = new Set('no nos nr ref alin al ch pt'.split(' '));

/** Words that begin a sentence and are no name: after an acronym or a missing space they tell that one begins. */
const OPENERS = new Set(
  "je j' tu il elle on nous vous ils elles ce c' cela ça ca cette ces cet un une des les mais et ou donc or ni car pourquoi comment quand qui que qu' quel quelle est si s' pour par dans avec sans sur en à au aux mon ma mes notre nos votre vos leur leurs rien tout tous toutes il'y y n' ne pas plus merci bravo stop alors puis ensuite enfin aussi même the it we you they this that there and but so he she".split(
    ' ',
  ),
);
/** Articles that are also the first word of a surname: `A. Le Goff`. */
const ARTICLES = new Set(['le', 'la', "l'", 'de', 'du', "d'"]);

/** Words that a sign of exclamation does not end the sentence after, where a small letter follows: `Hélas ! rien ne change`. */
const INTERJECTIONS = new Set(
  'ah oh eh hé he ho hein bah bof ben euh hélas helas hop ouf aïe allons allez bon tiens quoi non oui certes'.split(
    ' ',
  ),
);

export type Abbreviation = 'opening' | 'closing' | 'numbered' | null;

/** What a full stop after this word may be. */
export function abbreviationOf(word: string): Abbreviation {
  // The initial of "Monsieur" is a capital: "2,5 m" is a measure.
  if (word === 'M' || word === 'Me') return 'opening';
  const lower = word.toLowerCase();
  if (OPENING.has(lower)) return 'opening';
  if (CLOSING.has(lower)) return 'closing';
  return NUMBERED.has(lower) ? 'numbered' : null;
}

/** True for a word that begins a sentence; `articles` counts those that also begin names. */
export function isOpener(word: string, articles: boolean): boolean {
  const lower = word.toLowerCase().replace('’', "'");
  return OPENERS.has(lower) || (articles && ARTICLES.has(lower));
}

export function isInterjection(word: string): boolean {
  return INTERJECTIONS.has(word.toLowerCase());
}
