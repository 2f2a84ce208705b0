// Names of places that are also something else: words, people, places abroad, titles.

import { bitsOf, DOUBTFUL, FIRST, SURNAME, WORD } from '../names/lexicon.ts';

/**
 * What else the folded name of a commune can be. `distinct`: several telling words; `saint`: a saint, after whom churches
 * and streets are named too; `word`, `first-name`, `surname`: one word that the lexicon knows as that; `plain`: nothing.
 */
export type NameNature = 'distinct' | 'saint' | 'word' | 'first-name' | 'surname' | 'plain';

/** Words inside names that tell nothing by themselves. */
const LINKS = new Set('d de du des en et l la le les lez a au aux sous sur'.split(' '));

/** Names of communes that are also words, titles or brands, and that the lexicon does not hold. */
const WORDS = new Set(
  `arc die eu gap cannes grand grandes grasse lens lourdes nuits sel sully uni us vers y nice oz orange paix messi merci bang
  bravo chanel chat club elle fer foi fox gaza ivory jazz lama lion lux mac macron moulins neuf nil nord opera oui pop quelque
  rock sai si spa star sud tel test tilt top vaux venus wall zoo allons bon croix dieu donc hors ile mens mars port pins signes publier contes menton gosier possession palme union digne
  val vals mont monts puy lac mas moulin vallon col cap etang baie foret rocher plateau combe hameau domaine marais pic`.split(
    /\s+/,
  ),
);

/** Communes that are better known as people, and that the lexicon does not hold. */
const PEOPLE = new Set(
  'antony auteuil billy balzac brando bresson charly chateaubriand conan conde descartes duras job lautrec mirabeau montesquieu richelieu rochefort turenne lamartine ronsard'.split(
    ' ',
  ),
);

/** What a folded name of a commune can be besides. Pure. */
export function natureOf(name: string): NameNature {
  const bare = name.replace(/^(?:le|la|les|l) /, '');
  const telling = bare.split(' ').filter((word) => !LINKS.has(word));
  if (/^saint(?:e|s|es)? /.test(bare)) return telling.length > 2 ? 'distinct' : 'saint';
  // `Digne-les-Bains` is no phrase of the language; `Le Grand Bourg` is.
  if (telling.length > 1)
    return telling.every(isWord) && telling.length === bare.split(' ').length ? 'word' : 'distinct';
  if (isWord(bare)) return 'word';
  const bits = bitsOf(bare);
  if ((bits & (FIRST | DOUBTFUL)) !== 0) return 'first-name';
  return (bits & SURNAME) !== 0 || PEOPLE.has(bare) ? 'surname' : 'plain';
}

function isWord(word: string): boolean {
  return word.length < 3 || WORDS.has(word) || (bitsOf(word) & WORD) !== 0;
}

interface Abroad {
  /** True where most readers think of the place abroad first. */
  readonly first: boolean;
  /** Words that say that it is meant. */
  readonly words: ReadonlySet<string>;
}

/** Places abroad that share the name of a commune; `!` where readers think of them first. */
export const ABROAD: ReadonlyMap<string, Abroad> = new Map(
  `vienne|autriche autrichien autrichienne danube habsbourg
  valence|espagne espagnol espagnole valencia
  villeneuve|suisse
  mons|belgique
  tournay|belgique
  laval|quebec canada
  brest|bielorussie
  orange|californie
  plaisance|italie
  saint louis|senegal missouri
  saint leonard|canada
  saint georges|grenade
  port louis|maurice
  fribourg|!suisse allemagne
  montreal|!quebec canada
  londres|!angleterre royaume
  venise|!italie
  rome|!italie
  milan|!italie
  modene|!italie
  parme|!italie
  sienne|!italie
  genes|!italie
  cologne|!allemagne
  treves|!allemagne
  mayence|!allemagne
  grenade|!espagne
  cordoue|!espagne
  tolede|!espagne
  oran|!algerie
  constantine|!algerie
  alexandrie|!egypte
  damas|!syrie
  carthage|!tunisie
  corinthe|!grece
  troie|!grece
  moscou|!russie
  boston|!massachusetts
  cambridge|!angleterre
  saint marin|!italie
  saint sebastien|!espagne`
    .split('\n')
    .map((line) => line.trim().split('|') as [string, string])
    .map(([name, words]) => [
      name,
      { first: words.startsWith('!'), words: new Set(words.replace('!', '').split(' ')) },
    ]),
);

/** Names that follow a place to say that it is abroad: `Valence, en Espagne`, `Vienne (Autriche)`. */
export const COUNTRIES: ReadonlySet<string> = new Set(
  `allemagne angleterre algerie autriche belgique bresil cameroun canada catalogne chine danemark ecosse egypte espagne finlande
  grece hongrie inde irlande israel italie japon liban luxembourg mali maroc mexique norvege pologne portugal quebec roumanie
  russie senegal suede suisse syrie tunisie turquie ukraine usa wallonie baviere toscane texas californie`.split(/\s+/),
);

/** Folded phrases that hold a place's name and name no place of the gazetteer. */
export const TITLES: readonly string[] =
  `paris match|paris saint germain|paris hilton|paris plage|ouest france|sud ouest
  nice matin|nord littoral|paris normandie|grande bretagne|nouvelle orleans|nouvelle angleterre|ile maurice|saint petersbourg
  saint domingue|saint jacques de compostelle|saint exupery|saint sylvestre|saint valentin|saint empire|saint siege
  saint esprit|saint pere|amerique du nord|coree du nord|irlande du nord|mer du nord|gare du nord|pole nord|afrique du nord
  macedoine du nord|europe du nord|gare de lyon|gare d austerlitz|porte de versailles|porte de vincennes|mont blanc
  nuit debout|air france|credit agricole|caisse d epargne|bon marche|la poste|le monde|le point|le figaro|la croix
  la croix rouge|croix rouge|la depeche|la montagne|la voix du nord|la marche|la france|la ville|la commune|la mairie
  les republicains|la france insoumise|bordeaux superieur|cour des comptes|fort boyard|orange bank|nord sud|sud nord
  est ouest|ouest est|golfe du mexique|le kremlin|la haye|le caire|la mecque|la havane|foot paris|ville de demain`
    .split(/[|\n]/)
    .map((title) => title.trim());

interface OtherName {
  readonly name: string;
  readonly kind: 'department' | 'region';
  readonly code: string;
  /** True for a région that was merged: it stands for the one it is part of. */
  readonly former: boolean;
}

/** Other folded names of larger places: what people say, and the régions of before 2016. */
export const OTHER_NAMES: readonly OtherName[] = [
  ...others('department', false, '987 tahiti|987 polynesie|988 caledonie|986 wallis|974 ile de la reunion'),
  ...others('department', false, '973 guyane francaise|90 belfort territoire de'),
  ...others('region', false, '93 paca|11 idf|11 region parisienne|93 region sud'),
  ...others('region', true, '84 rhone alpes|84 auvergne|75 aquitaine|75 limousin|75 poitou charentes'),
  ...others('region', true, '76 languedoc roussillon|76 midi pyrenees|44 alsace|44 lorraine|44 champagne ardenne'),
  ...others('region', true, '32 picardie|32 nord pas de calais|28 basse normandie|28 haute normandie'),
  ...others('region', true, '27 bourgogne|27 franche comte'),
];

function others(kind: OtherName['kind'], former: boolean, list: string): readonly OtherName[] {
  return list.split('|').map((entry) => {
    const space = entry.indexOf(' ');
    return { name: entry.slice(space + 1), kind, code: entry.slice(0, space), former };
  });
}
