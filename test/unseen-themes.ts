// Another fictional consultation whose themes are known, in other words and other sentences than those the method was tried
// on while it was made: it was written afterwards, and nothing was changed to suit it.

import { createHash } from 'node:crypto';
import { seededRandom } from '../src/annotate/seeded-random.ts';
import type { DocumentId } from '../src/model/identity.ts';
import type { Planted } from './planted-themes.ts';

const list = (words: string) => words.split('; ');

/** What is spoken of, and what is wanted of it; as many texts for each, but for the last two. */
const SUBJECTS = {
  plage: [
    'la plage; le sable; les rochers; la baignade; les surfeurs; le poste de secours; la digue; les algues vertes',
    'nettoyer après les tempêtes; surveiller tout l’été; interdire aux chiens; signaler les courants; draguer avant la saison',
  ],
  impots: [
    'la taxe foncière; les impôts locaux; le percepteur; la facture d’eau; les pénalités; le prélèvement; l’avis d’imposition',
    'baisser pour les retraités; étaler sur douze mois; calculer selon les revenus; expliquer ligne par ligne; rembourser le trop-perçu',
  ],
  creche: [
    'la crèche; les assistantes maternelles; la garde des bébés; les places d’accueil; les tout-petits; la poussette; la halte-garderie',
    'ouvrir dès six heures; agrandir pour les nourrissons; réserver aux parents qui travaillent; former aux gestes qui sauvent; fermer moins en août',
  ],
  marche: [
    'le marché couvert; les producteurs; les étals; le fromager; les maraîchers; la poissonnerie; les paniers de saison; la halle',
    'installer à l’ombre; favoriser le circuit court; tenir aussi le mercredi; afficher l’origine; exonérer du droit de place',
  ],
  bruit: [
    'le vacarme; les motos; les pétards; la discothèque; le tapage nocturne; les camions; les alarmes; le décibel',
    'verbaliser sans prévenir; mesurer à la source; limiter après minuit; insonoriser le long de la rocade; détourner hors du bourg',
  ],
  sport: [
    'le gymnase; la piste d’athlétisme; le terrain de rugby; les licenciés; les vestiaires; le club de judo; le tournoi; les entraîneurs',
    'chauffer en janvier; rénover avant la rentrée; partager avec les collèges; subventionner au mérite; éclairer jusqu’à vingt et une heures',
  ],
  inondation: [
    'la crue; les berges; le bassin de rétention; les caves inondées; la vanne; le débordement; le barrage; la nappe phréatique',
    'curer chaque automne; rehausser d’un mètre; alerter par sirène; indemniser sans délai; désimperméabiliser autour',
  ],
  cimetiere: [
    'le cimetière; les concessions; le columbarium; les tombes; le funérarium; les allées de gravier; les cyprès',
    'entretenir à la Toussaint; reprendre à l’abandon; prolonger de trente ans; arroser pour les familles; fleurir dignement',
  ],
  abeilles: [
    'les ruches; les abeilles; le miel; les frelons; les apiculteurs',
    'piéger au printemps; recenser; abriter',
  ],
  braille: ['le braille; les aveugles; la canne blanche; la synthèse vocale', 'imprimer en relief; guider; vocaliser'],
} as const;

const BEFORE = list(
  'Il faudrait; On devrait; Pourquoi ne pas; J’attends de la ville qu’elle ose; Personne ne songe à; Mes parents réclament de; Nous votons pour; Qui va',
);
const ASIDES = list(
  'Merci de nous lire; Bon courage à toute l’équipe; Je reste sceptique; Cela fait dix ans qu’on en parle; Mon mari n’est pas d’accord; À bon entendeur; Je signe des deux mains; La brochure était jolie; Rendez-vous aux prochaines élections; Ce questionnaire est interminable',
);

/** `count` texts, one in ten of no theme, one in five of two. */
export function plantUnseen(count: number, seed: number): Planted {
  const random = seededRandom(seed);
  const any = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const subjects = Object.entries(SUBJECTS).map(([name, [things, wishes]]) => ({
    name,
    things: list(things),
    wishes: list(wishes),
  }));
  const draw = () => (random() < 0.05 ? any(subjects.slice(-2)) : any(subjects.slice(0, -2)));
  const made = Array.from({ length: count }, (_, at) => {
    const own = random() < 0.1 ? [] : random() < 0.22 ? [draw(), draw()] : [draw()];
    const wishes = own.flatMap(({ things, wishes }) =>
      Array.from(
        { length: random() < 0.5 ? 2 : 1 },
        () => `${any(BEFORE)} ${any(wishes)} ${any(things)} (${any(things)}).`,
      ),
    );
    const asides = own.length === 0 || random() < 0.6 ? [`${any(ASIDES)}.`] : [];
    const id = createHash('sha256').update(`unseen/${seed}/${at}`).digest('hex') as DocumentId;
    return {
      text: { id, text: [...wishes, ...asides].join(' '), copies: 1 },
      names: new Set<string>(own.map(({ name }) => name)),
    };
  });
  return { texts: made.map(({ text }) => text), truth: made.map(({ names }) => names) };
}
