// Fictive sentences for the workbench's tests: nobody wrote them, no place or person in them exists.

export interface ThemeWords {
  readonly id: string;
  readonly fr: string;
  readonly en: string;
  /** Words that decide the theme; each occurs in the subjects. */
  readonly words: readonly string[];
  readonly subjects: readonly string[];
}

export const THEMES: readonly ThemeWords[] = [
  {
    id: 'societe',
    fr: 'Société & confiance',
    en: 'Society & trust',
    words: ['confiance', 'voisinage', 'vivre ensemble'],
    subjects: [
      'la confiance entre habitants et élus se perd d’une année sur l’autre',
      'le vivre ensemble dans le quartier des Tanneurs demande qu’on se parle',
      'les réunions de voisinage à la salle des Glycines',
    ],
  },
  {
    id: 'economie',
    fr: 'Économie & pouvoir d’achat',
    en: 'Economy & purchasing power',
    words: ['prix', 'commerces', 'taxe', 'loyers'],
    subjects: [
      'le prix du carburant pour aller travailler à trente kilomètres',
      'la fermeture des petits commerces de la rue Haute',
      'la hausse des loyers et de la taxe sur les ordures',
    ],
  },
  {
    id: 'politique',
    fr: 'Politique & gouvernance',
    en: 'Politics & governance',
    words: ['conseil communautaire', 'élus', 'décisions', 'consultation'],
    subjects: [
      'les décisions du conseil communautaire, qu’on apprend une fois prises',
      'la place laissée aux citoyens dans cette consultation',
      'les élus qui ne viennent plus aux permanences du samedi',
    ],
  },
  {
    id: 'ecologie',
    fr: 'Écologie & climat',
    en: 'Ecology & climate',
    words: ['haies', 'rivière', 'climat', 'vélo', 'pistes cyclables'],
    subjects: [
      'les pistes cyclables entre Brévelin et Saint-Aubert-le-Clos',
      'l’état de la rivière après les crues de l’hiver',
      'les haies arrachées alors qu’on nous parle du climat tous les jours',
    ],
  },
  {
    id: 'sante',
    fr: 'Santé & bien-être',
    en: 'Health & well-being',
    words: ['médecin', 'hôpital', 'urgences', 'pharmacie'],
    subjects: [
      'trouver un médecin traitant depuis le départ à la retraite du dernier',
      'les urgences de nuit, à une heure de route',
      'la pharmacie de garde et l’hôpital de proximité',
    ],
  },
  {
    id: 'inclusion',
    fr: 'Inclusion & égalité',
    en: 'Inclusion & equality',
    words: ['handicap', 'fauteuil', 'égalité', 'accessibilité'],
    subjects: [
      'l’accessibilité des trottoirs quand on se déplace en fauteuil',
      'l’égalité entre les communes du plateau et celles de la vallée',
      'les démarches pour les personnes en situation de handicap',
    ],
  },
  {
    id: 'innovation',
    fr: 'Innovation & numérique',
    en: 'Innovation & digital',
    words: ['fibre', 'en ligne', 'application', 'numérique'],
    subjects: [
      'la fibre promise depuis trois ans dans les hameaux',
      'les démarches en ligne quand on n’a pas d’ordinateur',
      'l’application du réseau de bus, qui ne connaît pas nos arrêts',
    ],
  },
  {
    id: 'sport',
    fr: 'Sport & cohésion',
    en: 'Sport & cohesion',
    words: ['gymnase', 'club', 'piscine', 'terrain'],
    subjects: [
      'les horaires de la piscine intercommunale',
      'le gymnase partagé entre le collège et le club de hand',
      'le terrain multisport laissé sans entretien',
    ],
  },
  {
    id: 'culture',
    fr: 'Culture & identité',
    en: 'Culture & identity',
    words: ['médiathèque', 'festival', 'patrimoine'],
    subjects: [
      'la médiathèque et ses ateliers du mercredi',
      'le festival d’été, qui fait vivre le patrimoine du bourg',
      'l’entretien du patrimoine, du lavoir à la halle',
    ],
  },
  {
    id: 'travail',
    fr: 'Travail & formation',
    en: 'Work & training',
    words: ['emploi', 'formation', 'télétravail', 'apprentissage'],
    subjects: [
      'les horaires de bus, qui ne vont pas avec un emploi posté',
      'la formation des jeunes en apprentissage, loin de tout',
      'un lieu de télétravail près de la gare',
    ],
  },
  {
    id: 'jeunesse',
    fr: 'Jeunesse & éducation',
    en: 'Youth & education',
    words: ['école', 'collège', 'cantine', 'car scolaire'],
    subjects: [
      'le car scolaire de sept heures, bondé',
      'la cantine de l’école et ses produits locaux',
      'le trajet à pied jusqu’au collège, sans trottoir',
    ],
  },
  {
    id: 'solidarite',
    fr: 'Solidarité & engagement',
    en: 'Solidarity & commitment',
    words: ['bénévoles', 'association', 'entraide'],
    subjects: [
      'le transport solidaire tenu par des bénévoles',
      'l’association d’entraide, qui manque de locaux',
      'la navette pour les aînés, portée par une association',
    ],
  },
  {
    id: 'hors-theme',
    fr: 'Hors thème',
    en: 'Off topic',
    words: [],
    subjects: ['un peu tout et rien', 'ce que je voulais dire', 'rien de particulier'],
  },
];

export interface ToneWords {
  readonly id: string;
  readonly words: readonly string[];
  readonly openings: readonly string[];
  readonly endings: readonly string[];
}

export const TONES: readonly ToneWords[] = [
  {
    id: 'negatif',
    words: ['inadmissible', 'marre', 'abandonnés', 'honte', 'déplorable'],
    openings: ['J’en ai vraiment marre :', 'C’est inadmissible,', 'Quelle honte,', 'On se sent abandonnés avec'],
    endings: [
      'Nous l’avons signalé trois fois, sans réponse. C’est déplorable.',
      'On nous promet toujours pour l’année suivante, et rien ne bouge.',
      'Si cela continue, les familles partiront.',
    ],
  },
  {
    id: 'neutre',
    words: [],
    openings: ['Je souhaite évoquer', 'Ma contribution porte sur', 'Concernant le sujet suivant :'],
    endings: [
      'Pouvez-vous préciser le calendrier et le budget prévus ?',
      'Voir à ce propos le compte rendu de la réunion publique de mars.',
      'Il faudrait compter les usagers avant et après.',
    ],
  },
  {
    id: 'positif',
    words: ['merci', 'bravo', 'formidable', 'heureux', 'belle réussite'],
    openings: ['Un grand merci pour', 'Bravo pour', 'Formidable initiative :', 'Très heureux de voir avancer'],
    endings: [
      'C’est une belle réussite, à étendre aux autres communes.',
      'Mes enfants s’en servent chaque semaine, merci aux équipes.',
      'Continuez ainsi, les habitants suivent.',
    ],
  },
  {
    id: 'abstention',
    words: [],
    openings: ['Bonjour,', 'À noter :'],
    endings: ['Bien à vous.', 'À voir.'],
  },
];

export const CAMPAIGN =
  'Nous demandons le maintien de la ligne 7 le dimanche. Sans elle, les aînés du plateau ne peuvent plus aller au marché ni à l’hôpital, et c’est inadmissible. Nous demandons au conseil communautaire de revenir sur sa décision.';

export const DEPARTMENTS = ['35', '22', '56', '29', '44'] as const;
