import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ABSTAINED, type Annotation } from '../../model/annotation.ts';
import type { Codebook } from '../../model/codebook.ts';
import type { DocumentId } from '../../model/identity.ts';
import { parseCodebook } from '../codebook.ts';
import lexical from './lexical.ts';

const grille = join(import.meta.dirname, '../../../examples/concertation/grilles/barometre.yaml');
const codebook = parseCodebook(readFileSync(grille, 'utf8'), 'barometre.yaml');
const annotator = await lexical.prepare(codebook, lexical.config.parse({}));

interface Options {
  readonly title?: string;
  readonly language?: string;
}

function annotate(text: string, { title, language = 'fr' }: Options = {}): readonly Annotation[] {
  const document = { id: 'd' as DocumentId, title: title ?? null, text, language };
  return annotator.annotate(document) as readonly Annotation[];
}

const read = (task: string) => (text: string, options?: Options) =>
  annotate(text, options).find((a) => a.task === task)!;
const tone = read('tone');
const theme = read('theme');
const words = (text: string, { evidence }: Annotation) => evidence.map(({ start, end }) => text.slice(start, end));

describe('tone', () => {
  test.each([
    ['Excellente initiative, merci à toute la mairie, je suis ravie.', 'positif'],
    ['Un accueil déplorable, des agents incompétents et deux heures perdues.', 'negatif'],
    ["Ce n'est pas une bonne idée et je n'aime pas ce projet.", 'negatif'],
    ["On ne s'ennuie pas une seconde, rien à redire.", 'positif'],
    ['Sans intérêt, aucune émotion.', 'negatif'],
    ["J'aime pas du tout cette nouvelle place.", 'negatif'],
    ['La salle manque de charme et de confort.', 'negatif'],
    ['Le début était agréable, mais la suite est franchement ratée.', 'negatif'],
    ['Les travaux ont été pénibles, mais le résultat est magnifique !', 'positif'],
    ['Il faudrait un passage piéton devant la boulangerie de la rue basse.', 'neutre'],
    ['Je propose une séance du conseil ouverte à tous le premier lundi du mois.', 'neutre'],
    ['Combien de logements seront construits sur la friche ?', 'neutre'],
    ['La réunion aura lieu le douze à dix-huit heures, salle des Tilleuls.', 'neutre'],
    ['Encore un rond-point à prix d’or, bravo les génies, quelle honte.', 'negatif'],
    ['😡😡 👎', 'negatif'],
    ['👍 😍', 'positif'],
  ])('of « %s » is %s', (text, label) => {
    expect(tone(text).label).toBe(label);
  });

  test('abstains where there is next to nothing to read, or as much praise as blame', () => {
    expect(tone('Rue des Lilas.').label).toBe(ABSTAINED);
    expect(tone('').label).toBe(ABSTAINED);
    expect(tone('Accueil chaleureux et souriant. Locaux sales et bruyants.').label).toBe(ABSTAINED);
  });

  test('shows the words that decided, with the sign their frame gave them', () => {
    const text = "Le service n'est pas efficace, quelle horreur.";
    const annotation = tone(text);
    expect(words(text, annotation)).toEqual(['pas', 'efficace', 'quelle horreur']);
    expect(annotation.evidence.every(({ weight, label }) => weight < 0 && label === 'negatif')).toBe(true);
  });

  test('weighs more what is intensified and less what is diminished', () => {
    const weight = (text: string) => tone(text).evidence[0]!.weight;
    expect(weight('Un film très agréable.')).toBeGreaterThan(weight('Un film agréable.'));
    expect(weight('Un film plutôt agréable.')).toBeLessThan(weight('Un film agréable.'));
    expect(weight('Un film agréaaaable.')).toBeGreaterThan(weight('Un film agréable.'));
  });

  test('grows its score with the margin, on the same amount of evidence', () => {
    // Five judging words of one strength, from all praise to nearly balanced.
    const praise = ['agréable', 'efficace', 'pratique', 'utile', 'élégant'];
    const blame = ['pénible', 'médiocre', 'fade', 'bruyant', 'sale'];
    const scores = [0, 1, 2].map((blamed) => {
      const mixed = praise.map((word, index) => (index < blamed ? blame[index]! : word));
      const annotation = tone(mixed.join(', '));
      return annotation.label === 'positif' ? annotation.score : 0;
    });
    expect(scores[0]).toBeGreaterThan(scores[1]!);
    expect(scores[1]).toBeGreaterThan(scores[2]!);
  });

  test('reads without accents, in capitals, and through usual misspellings', () => {
    for (const text of [
      'C EST INADMISSIBLE ET SCANDALEUX',
      "c'est innadmissible et scandalleux",
      'inadmisible, scandaleu',
    ]) {
      expect(tone(text).label, text).toBe('negatif');
    }
    expect(tone('Une equipe genial et tres a lecoute, un travail remarcable et magnifike !!').label).toBe('positif');
  });

  test('counts the title, though its words are no evidence of the text', () => {
    const annotation = tone('Voir la suite de notre courrier du mois dernier.', { title: 'Une honte inadmissible' });
    expect(annotation).toMatchObject({ label: 'negatif', evidence: [] });
  });

  test('does not take a poisson for a poison, nor a mesure for something mesuré', () => {
    expect(tone('Le poisson du marché et les desserts de la cantine du midi.').label).toBe('neutre');
    expect(tone('Les mesures sont affichées en mairie depuis le début du mois.').label).toBe('neutre');
  });
});

