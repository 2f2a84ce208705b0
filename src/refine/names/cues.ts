// Words around a name that say what it names: a person (titles, kin, signatures) or a place.

import { fold } from './lexicon.ts';

/** Titles: the capitalised words that follow are a person's name. */
const TITLE_WORDS: ReadonlySet<string> = wordSet(
  'm mr mrs ms mme mlle mmes mlles mm monsieur madame mademoiselle messieurs mesdames mesdemoiselles dr drs docteur docteurs ' +
    'docteure pr prs professeur professeure me maître sir lady don dona abbé père sœur frère mgr monseigneur pasteur rabbin ' +
    'imam pt veuve feu',
);

/** Titles under which streets and schools are also named. */
const HONOUR_WORDS: ReadonlySet<string> = wordSet(
  'dr docteur pr professeur abbé père sœur frère mgr monseigneur pasteur général maréchal président colonel capitaine commandant amiral',
);

/** Functions: a full name follows them, never a surname that is also a word. */
const FUNCTION_WORDS: ReadonlySet<string> = wordSet(
  'maire mairesse maires adjoint adjointe adjoints adjointes préfet préfète sous-préfet conseiller conseillère conseillers ' +
    'conseillères député députée sénateur sénatrice ministre président présidente vice-président vice-présidente directeur ' +
    'directrice proviseur principal principale secrétaire élu élue général maréchal colonel capitaine commandant lieutenant ' +
    'adjudant brigadier amiral juge procureur avocat avocate notaire infirmier infirmière médecin interne chirurgien patient ' +
    'patiente assure assuree curé guide professeure instituteur institutrice éducateur éducatrice animateur animatrice ' +
    'facteur gardien gardienne chauffeur madame monsieur voisin voisine candidat candidate rédacteur auteur journaliste ' +
    'investigateur référent rédigé réalisé validé demandeur interlocuteur contact nom prénom identité bénéficiaire famille ' +
    'époux épouse consorts copie destinataire citoyen citoyenne gendarme cardinal chancelier pape camarade camarades ' +
    'sieur jeune inspecteur commissaire expert dessinateur écrivain philosophe économiste',
);

/** Plural titles: further names follow after "et" and commas. */
const PLURAL_WORDS: ReadonlySet<string> = wordSet(
  'mm messieurs mmes mesdames mlles drs docteurs prs maires adjoints adjointes conseillers conseillères famille époux',
);

/** What is named after people: the name that follows is a place's, an institution's or a thing's. */
const NAMED_AFTER_WORDS: ReadonlySet<string> = wordSet(
  'san santa los las sao são rue av avenue bd boul boulevard blvd allée allées impasse chemin route place square quai cours passage ruelle sentier cité ' +
    'villa esplanade promenade mail voie rond-point carrefour pont viaduc tunnel porte parc jardin stade gymnase piscine ' +
    'complexe salle espace centre foyer maison résidence immeuble tour bâtiment groupe école collège lycée université iut ' +
    'institut faculté campus crèche médiathèque bibliothèque musée théâtre cinéma hôpital hop clinique chu ch ehpad polyclinique ' +
    'hospice gare station métro arrêt aéroport port barrage quartier zac zone lotissement lieu-dit hameau église chapelle ' +
    'cathédrale basilique paroisse fondation prix trophee coupe tournoi salon festival cap mont lac île ville commune village ' +
    'mairie canton vallée val forêt plage promotion amphi amphithéâtre auditorium fort château domaine société entreprise ' +
    'établissements ets sarl sas garage boulangerie restaurant hôtel café bar magasin transports laboratoire pharmacie éditions ' +
    'syndrome maladie tétralogie signe test score indice théorème saint sainte st ste sts loi plan charte commission application appli logiciel algorithme méthode label opération dispositif rapport amendement décret affaire',
);

/** Joins inside names; written in lower case, or capitalised between two names. */
const PARTICLE_WORDS: ReadonlySet<string> = wordSet(
  'de du des d la le les van von der den di da dos do del della dela el al ben bin bint bou ould aït abou abu mac mc',
);

/** Words that make the author of a contribution an organisation. */
export const ORGANISATIONS =
  /(?<!\p{L})(?:association|asso|collectif|comit[ée]|mairie|commune|communaut[ée]|conseil|syndicat|union|f[ée]d[ée]ration|club|amicale|entreprise|soci[ée]t[ée]|sarl|sas|r[ée]daction|admin|ville|d[ée]partement|r[ée]gion|[ée]cole|anonyme|citoyens?)(?!\p{L})/iu;

