// Another recipe is derived beside the one in force, compared, and replaces it when a person says so.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import type { Annotation } from '../model/annotation.ts';
import type { CodebookVersion, DocumentId } from '../model/identity.ts';
import { verifyActs } from '../store/acts.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { runJourney } from './journey.ts';
import type { JourneyStep } from './journey-request.ts';
import { openStandingWork } from './standing-work.ts';
import { openStoreReader } from './store-reader.ts';
import { openRecipeDesk } from './store-recipe-desk.ts';

const STEPS: readonly JourneyStep[] = ['collect', 'refine', 'annotate', 'govern'];
const silent = () => undefined;
const DECISION = { actor: 'person:essai', why: 'essai' } as const;
const SIREN = '732 829 320';
const CSV = [
  'id;avis',
  '1;La piscine ferme trop tôt le soir.',
  `2;Écrire à la société Exemple, SIREN ${SIREN}, pour les bus du matin.`,
  '3;Les pistes cyclables du quai sont dangereuses.',
].join('\n');

const AVIS = sourceOf('avis', 'file', '{ path: avis.csv }');

async function withRecipe(project: TestProject, refine: string, sources = AVIS): Promise<void> {
  project.put(
    'datasens.yaml',
    `organisation: Commune d’essai\nstore: { database: "${project.database}" }\nrefine: ${refine}\nsources:\n${sources}`,
  );
  await project.app.reload();
}

async function begun(files: Readonly<Record<string, string>> = { 'avis.csv': CSV }, sources = AVIS) {
  const project = await testProject(sources, files);
  expect((await run(project)).state).toBe('done');
  return project;
}

const run = (project: TestProject) => runJourney(project.app, { command: 'run', steps: STEPS }, silent);

async function query<Row>(project: TestProject, statement: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: project.database });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function shown(project: TestProject) {
  const reader = await openStoreReader(project.app);
  const { items } = await reader.search({
    ...{ q: '', source: null, theme: null, tone: null, department: null, language: null, from: null, to: null },
    ...{ duplicates: 'all', cursor: null, limit: 50 },
  });
  const pages = await Promise.all(items.map(({ id }) => reader.document(id)));
  return pages.map((page) => ({ id: page!.id, text: page!.text, recipe: page!.provenance.recipe.id }));
}

const judgement = (document: string, partial: Partial<Annotation> = {}): Annotation => ({
  document: document as DocumentId,
  codebook: 'essai@1' as CodebookVersion,
  task: 'tone',
  label: 'négatif',
  score: 1,
  annotator: 'person:7',
  provisional: false,
  evidence: [],
  ...partial,
});

test('the first recipe is in force at once; another waits, seen by nobody, until it is accepted', async () => {
  const project = await begun();
  expect(project.app.proposals).toEqual([]);
  const before = await shown(project);
  expect(before.find(({ text }) => text.includes('bus'))!.text).not.toContain(SIREN);

  await withRecipe(project, '{ keepPersonal: [siren] }');
  const second = await run(project);
  expect(second).toMatchObject({
    state: 'partial',
    counts: { recipes: { waiting: 1, replaced: 0, incomplete: 0, same: 2, changed: 1, gone: 0, new: 0 } },
  });
  expect(await shown(project)).toEqual(before);
  expect(await query(project, 'select count(*)::int as n from record')).toEqual([{ n: 3 }]);
  expect(await query(project, 'select count(*)::int as n from document')).toEqual([{ n: 6 }]);

  const desk = openRecipeDesk(project.app);
  const [{ proposal }] = (await desk.list()) as [Awaited<ReturnType<typeof desk.list>>[number]];
  expect(proposal).toMatchObject({
    state: 'compared',
    records: { done: 3, total: 3 },
    entries: [{ name: 'keepPersonal', before: '[]', after: '["siren"]' }],
    difference: {
      changes: { text: 1, personal: 1, title: 0, date: 0 },
      personal: [{ name: 'siren', before: 1, after: 0 }],
    },
  });
  const [example] = (await desk.examples('avis'))!;
  expect(example!.text).toContainEqual({ kind: 'added', text: SIREN });
  expect(example!.changes).toContain('text');

  expect(await desk.accept('avis', DECISION, 'requête')).toMatchObject({ carried: 0, stranded: 0, run: null });
  await run(project);
  const after = await shown(project);
  expect(after.map(({ text }) => text)).toContainEqual(expect.stringContaining(SIREN));
  expect(after.some(({ id }) => before.some((one) => one.id === id))).toBe(false);
  // What was shown is still found by its address, under the recipe that made it.
  const old = await (await openStoreReader(project.app)).document(before[0]!.id);
  expect(old!.provenance.recipe.id).toBe(before[0]!.recipe);
  expect(await query(project, `select actor, verb, object from act where verb = 'accept'`)).toEqual([
    { actor: 'person:essai', verb: 'accept', object: 'source:avis' },
  ]);
  expect(await project.app.database.transaction(verifyActs)).toMatchObject({ broken: null });
});

