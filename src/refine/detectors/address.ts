// Postal addresses: number, kind of street and name, then what completes it, up to the postal code and its town.
// A street without a number is a place, not someone's address, unless words say that someone lives there.

import { defineDetector, type Found, isPreceded, matchesAt } from '../detector.ts';

export default defineDetector({
  name: 'address',
  kinds: ['address'],
  form: false,
  gate: null,
  lead: /^(?:rue|avenue|avn|av|ave|boulevard|boul|blvd|bld|bvd|bd|all[ée]es?|impasse|imp|chemin|che?m|route|rte|place|pl|square|sq|quai|cours|passage|ruelle|sentier|sente|cit[ée]|villa|lotissement|lot|hameau|faubourg|fbg|fg|mail|esplanade|promenade|venelle|voie|traverse|mont[ée]e|rond-point|clos|cour|parvis|chauss[ée]e|lev[ée]e|adresse|demeurant|domicili[ée]{1,2}s?|b|bp|cs|r[ée]sidence|r[ée]s|lieu|lieu-dit|appt?|appartement|b[âa]timent|\p{L}+(?:stra(?:ss|ß)e|gasse|platz))$/iu,
  examples: {
    found: [
      "j'habite ⟦address:12 rue des Lilas, 44000 Nantes⟧.",
      "Le Foyer, ⟦address:47-83 Boulevard de l'Hôpital, 75013 Paris⟧, Tel",
      '⟦address:3 bis, impasse du Moulin⟧ à Nantes',
      '⟦address:2 RUE DE LA LIBERTE 75002 PARIS⟧\nTél.',
      '⟦address:14, av. du Général Leclerc\n69003 LYON⟧',
      '⟦address:5 allée Jean Moulin, bât. B, appt 12, 38100 Grenoble⟧',
      'au ⟦address:7 chemin de kerbihan⟧ depuis dix ans',
      '⟦address:BP 120, 56000 Vannes Cedex⟧',
      'Je demeure ⟦address:rue Victor Hugo⟧ depuis',
      'nous habitons ⟦address:résidence Les Tilleuls, appartement 12⟧',
      'habite au ⟦address:lieu-dit Le Gué, 44110 Châteaubriant⟧',
      '⟦address:12 rue du 8 mai 1945, 44600 Saint-Nazaire⟧',
      "⟦address:12 rue victor hugo⟧ et j'y suis bien",
      '⟦address:1 place de la Mairie, 35000 Rennes⟧',
      "J'HABITE ⟦address:12 RUE DES LILAS⟧ DEPUIS UN AN",
      '⟦address:42 avenue du G.al Leclerc, 31000 TOULOUSE⟧',
      '⟦address:19 Avn Frédéric Mistral 91000 EVRY CEDEX⟧',
      'chez eux, ⟦address:Kirchstrasse 13, 67000 Strasbourg⟧',
      'Mon adresse : ⟦address:Le Bourg, 24310 Brantôme⟧.',
      'Léa Durand, demeurant au ⟦address:3 Le Moulin Neuf 56000 Vannes⟧, demande',
      'Rés. Les Tilleuls ? ⟦address:RES LES TILLEULS 35000 RENNES⟧',
      'domiciliée ⟦address:12, r. des Lilas 44000 Nantes⟧',
    ],
    spared: [
      'la rue Victor Hugo est sale',
      'avenue du Général de Gaulle, à Nantes',
      'il faut 3 places de parking',
      '2 routes départementales',
      '44000 Nantes',
      'en 2024 rue des Lilas',
      'les 12 quartiers de la ville',
      "1 cours d'anglais",
      'une voie sur deux',
      '12 rues piétonnes',
      '2 voies cyclables',
      "j'habite dans le square depuis un an",
      'LES HABITANTS AU LOTISSEMENT DES CERISIERS SONT À BOUT',
      'Adresse : voir le site. Le 44000 est un code',
      "l'adresse de la mairie n'est plus la bonne, 44000 Nantes non plus",
      'domiciliée à Nantes',
      'une Strasse 13 fois plus large',
    ],
  },
  detect(text, _, leads) {
    const found: Found[] = [];
    for (const street of matchesAt(text, STREET, leads)) {
      const from = street.index + street[0].length;
      const name = streetName(text, from, STRICT_KIND.test(street[0]));
      if (name === 0) continue;
      const end = completed(text, from + name);
      const number = NUMBER.exec(text.slice(Math.max(0, street.index - 40), street.index))?.[1] ?? '';
      const isCompleted = /[0-9]{5}/.test(text.slice(from + name, end));
      if (number === '' && !isCompleted && !isPreceded(text, street.index, LIVES, 40)) continue;
      found.push({ start: street.index - number.length, end, kind: 'address' });
    }
    for (const box of matchesAt(text, BOX, leads)) {
      found.push({ start: box.index, end: completed(text, box.index + box[1]!.length), kind: 'address' });
    }
    for (const cue of matchesAt(text, ADDRESSED, leads)) {
      const from = cue.index + cue[0].length;
      const place = UNTIL_CODE.exec(text.slice(from, from + 100));
      if (place === null) continue;
      const end = completed(text, from + place[0].length);
      if (end > from + place[0].length) found.push({ start: from, end, kind: 'address' });
    }
    for (const street of matchesAt(text, GERMAN, leads)) {
      found.push({ start: street.index, end: completed(text, street.index + street[0].length), kind: 'address' });
    }
    for (const place of matchesAt(text, RESIDENCE, leads)) {
      const start = place.index;
      const name = start + place[0].length;
      const end = completed(text, name);
      if (end > name || isPreceded(text, start, LIVES, 40)) found.push({ start, end, kind: 'address' });
    }
    return found;
  },
});

