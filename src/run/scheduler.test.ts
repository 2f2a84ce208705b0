import { expect, onTestFinished, test } from 'vitest';
import { sourceOf, testProject } from '../../test/project.ts';
import { listRuns } from '../store/runs.ts';
import { openScheduler } from './scheduler.ts';

const source = (every: string) => sourceOf('avis', 'file', '{ path: avis.csv }', `    every: ${every}\n`);

test('what the clock sends is collected, and no more once the rhythm left the settings', async () => {
  const project = await testProject(source('toutes les 30 minutes'), { 'avis.csv': 'avis\nTrop de bruit\n' });
  const { app } = project;
  const scheduler = await openScheduler(app);
  onTestFinished(() => scheduler.stop());
  expect(await app.queue.schedules('collect', app.database.organisation)).toEqual([
    { key: 'avis', cron: '*/30 * * * *', timeZone: 'Europe/Paris' },
  ]);

  const job = { organisation: app.database.organisation, source: 'avis' };
  await app.database.transaction((tx) => app.queue.send(tx, 'collect', [job, { ...job, source: 'gone' }]));
  const runs = () => app.database.transaction((tx) => listRuns(tx, 10));
  await expect.poll(async () => (await runs()).map(({ state }) => state), { timeout: 20_000 }).toEqual(['done']);
  expect(await runs()).toMatchObject([{ command: 'schedule avis', counts: { collect: { records: 1 } } }]);

  project.put(
    'datasens.yaml',
    `organisation: Commune d’essai\nsources:\n${sourceOf('avis', 'file', '{ path: avis.csv }')}`,
  );
  await app.reload();
  await scheduler.refresh();
  expect(await app.queue.schedules('collect', app.database.organisation)).toEqual([]);
});

test('a settings file with a mistake leaves what was in force', async () => {
  const project = await testProject(source('chaque lundi à 6 h'), { 'avis.csv': 'avis\nTrop de bruit\n' });
  project.put('datasens.yaml', 'organisation: [');
  await expect(project.app.reload()).rejects.toMatchObject({ code: 'settings-invalid' });
  expect(project.app.sources.map(({ name }) => name)).toEqual(['avis']);
});

test('a paused source has no rhythm until it is resumed', async () => {
  const paused = sourceOf('avis', 'file', '{ path: avis.csv }', '    every: toutes les heures\n    paused: true\n');
  const { app } = await testProject(paused);
  const scheduler = await openScheduler(app);
  onTestFinished(() => scheduler.stop());
  expect(await app.queue.schedules('collect', app.database.organisation)).toEqual([]);
});