/** Kin and acquaintance, and the ways people give a name; a name of any list follows. */
export const INTRODUCTION =
  /(?:(?<!\p{L})(?:mon|ma|mes|notre|son|sa|ses|leur|une?|des) (?:petite?s? |grande?s? |jeunes? |propre |cher |ch[èe]re |meilleure? |premi[èe]re? )?(?:fils|filles?|enfants?|b[ée]b[ée]|mari|femme|[ée]poux|[ée]pouse|conjointe?|compagne|compagnon|fr[èe]re|s[oœ]e?ur|p[èe]re|m[èe]re|papa|maman|oncle|tante|tata|tonton|cousine?|neveu|ni[èe]ce|mamie|papi|papy|grand-m[èe]re|grand-p[èe]re|copain|copine|amie?|coll[èe]gue|voisine?|nounou|patron(?:ne)?|chef|petit-fils|petite-fille|beau-p[èe]re|belle-m[èe]re|parrain|marraine|filleule?)|(?<!\p{L})(?:je m['’]appelle|je me (?:nomme|pr[ée]nomme)|mon (?:pr[ée]nom|nom) (?:est|c['’]est)|moi c['’]est|s['’]appell?e|se (?:nomme|pr[ée]nomme)|(?:pr[ée]|d[ée])?nomm[ée]{1,2}|au nom de|sign[ée](?: par| de)?|surnomm[ée]e?|baptis[ée]e?|ici|bonjour|bonsoir|merci [àa]|ch[èe]re?|salut|coucou|n[ée]e))[\s:,]{0,2}$/iu;

/** Ways of giving a name after which even a word of no list is one. */
export const NAMING =
  /(?<!\p{L})(?:je m['’]appelle|je me (?:nomme|pr[ée]nomme)|mon (?:pr[ée]nom|nom) (?:est|c['’]est)|moi c['’]est|(?:pr[ée]|d[ée])?nomm[ée]{1,2}|au nom de|sign[ée](?: par)?)[\s:,]{0,2}$/iu;

/** Formulas after which a contribution is signed. */
export const CLOSING =
  /(?<!\p{L})(?:cordialement|bien [àa] (?:vous|toi)|sinc[èe]rement|respectueusement|amicalement|sinc[èe]res salutations|salutations(?: distingu[ée]es| citoyennes| cordiales)?|mes salutations|cdlt|cdt|bien cordialement|merci d['’]avance|merci|bonne (?:journ[ée]e|r[ée]ception|soir[ée]e)|bises?|bisous|sign[ée])[\s,.:!;–-]{1,6}$/iu;

/** Bits of `cuesOf`, of a word: it is one of a list, or the last of what introduces, names or closes. */
export const TITLE = 1;
export const HONOUR = 2;
export const FUNCTION = 4;
export const PLURAL = 8;
export const NAMED_AFTER = 16;
export const PARTICLE = 32;
export const INTRODUCES = 64;
export const NAMES = 128;
export const CLOSES = 256;

const LISTS: readonly (readonly [bit: number, words: ReadonlySet<string>])[] = [
  [TITLE, TITLE_WORDS],
  [HONOUR, HONOUR_WORDS],
  [FUNCTION, FUNCTION_WORDS],
  [PLURAL, PLURAL_WORDS],
  [NAMED_AFTER, NAMED_AFTER_WORDS],
  [PARTICLE, PARTICLE_WORDS],
];

/** Last words of INTRODUCTION, NAMING and CLOSING: looked at before these expressions are, which cost much more. */
const LAST_WORDS: readonly (readonly [bit: number, form: RegExp])[] = [
  [
    INTRODUCES,
    /^(?:fils|filles?|enfants?|b[ée]b[ée]|mari|femme|[ée]poux|[ée]pouse|conjointe?|compagne|compagnon|fr[èe]re|s[oœ]e?ur|p[èe]re|m[èe]re|papa|maman|oncle|tante|tata|tonton|cousine?|neveu|ni[èe]ce|mamie|papi|papy|copain|copine|amie?|coll[èe]gue|voisine?|nounou|patron(?:ne)?|chef|parrain|marraine|filleule?|appell?e|(?:pr[ée])?nomme|est|(?:pr[ée]|d[ée])?nomm[ée]{1,2}|nom|sign[ée]|par|de|surnomm[ée]e?|baptis[ée]e?|ici|bonjour|bonsoir|[àa]|ch[èe]re?|salut|coucou|n[ée]e?)$/iu,
  ],
  [NAMES, /^(?:appelle|(?:pr[ée])?nomme|est|(?:pr[ée]|d[ée])?nomm[ée]{1,2}|de|sign[ée]|par)$/iu],
  [
    CLOSES,
    /^(?:cordialement|vous|toi|sinc[èe]rement|respectueusement|amicalement|salutations|distingu[ée]es|citoyennes|cordiales|cdlt|cdt|avance|merci|journ[ée]e|r[ée]ception|soir[ée]e|bises?|bisous|sign[ée])$/iu,
  ],
];

/** What a word announces, as bits; of words of one spelling always the same. */
export function cuesOf(word: string, lower: string): number {
  let cues = 0;
  for (const [bit, words] of LISTS) if (words.has(lower)) cues |= bit;
  // `grand-père`, `petite-fille`: the last part is what stands before a name.
  const last = word.slice(word.lastIndexOf('-') + 1);
  for (const [bit, form] of LAST_WORDS) if (form.test(last)) cues |= bit;
  return cues;
}

/** Words of a list, each also without its accents. */
function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(' ').flatMap((word) => [word, fold(word)]));
}
