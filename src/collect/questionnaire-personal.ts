// Which columns of a questionnaire are about who answers: names, addresses, numbers. They never become attributes.

import { foldName } from './column-words.ts';
import { wordingOf } from './questionnaire-wording.ts';

/** `name`: people are called so in texts. `mail`: it tells people apart. `other`: neither, and personal all the same. */
export type PersonalColumn = 'name' | 'mail' | 'other';

const WORDS: Readonly<Record<PersonalColumn, readonly string[]>> = {
  mail: ['email', 'mail', 'mel', 'courriel', 'electronique'],
  name: [
    ...['nom', 'prenom', 'prenoms', 'noms', 'name', 'names', 'firstname', 'lastname', 'surname', 'first', 'last'],
    ...['fullname', 'pseudo', 'pseudonyme', 'username', 'login', 'auteur', 'author', 'user', 'contributeur'],
    ...['deposant', 'signataire', 'identite', 'mandataire', 'instructeur', 'instructeurs', 'representant'],
  ],
  other: [
    ...['telephone', 'tel', 'phone', 'mobile', 'portable', 'gsm', 'fax', 'adresse', 'address', 'rue', 'voie'],
    ...['ip', 'ipaddr', 'ipaddress', 'naissance', 'birth', 'birthdate', 'birthday', 'dob', 'nir', 'iban', 'rib'],
    ...['secu', 'signature', 'latitude', 'longitude', 'lat', 'lng', 'lon', 'twitter', 'facebook', 'linkedin'],
    ...['immatriculation', 'coordonnees', 'contact', 'avatar', 'photo'],
  ],
};

/** Words that say nothing of what a column holds. */
const FILLERS: ReadonlySet<string> = new Set(
  (
    'votre vos vous son sa ses mon ma mes de des du d la le les l un une et ou et_ou a au aux en pour par si the of your ' +
    'quel quelle quels quelles est sont avez etes merci indiquer preciser saisir renseigner laisser donner veuillez ' +
    'numero num no n code postale postal complete complet usage famille jeune fille personnel personnelle principal ' +
    'principale fixe obligatoire facultatif facultative optionnel optionnelle e date lieu hash hachage ligne ' +
    'compte id identifiant sociale securite lors s il souhaitez etre recontacte'
  ).split(' '),
);

const KINDS: ReadonlyMap<string, PersonalColumn> = new Map(
  (['other', 'name', 'mail'] as const).flatMap((kind) => WORDS[kind].map((word) => [word, kind] as const)),
);

/** What a column's name says, where it says nothing but that: `Votre adresse e-mail` is, `Adresse du projet` is not. */
export function personalByName(column: string): PersonalColumn | null {
  const words = foldName(wordingOf(column)).split('_');
  const kinds = new Set<PersonalColumn>();
  for (const word of words) {
    const kind = KINDS.get(word);
    if (kind !== undefined) kinds.add(kind);
    else if (!FILLERS.has(word)) return null;
  }
  // `author_id` tells people apart and is no name.
  if (kinds.has('name') && words.some((word) => /^(?:id|identifiant|hash)$/.test(word))) return 'other';
  // `code postal` and `numéro` alone are fillers: nothing personal is said.
  return (['mail', 'other', 'name'] as const).find((kind) => kinds.has(kind)) ?? null;
}

const MAIL = /^[^\s@;,]{1,64}@[^\s@;,]{1,190}\.[a-z]{2,24}$/i;
const FORMS: readonly RegExp[] = [
  // Telephone numbers of France and its overseas territories, and international ones.
  /^(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){7,11}$/,
  /^0[1-9](?:[ .-]?\d\d){4}$/,
  // NIR: sex, year, month, département, commune, order, key.
  /^[12][ ]?\d\d[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d\d|2[AB])[ ]?\d{3}[ ]?\d{3}(?:[ ]?\d\d)?$/i,
  /^[A-Z]{2}\d\d(?:[ ]?[A-Z0-9]{4}){3,7}[ ]?[A-Z0-9]{0,4}$/,
  /^\d{1,3}(?:\.\d{1,3}){3}$/,
  /^(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}$/i,
  /^@\w{2,30}$/,
  /^\d{1,4}(?:[ ]?(?:bis|ter))?,?[ ](?:rue|avenue|boulevard|bd|av|chemin|impasse|place|allée|route|quai|cours|square)\b/i,
];

/** What one cell is from end to end, or null. */
export function personalForm(cell: string): PersonalColumn | null {
  if (cell.length > 250) return null;
  if (MAIL.test(cell)) return 'mail';
  return FORMS.some((form) => form.test(cell)) ? 'other' : null;
}
