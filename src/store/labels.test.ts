import { expect, test } from 'vitest';
import { annotationOf, bringDocuments, CODEBOOK, RECIPE } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import { type Annotation, WITHDRAWN } from '../model/annotation.ts';
import type { PolicyId } from '../model/identity.ts';
import type { JsonObject } from '../model/json.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import { readCoverage } from './coverage.ts';
import type { Database } from './database.ts';
import { readLabels } from './labels.ts';
import { saveCodebook } from './sources.ts';

const title = { fr: 'Essai', en: 'Essay' };
const category = (id: string) => ({ id, title, definition: id, includes: [], excludes: [], examples: [] });
const CODED = {
  name: 'essai',
  version: 1,
  title,
  tasks: [
    { id: 'tone', title, kind: 'scale', none: null, abstention: true, categories: ['non', 'peu', 'oui'].map(category) },
    {
      id: 'theme',
      title,
      kind: 'several-labels',
      none: null,
      abstention: true,
      categories: ['bus', 'gare'].map(category),
    },
    { id: 'lieux', title, kind: 'spans', none: null, abstention: true, categories: ['lieu'].map(category) },
  ],
} as unknown as JsonObject;

/** One transaction each, as judgements come. */
async function say(database: Database, judgement: Annotation, answer: number): Promise<void> {
  const made = { ...judgement.made, answer };
  await database.transaction((tx) => insertAnnotations(tx, annotationRows([{ ...judgement, made }])));
}

test('the last judgement of each person decides, by the kind of the task; coverage counts who stands', async () => {
  const database = await testDatabase();
  const id = await database.transaction(async (tx) => {
    await saveCodebook(tx, CODEBOOK, CODED);
    const { documents } = await bringDocuments(tx, ['Une gare à Saint-Aubin.', 'Un bus.']);
    return documents[0]!.id;
  });
  const scope = { recipes: [RECIPE], codebook: CODEBOOK, policy: 'ab'.repeat(32) as PolicyId };
  const look = () =>
    database.transaction(async (tx) => {
      const { tone, theme, decisions } = (await readLabels(tx, [id], CODEBOOK))(id);
      const { annotated, validated } = await readCoverage(tx, scope);
      const spans = decisions.find(({ task }) => task === 'lieux')?.spans;
      return { tone: tone?.label, theme: theme?.labels, spans, annotated, validated };
    });
  const by = (person: string, label: string, rest: Partial<Annotation> = {}) =>
    annotationOf(id, { task: 'tone', annotator: `person:${person}`, label, score: 1, provisional: false, ...rest });

  await say(database, by('a', 'oui'), 1);
  await say(database, by('a', 'non'), 2);
  // The same answer as the first: it came last.
  await say(database, by('a', 'oui'), 3);
  expect(await look()).toMatchObject({ tone: 'oui', annotated: 1, validated: 1 });
  await say(database, by('b', 'non'), 4);
  await say(database, by('c', 'peu'), 5);
  expect(await look()).toMatchObject({ tone: 'peu' });
  await say(database, by('d', 'non', { made: { adjudicates: true } }), 6);
  expect(await look()).toMatchObject({ tone: 'non' });
  for (const person of ['a', 'b', 'c']) await say(database, by(person, WITHDRAWN), 7);
  expect(await look()).toMatchObject({ tone: 'non', validated: 1 });
  await say(database, by('d', WITHDRAWN, { made: { adjudicates: true } }), 8);
  expect(await look()).toMatchObject({ tone: undefined, annotated: 0, validated: 0 });

  await say(database, by('a', 'bus', { task: 'theme', labels: ['bus', 'gare'] }), 9);
  await say(database, by('b', 'gare', { task: 'theme', labels: ['gare'] }), 10);
  const evidence = [{ start: 10, end: 22, label: 'lieu', weight: 1 }];
  await say(database, by('a', 'lieu', { task: 'lieux', evidence }), 11);
  expect(await look()).toMatchObject({
    theme: ['bus', 'gare'],
    spans: [{ start: 10, end: 22, label: 'lieu' }],
    annotated: 1,
    validated: 1,
  });
});
