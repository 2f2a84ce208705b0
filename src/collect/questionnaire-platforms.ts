// Exports of consultation platforms, recognised by their columns (folded names; `*` ends a beginning).
// Sources: serializers of decidim/decidim, export commands of cap-collectif/cap-collectif and granddebat.fr-opendata,
// spreadsheet tests of demarches-simplifiees.fr, fieldmap of LimeSurvey/LimeSurvey.

import { decodeBytes, detectCharset } from './charset.ts';
import { foldName } from './column-words.ts';
import { detectDialect } from './dialect.ts';
import { wordingOf } from './questionnaire-wording.ts';

export const PLATFORMS = ['decidim', 'cap-collectif', 'demarches-simplifiees', 'limesurvey'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What a platform's own columns are; those it does not list are the questionnaire's. Likeliest first. */
export interface Preset {
  readonly platform: Platform;
  readonly id: readonly string[];
  readonly participant: readonly string[];
  readonly names: readonly string[];
  readonly date: readonly string[];
  readonly territory: readonly string[];
  readonly language: readonly string[];
  /** Columns of contributions, each with the column of its title (null: the column's own name). */
  readonly texts: readonly (readonly [text: string, title: string | null])[];
  readonly attributes: readonly string[];
  readonly personal: readonly string[];
  readonly technical: readonly string[];
  /** Column that says what a row is, where rows of votes and comments repeat the cells of their proposal. */
  readonly rowKind: string | null;
}

const NONE = {
  names: [],
  territory: [],
  language: [],
  texts: [],
  attributes: [],
  personal: [],
  rowKind: null,
} as const;

const DECIDIM_SURVEY: Preset = {
  ...NONE,
  platform: 'decidim',
  id: ['id_de_reponse', 'id_de_la_reponse', 'answer_id', 'response_id'],
  // The token of the session: the same person, the same token.
  participant: ['id_de_reponse', 'id_de_la_reponse', 'answer_id', 'response_id'],
  date: ['repondu_le', 'answered_on', 'responded_on'],
  attributes: ['statut_de_l_utilisateur', 'user_status'],
  personal: ['hachage_ip', 'ip_hash'],
  technical: ['fin', 'completion'],
};

const DECIDIM_CONTENT: Preset = {
  ...NONE,
  platform: 'decidim',
  id: ['id'],
  participant: ['author_id'],
  names: ['author_name', 'user_group_name'],
  date: ['published_at', 'created_at'],
  language: ['locale'],
  texts: [
    ['body_machine_translations_*', null],
    ['body_*', 'title_*'],
    ['body', 'title'],
    ['description_*', 'title_*'],
  ],
  attributes: ['category_name_*', 'scope_name_*', 'taxonomies_name_*', 'state', 'alignment', 'commentable_type'],
  personal: ['author_*', 'endorsements_user_endorsements', 'likes_user_likes', 'address', 'latitude', 'longitude'],
  technical: [
    ...['reference', 'answer*', 'supports', 'votes*', 'endorsements_*', 'likes_*', 'comments*', 'attachments*', 'url'],
    ...['followers*', 'meeting_urls', 'related_*', 'is_amend', 'original_proposal_*', 'component_*', 'depth', 'cost*'],
    ...['participatory_space_*', 'commentable_id', 'root_commentable_url', 'user_group_*', 'category_*', 'scope_*'],
    ...['taxonomies_*', 'title_*', 'title', 'updated_at', 'created_at', 'published_at', 'state_published_at'],
    ...['withdrawn*', 'created_in_meeting', 'execution_period_*', 'created_by', 'coauthorships*', 'amend_*', 'locale'],
  ],
};

const CAP_COLLECTIF: Preset = {
  platform: 'cap-collectif',
  id: ['export_contribution_id', 'export_proposal_id', 'proposal_id', 'contributions_id', 'id'],
  participant: [
    ...['export_contribution_author_id', 'export_participant_user_id', 'export_proposal_author_id'],
    ...['proposal_author_id', 'contributions_author_id', 'author_id'],
  ],
  names: [
    ...['export_contribution_author', 'export_participant_username', 'export_participant_firstname'],
    ...['export_participant_lastname', 'export_proposal_author_username', 'proposal_author_username'],
    ...['contributions_author_username', 'author_username'],
  ],
  date: [
    ...['export_contribution_published_at', 'export_proposal_published_at', 'export_contributions_created_at'],
    ...['proposal_published_at', 'proposal_created_at', 'contributions_created_at', 'published_at', 'created_at'],
  ],
  territory: ['export_participant_zip_code', 'author_zip_code'],
  language: [],
  texts: [
    ['export_proposal_description', 'export_proposal_title'],
    ['export_proposal_summary', 'export_proposal_title'],
    ['export_contribution_body_text', 'export_contribution_title'],
    ['proposal_description', 'proposal_title'],
    ['proposal_summary', 'proposal_title'],
    ['proposal_comments_body', null],
    ['contributions_body_text', 'contributions_title'],
    ['contributions_arguments_body', null],
    ['contributions_sources_body', null],
    ['contributions_versions_body_text', 'contributions_versions_title'],
  ],
  attributes: [
    ...['export_participant_type', 'export_proposal_category_name', 'export_proposal_theme_title', 'author_type'],
    ...['export_proposal_district_name', 'export_proposal_status_name', 'export_contribution_section_title'],
    ...['export_contribution_consultation_title', 'export_contribution_author_type_name', 'proposal_category_name'],
    ...['proposal_author_user_type_name', 'proposal_theme_title', 'proposal_district_name', 'proposal_status_name'],
    ...['contributions_section_title', 'contributions_arguments_type', 'contributions_author_user_type_name'],
  ],
  personal: [
    ...['export_participant_*', 'export_contribution_author_*', 'export_contribution_no_account_email*'],
    ...['export_proposal_author_*', 'proposal_author_*', 'contributions_author_*', 'author_email', 'author_id'],
    ...['export_proposal_formatted_address', 'export_proposal_address_*', 'proposal_formatted_address'],
  ],
  technical: [
    ...['export_*', 'proposal_*', 'contributions_*', 'contribution_type', 'type', 'reference', 'trashed*'],
    ...['created_at', 'published_at', 'updated_at'],
  ],
  rowKind: 'contribution_type',
};

const DEMARCHES: Preset = {
  ...NONE,
  platform: 'demarches-simplifiees',
  id: ['id'],
  participant: ['email'],
  names: ['nom', 'prenom', 'nom_du_mandataire', 'prenom_du_mandataire', 'entreprise_nom', 'entreprise_prenom'],
  date: ['depose_le', 'passe_en_construction_le'],
  attributes: ['civilite'],
  personal: ['date_de_naissance', 'instructeurs'],
  technical: [
    ...['france_connect', 'depot_pour_un_tiers', 'archive', 'etat_du_dossier', 'derniere_mise_a_jour_*', 'labels'],
    ...['passe_en_*', 'traite_le', 'motivation_de_la_decision', 'groupe_instructeur', 'entreprise_*', 'association_*'],
    ...['etablissement_*', 'depose_le', 'sva_svr*', 'supprime_le', 'expire_le'],
  ],
};

const LIMESURVEY: Preset = {
  ...NONE,
  platform: 'limesurvey',
  id: ['id', 'id_de_la_reponse', 'response_id'],
  participant: ['token', 'code_d_acces', 'access_code'],
  names: ['firstname', 'lastname', 'first_name', 'last_name', 'prenom', 'nom', 'nom_de_famille'],
  date: ['submitdate', 'date_de_soumission', 'date_submitted', 'datestamp', 'date_de_la_derniere_action'],
  language: ['startlanguage', 'langue_de_depart', 'start_language'],
  personal: ['ipaddr', 'adresse_ip', 'ip_address', 'email', 'email_address', 'adresse_de_courriel'],
  technical: [
    ...['lastpage', 'derniere_page', 'last_page', 'seed', 'tete_de_serie', 'startdate', 'date_de_lancement'],
    ...['date_started', 'datestamp', 'date_de_la_derniere_action', 'date_last_action', 'refurl', 'url_referente'],
    ...['referrer_url', 'interviewtime', 'temps_total', 'total_time', 'group_time*', 'temps_pour_*'],
    ...['startlanguage', 'langue_de_depart', 'start_language', 'submitdate', 'date_de_soumission', 'date_submitted'],
  ],
};

const SIGNATURES: readonly (readonly [preset: Preset, ...groups: readonly (readonly string[])[]])[] = [
  [DECIDIM_SURVEY, ['hachage_ip', 'ip_hash'], ['statut_de_l_utilisateur', 'user_status']],
  [DECIDIM_CONTENT, ['participatory_space_id', 'participatory_space_url'], ['component_id']],
  [DECIDIM_CONTENT, ['commentable_id'], ['commentable_type'], ['body', 'alignment']],
  [CAP_COLLECTIF, ['export_contribution_id', 'export_proposal_id']],
  [CAP_COLLECTIF, ['export_contribution_type'], ['export_contribution_author_id', 'export_participant_user_id']],
  [CAP_COLLECTIF, ['proposal_id'], ['proposal_title'], ['proposal_author_id', 'proposal_created_at']],
  [CAP_COLLECTIF, ['contributions_id'], ['contributions_body_text', 'contributions_section_title']],
  [CAP_COLLECTIF, ['author_id'], ['author_type'], ['author_zip_code'], ['published_at']],
  [DEMARCHES, ['archive'], ['etat_du_dossier'], ['derniere_mise_a_jour_le']],
  [LIMESURVEY, ['submitdate'], ['lastpage', 'startlanguage', 'seed']],
  [LIMESURVEY, ['date_de_soumission'], ['derniere_page', 'langue_de_depart', 'tete_de_serie']],
  [LIMESURVEY, ['date_submitted'], ['last_page', 'start_language', 'seed']],
];

/** Folded name of a column as presets spell it, without the code that LimeSurvey puts before (`id. Response ID`). */
export function presetName(column: string): string {
  return foldName(wordingOf(column));
}

/** The platform that these columns are of, or null. */
export function recognise(columns: readonly string[]): Preset | null {
  const names = new Set(columns.map(presetName));
  const found = SIGNATURES.find(([, ...groups]) => groups.every((group) => group.some((name) => names.has(name))));
  return found?.[0] ?? null;
}

/** The columns of a platform that the settings name, whether or not they look like it. */
export function presetOf(platform: Platform, columns: readonly string[]): Preset {
  const found = recognise(columns);
  return found?.platform === platform ? found : SIGNATURES.find(([preset]) => preset.platform === platform)![0];
}

/** True where the first kilobyte of a file (as latin-1) names the columns of a platform. */
export function claimsHead(head: string): boolean {
  // The last character may be cut in two.
  const bytes = Buffer.from(head.replace(/[\u0080-\u00ff]{1,3}$/, ''), 'latin1');
  const { charset, bomLength } = detectCharset(bytes);
  const body = bytes.subarray(bomLength);
  if (!/^["\p{L}]/u.test(decodeBytes(body.subarray(0, 64), charset).text)) return false;
  const { rows } = detectDialect(body, { charset, whole: false });
  return rows[0] !== undefined && recognise(rows[0]) !== null;
}

/** Whether a folded name is listed: itself, or its beginning before `*`. */
export function isListed(name: string, list: readonly string[]): boolean {
  return list.some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name));
}
