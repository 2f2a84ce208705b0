// Fictional letters for the measurement of partial copies: six form letters, what people do with them, and letters of strangers
// who share greetings, closing formulas, a quoted article or a subject. The same texts in every run.

import { type Random, seeded } from '../../examples/concertation/fabrique/random.ts';

export interface Letter {
  readonly id: string;
  readonly text: string;
  /** Rank of the form letter it comes from; null for a stranger's. */
  readonly form: number | null;
  readonly kind: string;
}

const FORMS: readonly (readonly string[])[] = [
  [
    'La suppression du dernier car du soir condamne les habitants des hameaux à la voiture ou à l’isolement.',
    'Depuis la rentrée, aucun lycéen ne peut rester à l’étude ni participer à un club sportif sans qu’un parent vienne le chercher.',
    'Nous demandons que la région rétablisse le départ de dix-neuf heures trente, qu’elle associe les usagers au choix des arrêts et qu’elle publie chaque année la fréquentation réelle de la ligne.',
    'Une desserte n’est pas une dépense comme une autre : elle décide de qui peut vivre ici.',
  ],
  [
    'Le projet d’extension de la carrière détruirait onze hectares de prairies humides que le schéma de cohérence classe parmi les réservoirs de biodiversité.',
    'L’étude d’impact ne compte les poids lourds qu’en semaine, et passe sous silence les poussières qui retombent sur l’école.',
    'Nous demandons une contre-expertise indépendante, la communication des mesures de bruit et un moratoire jusqu’à l’achèvement de la révision du plan local d’urbanisme.',
    'Ce que la roche rapporte pendant quinze ans, la rivière le paiera pendant un siècle.',
  ],
  [
    'La maternité de proximité assure quatre cents naissances par an et reste la seule à moins d’une heure de route en hiver.',
    'Sa fermeture obligerait les familles à passer le col, que la neige coupe vingt jours par saison, et les pompiers à accoucher les femmes au bord de la chaussée.',
    'Nous demandons au ministère de maintenir le plateau technique, d’ouvrir deux postes de sage-femme et de garantir une garde d’anesthésie toute l’année.',
    'La sécurité ne se mesure pas seulement au nombre d’actes : elle se mesure aussi en kilomètres.',
  ],
  [
    'Les nouvelles règles de collecte imposent à chacun de porter ses sacs à un point d’apport situé parfois à deux kilomètres de son domicile.',
    'Les personnes âgées ou sans véhicule n’ont plus d’autre choix que de garder leurs déchets ou de demander à un voisin, et les dépôts sauvages se multiplient le long des chemins.',
    'Nous demandons le retour d’un passage en porte-à-porte tous les quinze jours, des bacs adaptés aux personnes handicapées et un tarif qui tienne compte des revenus.',
    'Trier davantage, oui ; payer plus pour un service en moins, non.',
  ],
  [
    'L’article douze du projet de loi autorise la réutilisation des dossiers scolaires par des entreprises sans que les familles en soient informées.',
    'Aucune garantie n’est donnée sur la durée de conservation, sur le pays où les serveurs se trouvent, ni sur l’usage des évaluations dans une procédure d’orientation.',
    'Nous demandons le retrait de cet article, l’avis public de l’autorité de protection des données et un droit d’opposition qui s’exerce en une seule démarche.',
    'L’école apprend à lire aux enfants ; elle n’a pas à les donner à lire aux marchands.',
  ],
  [
    'Le port de plaisance prévoit cent quatre-vingts anneaux supplémentaires sur l’herbier de posidonies, que la loi protège pourtant depuis plus de trente ans.',
    'Les pêcheurs perdraient leur dernier abri, la plage reculerait encore, et les logements du front de mer deviendraient inaccessibles à ceux qui travaillent ici à l’année.',
    'Nous demandons l’abandon de la deuxième tranche, un mouillage écologique en remplacement et une consultation des habitants avant toute nouvelle autorisation.',
    'La mer n’est pas une réserve foncière que l’on remplit quand la terre devient trop chère.',
  ],
];

const GREETINGS = [
  'Madame, Monsieur,',
  'Madame la Présidente, Monsieur le Préfet,',
  'Bonjour, je me permets de vous écrire dans le cadre de votre consultation.',
  'Madame, Monsieur, j’ai l’honneur de vous faire part de mon avis.',
];
const CLOSINGS = [
  'Je vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.',
  'Dans l’attente de votre réponse, je vous remercie de l’attention que vous porterez à ma lettre et vous prie de croire, Madame, Monsieur, à l’assurance de ma considération distinguée.',
  'Cordialement.',
  'En vous remerciant par avance de votre lecture attentive, veuillez agréer, Madame, Monsieur, mes respectueuses salutations.',
];
const ARTICLE =
  'Réunis hier soir à la salle des fêtes, deux cents riverains ont interpellé les élus pendant plus de trois heures sur le calendrier des travaux, le coût des expropriations et l’absence de toute étude sur les nappes ; le vice-président a promis une nouvelle réunion avant l’été, sans en fixer la date ni l’ordre du jour.';

