// The columns of a release's files: their order, types and meaning, said once for files, datasheet and verification.

import type { ReleaseRow } from '../model/release.ts';

export interface Column<Row = ReleaseRow> {
  /** Name in the files. */
  readonly name: string;
  readonly property: keyof Row;
  /** Where the property holds a value for each task of the codebook: which one. */
  readonly task?: string;
  readonly type: 'text' | 'date' | 'number' | 'integer' | 'boolean' | 'list';
  readonly meaning: { readonly fr: string; readonly en: string };
}

export const COLUMNS: readonly Column[] = [
  column('document', 'document', 'text', 'identifiant du document (sha256)', 'identifier of the document (sha256)'),
  column('source', 'source', 'text', 'source, au sens de ce jeu de données', 'source, as named in this dataset'),
  column('key', 'key', 'text', 'identifiant donné par la source', 'identifier given by the source'),
  column('title', 'title', 'text', 'titre, pseudonymisé', 'title, pseudonymised'),
  column(
    'text',
    'text',
    'text',
    'texte, pseudonymisé : [PERSONNE 1], [COURRIEL 1]…',
    'text, pseudonymised: [PERSONNE 1], [COURRIEL 1]…',
  ),
  column(
    'language',
    'language',
    'text',
    'langue (ISO 639-1), `und` si incertaine',
    'language (ISO 639-1), `und` when uncertain',
  ),
  column(
    'published',
    'published',
    'text',
    'date de publication, aussi précise que connue',
    'date of publication, as precise as known',
  ),
  column(
    'published_precision',
    'publishedPrecision',
    'text',
    'year, month, day ou minute',
    'year, month, day or minute',
  ),
  column('week', 'week', 'date', 'lundi de la semaine ISO', 'Monday of the ISO week'),
  column('commune', 'commune', 'text', 'code INSEE de la commune', 'INSEE code of the commune'),
  column('epci', 'epci', 'text', 'SIREN de l’intercommunalité', 'SIREN of the EPCI (grouping of communes)'),
  column('department', 'department', 'text', 'code INSEE du département', 'INSEE code of the département'),
  column('region', 'region', 'text', 'code INSEE de la région', 'INSEE code of the région'),
  column(
    'territory_rule',
    'territoryRule',
    'text',
    'ce qui a décidé du territoire ; `text:` quand ce sont les mots du texte, `source` quand c’est la source',
    'what decided of the territory; `text:` where the words of the text did, `source` where the source did',
  ),
  column(
    'gazetteer',
    'gazetteer',
    'text',
    'millésime du code officiel géographique de ces codes',
    'year of the official geographic code that these codes are of',
  ),
  column('theme', 'theme', 'text', 'thème de la grille', 'theme of the codebook'),
  column(
    'theme_score',
    'themeScore',
    'number',
    'confiance, de 0 à 1, non calibrée si provisoire',
    'confidence, 0 to 1, not calibrated when provisional',
  ),
  column(
    'tone',
    'tone',
    'text',
    'ton ; `abstention` quand l’annotateur ne tranche pas',
    'tone; `abstention` where the annotator does not decide',
  ),
  column(
    'tone_score',
    'toneScore',
    'number',
    'confiance, de 0 à 1, non calibrée si provisoire',
    'confidence, 0 to 1, not calibrated when provisional',
  ),
  column('annotators', 'annotators', 'text', 'qui a décidé', 'who decided'),
  column(
    'provisional',
    'provisional',
    'boolean',
    'étiquette non mesurée sur ce corpus',
    'label not measured on this corpus',
  ),
  column('cluster', 'cluster', 'text', 'groupe de copies', 'cluster of copies'),
  column('cluster_size', 'clusterSize', 'integer', 'nombre de textes du groupe', 'number of texts in the cluster'),
  column(
    'representative',
    'representative',
    'boolean',
    'texte compté une fois le corpus dédoublonné',
    'the text that deduplicated figures count',
  ),
  column('url', 'url', 'text', 'adresse d’origine', 'original address'),
  column('licence', 'licence', 'text', 'licence de la source', 'licence of the source'),
  column('attributes', 'attributes', 'text', 'autres colonnes retenues, en JSON', 'other columns kept, as JSON'),
  column('record', 'record', 'text', 'empreinte des octets reçus (sha256)', 'hash of the bytes received (sha256)'),
  column('recipe', 'recipe', 'text', 'recette d’affinage (sha256)', 'refining recipe (sha256)'),
];

/** The value of a row in a column; null is an empty cell. */
export function heldIn<Row>(row: Row, { property, task }: Pick<Column<Row>, 'property' | 'task'>): unknown {
  const value = row[property];
  return task === undefined ? value : ((value as Readonly<Record<string, unknown>>)[task] ?? null);
}

/** A column of rows of a kind, with what it means in both languages. */
export function column<Row = ReleaseRow>(
  name: string,
  property: Column<Row>['property'],
  type: Column['type'],
  fr: string,
  en: string,
): Column<Row> {
  return { name, property, type, meaning: { fr, en } };
}
