import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import { verifyActs } from '../store/acts.ts';
import { searchDocuments } from '../store/search.ts';
import { runJourney } from './journey.ts';
import { openTerritoryDesk } from './store-territory-desk.ts';
import type { GivenTerritory } from './territory-desk.ts';

const SOURCES =
  sourceOf('avis', 'file', '{ path: avis.csv, map: { id: id, text: avis } }') +
  sourceOf('autre', 'file', '{ path: autre.csv, map: { id: id, text: avis } }');
const EARLY = [
  'a;Un abri à Saint-Martin',
  'b;Un banc à Saint-Martin',
  'c;Une place à Saint-Martin',
  'd;À Grenoble, rien',
];
const LATE = ['e;Un arbre à Saint-Martin, devant la mairie', 'f;Rien de neuf'];
const file = (rows: readonly string[]) => `id;avis\n${rows.join('\n')}\n`;

const at = (code: string, always = false): GivenTerritory => ({
  decision: 'place',
  place: { kind: 'commune', code },
  always,
});
const DIE = at('26113');
const NOWHERE: GivenTerritory = { decision: 'nowhere', always: false };
const BACK: GivenTerritory = { decision: 'withdrawn' };

const refine = ({ app }: TestProject, index = false) =>
  runJourney(app, { command: 'test', steps: ['collect', 'refine'], index }, () => undefined);

async function standing({ app }: TestProject): Promise<Readonly<Record<string, string>>> {
  const rows = await app.database.transaction((tx) =>
    tx.selectFrom('document').select(['key', 'commune', 'department', 'territory_rule', 'source']).execute(),
  );
  return Object.fromEntries(
    rows
      .map((row) => [
        `${row.source}/${row.key}`,
        `${row.commune ?? row.department ?? '-'} ${row.territory_rule ?? '-'}`,
      ])
      .toSorted(([left], [right]) => (left! < right! ? -1 : 1)),
  );
}

async function idOf({ app }: TestProject, key: string): Promise<string> {
  const { rows } = await app.database.transaction((tx) =>
    sql<{ id: string }>`select encode(id, 'hex') as id from document where source = 'avis' and key = ${key}`.execute(
      tx,
    ),
  );
  return rows[0]!.id;
}

async function correct(project: TestProject, key: string, given: GivenTerritory): Promise<number> {
  const { others } = await openTerritoryDesk(project.app).correct(await idOf(project, key), given, 'person:local');
  return others;
}

async function begin(rows: readonly string[], index = false): Promise<TestProject> {
  const project = await testProject(SOURCES, { 'avis.csv': file(rows), 'autre.csv': file(EARLY.slice(0, 1)) });
  await refine(project, index);
  return project;
}

test('the document follows at once, search too, and what was found comes back when the word is taken back', {
  timeout: 180_000,
}, async () => {
  const project = await begin(EARLY, true);
  const before = await standing(project);
  expect(before['avis/d']).toBe('38185 text:only-bearer');
  await correct(project, 'd', DIE);
  expect((await standing(project))['avis/d']).toBe('26113 given');
  const found = await project.app.database.transaction((tx) =>
    searchDocuments(tx, { q: '', recipes: project.app.recipes, department: '26', fold: false, cursor: null, limit: 9 }),
  );
  expect(found.items.map(({ id }) => id)).toEqual([await idOf(project, 'd')]);
  const desk = openTerritoryDesk(project.app);
  expect(await desk.state(await idOf(project, 'd'))).toMatchObject({
    found: { rule: 'text:only-bearer', places: [{ code: '38185' }, {}, { code: '38' }, { code: '84' }] },
    correction: { decision: 'place', place: { code: '26113', name: 'Die' }, annotator: 'person:local', always: false },
    form: { kind: 'text', words: 'grenoble' },
    lesson: null,
  });
  await correct(project, 'd', { decision: 'elsewhere', always: false });
  expect((await standing(project))['avis/d']).toBe('- given');
  await correct(project, 'd', BACK);
  expect(await standing(project)).toEqual(before);
  const { app } = project;
  const kept = await app.database.transaction((tx) => tx.selectFrom('annotation').selectAll().execute());
  expect(kept.map(({ task, label, annotator }) => [task, label, annotator])).toEqual([
    ['territory', 'commune:26113', 'person:local'],
    ['territory', 'elsewhere', 'person:local'],
    ['territory', 'withdrawn', 'person:local'],
  ]);
  expect(await app.database.transaction(verifyActs)).toMatchObject({ broken: null });
});

test('two that agree teach the source, in any order, before or after the others are collected', {
  timeout: 180_000,
}, async () => {
  const steps: readonly (readonly [string, GivenTerritory])[] = [
    ['a', DIE],
    ['b', DIE],
    ['d', NOWHERE],
  ];
  const results: Readonly<Record<string, string>>[] = [];
  for (const [order, late] of [
    [[0, 1, 2], true],
    [[2, 1, 0], true],
    [[1, 2, 0], false],
  ] as const) {
    const project = await begin(late ? EARLY : [...EARLY, ...LATE]);
    for (const step of order) await correct(project, ...steps[step]!);
    project.put('avis.csv', file([...EARLY, ...LATE]));
    await refine(project);
    results.push(await standing(project));
  }
  expect(results[0]).toEqual({
    'autre/a': '- -',
    'avis/a': '26113 given',
    'avis/b': '26113 given',
    'avis/c': '26113 corrected',
    'avis/d': '- given',
    'avis/e': '26113 corrected',
    'avis/f': '- -',
  });
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('one that is asked for everywhere teaches alone, and unteaches when it is taken back', {
  timeout: 180_000,
}, async () => {
  const project = await begin(EARLY);
  const before = await standing(project);
  expect(await correct(project, 'a', at('26113', true))).toBe(2);
  expect(await standing(project)).toMatchObject({ 'avis/b': '26113 corrected', 'avis/c': '26113 corrected' });
  expect(await correct(project, 'c', NOWHERE)).toBe(0);
  expect(await standing(project)).toMatchObject({ 'avis/b': '26113 corrected', 'avis/c': '- given' });
  await correct(project, 'c', BACK);
  expect(await correct(project, 'a', BACK)).toBe(2);
  expect(await standing(project)).toEqual(before);
});

test('a correction outlives the recipe that its document was made by', { timeout: 180_000 }, async () => {
  const project = await begin(EARLY);
  await correct(project, 'd', DIE);
  const settings = `organisation: Commune d’essai\nstore: { database: "${project.database}" }\nrefine: { split: never }\nsources:\n${SOURCES}`;
  project.put('datasens.yaml', settings);
  await project.app.reload();
  await refine(project);
  const rows = await project.app.database.transaction((tx) =>
    tx.selectFrom('document').select('territory_rule').where('key', '=', 'd').execute(),
  );
  expect(rows.map(({ territory_rule }) => territory_rule)).toEqual(['given', 'given']);
});

test('a code that no place has is refused, and so is a document that is not there', { timeout: 180_000 }, async () => {
  const project = await begin(EARLY);
  await expect(correct(project, 'a', at('99999'))).rejects.toMatchObject({ code: 'usage' });
  const desk = openTerritoryDesk(project.app);
  expect(await desk.state('0'.repeat(64))).toBeNull();
  await expect(desk.correct('0'.repeat(64), DIE, 'person:local')).rejects.toMatchObject({ code: 'not-found' });
});
