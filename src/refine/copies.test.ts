import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areCopies, areFillings, clusterTexts, relateTexts } from './copies.ts';
import { signatureOf } from './signature.ts';

const LONG =
  "Nous demandons le maintien de la ligne de bus 12, qui relie chaque jour le hameau du Moulin au collège et au marché. Sans elle les élèves marchent quarante minutes, les personnes âgées ne sortent plus, et les commerces du bourg perdent leurs clients. Nous proposons d'avancer le premier départ et d'ajouter un arrêt devant la maison de santé.";
const OTHER =
  "Le projet de parc éolien inquiète les riverains du plateau. L'étude d'impact ne dit rien du bruit la nuit ni du passage des oiseaux, et la réunion publique s'est tenue un mardi à quatorze heures. Nous souhaitons une nouvelle enquête, un registre ouvert le samedi et une réponse écrite à chaque question posée.";

function dropWords(text: string, every: number): string {
  return text
    .split(' ')
    .filter((_, at) => at % every !== every - 1)
    .join(' ');
}

describe('copies', () => {
  test.each([
    ['typed in capitals without accents', LONG.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()],
    ['with other punctuation and quotes', LONG.replaceAll("'", '’').replaceAll(',', ' ;').replaceAll('. ', ' !\n')],
    ['cut at three quarters', LONG.slice(0, Math.floor(LONG.length * 0.75))],
    ['with one word in ten left out', dropWords(LONG, 10)],
    ['signed by someone', `${LONG} [PERSONNE 1], [ADRESSE 1]`],
  ])('a text %s is a copy, and found to be a candidate', (_, copy) => {
    expect(areCopies(LONG, copy)).toBe(true);
    const bands = signatureOf(LONG).bands;
    expect(signatureOf(copy).bands.some((band, place) => band === bands[place])).toBe(true);
  });

  test('who is named does not make another text', () => {
    expect(signatureOf(`${LONG} [PERSONNE 1]`).fingerprint).toBe(signatureOf(`${LONG} [PERSONNE 7]`).fingerprint);
  });

  test('other texts, quotations and short answers are no copies', () => {
    expect(areCopies(LONG, OTHER)).toBe(false);
    expect(areCopies(LONG, `${OTHER} ${LONG.slice(0, 120)}`)).toBe(false);
    expect(areCopies('Plus de bus !', 'Plus de bus !')).toBe(false);
    expect(signatureOf('Plus de bus !').bands).toEqual([]);
  });

  test('short texts are compared by letters', () => {
    const short = 'Il faut garder la poste du village ouverte le samedi matin';
    expect(areCopies(short, 'il faut garder LA POSTE du village ouverte le samedi après-midi')).toBe(true);
    expect(areCopies(short, 'Il faut fermer la piscine du quartier pendant tout le mois de mai')).toBe(false);
  });

  test('a text that loses the words which made it long enough for words is still met', () => {
    const words =
      'Il faut garder la poste du village ouverte le samedi matin pour ceux qui travaillent en semaine et les plus âgés';
    const clusters = clusterTexts([
      { id: 'a', text: words },
      { id: 'b', text: words.replace(' et les plus âgés', '') },
    ]);
    expect(clusters.get('b')).toBe('a');
  });

  test('texts at hand are clustered under the first of them', () => {
    const texts = Array.from({ length: 12 }, (_, at) => ({
      id: `f#${at}`,
      text: at % 2 === 0 ? OTHER : `${LONG} ${at}`,
    }));
    const clusters = clusterTexts([{ id: 'alone', text: `${LONG} ${OTHER}`.split(' ').reverse().join(' ') }, ...texts]);
    expect(clusters.get('f#10')).toBe('f#0');
    expect(clusters.get('f#11')).toBe('f#1');
    expect(clusters.has('alone')).toBe(false);
  });

  test('texts at hand are with the same others in whatever order they come', () => {
    const words = `${LONG} ${OTHER}`.split(' ');
    const together = (texts: readonly string[]) => {
      const clusters = clusterTexts(texts.map((text) => ({ id: text, text })));
      const named = Map.groupBy(clusters.keys(), (text) => clusters.get(text));
      return [...named.values()].map((cluster) => cluster.sort().join('|')).sort();
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 64, maxLength: 64 }), (drawn) => {
        // Each is a copy of the next one, the first none of the last.
        const [first, middle, last] = [0, 12, 24].map((start) => drawn.slice(start, start + 40).join(' '));
        const expected = together([first!, middle!, last!]);
        expect(together([middle!, last!, first!])).toEqual(expected);
        expect(together([last!, first!, middle!])).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('a link that two short texts hold does not make them copies, and one that differs does not part them', () => {
    const link = 'https://exemple.fr/consultations/mobilites/propositions/la-ligne-de-bus-du-plateau-12';
    expect(areCopies(`Je suis tout à fait pour, voir ${link}`, `Lisez plutôt la réponse du maire ici ${link}`)).toBe(
      false,
    );
    const text = 'Il faut garder la poste du village ouverte le samedi matin, lire';
    expect(areCopies(`${text} ${link}`, `${text} http://autre.exemple/page?id=3 !`)).toBe(true);
  });

  test('a form letter is recognised under each personal paragraph, and copies stay copies', () => {
    const letters = [
      `${LONG} Je suis infirmière et je prends cette ligne à cinq heures du matin depuis onze ans, été comme hiver, avec deux collègues du même village qui n’ont pas de voiture. Mon fils, lui, la prend pour aller à l’internat le dimanche soir, et ma mère pour ses soins du mardi, puisque l’ambulance ne vient plus jusqu’ici. Personne, chez nous, n’a été prévenu de la suppression.`,
      `Retraité depuis peu, je vais voir ma femme à la maison de repos trois fois par semaine ; le taxi me coûterait la moitié de ma pension et mes enfants habitent à trois cents kilomètres d’ici ; je n’ai plus le droit de conduire depuis mon opération des yeux, et mes voisins travaillent. Que l’on me dise comment faire, puisque rien d’autre n’est prévu. ${LONG}`,
    ];
    const { clusters, models } = relateTexts([LONG, ...letters, OTHER].map((text, at) => ({ id: `${at}`, text })));
    expect([...clusters.keys()]).toEqual([]);
    expect([...models]).toEqual([
      ['0', '0'],
      ['1', '0'],
      ['2', '0'],
    ]);
  });

  test('greetings, closing formulas and quoted passages make no form', () => {
    const around = (body: string) =>
      `Madame, Monsieur le maire, je me permets de vous écrire. ${body} Je vous remercie de l’attention que vous porterez à ma lettre et vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.`;
    expect(areFillings(around(OTHER), around(LONG))).toBe(false);
    const comment = (text: string) => `J’ai lu dans le journal ceci : « ${LONG} » ${text}`;
    const first = `${OTHER} Tout cela me laisse songeur, et je ne suis pas le seul dans le bourg à le penser.`;
    const second =
      'Je n’en crois pas un mot, puisque la mairie elle-même écrivait le contraire au mois de mai, bulletin à l’appui, et que personne ne demandait alors le moindre arrêt de plus devant la maison de santé ni ailleurs dans le canton.';
    expect(areFillings(comment(first), comment(second))).toBe(false);
    expect(areFillings(`${LONG} ${first}`, `${LONG} ${second} ${second.toUpperCase()}`)).toBe(true);
  });
});
