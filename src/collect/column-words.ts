// What people call their columns, in French and English, likeliest first. Folded: lower case, no accent, `_` between words.

export const ROLES = ['id', 'title', 'text', 'date', 'territory', 'author', 'url'] as const;
export type Role = (typeof ROLES)[number];

export const COLUMN_WORDS: Readonly<Record<Role, readonly string[]>> = {
  id: [
    'id', 'identifiant', 'guid', 'uuid', '_id', 'uid', 'reference', 'ref', 'identifier', 'numero', 'no', 'n', 'num',
    'comment_id', 'id_contribution', 'contribution_id', 'id_reponse', 'response_id', 'id_str', 'tweet_id', 'post_id',
  ],
  title: ['titre', 'title', 'objet', 'subject', 'sujet', 'intitule', 'headline', 'libelle'],
  text: [
    'contribution', 'texte', 'text', 'verbatim', 'avis', 'commentaire', 'message', 'reponse', 'comment', 'comment_body',
    'content', 'contenu', 'body', 'corps', 'temoignage', 'proposition', 'observation', 'observations', 'remarque',
    'remarques', 'description', 'response', 'answer', 'review', 'tweet', 'full_text', 'parole', 'opinion', 'propos',
    'expression', 'feedback', 'reclamation', 'question', 'contributions', 'commentaires', 'reponses', 'comments',
    'summary', 'resume', 'extrait', 'chapo', 'article',
  ],
  date: [
    'date', 'depose_le', 'date_depot', 'date_de_depot', 'publie_le', 'published_at', 'published', 'date_publication',
    'date_de_publication', 'pubdate', 'created_at', 'created', 'createdat', 'publishedat', 'date_creation',
    'date_de_creation', 'cree_le', 'soumis_le', 'submitted_at', 'submitdate', 'datetime', 'horodatage', 'horodateur',
    'timestamp', 'jour', 'le', 'date_reponse', 'updated_at', 'date_maj',
  ],
  territory: [
    'code_postal', 'codepostal', 'cp', 'postal_code', 'postcode', 'zip', 'zipcode', 'zip_code', 'code_insee', 'insee',
    'codeinsee', 'insee_com', 'code_commune', 'codecommune', 'commune', 'ville', 'city', 'code_departement',
    'departement', 'dep', 'dept', 'department', 'territoire', 'localisation', 'lieu',
  ],
  author: [
    'pseudo', 'pseudonyme', 'auteur', 'author', 'author_name', 'authors', 'auteurs', 'contributeur', 'username',
    'user_name', 'user', 'utilisateur', 'participant', 'deposant', 'nom', 'nom_prenom', 'name',
  ],
  url: ['url', 'lien', 'link', 'permalink', 'href', 'uri', 'source_url', 'page_url', 'adresse_web'],
};

/** Folds a column's name, or a word of this list, so that writings of one name are equal. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
