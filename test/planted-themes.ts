// A fictional consultation whose themes are known: sentences put together from words of each theme and words of none.

import { createHash } from 'node:crypto';
import { seededRandom } from '../src/annotate/seeded-random.ts';
import type { ReadText } from '../src/annotate/themes/assessment.ts';
import type { DocumentId } from '../src/model/identity.ts';

interface Plant {
  readonly name: string;
  /** Part of the texts that speak of it. */
  readonly share: number;
  readonly things: readonly string[];
  readonly acts: readonly string[];
}

const list = (words: string) => words.split('; ');

export const PLANTS: readonly Plant[] = [
  {
    name: 'velo',
    share: 0.18,
    things: list(
      'la piste cyclable; les cyclistes; mon vélo; le stationnement des vélos; les arceaux; la voie verte; le double sens cyclable; les bandes cyclables',
    ),
    acts: list(
      'coupée au carrefour; mal éclairée; à prolonger jusqu’à la gare; dangereuse pour pédaler; pleine de nids-de-poule; à séparer des voitures',
    ),
  },
  {
    name: 'cantine',
    share: 0.14,
    things: list(
      'la cantine; le repas du midi; les menus; les légumes servis; la cuisine centrale; le goûter des élèves; les plats végétariens',
    ),
    acts: list(
      'trop gras; cuisiné sur place; avec des produits bio; gaspillé chaque midi; préparés la veille; sans choix pour les enfants',
    ),
  },
  {
    name: 'medecin',
    share: 0.13,
    things: list(
      'le médecin traitant; les soignants; la maison de santé; le rendez-vous médical; les urgences; la pharmacie de garde; le dentiste; les infirmières',
    ),
    acts: list(
      'introuvable dans le canton; débordés par les patients; à quarante kilomètres; fermées la nuit; qui ne prend plus de patient; en attente depuis des mois',
    ),
  },
  {
    name: 'dechets',
    share: 0.12,
    things: list(
      'le tri des déchets; la déchetterie; les poubelles; le compost; les bacs jaunes; les dépôts sauvages; la collecte des ordures; le verre',
    ),
    acts: list(
      'qui débordent le dimanche; mal triés; ramassés une fois par quinzaine; fermée le samedi; à recycler davantage; jetés au bord du chemin',
    ),
  },
  {
    name: 'bus',
    share: 0.12,
    things: list(
      'le bus; la navette; les horaires des cars; l’arrêt de bus; la ligne scolaire; le réseau de transport; le ticket; les correspondances',
    ),
    acts: list(
      'toujours en retard; supprimée le soir; trop rare en semaine; sans abri contre la pluie; bondé le matin; à cadencer toutes les vingt minutes',
    ),
  },
  {
    name: 'fibre',
    share: 0.1,
    things: list(
      'la fibre; le débit internet; la zone blanche; le réseau mobile; les antennes; la connexion; le wifi public; l’opérateur',
    ),
    acts: list(
      'promise depuis des années; trop lent pour télétravailler; qui coupe chaque soir; jamais raccordée; saturé; en panne au hameau',
    ),
  },
  {
    name: 'logement',
    share: 0.09,
    things: list(
      'le logement; les loyers; les locataires; les appartements vacants; le parc social; les résidences secondaires; l’isolation des façades; les bailleurs',
    ),
    acts: list(
      'hors de prix; vides toute l’année; mal isolés; à réhabiliter; réservés aux touristes; humides en hiver',
    ),
  },
  {
    name: 'theatre',
    share: 0.08,
    things: list(
      'la médiathèque; le théâtre; les concerts; le festival; la salle de spectacle; les expositions; l’école de musique; le cinéma',
    ),
    acts: list(
      'ouverte le dimanche; sans programmation l’hiver; complets dès l’ouverture; gratuits pour les jeunes; à l’affiche; avec des artistes invités',
    ),
  },
  {
    name: 'chauves-souris',
    share: 0.02,
    things: list(
      'les chauves-souris; les nichoirs; les hirondelles; la trame noire; les haies bocagères; les crapauds; la mare; les pollinisateurs',
    ),
    acts: list(
      'chassés par les lampadaires; sans gîte sous les toits; à protéger au printemps; écrasés sur la route; disparus du vallon; recensés par des naturalistes',
    ),
  },
  {
    name: 'surdite',
    share: 0.015,
    things: list(
      'la langue des signes; les personnes sourdes; le sous-titrage; la boucle magnétique; les malentendants; l’interprète; les alarmes lumineuses',
    ),
    acts: list(
      'absente des réunions; exclus du guichet; inaudible pour nous; jamais réservée; en panne à l’accueil; indispensable pour suivre le conseil',
    ),
  },
];

const OPENINGS = list(
  'Je trouve que; Depuis longtemps; Chez nous; À mon avis; Franchement; Il me semble que; Comme beaucoup d’habitants je constate que; Tous les matins; Nous voudrions dire que; Dans mon quartier',
);
const LINKS = list('reste; devient; demeure; semble; paraît; s’avère');
const WHO = list(
  'ma voisine; le maire; mon beau-frère; les anciens; la conseillère; les commerçants; un ami; la secrétaire; les jeunes; mon collègue; les parents; le facteur',
);
const SAYS = list(
  'pense; affirme; espère; craint; répète; regrette; imagine; raconte; soutient; devine; écrit; entend',
);
const WHAT = list(
  'que rien ne change; qu’il faudra patienter; que la réunion était longue; que le budget ne suffit pas; que le bourg vieillit; que les élections approchent; que chacun a ses raisons; que la région décidera; que l’été sera chaud; que tout coûte cher; qu’on nous écoute enfin; que la presse exagère; que le formulaire est compliqué; que la saison fut belle',
);

export interface Planted {
  readonly texts: readonly ReadText[];
  /** Names of the themes of each text, in the same order. */
  readonly truth: readonly ReadonlySet<string>[];
}

/** `count` texts of one to three sentences, one in eight of no theme, and some that stand for a campaign of copies. */
export function plantThemes(count: number, seed: number): Planted {
  const random = seededRandom(seed);
  const any = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const total = PLANTS.reduce((sum, { share }) => sum + share, 0);
  const plant = () => {
    let left = random() * total;
    for (const one of PLANTS) {
      left -= one.share;
      if (left <= 0) return one;
    }
    return PLANTS[0]!;
  };
  const noise = () => `${any(OPENINGS)} ${any(WHO)} ${any(SAYS)} ${any(WHAT)}.`;
  const texts: ReadText[] = [];
  const truth: ReadonlySet<string>[] = [];
  for (let at = 0; at < count; at += 1) {
    const names = new Set<string>();
    const sentences: string[] = [];
    if (random() > 0.12) {
      for (let left = random() < 0.25 ? 2 : 1; left > 0; left -= 1) {
        const one = plant();
        names.add(one.name);
        for (let more = random() < 0.6 ? 2 : 1; more > 0; more -= 1) {
          sentences.push(
            `${any(OPENINGS)} ${any(one.things)} ${any(LINKS)} ${any(one.acts)}, et ${any(one.things)} aussi.`,
          );
        }
      }
    }
    if (names.size === 0 || random() < 0.5) sentences.push(noise());
    if (random() < 0.3) sentences.unshift(noise());
    const id = createHash('sha256').update(`${seed}/${at}`).digest('hex') as DocumentId;
    texts.push({ id, text: sentences.join(' '), copies: random() < 0.02 ? 40 : 1 });
    truth.push(names);
  }
  return { texts, truth };
}
