import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import type { SourceName } from '../model/identity.ts';
import { listRefusals } from '../store/refusals.ts';
import { runJourney } from './journey.ts';
import type { JourneyRequest } from './journey-request.ts';

const AVIS = 'avis' as SourceName;
const rows = (count: number) =>
  `id;avis\n${Array.from({ length: count }, (_, at) => `${at};Avis numéro ${at}\n`).join('')}`;
const avis = sourceOf('avis', 'file', '{ path: avis.csv, map: { text: avis } }');

const collect = ({ app }: TestProject, more: Partial<JourneyRequest> = {}) =>
  runJourney(app, { command: 'test', steps: ['collect', 'refine', 'govern'], index: false, ...more }, () => undefined);

const refusalsOf = ({ app }: TestProject, open: boolean) =>
  app.database.transaction((tx) => listRefusals(tx, AVIS, { open, before: null, limit: 100 }));

test('a file that empties overwrites nothing: it is kept apart, said, and looked at again', async () => {
  const project = await testProject(avis, { 'avis.csv': rows(3) });
  await collect(project);
  project.put('avis.csv', 'id;avis\n');
  const emptied = await collect(project);
  expect(emptied).toMatchObject({ state: 'partial', counts: { govern: { cleared: 3, refused: 0 } } });
  expect(await refusalsOf(project, true)).toMatchObject([{ code: 'input-suspect', location: 'avis.csv' }]);

  expect((await collect(project)).state).toBe('partial');
  expect(await refusalsOf(project, true)).toHaveLength(1);

  project.put('avis.csv', rows(4));
  expect(await collect(project)).toMatchObject({ state: 'done', counts: { govern: { cleared: 4 } } });
  expect(await refusalsOf(project, true)).toEqual([]);
  expect(await refusalsOf(project, false)).toHaveLength(2);
});

test('a file that loses most of its rows is kept apart until a person accepts it', async () => {
  const project = await testProject(avis, { 'avis.csv': rows(60) });
  await collect(project);
  project.put('avis.csv', rows(4));
  expect(await collect(project)).toMatchObject({ state: 'partial', counts: { govern: { cleared: 60 } } });
  expect(await collect(project, { accept: true })).toMatchObject({
    state: 'done',
    counts: { govern: { cleared: 4, refused: 56 } },
  });
  expect(await refusalsOf(project, true)).toEqual([]);
});

test('what was refused can be read again, though its file did not change', async () => {
  const folder = sourceOf('avis', 'file', '{ path: inputs, map: { text: avis } }');
  const project = await testProject(folder, { 'inputs/a.csv': rows(2), 'inputs/b.xlsx': 'no workbook' });
  expect(await collect(project)).toMatchObject({ state: 'partial', counts: { collect: { refusals: 1, records: 2 } } });
  expect(await refusalsOf(project, true)).toMatchObject([{ location: 'inputs/b.xlsx' }]);
  const again = await collect(project, { refused: true });
  expect(again.counts.collect).toMatchObject({ refusals: 1, records: 0 });
  expect(await refusalsOf(project, true)).toHaveLength(1);
  expect(await refusalsOf(project, false)).toHaveLength(2);
});