const STREET =
  /(?<![\p{L}\p{N}'’-])(?:rue|avenue|avn\.?|av\.?|ave\.?|boulevard|boul\.?|blvd\.?|bld\.?|bvd\.?|bd\.?|all[ée]es?|impasse|imp\.?|chemin|che?m\.|route|rte\.?|place|pl\.|square|sq\.|quai|cours|passage|ruelle|sentier|sente|cit[ée]|villa|lotissement|lot\.|hameau|faubourg|fbg\.?|fg\.?|mail|esplanade|promenade|venelle|voie|traverse|mont[ée]e|rond-point|clos|cour|parvis|chauss[ée]e|lev[ée]e)[ \u00a0]{1,2}/iuy;
/** Kinds that are also everyday words: their name must be capitalised. */
const STRICT_KIND =
  /^(?:place|pl\.|cours|passage|cit|villa|mail|voie|traverse|mont|cour|quai|route|rte|clos|lev|promenade|parvis|hameau|lot)/i;

const NUMBER =
  /(?:^|[^\p{L}\p{N}.,/-])(?!(?:19|20)[0-9]{2} )((?:n[°ºo] ?)?[0-9]{1,4}(?: ?[-/à] ?[0-9]{1,4})?(?: ?(?:bis|ter|quater|[A-D])(?!\p{L}))?(?: ?,)?\s{1,2}(?:de (?:la |l')?)?)$/iu;

const LIVES =
  /(?<!\p{L})(?:habit(?:e|ons|ant|ent|ez|ais|ait)|demeur(?:e|ant|ons|ent)|domicili[ée]{1,2}s?|r[ée]sid(?:e|ant|ons|ent|ente?)|log(?:e|eons|é|ée)|adresse|v(?:is|ivons|it)|chez moi)(?: (?:actuellement|toujours|depuis [\p{L}\p{N} ]{1,15}))?[\s:,]{0,3}(?:(?:au|à|dans|sur|en|est|le|la|l'|un|une)[\s:]{0,2}){0,3}$/iu;

const PARTICLE = /^(?:de la |de l['’]|de |du |des |d['’]|la |le |les |l['’]|aux? |sur |sous |en |lès )/iu;
const WORD = /^[\p{L}][\p{L}'’-]{0,40}/u;
const DAY =
  /^[0-9]{1,2}(?:er)? (?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)(?: [0-9]{4}(?![0-9]))?(?!\p{L})/iu;
/** First words after which a name written in lower case goes on: "rue victor hugo", "rue du général leclerc". */
const OPENING =
  /^(?:g[ée]n[ée]ral|mar[ée]chal|docteur|dr|abb[ée]|colonel|capitaine|pr[ée]sident|professeur|pasteur|commandant|amiral|saint|sainte|st|ste|grande?s?|petite?s?|vieux|vieille|haute?s?|basse?s?|victor|jean|jules|albert|marcel|pierre|paul|louis|henri|georges|charles|andr[ée]|l[ée]on|[ée]mile|marie|anatole|ferdinand|aristide|claude|antoine|arthur|alphonse)$/iu;
/** Words that follow a kind of street without being its name. */
const NO_NAME =
  /^(?:(?:pi[ée]ton|enti[èe]r|commer[çc]|cyclabl|d[ée]partemental|national|publi|priv[ée]|parall|adjacent|voisin|principal|rapide|unique|double|barr[ée]|ferm[ée]|parking|stationnement|livraison)\p{L}*|[àa]|depuis|dont|mais|comme|car|donc|puis|chez|entre|vers|pendant|avant|apr[èe]s|jusqu|il|elle|on|nous|vous|je|tu|ils|elles|y|[ée]tait|sera|fait|n['’]est|c['’]est|est|et|ou|qui|que|o[ùu]|sont|ont|pour|dans|avec|sans|par|plus|ne|pas|se|jeux?|vertes?|bleues?)$/iu;

/** Length of a street's name at a place of the text, 0 where there is none. */
function streetName(text: string, from: number, isStrict: boolean): number {
  const rest = text.slice(from, from + 120);
  let at = 0;
  let end = 0;
  let last = '';
  for (let count = 0; count < 12; count += 1) {
    const here = rest.slice(at);
    const day = DAY.exec(here);
    const particle = PARTICLE.exec(here);
    if (day === null && particle !== null) {
      at += particle[0].length;
      continue;
    }
    const word = day?.[0] ?? WORD.exec(here)?.[0] ?? '';
    const isLower = day === null && !/^\p{Lu}/u.test(word);
    const mayBeLower = !isStrict && (end === 0 || OPENING.test(last)) && !NO_NAME.test(word);
    // In capitals the case does not tell where the name ends.
    const isOver = end > 0 && word === word.toUpperCase() && day === null && NO_NAME.test(word);
    if (word === '' || isOver || (isLower && !mayBeLower)) break;
    at += word.length;
    end = at;
    last = word;
    // "St. Roch", "Gal. Leclerc": a short word keeps its point; after a longer one the sentence ends.
    if (rest[at] === '.' && word.length <= 3) at += 1;
    // "G.al", "Gén.al".
    const tail = rest[at - 1] === '.' ? /^\p{Ll}{1,3}(?!\p{L})/u.exec(rest.slice(at)) : null;
    if (tail !== null) {
      at += tail[0].length;
      end = at;
    }
    if (rest[at] !== ' ') break;
    at += 1;
  }
  return end;
}

const JOINT = '(?:[ \\t]{0,3}[,;:–(/-]?[ \\t]{0,3}\\n?[ \\t]{0,3})';
const COMPLEMENT = new RegExp(
  `^${JOINT}(?:(?:b[âa]t(?:iment)?|appt?|appart(?:ement)?|apt|esc(?:alier)?|[ée]tage|porte|entr[ée]e|hall|logement|bo[îi]te|tour|bloc)\\.? ?(?:n[°ºo] ?)?(?:[0-9]{1,4}[a-z]?|[a-z](?:[0-9]{1,3})?)|[0-9]{1,2}(?:er|[èe]me|e) [ée]tage|bp ?[0-9]{1,6}|cs ?[0-9]{2,6}|r[ée]sidence (?:\\p{L}+['’ ]){0,3}\\p{Lu}[\\p{L}-]{1,30}|lieu[- ]dit (?:\\p{L}+['’ ]){0,2}\\p{Lu}[\\p{L}-]{1,30})(?![\\p{L}\\p{N}])`,
  'iu',
);
const TOWN = new RegExp(
  `^${JOINT}(?:à )?(?:F-?)?(?:0[1-9]|[1-8][0-9]|9[0-578])[ ]?[0-9]{3}(?![0-9\\p{L}%€])(?:[ ,\\n-]{1,2}((?:(?:le|la|les|l['’]|st|ste) ?)?\\p{Lu}[\\p{L}'’-]{1,40}(?:(?:[ -](?:sur|sous|en|de|du|des|la|le|les|lès|d['’]|l['’]|aux?|et|saint|sainte|st))*[ -](?:d['’]|l['’])?\\p{Lu}[\\p{L}'’-]{1,40}){0,4}(?: cedex(?: [0-9]{1,2})?)?|(?!(?:et|ou|je|nous|il|elle|depuis|pour|avec|car|mais|dans|qui|que|est|sont|euros?)\\b)\\p{L}[\\p{L}'’-]{2,40}))?`,
  'u',
);

/** End of an address whose street ends at `from`: what completes it, then postal code and town. */
function completed(text: string, from: number): number {
  let end = from;
  for (let count = 0; count < 5; count += 1) {
    const complement = COMPLEMENT.exec(text.slice(end, end + 120));
    if (complement === null) break;
    end += complement[0].length;
  }
  const town = TOWN.exec(text.slice(end, end + 160));
  return town === null ? end : end + town[0].length;
}

/** Words that only an address follows, whatever it is made of, up to its postal code. */
const ADDRESSED =
  /(?<!\p{L})(?:adresse(?: postale| personnelle)?(?: est|(?= ?:))|demeurant|domicili[ée]{1,2}s?)(?: ?:)?\s{1,2}(?:(?:au|à|est) ){0,2}/iuy;
const UNTIL_CODE = /^(?=[^\n]*\p{L}{2})[\p{L}\p{N}'’ .,/()-]{3,70}?(?=[ ,-]{1,3}[0-9]{2} ?[0-9]{3} \p{Lu})/u;
/** Streets of Alsace and beyond the Rhine: the kind ends the word, the number follows. */
const GERMAN = /(?<![\p{L}-])\p{Lu}\p{L}{2,30}(?:stra(?:ss|ß)e|gasse|platz) [0-9]{1,4}[a-z]?(?![\p{L}\p{N}])/iuy;

const BOX = /(?<![\p{L}\p{N}])((?:BP|B\.P\.|CS) ?[0-9]{1,6})(?=[ ,\n-]{1,3}[0-9]{2} ?[0-9]{3} \p{L})/uy;
const RESIDENCE =
  /(?<!\p{L})(?:[Rr][ée]sidence|[Rr][ée]s\.|R[EÉ]S(?:IDENCE|\.)?|[Ll]ieu[- ]dit|appt?\.?|appartement|b[âa]timent)(?: ?(?:n[°ºo] ?)?[0-9]{1,4}[a-z]?(?![\p{L}\p{N}])|(?: (?:du|des|de la|de l['’]|de|la|le|les|l['’]))? ?["«]? ?\p{Lu}[\p{L}'’-]{1,30}(?: (?:du |des |de la |de )?\p{Lu}[\p{L}'’-]{1,30}){0,2})/uy;
