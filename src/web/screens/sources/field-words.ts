// What the fields of collectors are called in French, with their help. English comes from the collectors' own schemas, and
// so does French where a collector is newer than this list.

import { typeset } from '../../message.ts';

/** `collector.field`, or `*.field` for those that collectors share: label, then help where the label is not enough. */
const FRENCH: Readonly<Record<string, readonly [label: string, help?: string]>> = {
  '*.format': ['Format', 'Trouvé par le nom et le contenu s’il n’est pas dit.'],
  '*.encoding': ['Encodage', 'Par exemple utf-8 ou windows-1252 ; trouvé s’il n’est pas dit.'],
  '*.delimiter': ['Séparateur', 'Entre les cellules d’une ligne : un seul caractère.'],
  '*.quote': ['Guillemet', 'Autour des cellules : un seul caractère.'],
  '*.header': ['Noms des colonnes', 'oui, non, ou le numéro de la ligne qui les porte.'],
  '*.sheet': ['Feuille', 'D’un classeur ; toutes si rien n’est dit.'],
  '*.items': ['Chemin de la liste', 'Dans un JSON, par exemple data.results.'],
  '*.map': ['Correspondance des colonnes', 'L’étape « Essai et aperçu » la propose et la corrige.'],
  '*.map.id': ['Identifiant'],
  '*.map.title': ['Titre'],
  '*.map.text': ['Texte'],
  '*.map.date': ['Date'],
  '*.map.territory': ['Territoire'],
  '*.map.author': ['Auteur'],
  '*.map.url': ['Adresse web'],
  '*.map.participant': ['Personne', 'Qui a écrit, gardé sous un pseudonyme seulement.'],
  '*.map.attributes': ['Gardé pour comparer'],
  '*.perSecond': ['Demandes par seconde', 'Une par défaut, par politesse.'],
  '*.maximumBytes': ['Taille maximale', 'En octets, une fois décompressé.'],
  '*.maximumRecordBytes': ['Taille maximale d’un enregistrement', 'En octets.'],
  '*.maximumPages': ['Pages au plus', 'Lues en une collecte.'],
  '*.timeoutSeconds': ['Attente la plus longue', 'En secondes.'],
  '*.user': ['Compte', 'De préférence en lecture seule.'],
  '*.password': [
    'Mot de passe',
    'Jamais en clair : le nom d’une variable entre accolades après un dollar, ou file:chemin.',
  ],
  '*.tls': ['Chiffrement', 'verify : certificat vérifié ; require : chiffré sans vérifier ; off : en clair.'],
  '*.ca': ['Certificats reconnus', 'Fichier PEM de l’autorité de votre organisme.'],
  'file.path': ['Fichiers ou dossier', 'Fichier, dossier ou motif (*, **), dans le dossier du projet.'],
  'rss.feeds': ['Flux', 'Adresses (https://…) ou fichiers du projet.'],
  'consultation.path': ['Fichiers ou dossier', 'Export du questionnaire, dans le dossier du projet.'],
  'consultation.platform': ['Plateforme', 'Reconnue à ses colonnes si rien n’est dit.'],
  'consultation.id': ['Colonne du numéro', 'Qui numérote les réponses ; trouvée si rien n’est dit.'],
  'consultation.participant': ['Colonnes de la personne', 'Qui répond, gardé sous un pseudonyme seulement.'],
  'consultation.questions': ['Questions ouvertes', 'Colonnes de réponses libres ; trouvées si rien n’est dit.'],
  'consultation.attributes': ['Questions fermées', 'Colonnes gardées pour comparer : âge, quartier…'],
  'consultation.date': ['Colonne de la date'],
  'consultation.territory': ['Colonne du territoire', 'Code postal, commune ou département.'],
  'consultation.language': ['Colonne de la langue'],
  'consultation.ignore': ['Colonnes laissées de côté'],
  'consultation.minimumAnswer': [
    'Réponse la plus courte',
    'En caractères ; plus courte, elle compte comme sans réponse.',
  ],
  'rest.preset': ['Modèle prêt', 'Réglages d’une API connue ; les autres champs les complètent ou les remplacent.'],
  'rest.url': ['Adresse de la liste', 'Un nom entre accolades y est remplacé par un paramètre.'],
  'rest.format': ['Format', 'json, ou sdmx pour des statistiques.'],
  'rest.params': ['Paramètres', 'En JSON. Un secret s’y écrit comme le nom d’une variable.'],
  'rest.headers': ['En-têtes', 'Un secret s’y écrit comme le nom d’une variable, ou file:chemin.'],
  'rest.body': ['Corps de la demande', 'En JSON : la demande est alors un POST (GraphQL, recherche).'],
  'rest.items': ['Où sont les éléments', 'Dans une réponse (JSONata) ; la réponse entière si rien n’est dit.'],
  'rest.map': ['Ce qui est quoi', 'Dans un élément (JSONata).'],
  'rest.textFormat': ['Écriture du texte', 'Trouvée si rien n’est dit.'],
  'rest.pagination': ['Pages suivantes', 'Comment les pages se suivent.'],
  'rest.pagination.parameter': ['Paramètre'],
  'rest.pagination.first': ['Numéro de la première page'],
  'rest.pagination.total': ['Où est le total', 'Combien d’éléments en tout, si une réponse le dit.'],
  'rest.pagination.next': ['Où est la suite', 'Dans une réponse ; rien sur la dernière page.'],
  'rest.incremental': ['Seulement ce qui est nouveau'],
  'rest.incremental.cursor': [
    'Date ou numéro',
    'D’un élément : ce qui ne fait que grandir ; le plus grand est retenu.',
  ],
  'rest.incremental.parameter': ['Paramètre', 'Celui qui demande ce qui est venu depuis.'],
  'rest.incremental.template': ['Valeur du paramètre'],
  'rest.incremental.start': ['Première valeur', 'Avant toute collecte.'],
  'rest.incremental.newestFirst': [
    'Les plus récents d’abord',
    'La lecture s’arrête à la première page sans rien de neuf.',
  ],
  'rest.maximumItems': ['Éléments au plus', 'Ensuite, la lecture reprend à la prochaine collecte.'],
  'rest.maximumPageBytes': ['Taille maximale d’une réponse', 'En octets.'],
  'rest.maximumWaitSeconds': ['Attente acceptée', 'La plus longue que le serveur puisse demander, en secondes.'],
  'web.sitemap': ['Plan du site', 'Plan de site, flux, ou liste des pages.'],
  'web.pages': ['Pages', 'Adresses des pages elles-mêmes.'],
  'web.include': ['Seulement', 'Adresses ou chemins ; * pour n’importe quoi.'],
  'web.exclude': ['Sauf', 'Adresses ou chemins ; * pour n’importe quoi.'],
  'web.terms': ['Conditions d’utilisation', 'Leur empreinte est gardée comme preuve.'],
  'web.approvedBy': ['Approuvé par', 'Qui a permis de lire ce site : nom ou fonction.'],
  'web.approvedOn': ['Approuvé le', 'Jour, par exemple 2026-05-12.'],
  'sql.url': [
    'Adresse de la base',
    'postgres://hôte/base, mysql://hôte/base ou mariadb://hôte/base, sans mot de passe.',
  ],
  'sql.path': ['Fichier SQLite', 'Du dossier du projet, à la place de l’adresse.'],
  'sql.table': ['Table ou vue'],
  'sql.query': ['Requête', 'Un « select », à la place de la table.'],
  'sql.key': ['Colonnes de la clé', 'Qui nomment une ligne ; la clé primaire si rien n’est dit.'],
  'sql.incremental': ['Seulement ce qui est nouveau'],
  'sql.incremental.column': ['Colonne', 'Qui ne fait que grandir : date de modification, numéro.'],
  'mail.path': ['Fichiers', 'Messages (.eml), boîtes (.mbox), dossiers et motifs du projet.'],
  'mail.mailbox': ['Boîte aux lettres', 'imaps://hôte/INBOX, à la place des fichiers.'],
  'mail.since': ['Depuis le', 'Laisse de côté ce que le serveur a reçu avant ce jour.'],
  'mail.history': ['Messages cités', 'Messages précédents repris dans un message, et signatures.'],
  'mail.attachments': ['Pièces jointes', 'Lues comme des documents à part.'],
  'mail.maximumMessageBytes': ['Taille maximale d’un message', 'En octets.'],
  'pdf.path': ['Fichiers ou adresses', 'Fichiers, dossiers et motifs du projet, ou adresses (https://…).'],
  'pdf.by': ['Un document par', 'Fichier (document) ou page.'],
  'gdelt.lists': ['Listes de fichiers'],
  'gdelt.path': ['Fichiers GKG', 'Du projet, à la place des listes.'],
  'gdelt.since': ['Premier jour'],
  'gdelt.until': ['Dernier jour'],
  'gdelt.maximumFiles': ['Fichiers au plus', 'Par collecte ; 96 font une journée.'],
};

export interface FieldWords {
  readonly label: string;
  readonly help: string | null;
}

/** The words of a field of a collector. `description` is the schema's own. */
export function fieldWords(path: string, description: string | null, language: 'fr' | 'en'): FieldWords {
  const [collector = '', ...names] = path.split('.');
  const own = { label: titled(names.at(-1) ?? collector), help: description };
  if (language === 'en') return own;
  const words = FRENCH[path] ?? FRENCH[`*.${names.join('.')}`];
  if (words === undefined) return { ...own, label: names.at(-1) ?? collector };
  return { label: typeset(words[0]), help: words[1] === undefined ? null : typeset(words[1]) };
}

/** Paths that the list has words for, and no other collector shares. */
export const NAMED_FIELDS: readonly string[] = Object.keys(FRENCH).filter((path) => !path.startsWith('*'));

/** `maximumRecordBytes` as `Maximum record bytes`. */
function titled(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, (_, left: string, right: string) => `${left} ${right.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