const WHO = [
  'ma fille',
  'mon voisin',
  'ma mère',
  'un collègue',
  'le boulanger',
  'notre institutrice',
  'mon frère',
  'une amie',
];
const WHERE = [
  'au bourg',
  'derrière l’église',
  'près du moulin',
  'dans la vallée',
  'au col',
  'sur le plateau',
  'rue du lavoir',
  'à la gare',
];
const WHAT = [
  'la pharmacie',
  'le marché',
  'la piscine',
  'le médecin',
  'le collège',
  'la poste',
  'le stade',
  'la crèche',
];
const WHEN = [
  'en janvier',
  'l’été dernier',
  'depuis onze ans',
  'chaque mardi',
  'la nuit',
  'cette semaine',
  'au printemps',
  'tous les matins',
];
const FEEL = ['inquiet', 'fatiguée', 'en colère', 'plutôt confiant', 'déçue', 'étonné', 'rassurée', 'perplexe'];

/** What strangers say of themselves: ten turns, each broken by words of its own before eight stand in a row. */
const TURNS: readonly ((random: Random) => string)[] = [
  (r) =>
    `J’habite ${r.pick(WHERE)} ${r.pick(WHEN)} avec ${r.pick(WHO)}, et ${r.pick(WHAT)} nous manque plus que le reste.`,
  (r) =>
    `${capital(r.pick(WHO))} va ${r.pick(WHEN)} vers ${r.pick(WHAT)} à pied, soit ${between(r, 2, 90)} minutes quand il ne pleut pas.`,
  (r) =>
    `Je me sens ${r.pick(FEEL)} : ${r.pick(WHAT)} a changé ${r.pick(WHEN)}, personne ${r.pick(WHERE)} ne l’avait prévu.`,
  (r) =>
    `On m’a répondu ${r.pick(WHEN)} que ${r.pick(WHAT)} coûterait ${between(r, 3, 900)} euros, ${r.pick(WHO)} en a ri.`,
  (r) =>
    `Pour ${r.pick(WHO)}, qui travaille ${r.pick(WHERE)} ${r.pick(WHEN)}, tout dépend de ${r.pick(WHAT)} et du temps qu’il fait.`,
  (r) =>
    `Il y avait ${between(r, 4, 60)} personnes ${r.pick(WHERE)} ; ${r.pick(WHO)} a parlé de ${r.pick(WHAT)}, puis nous sommes rentrés.`,
  (r) =>
    `Si ${r.pick(WHAT)} fermait ${r.pick(WHEN)}, ${r.pick(WHO)} partirait, moi aussi sans doute, ${r.pick(FEEL)} mais décidé.`,
  (r) =>
    `À ${between(r, 19, 95)} ans, ${r.pick(FEEL)} comme jamais, je regarde ${r.pick(WHAT)} ${r.pick(WHERE)} sans reconnaître le pays.`,
  (r) =>
    `Rien ne remplace ${r.pick(WHAT)} ${r.pick(WHERE)} : ${r.pick(WHO)} y passait ${r.pick(WHEN)}, nous y parlions de tout.`,
  (r) =>
    `Que ${r.pick(WHO)} soit ${r.pick(FEEL)} ne m’étonne guère, vu ${r.pick(WHAT)} ${r.pick(WHEN)} et le bruit ${r.pick(WHERE)}.`,
];

/** Ways of filling in a form letter. */
const FILLINGS: Readonly<Record<string, (form: readonly string[], own: string, random: Random) => string>> = {
  'own paragraph after': (form, own) => `${form.join(' ')}\n\n${own}`,
  'own paragraph before': (form, own) => `${own}\n\n${form.join(' ')}`,
  'own paragraph inside': (form, own) => `${form.slice(0, 2).join(' ')} ${own} ${form.slice(2).join(' ')}`,
  'sentences in another order': (form, own) => `${form[2]} ${own} ${form[0]} ${form[3]} ${form[1]}`,
  'one sentence left out': (form, own, random) => {
    const left = between(random, 0, 3);
    return `${form.filter((_, at) => at !== left).join(' ')} ${own}`;
  },
  'one word in twenty changed': (form, own, random) =>
    `${form.join(' ').replace(/\p{L}{4,}/gu, (word) => (random.chance(0.05) ? random.pick(['vraiment', 'surtout', 'ici']) : word))} ${own}`,
  'capitals without accents': (form, own) =>
    `${form.join(' ').normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()} ${own}`,
};

/** 168 fillings of six form letters, and 240 letters of strangers. */
export function formLetters(): readonly Letter[] {
  const random = seeded(20260612);
  const letters: Letter[] = [];
  const wrapped = (body: string) => `${random.pick(GREETINGS)}\n\n${body}\n\n${random.pick(CLOSINGS)}`;
  const add = (kind: string, form: number | null, text: string) => {
    letters.push({ id: `${letters.length}`, text, form, kind });
  };
  for (const [at, form] of FORMS.entries()) {
    for (const [kind, fill] of Object.entries(FILLINGS)) {
      for (let copy = 0; copy < 4; copy += 1) {
        // From a few words to as many as the letter itself.
        add(kind, at, wrapped(fill(form, ownWords(random, 3 + copy), random)));
      }
    }
  }
  for (let at = 0; at < 120; at += 1) add('greeting and closing', null, wrapped(ownWords(random, 3 + (at % 4))));
  for (let at = 0; at < 60; at += 1) {
    add(
      'quoted article',
      null,
      `${ownWords(random, 3)} J’ai lu dans le journal : « ${ARTICLE} » ${ownWords(random, 3)}`,
    );
  }
  for (let at = 0; at < 60; at += 1) {
    const slogan = random.pick(FORMS)[3]!;
    add('slogan', null, wrapped(`${ownWords(random, 4)} ${slogan}`));
  }
  return letters;
}

function ownWords(random: Random, sentences: number): string {
  return Array.from({ length: sentences }, () => random.pick(TURNS)(random)).join(' ');
}

function between(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
