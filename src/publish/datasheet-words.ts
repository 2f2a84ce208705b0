// What a datasheet says, in French and English.

import type { Withheld } from '../model/release.ts';

export interface DatasheetWords {
  lead(documents: number, organisation: string, from: string | null, to: string | null): string;
  provisional(provisional: number, documents: number): string;
  copies(copies: number): string;
  /** Of a task of several labels. */
  several(task: string): string;
  personalText(contact: string | null): string;
  derivationText(generator: string): string;
  codebook(name: string, version: number): string;
  citationText(organisation: string, title: string): string;
  readonly steps: Readonly<
    Record<'collected' | 'readable' | 'distinct' | 'annotated' | 'validated' | 'published', string>
  >;
  readonly reasons: Readonly<Record<string, string>>;
  readonly withheld: string;
  readonly withheldReasons: Readonly<Record<Withheld['reason'], string>>;
  readonly every: string;
  readonly task: string;
  readonly measured: string;
  readonly bar: string;
  readonly missing: string;
  readonly coverage: string;
  readonly sources: string;
  readonly content: string;
  readonly columns: string;
  readonly personal: string;
  readonly annotation: string;
  readonly limits: string;
  readonly limitsText: string;
  readonly derivation: string;
  readonly verification: string;
  readonly verificationText: string;
  readonly citation: string;
  readonly notAnnotated: string;
  readonly step: string;
  readonly reason: string;
  readonly source: string;
  readonly licence: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly retention: string;
  readonly language: string;
  readonly theme: string;
  readonly tone: string;
  readonly department: string;
  readonly none: string;
  readonly column: string;
  readonly type: string;
  readonly meaning: string;
  readonly label: string;
  readonly title: string;
  readonly definition: string;
  readonly context: string;
  readonly contextText: string;
}

