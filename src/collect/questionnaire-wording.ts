// What the heads of a questionnaire's columns say, and which answers say nothing.

import { foldName } from './column-words.ts';

/** Marks that platforms put before a wording: `1. `, `Q12 - `, `G1Q3. `, `age[SQ001]. `, an identifier in base 64. */
const PREFIXES: readonly RegExp[] = [
  /^Q[A-Za-z0-9+/=]{8,200} - (?=\S)/,
  /^[A-Za-z_]{0,30}\d[A-Za-z0-9_]{0,30}(?:\[[^\]]{0,60}\]){0,2}\. (?=\S)/,
  /^[a-z]{2,20}(?:\[[^\]]{0,60}\]){0,2}\. (?=\S)/,
  /^[Qq]?\d{1,3}(?:[.):]| -) (?=\S)/,
];

/** The question as it was asked: a column's name without what a platform put before it. */
export function wordingOf(column: string): string {
  const name = column.replace(/\s+/g, ' ').trim();
  const prefix = PREFIXES.map((pattern) => pattern.exec(name)?.[0]).find((found) => found !== undefined);
  return prefix === undefined ? name : name.slice(prefix.length);
}

/** True where the name of a column is a sentence put to people. */
export function isWording(column: string): boolean {
  const wording = wordingOf(column);
  return wording.includes('?') || wording.split(' ').length >= 5;
}

/** Name of a question in keys: short, readable, without accent. */
export function slugOf(wording: string): string {
  return foldName(wording).slice(0, 48).replace(/_$/, '') || 'question';
}

/** Folded answers that say that there is none. `rien`, `non`, `aucun` are answers: they stay. */
const NO_ANSWERS: ReadonlySet<string> = new Set([
  'nsp',
  'nspp',
  'ne_se_prononce_pas',
  'ne_sait_pas',
  'ne_sait_pas_ne_se_prononce_pas',
  'ne_sais_pas',
  'je_ne_me_prononce_pas',
  'ne_souhaite_pas_repondre',
  'je_ne_souhaite_pas_repondre',
  'sans_opinion',
  'sans_avis',
  'sans_reponse',
  'pas_de_reponse',
  'aucune_reponse',
  'non_reponse',
  'non_renseigne',
  'non_concerne',
  'non_concernee',
  'non_concerne_e',
  'sans_objet',
  'ras',
  'rien_a_signaler',
  'neant',
  'na',
  'nc',
  'null',
  'no_answer',
  'not_applicable',
]);

/** True where an answer holds no words, or only those by which people decline to answer. */
export function isNoAnswer(answer: string): boolean {
  if (/^[\p{P}\p{Z}\p{C}+=<>|~^`$]*$/u.test(answer)) return true;
  if (answer.length > 60) return false;
  const folded = foldName(answer);
  // `R.A.S.` is `RAS`.
  return NO_ANSWERS.has(/^[a-z](?:_[a-z])+$/.test(folded) ? folded.replaceAll('_', '') : folded);
}

/** True where an answer is kept but says nothing. `minimumLength` is in UTF-16 units. */
export function isDeclined(answer: string, minimumLength: number): boolean {
  const trimmed = answer.trim();
  return trimmed.length < minimumLength || isNoAnswer(trimmed);
}
