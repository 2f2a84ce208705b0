// Fictive opinions, and the codebook they are judged by.

import { createHash } from 'node:crypto';

const WORDS =
  `piscine bus gare marché cantine parc école mairie trottoir vélo tram loyer chauffage forêt rivière musée théâtre stade
  crèche hôpital médecin pharmacie boulangerie parking péage digue lavoir fontaine éclairage banc arbre jardin potager déchet
  composteur fibre antenne facture guichet dossier rendez-vous horaire retard grève abonnement tarif réduction carte ticket
  quai passerelle tunnel pont rond-point feu carrefour passage bruit odeur fumée eau fuite canalisation égout talus haie`.split(
    /\s+/,
  );

/** Distinct opinions, none near another; every tenth is in twice, as a copy. */
export function opinionsCsv(size: number): string {
  const rows = Array.from({ length: size }, (_, n) => {
    const draw = createHash('sha256').update(`avis ${n}`).digest();
    const words = [...draw.subarray(0, 16)].map((byte) => WORDS[byte % WORDS.length]);
    const text = `Avis ${n} : ${words.join(' ')}. ${['Bravo, quelle réussite.', 'Quelle honte.', 'Voilà.'][n % 3]}`;
    return n % 10 === 0 ? [text, text] : [text];
  }).flat();
  return ['avis', ...rows.map((text) => `"${text}"`)].join('\n');
}

const category = (id: string, title: string, definition: string) => `
      - id: ${id}
        title: { fr: ${title}, en: ${title} }
        definition: ${definition}
        includes: [ce qui le dit]
        excludes: [ce qui dit autre chose]
        examples: ["un exemple de ${id}"]`;

export const REVIEW_CODEBOOK = `name: essai
version: 1
title: { fr: Essai de relecture, en: Review trial }
tasks:
  - id: theme
    title: { fr: Thème, en: Theme }
    none: autre
    abstention: true
    categories:${category('loisirs', 'Loisirs', 'piscine, parc')}${category('transports', 'Transports', 'bus et gare')}${category('autre', 'Autre', 'tout le reste')}
  - id: tone
    title: { fr: Ton, en: Tone }
    abstention: true
    categories:${category('negatif', 'Négatif', 'se plaint')}${category('neutre', 'Neutre', 'constate')}${category('positif', 'Positif', 'se réjouit')}
`;

/** The same, and places to mark in the text. */
export const SPANS_CODEBOOK = `${REVIEW_CODEBOOK}  - id: lieux
    title: { fr: Lieux, en: Places }
    kind: spans
    abstention: true
    categories:${category('lieu', 'Lieu', 'un lieu nommé')}${category('ligne', 'Ligne', 'une ligne de transport')}
`;