export const WORDS: Readonly<Record<'fr' | 'en', DatasheetWords>> = {
  fr: {
    lead: (documents, organisation, from, to) =>
      `${documents} documents publiés par ${organisation}${from === null ? '' : `, du ${from} au ${to}`}.`,
    provisional: (provisional, documents) =>
      `**Provisoire.** ${provisional} des ${documents} documents portent des étiquettes qui n'ont pas été mesurées sur ce corpus. Elles servent à explorer, pas à conclure.`,
    copies: (copies) =>
      `${copies} documents sont des copies d'un autre ; \`representative\` désigne celui qui compte une fois dédoublonné.`,
    several: (task) => `« ${task} » : un document compte dans chacune de ses catégories.`,
    personalText: (contact) =>
      `Les textes sont **pseudonymisés, non anonymes**. Les données personnelles repérées (personnes, courriels, téléphones, adresses, numéros…) sont remplacées par des marques typées, les mêmes d'un bout à l'autre d'un document. Aucun détecteur n'est complet : une personne peut rester reconnaissable par ce qu'elle raconte. Ne cherchez pas à réidentifier. Pour exercer un droit (accès, rectification, effacement, opposition), ${contact === null ? "écrivez à l'organisation nommée ci-dessus" : `écrivez à ${contact}`}.`,
    derivationText: (generator) =>
      `Produit par ${generator}. \`recipe.json\` dit comment chaque source a été affinée, \`codebook.json\` ce que veulent dire les étiquettes, \`manifest.json\` la politique appliquée et l'empreinte de chaque fichier. Les mêmes entrées et les mêmes réglages redonnent les mêmes octets.`,
    codebook: (name, version) => `Grille \`${name}\`, version ${version}.`,
    citationText: (organisation, title) =>
      `${organisation}, « ${title} », suivi de l'identifiant de la publication : l'empreinte sha256 de \`manifest.json\`, que \`datasens verify\` affiche. Un chiffre cité porte aussi son effectif et la mention « avis collectés ».`,
    steps: {
      collected: 'Collectés',
      readable: 'Lisibles',
      distinct: 'Distincts',
      annotated: 'Annotés',
      validated: 'Validés par une personne',
      published: 'Publiés',
    },
    reasons: {
      'text-empty': 'texte vide',
      'licence-forbids': 'licence qui ne permet pas la réutilisation',
      superseded: 'remplacé par une version plus récente',
      'personal-residual': 'donnée personnelle restante',
      'retention-expired': 'durée de conservation dépassée',
      'finding-refused': 'constat que la politique refuse',
    },
    withheld:
      "**Non publié.** Ces étiquettes n'atteignent pas la barre fixée par l'organisation, ou n'ont pas été assez relues. Leurs cellules sont vides ; les documents sont là.",
    withheldReasons: {
      people: 'trop peu de documents relus au hasard',
      agreement: "les personnes ne sont pas assez d'accord entre elles (alpha)",
      precision: 'trop souvent fausse (précision)',
      unmeasured: 'mesurée sur trop peu de cas',
    },
    every: '(toutes)',
    task: 'Question',
    measured: 'Mesuré',
    bar: 'Barre',
    missing: 'Relectures manquantes',
    coverage: 'Couverture',
    sources: 'Sources',
    content: 'Contenu',
    columns: 'Colonnes',
    personal: 'Données personnelles',
    annotation: 'Annotation',
    limits: 'Limites',
    limitsText:
      "Ces documents sont des avis reçus, non un échantillon : on ne peut pas en tirer ce que pense une population. Un intervalle de confiance n'y corrige pas l'auto-sélection. On dira « x % des avis collectés », jamais « x % des habitants ».",
    context: 'Contexte',
    contextText:
      'Ce qui se passait aux jours et dans les lieux de ces documents : fichiers `data/context`, une valeur par ligne. Rien n’en est écrit dans les documents eux-mêmes. Une coïncidence n’est pas une cause.',
    derivation: 'Dérivation',
    verification: 'Vérification',
    verificationText:
      '`datasens verify DOSSIER` contrôle hors ligne chaque fichier, chaque ligne et chaque cellule ; `sha256sum -c SHA256SUMS` contrôle les empreintes sans DataSens. Dans le CSV, une apostrophe en tête protège des formules de tableur ; elle ne fait pas partie du texte.',
    citation: 'Citation',
    notAnnotated: 'Ces documents ne sont pas annotés.',
    step: 'Étape',
    reason: 'Écartés parce que',
    source: 'Source',
    licence: 'Licence',
    purpose: 'Finalité',
    legalBasis: 'Base légale',
    retention: 'Conservation',
    language: 'Langue',
    theme: 'Thème',
    tone: 'Ton',
    department: 'Département',
    none: '(aucun)',
    column: 'Colonne',
    type: 'Type',
    meaning: 'Sens',
    label: 'Étiquette',
    title: 'Titre',
    definition: 'Définition',
  },
  en: {
    lead: (documents, organisation, from, to) =>
      `${documents} documents published by ${organisation}${from === null ? '' : `, from ${from} to ${to}`}.`,
    provisional: (provisional, documents) =>
      `**Provisional.** ${provisional} of the ${documents} documents carry labels that were not measured on this corpus. They are for exploring, not for concluding.`,
    copies: (copies) =>
      `${copies} documents are copies of another; \`representative\` marks the one that deduplicated figures count.`,
    several: (task) => `“${task}”: a document counts in each of its categories.`,
    personalText: (contact) =>
      `Texts are **pseudonymised, not anonymous**. Personal data that was found (persons, mail, phones, addresses, numbers…) is replaced by typed marks, the same throughout a document. No detector is complete: a person may remain recognisable by what they tell. Do not try to re-identify. To exercise a right (access, rectification, erasure, objection), ${contact === null ? 'write to the organisation named above' : `write to ${contact}`}.`,
    derivationText: (generator) =>
      `Made by ${generator}. \`recipe.json\` says how each source was refined, \`codebook.json\` what labels mean, \`manifest.json\` the policy applied and the hash of every file. The same inputs and settings give the same bytes.`,
    codebook: (name, version) => `Codebook \`${name}\`, version ${version}.`,
    citationText: (organisation, title) =>
      `${organisation}, "${title}", followed by the identifier of the release: the sha256 of \`manifest.json\`, which \`datasens verify\` shows. A figure that is quoted also carries its n and the words "opinions collected".`,
    steps: {
      collected: 'Collected',
      readable: 'Readable',
      distinct: 'Distinct',
      annotated: 'Annotated',
      validated: 'Validated by a person',
      published: 'Published',
    },
    reasons: {
      'text-empty': 'empty text',
      'licence-forbids': 'licence that does not allow reuse',
      superseded: 'replaced by a later version',
      'personal-residual': 'personal data remains',
      'retention-expired': 'retention is over',
      'finding-refused': 'finding that the policy refuses',
    },
    withheld:
      '**Not published.** These labels do not reach the bar that the organisation set, or were not read enough. Their cells are empty; the documents are there.',
    withheldReasons: {
      people: 'too few documents read at random',
      agreement: 'people do not agree enough with each other (alpha)',
      precision: 'too often wrong (precision)',
      unmeasured: 'measured on too few cases',
    },
    every: '(all)',
    task: 'Question',
    measured: 'Measured',
    bar: 'Bar',
    missing: 'Readings wanting',
    coverage: 'Coverage',
    sources: 'Sources',
    content: 'Content',
    columns: 'Columns',
    personal: 'Personal data',
    annotation: 'Annotation',
    limits: 'Limits',
    limitsText:
      'These documents are opinions received, not a sample: they do not tell what a population thinks. A confidence interval does not correct self-selection. Say "x % of the opinions collected", never "x % of the inhabitants".',
    context: 'Context',
    contextText:
      'What happened on the days and in the places of these documents: files `data/context`, one value a row. Nothing of it is written into the documents themselves. A coincidence is no cause.',
    derivation: 'Derivation',
    verification: 'Verification',
    verificationText:
      '`datasens verify FOLDER` checks every file, row and cell offline; `sha256sum -c SHA256SUMS` checks the hashes without DataSens. In the CSV a leading apostrophe guards against spreadsheet formulas; it is not part of the text.',
    citation: 'Citation',
    notAnnotated: 'These documents are not annotated.',
    step: 'Step',
    reason: 'Left out because of',
    source: 'Source',
    licence: 'Licence',
    purpose: 'Purpose',
    legalBasis: 'Legal basis',
    retention: 'Retention',
    language: 'Language',
    theme: 'Theme',
    tone: 'Tone',
    department: 'Département',
    none: '(none)',
    column: 'Column',
    type: 'Type',
    meaning: 'Meaning',
    label: 'Label',
    title: 'Title',
    definition: 'Definition',
  },
};