describe('theme', () => {
  test('is right on most examples of the codebook, which were written to be hard', () => {
    const examples = codebook.tasks[0]!.categories.flatMap(({ id, examples }) =>
      examples.map((text) => ({ id, text })),
    );
    const right = examples.filter(({ id, text }) => theme(text).label === id);
    expect(examples).toHaveLength(26);
    expect(right.length).toBeGreaterThanOrEqual(20);
  });

  test.each([
    ['Les cambriolages se multiplient, la police ne passe plus.', 'societe'],
    ['Les impôts et les loyers augmentent plus vite que les revenus.', 'economie'],
    ['Le conseil municipal doit organiser un référendum.', 'politique'],
    ['Plantons des arbres pour la biodiversité et contre le réchauffement climatique.', 'ecologie'],
    ["Aucun médecin, l'hôpital ferme ses urgences.", 'sante'],
    ['Le racisme et les discriminations touchent les femmes en premier.', 'inclusion'],
    ["L'application et le site internet publient leurs données.", 'numerique'],
    ['Le stade et la piscine du club de football.', 'sport'],
    ['Un musée, un théâtre et des concerts pour le patrimoine.', 'culture'],
    ['Les salariés en grève contre les licenciements.', 'travail'],
    ['La crèche, l’école et le collège de nos enfants.', 'jeunesse'],
    ['Les bénévoles de la banque alimentaire aident les sans-abri.', 'solidarite'],
  ])('of « %s » is %s', (text, label) => {
    expect(theme(text).label).toBe(label);
  });

  test('is none below the least evidence', () => {
    expect(theme('Bonjour à tous, je repasserai demain.')).toMatchObject({ label: 'hors-theme', evidence: [] });
    expect(theme('')).toMatchObject({ label: 'hors-theme' });
  });

  test('shows the words that decided', () => {
    const text = "Le pouvoir d'achat baisse, les impôts montent.";
    expect(words(text, theme(text))).toEqual(["pouvoir d'achat", 'baisse', 'impôts']);
  });

  test('tells words that only accents tell apart', () => {
    expect(theme('Les élèves de la commune.').label).toBe('jeunesse');
    expect(theme('Le niveau est très élevé, très élevé.').label).not.toBe('jeunesse');
  });

  test('counts the title more than the text', () => {
    expect(theme('Le bus.', { title: 'Hôpital' }).label).toBe('sante');
  });

  test('weighs a word said again ever less', () => {
    const text = `${'sport '.repeat(6)}école crèche lycée`;
    expect(theme(text).label).toBe('jeunesse');
  });
});

describe('both', () => {
  test('say nothing of what is not French', () => {
    const [themes, tones] = annotate('Excellent service, thank you', { language: 'en' });
    expect(themes).toMatchObject({ task: 'theme', label: 'hors-theme', score: 0, evidence: [] });
    expect(tones).toMatchObject({ task: 'tone', label: ABSTAINED, score: 0, evidence: [] });
  });

  test('read text of unknown language as French', () => {
    expect(tone('Excellent service, bravo', { language: 'und' }).label).toBe('positif');
  });

  test('skip marks of personal data, addresses and names of accounts', () => {
    for (const text of [
      '[ADRESSE 1] [PERSONNE 12] [CARTE BANCAIRE 3] [DATE DE NAISSANCE 1]',
      'https://exemple.fr/ecole/magnifique-honteux www.hopital.example/excellent',
      '@super_ecole_du_sport',
    ]) {
      expect(
        annotate(text).map(({ label, evidence }) => [label, evidence]),
        text,
      ).toEqual([
        ['hors-theme', []],
        [ABSTAINED, []],
      ]);
    }
  });

  test('are provisional', () => {
    expect(annotate('Bravo').every(({ provisional }) => provisional)).toBe(true);
  });

  test('keep no more evidence than a person can look at', () => {
    const [themes, tones] = annotate('école magnifique, crèche horrible, lycée superbe. '.repeat(50));
    expect(themes!.evidence.length).toBeLessThanOrEqual(16);
    expect(tones!.evidence.length).toBeLessThanOrEqual(16);
  });
});

describe('with another codebook', () => {
  const task = (ids: readonly string[]): Codebook => ({
    name: 'autre',
    version: 3,
    title: { fr: 'Autre', en: 'Other' },
    tasks: [
      {
        id: 'sujet',
        title: { fr: 'Sujet', en: 'Subject' },
        kind: 'one-label',
        categories: ids.map((id) => ({
          id,
          title: { fr: id, en: id },
          definition: id,
          includes: [],
          excludes: [],
          examples: [],
        })),
        none: null,
        abstention: false,
      },
    ],
  });
  const document = { id: 'd' as DocumentId, title: null, text: 'Le médecin du collège', language: 'fr' };

  test('keeps to the themes that it has', async () => {
    const prepared = await lexical.prepare(task(['sante', 'voirie']), lexical.config.parse({}));
    expect(await prepared.annotate(document)).toMatchObject([{ task: 'sujet', label: 'sante', codebook: 'autre@3' }]);
    expect(await prepared.annotate({ ...document, text: 'Un nid-de-poule' })).toEqual([]);
  });

  test('leaves alone a task it knows nothing of', async () => {
    const prepared = await lexical.prepare(task(['rouge', 'bleu']), lexical.config.parse({}));
    expect(await prepared.annotate(document)).toEqual([]);
  });
});