test('what people judged goes on where the text is the same, once, and is listed where it is not', async () => {
  const project = await begun();
  const before = await shown(project);
  const at = (word: string) => before.find(({ text }) => text.includes(word))!.id;
  await project.app.database.transaction(async (tx) => {
    const said = [
      judgement(at('piscine'), { made: { queue: 'une' } }),
      judgement(at('bus')),
      judgement(at('quai'), { label: 'positif' }),
      judgement(at('piscine'), { annotator: 'lexical' }),
    ];
    await insertAnnotations(tx, annotationRows(said));
  });
  // Taken back later: nothing is left to carry. A settlement taken back leaves what the same person read.
  const settlement = { label: 'withdrawn', made: { queue: 'adjudication', adjudicates: true } };
  await project.app.database.transaction((tx) =>
    insertAnnotations(
      tx,
      annotationRows([judgement(at('quai'), { label: 'withdrawn' }), judgement(at('piscine'), settlement)]),
    ),
  );
  await withRecipe(project, '{ keepPersonal: [siren] }');
  await run(project);
  const desk = openRecipeDesk(project.app);
  expect((await desk.list())[0]!.proposal!.difference!.judgements).toEqual({ carried: 1, stranded: 1 });
  expect(await desk.accept('avis', DECISION, '')).toMatchObject({ carried: 1, stranded: 1 });
  const after = await shown(project);
  const now = (word: string) => after.find(({ text }) => text.includes(word))!.id;
  const carried = await query<{ document: string; label: string; made: object }>(
    project,
    `select encode(document, 'hex') as document, label, made from annotation where made ? 'carriedFrom'`,
  );
  expect(carried).toEqual([
    {
      document: now('piscine'),
      label: 'négatif',
      made: { queue: 'une', carriedFrom: at('piscine'), recipe: before[0]!.recipe },
    },
  ]);
  const [left, ...others] = (await desk.stranded('avis'))!;
  expect(others).toEqual([]);
  expect(left).toEqual({
    before: at('bus'),
    after: now('bus'),
    task: 'tone',
    label: 'négatif',
    annotator: 'person:7',
  });
  // Judged again: it is listed no more. And back again, everything is carried once.
  await project.app.database.transaction((tx) => insertAnnotations(tx, annotationRows([judgement(now('bus'))])));
  expect(await desk.stranded('avis')).toEqual([]);
  await withRecipe(project, '{}');
  await run(project);
  expect(await desk.accept('avis', DECISION, '')).toMatchObject({ carried: 0 });
  expect((await shown(project)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

test('a refused recipe is asked for no more, and can be accepted after all', async () => {
  const project = await begun();
  await withRecipe(project, '{ keepPersonal: [siren] }');
  const desk = openRecipeDesk(project.app);
  expect(await desk.refuse('avis', DECISION)).toEqual({
    source: 'avis',
    entries: [{ name: 'keepPersonal', before: '[]', after: '["siren"]' }],
  });
  expect((await run(project)).state).toBe('done');
  expect(project.app.refusedRecipes).toEqual(['avis']);
  expect((await desk.list())[0]!.proposal).toMatchObject({ state: 'refused', actor: 'person:essai', why: 'essai' });
  await expect(desk.refuse('avis', DECISION)).rejects.toMatchObject({ code: 'not-found' });
  await expect(desk.accept('avis', DECISION, '')).rejects.toMatchObject({ code: 'partial' });
  await run(project);
  await desk.accept('avis', DECISION, '');
  expect(project.app.refusedRecipes).toEqual([]);
  expect((await desk.list())[0]!.proposal).toBeNull();
});

test('a recipe that changes nothing replaces alone, and so does any where the settings say so', async () => {
  const project = await begun();
  const before = await shown(project);
  await withRecipe(project, '{ maximumTextLength: 2000 }');
  expect(await run(project)).toMatchObject({
    state: 'done',
    counts: { recipes: { replaced: 1, waiting: 0, same: 3 } },
  });
  const after = await shown(project);
  expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  expect(after[0]!.recipe).not.toBe(before[0]!.recipe);

  await withRecipe(project, '{ maximumTextLength: 2000, keepPersonal: [siren], replace: at-once }');
  expect(await run(project)).toMatchObject({ state: 'done', counts: { recipes: { replaced: 1, changed: 1 } } });
  expect((await shown(project)).map(({ text }) => text)).toContainEqual(expect.stringContaining(SIREN));
});

test('a source leaves a recipe that another keeps', async () => {
  const both = AVIS + sourceOf('autres', 'file', '{ path: autres.csv }');
  const project = await begun({ 'avis.csv': CSV, 'autres.csv': 'id;avis\n9;Le marché du samedi est trop loin.' }, both);
  expect(new Set(project.app.recipes).size).toBe(1);
  await withRecipe(
    project,
    '{ replace: at-once }',
    AVIS.replace('with:', 'territory: "35"\n    with:') + sourceOf('autres', 'file', '{ path: autres.csv }'),
  );
  await run(project);
  const texts = (await shown(project)).map(({ text }) => text);
  expect(texts).toHaveLength(4);
  expect(new Set(texts).size).toBe(4);
});

test('other columns are read from the bytes that were kept, whether their file is still there or not', async () => {
  const csv = 'id;avis;objet;suite\n1;La piscine ferme trop tôt le soir.;Horaires;Un\n2;Le bus est en retard.;Bus;Deux';
  const mapped = (map: string) => sourceOf('avis', 'file', `{ path: avis.csv, map: ${map} }`);
  const project = await begun({ 'avis.csv': csv }, mapped('{ text: avis, title: objet }'));
  await withRecipe(project, '{ replace: at-once }', mapped('{ text: objet, title: avis }'));
  expect(await run(project)).toMatchObject({ counts: { recipes: { replaced: 1, changed: 2 } } });
  expect((await shown(project)).map(({ text }) => text).sort()).toEqual(['Bus', 'Horaires']);
  // In the background nothing is collected: the settings of now decide all the same.
  await withRecipe(project, '{ replace: at-once }', mapped('{ text: suite }'));
  await runJourney(project.app, { command: 'refine', steps: ['refine', 'govern'] }, silent);
  expect((await shown(project)).map(({ text }) => text).sort()).toEqual(['Deux', 'Un']);
});

test('settings that come back to what is in force leave nothing to decide', async () => {
  const project = await begun();
  await withRecipe(project, '{ keepPersonal: [siren] }');
  expect(project.app.proposals).toHaveLength(1);
  await withRecipe(project, '{}');
  expect(project.app.proposals).toEqual([]);
  expect(await run(project)).toMatchObject({ state: 'done' });
  expect(await query(project, 'select state from recipe_use order by state')).toEqual([
    { state: 'dropped' },
    { state: 'in-force' },
  ]);
});

test('a project of before keeps the recipe that made its documents, and asks', async () => {
  const project = await begun();
  // As an earlier version left it: nothing says which recipe is in force, and its steps were others.
  await query(project, 'delete from recipe_use');
  await query(project, `update recipe set body = body || '{"version": 1}'`);
  await withRecipe(project, '{ keepPersonal: [siren] }');
  project.put('avis.csv', `${CSV}\n4;Le parc manque de bancs.`);
  expect(await run(project)).toMatchObject({
    state: 'partial',
    counts: { recipes: { waiting: 1, changed: 1, new: 1 } },
  });
  expect((await shown(project)).map(({ text }) => text)).not.toContain('Le parc manque de bancs.');
  const desk = openRecipeDesk(project.app);
  expect((await desk.list())[0]).toMatchObject({ inForce: { version: 1, derivable: false }, waiting: 4 });
  await desk.accept('avis', DECISION, '');
  await run(project);
  expect(await shown(project)).toHaveLength(4);
});

test('a process that stays derives and compares in the background, and takes over a decision made elsewhere', async () => {
  const project = await begun();
  const work = await openStandingWork(project.app, silent);
  onTestFinished(() => work.stop());
  await withRecipe(project, '{ keepPersonal: [siren] }');
  await work.settings.now();
  const desk = openRecipeDesk(project.app);
  await expect
    .poll(async () => (await desk.list())[0]!.proposal?.state, { timeout: 20_000, interval: 100 })
    .toBe('compared');
  await query(
    project,
    `update recipe_use set state = 'past' where state = 'in-force';
     update recipe_use set state = 'in-force' where state = 'proposed';
     select pg_notify('datasens_recipes', '')`,
  );
  await expect.poll(() => project.app.proposals.length, { timeout: 5000, interval: 50 }).toBe(0);
});

test('a decision waits for the end of a run', async () => {
  const project = await begun();
  await withRecipe(project, '{ keepPersonal: [siren] }');
  await run(project);
  const desk = openRecipeDesk(project.app);
  await project.app.database.withLock('journey', async () => {
    await expect(desk.accept('avis', DECISION, '')).rejects.toMatchObject({ code: 'locked', retryable: true });
  });
  await expect(desk.accept('personne', DECISION, '')).rejects.toMatchObject({ code: 'not-found' });
});

test('a process killed while it derives loses nothing and doubles nothing', { timeout: 120_000 }, async () => {
  const rows = Array.from(
    { length: 4000 },
    (_, at) => `${at};Avis ${at} : la société Exemple, SIREN ${SIREN}, et le bus.`,
  );
  const project = await begun({ 'avis.csv': ['id;avis', ...rows].join('\n') });
  await withRecipe(project, '{ keepPersonal: [siren] }');
  const [asked] = project.app.proposals;
  const binary = join(import.meta.dirname, '../../bin/datasens');
  const child = spawn(binary, ['--project', project.root, 'recipes', 'compare', '--quiet'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const refined = `select count(*)::int as n from progress where stage = 'refine' and key = '${asked!.recipeId}'`;
  await expect
    .poll(async () => (await query<{ n: number }>(project, refined))[0]!.n, { timeout: 60_000, interval: 20 })
    .toBeGreaterThan(0);
  child.kill('SIGKILL');
  await ended;
  expect(await run(project)).toMatchObject({
    counts: { recipes: { waiting: 1, same: 0, changed: 4000, gone: 0, new: 0 } },
  });
  expect(await query(project, 'select count(*)::int as n from document')).toEqual([{ n: 8000 }]);
  expect(await run(project)).toMatchObject({ counts: { recipes: { waiting: 1, changed: 4000 } } });
});
