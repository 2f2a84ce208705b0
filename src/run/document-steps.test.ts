// What became of a document's text is made again from the record that was kept.

import { expect, test } from 'vitest';
import { sourceOf, testProject } from '../../test/project.ts';
import { openStepsDesk } from './document-steps.ts';
import { runJourney } from './journey.ts';
import { openStoreReader } from './store-reader.ts';

const QUERY = {
  ...{ q: '', source: null, theme: null, tone: null, department: null, language: null, from: null, to: null },
  ...{ duplicates: 'all' as const, cursor: null, limit: 50 },
};
const CSV = [
  'id;avis;date;code postal',
  '1;"<p>La piscine est fermÃ©e, dit <b>Hélène Lefèvre</b> (helene@exemple.fr).</p>";12/03/2026;35000',
].join('\n');

test('the steps of a document lead from its record to its text, and show nobody’s data', async () => {
  const project = await testProject(sourceOf('avis', 'file', '{ path: avis.csv }'), { 'avis.csv': CSV });
  await runJourney(project.app, { command: 'run', steps: ['collect', 'refine', 'govern'] }, () => undefined);
  const { items } = await (await openStoreReader(project.app)).search(QUERY);
  const desk = openStepsDesk(project.app);
  const traced = (await desk.steps(items[0]!.id))!;
  if (traced.kind !== 'traced') throw new Error(traced.reason);
  expect(traced).toMatchObject({ same: true, given: { date: '12/03/2026', territory: '35000' } });
  expect(traced.steps.map(({ name }) => name)).toEqual(['received', 'repaired', 'extracted', 'marked']);
  expect(traced.marks).toEqual({ email: 1, person: 1 });
  const words = JSON.stringify(traced);
  expect(words).toContain('[PERSONNE 1]');
  expect(words).not.toMatch(/Hélène|Lefèvre|helene@/);

  await project.app.database.transaction((tx) => tx.deleteFrom('record_key').execute());
  expect(await desk.steps(items[0]!.id)).toEqual({ kind: 'unavailable', reason: 'erased' });
  expect(await desk.steps('0'.repeat(64))).toBeNull();
});
