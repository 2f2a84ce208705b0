// Which column numbers the rows, says who answers, when, from where: as the settings say, else by platform, name, content.

import { COLUMN_WORDS, foldName } from './column-words.ts';
import type { Profiles, Row, Sample } from './questionnaire-columns.ts';
import { type Preset, presetName } from './questionnaire-platforms.ts';
import type { Named } from './questionnaire-settings.ts';

interface Roles {
  readonly id: string | null;
  readonly date: string | null;
  readonly territory: string | null;
  readonly language: string | null;
  readonly participant: readonly string[];
}

/** Names of columns that tell people apart, likeliest first. */
const PEOPLE = [
  ...['participant', 'participant_id', 'id_participant', 'identifiant_participant', 'numero_participant'],
  ...['id_personne', 'personne_id', 'person_id', 'author_id', 'authorid', 'id_auteur', 'auteur_id', 'user_id'],
  ...['id_utilisateur', 'utilisateur_id', 'id_usager', 'voter_id', 'respondent_id', 'id_repondant', 'token'],
];
const HANDLES = ['pseudo', 'pseudonyme', 'username', 'user_name', 'login', 'auteur', 'author', 'utilisateur'];

/** Chooses one column for each role; a column that the settings give another role is left alone. */
export function chooseRoles(
  { columns, mapping, rows }: Sample,
  { profiles, preset, named }: { readonly profiles: Profiles; readonly preset: Preset | null; readonly named: Named },
): Roles {
  const answers = [...(named.questions ?? []), ...(named.attributes ?? [])].map(({ column }) => column);
  const elsewhere = new Set([...answers, ...named.ignore]);
  const free = columns.filter((column) => !elsewhere.has(column));
  const isFilled = (column: string) => rows.length === 0 || rows.some((row) => (row.get(column) ?? '').trim() !== '');
  const listed = (list: readonly string[] | undefined) => {
    const found = list?.map((name) => free.find((column) => presetName(column) === name && isFilled(column)));
    return found?.find((column) => column !== undefined) ?? null;
  };
  const isPersonal = (column: string) => profiles.get(column)!.personal !== null;
  /** What the file's reader found by name, unless it is a person's. */
  const mapped = (column: string | null) =>
    column !== null && free.includes(column) && !isPersonal(column) ? column : null;
  const byName = (names: readonly string[]) =>
    names.map((name) => free.find((column) => foldName(column) === name)).find((column) => column !== undefined);
  const person =
    byName(PEOPLE) ?? free.find((column) => profiles.get(column)!.personal === 'mail') ?? byName(HANDLES) ?? null;
  const place = (words: typeof CODES) => placed(words, free, profiles);
  const ownId = mapped(byName(COLUMN_WORDS.id) ?? null);
  const ownDate = mapped(mapping.date);
  return {
    id: named.id ?? listed(preset?.id) ?? (ownId !== null && numbersRows(ownId, rows) ? ownId : null),
    date: named.date ?? listed(preset?.date) ?? (isDated(ownDate, profiles) ? ownDate : null),
    territory:
      named.territory ?? listed(preset?.territory) ?? place(CODES) ?? mapped(mapping.territory) ?? place(NAMES),
    language: named.language ?? listed(preset?.language),
    participant: named.participant ?? [listed(preset?.participant) ?? person].filter((column) => column !== null),
  };
}

/** True where different rows have different values: a row exported twice keeps its number, and is not another. */
function numbersRows(column: string, rows: readonly Row[]): boolean {
  const distinct = [...new Map(rows.map((row) => [JSON.stringify([...row]), row])).values()];
  const values = distinct.map((row) => row.get(column)?.trim() ?? '').filter((value) => value !== '');
  return values.length >= distinct.length * 0.98 && new Set(values).size >= distinct.length * 0.98;
}

/** `Date de votre dernier passage` may be an answer in words: the column called a date must hold some, or be short. */
function isDated(column: string | null, profiles: Profiles): boolean {
  const profile = column === null ? undefined : profiles.get(column);
  return profile !== undefined && (profile.filled === 0 || profile.dates > 0 || profile.meanWords <= 6);
}

/** Words that the name of a column of places holds; a code says more than a name. */
const CODES: readonly (readonly string[])[] = [
  ['code', 'postal'],
  ['code', 'insee'],
];
const NAMES: typeof CODES = [['commune'], ['ville'], ['departement']];

/** The territory as a question: `Quel est votre code postal ?`. */
function placed(places: typeof CODES, free: readonly string[], profiles: Profiles): string | null {
  const short = free.filter((column) => {
    const { filled, meanWords, personal } = profiles.get(column)!;
    return filled > 0 && meanWords <= 4 && personal === null;
  });
  const found = places.map((words) =>
    short.find((column) => words.every((word) => profiles.get(column)!.words.includes(word))),
  );
  return found.find((column) => column !== undefined) ?? null;
}
