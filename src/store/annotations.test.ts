import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { annotationOf, bringDocuments } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { Annotation } from '../model/annotation.ts';
import { annotationRows } from './annotation-rows.ts';
import { insertAnnotations } from './annotations.ts';
import { readLabels } from './labels.ts';

test('a judgement keeps its labels and how it was made; the same one twice is one, made otherwise is another', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, ['Des bus et des trains.']);
    const given = annotationOf(documents[0]!.id, { task: 'theme', label: 'bus', labels: ['bus', 'train'] });
    const made = { ...given, annotator: 'lucie', made: { model: 'essai', prompt: 'a1' } };
    const again = { ...made, made: { prompt: 'a1', model: 'essai' } };
    for (const judgement of [given, given, made, again, { ...made, made: { model: 'essai', prompt: 'b2' } }]) {
      await insertAnnotations(tx, annotationRows([judgement]));
    }
    const { rows } = await sql<{ annotator: string; labels: string[]; made: unknown }>`
      select annotator, labels, made from annotation order by annotator, made->>'prompt'`.execute(tx);
    expect(rows).toEqual([
      { annotator: 'lexical', labels: ['bus', 'train'], made: null },
      { annotator: 'lucie', labels: ['bus', 'train'], made: { model: 'essai', prompt: 'a1' } },
      { annotator: 'lucie', labels: ['bus', 'train'], made: { model: 'essai', prompt: 'b2' } },
    ]);
  });
});

test('a machine that comes back to what it said first is heard last, however often it is repeated', async () => {
  const database = await testDatabase();
  const { documents } = await database.transaction((tx) => bringDocuments(tx, ['Le bus est en retard.']));
  const document = documents[0]!.id;
  const blame = {
    ...annotationOf(document, { task: 'tone', label: 'negatif' }),
    annotator: 'student',
    made: { artefact: 'a' },
  };
  const praise = { ...blame, label: 'positif', made: { artefact: 'b' } };
  const said = (judgement: Annotation) =>
    database.transaction(async (tx) => {
      await insertAnnotations(tx, annotationRows([judgement, { ...judgement, task: 'theme', label: 'bus' }]));
      const labels = await readLabels(tx, [document], judgement.codebook);
      const { rows } = await sql<{ n: number }>`select count(*)::integer as n from annotation`.execute(tx);
      return { tone: labels(document).tone?.label, rows: rows[0]!.n };
    });
  expect(await said(blame)).toEqual({ tone: 'negatif', rows: 2 });
  expect(await said(praise)).toEqual({ tone: 'positif', rows: 4 });
  // A try that dies before its transaction ends leaves nothing; the next one does it, and those after it nothing more.
  const died = database.transaction(async (tx) => {
    await insertAnnotations(tx, annotationRows([blame]));
    throw new Error('killed');
  });
  await expect(died).rejects.toThrow('killed');
  for (let turn = 0; turn < 3; turn += 1) expect(await said(blame)).toEqual({ tone: 'negatif', rows: 6 });
  expect(await said(praise)).toEqual({ tone: 'positif', rows: 8 });
  expect(await said(blame)).toEqual({ tone: 'negatif', rows: 10 });
  // People's answers are acts with ids of their own: one that is sent again is the same one.
  const person = { ...blame, annotator: 'person:a', made: { answer: '1' } };
  await said(person);
  await said({ ...person, label: 'positif', made: { answer: '2' } });
  expect(await said(person)).toEqual({ tone: 'positif', rows: 14 });
});
