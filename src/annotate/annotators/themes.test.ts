import { expect, test } from 'vitest';
import type { Category, Codebook } from '../../model/codebook.ts';
import type { DocumentId } from '../../model/identity.ts';
import themes from './themes.ts';

const title = { fr: 'Titre', en: 'Title' };
const category = (id: string, terms?: Readonly<Record<string, number>>): Category => ({
  id,
  title,
  definition: id,
  includes: [],
  excludes: [],
  examples: [],
  ...(terms ? { terms } : {}),
});

const codebook: Codebook = {
  name: 'essai',
  version: 3,
  title,
  tasks: [
    {
      id: 'themes',
      title,
      kind: 'themes',
      none: 'hors-themes',
      abstention: false,
      categories: [
        category('velo', { 'piste cyclable': 1, vélo: 0.6, arceaux: 0.5 }),
        category('soin', { médecin: 1 }),
        category('hors-themes'),
      ],
    },
  ],
};

async function judge(text: string, given: Codebook = codebook) {
  const annotator = await themes.prepare(given, {});
  return annotator.annotate({ id: 'd1' as DocumentId, title: null, text, language: 'fr' });
}

test('gives every theme whose terms add up, with the words that say so', async () => {
  const text = 'Les pistes cyclables sont coupées, et le médecin est loin.';
  const [annotation] = await judge(text);
  expect(annotation).toMatchObject({ task: 'themes', label: 'soin', labels: ['soin', 'velo'], codebook: 'essai@3' });
  expect(annotation?.evidence.map(({ start, end, label }) => [text.slice(start, end), label])).toEqual([
    ['pistes cyclables', 'velo'],
    ['médecin', 'soin'],
  ]);
});

test('a term counts once, however often it is written, and wherever its words are inflected', async () => {
  expect((await judge('Vélo, vélo, toujours le vélo.'))[0]).toMatchObject({ labels: ['hors-themes'], evidence: [] });
  expect((await judge('Des arceaux pour nos VÉLOS !'))[0]).toMatchObject({ labels: ['velo'] });
});

test('says "none of these" where there is such a category, else abstains', async () => {
  expect((await judge('Il fait beau.'))[0]).toMatchObject({ label: 'hors-themes', score: 0 });
  const bare = { ...codebook, tasks: codebook.tasks.map((task) => ({ ...task, none: null })) };
  expect((await judge('Il fait beau.', bare))[0]).toMatchObject({ label: 'abstention' });
  expect((await judge('Il fait beau.', bare))[0]).not.toHaveProperty('labels');
});

test('marks of personal data and addresses are no terms; a task without terms is left to others', async () => {
  expect((await judge('[MEDECIN 1] https://medecin.example/médecin'))[0]).toMatchObject({ label: 'hors-themes' });
  const empty = {
    ...codebook,
    tasks: codebook.tasks.map((task) => ({ ...task, categories: [category('velo')], none: null })),
  };
  expect(await judge('Le vélo.', empty)).toEqual([]);
});
