// Kinds of personal data, and the typed marks that replace them.

export const PERSONAL_KINDS = [
  'person',
  'email',
  'phone',
  'nir',
  'iban',
  'siren',
  'siret',
  'card',
  'plate',
  'address',
  'birth-date',
  'ip',
  'handle',
  'identifier',
] as const;

export type PersonalKind = (typeof PERSONAL_KINDS)[number];

export interface PersonalSpan {
  /** UTF-16 offsets into the text before replacement; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly kind: PersonalKind;
  /** Name of the detector that decided. */
  readonly detector: string;
  /** How often the detector was right when it was measured; absent where a rule decides. */
  readonly score?: number;
}

/** The word of each mark: `[PERSONNE 1]`. Upper-case French, no accent lost. */
export const PERSONAL_MARKS: Readonly<Record<PersonalKind, string>> = {
  person: 'PERSONNE',
  email: 'COURRIEL',
  phone: 'TÉLÉPHONE',
  nir: 'NIR',
  iban: 'IBAN',
  siren: 'SIREN',
  siret: 'SIRET',
  card: 'CARTE BANCAIRE',
  plate: 'IMMATRICULATION',
  address: 'ADRESSE',
  'birth-date': 'DATE DE NAISSANCE',
  ip: 'ADRESSE IP',
  handle: 'PSEUDONYME',
  identifier: 'IDENTIFIANT',
};
