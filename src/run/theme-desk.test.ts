import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { modelProject } from '../../test/model-project.ts';
import { plantThemes } from '../../test/planted-themes.ts';
import type { Evidence } from '../model/annotation.ts';
import { verifyActs } from '../store/acts.ts';
import { runJourney } from './journey.ts';
import { openThemeDesk } from './theme-desk.ts';

// Threads and databases start for each test; a busy machine takes its time.
vi.setConfig({ testTimeout: 300_000 });

const silent = () => undefined;
const PROPOSING = { sources: null, seed: 1, count: 7, actor: 'person:1' } as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const { texts } = plantThemes(240, 5);
const [FIRST, LATER] = [texts.slice(0, 200), texts.slice(200)].map((part) => part.map(({ text }) => text));

interface Assigned {
  readonly text: string;
  readonly labels: readonly string[];
  readonly evidence: readonly Evidence[];
}

test('themes go from a proposal to answers that have them, with the words that say so, and all is told', async () => {
  const project = await modelProject(FIRST!, 'modele.example.fr');
  await project.use('[lexical]');
  const { app } = project;
  const desk = openThemeDesk(app, { changed: () => app.reload() });
  expect(await desk.board(null)).toBeNull();
  await expect(desk.propose({ ...PROPOSING, sources: ['autre'] })).rejects.toMatchObject({ code: 'not-found' });

  const under = desk.propose(PROPOSING);
  await expect(desk.propose(PROPOSING)).rejects.toMatchObject({ code: 'locked', retryable: true });
  const proposed = await under;
  expect(desk.progress()).toBeNull();
  expect(proposed).toMatchObject({ actor: 'person:1', history: [], naming: null, textsNow: proposed.discovery.texts });
  expect(proposed.themes.map(({ id }) => id)).toEqual(proposed.themes.map((_, at) => `t${at + 1}`));
  expect(proposed.themes.length).toBeGreaterThanOrEqual(6);

  const { id } = proposed;
  const by = 'person:2';
  for (const [change, error] of [
    [{ kind: 'rename', theme: 't99', name: 'Nom' }, 'not-found'],
    [{ kind: 'rename', theme: 't1', name: '   ' }, 'usage'],
    [{ kind: 'rename', theme: 't1', name: 'n'.repeat(121) }, 'usage'],
    [{ kind: 'rename', theme: 't1', name: proposed.themes[1]!.name.toUpperCase() }, 'usage'],
    [{ kind: 'merge', themes: ['t1', 't1'] }, 'usage'],
    [{ kind: 'split', theme: 't99' }, 'not-found'],
  ] as const) {
    await expect(desk.change(id, change, by)).rejects.toMatchObject({ code: error });
  }
  await expect(desk.change(NOBODY, { kind: 'drop', theme: 't1' }, by)).rejects.toMatchObject({ code: 'not-found' });
  await expect(desk.accept(id, by)).rejects.toMatchObject({ code: 'usage' });

  await desk.change(id, { kind: 'rename', theme: 't1', name: '  Se déplacer   à vélo ' }, by);
  const merged = await desk.change(id, { kind: 'merge', themes: ['t2', 't3'] }, by);
  const made = merged.themes.find(({ state, stability }) => state === 'candidate' && stability === null)!;
  expect(merged.themes.map(({ id: theme }) => theme)).not.toContain('t2');
  const [one, two] = proposed.themes.slice(1, 3).map(({ figures }) => figures.texts);
  expect(made.figures.texts).toBeGreaterThanOrEqual(Math.max(one!, two!));
  const split = await desk.change(id, { kind: 'split', theme: made.id }, by);
  const halves = split.themes.filter((theme) => !merged.themes.some((before) => before.id === theme.id));
  expect(halves).toHaveLength(2);
  await desk.change(id, { kind: 'drop', theme: 't4' }, by);
  for (const theme of ['t1', halves[0]!.id, 't5']) await desk.change(id, { kind: 'select', theme }, by);
  await desk.change(id, { kind: 'unselect', theme: 't5' }, by);

  const accepted = await desk.accept(id, by);
  expect(accepted).toEqual({ version: 'essai@2', themes: 2, settings: 'annotators: [ lexical, themes ]' });
  await expect(desk.accept(id, by)).rejects.toMatchObject({ code: 'refused' });
  const task = app.codebook!.tasks.find(({ kind }) => kind === 'themes')!;
  expect(task.categories.map((category) => category.id)).toContain('se-deplacer-a-velo');

  // The line is what the settings lack: with it, and only with it, answers have their themes.
  const assigned = () =>
    app.database.transaction((tx) =>
      sql<Assigned>`
        select text, labels, evidence from annotation join document on document.id = annotation.document
        where annotator = 'themes' and codebook = 'essai@2'`.execute(tx),
    );
  const annotate = () => runJourney(app, { command: 'annotate', steps: ['annotate'] }, silent);
  await annotate();
  expect((await assigned()).rows).toEqual([]);
  await project.use(accepted.settings!.replace('annotators: ', ''));
  await annotate();
  const { rows } = await assigned();
  expect(rows).toHaveLength(FIRST!.length);
  const bikes = rows.filter(({ labels }) => labels.includes('se-deplacer-a-velo'));
  // Copies are one text of the proposal; each has the themes here.
  expect(bikes.length).toBeGreaterThanOrEqual(proposed.themes[0]!.figures.texts);
  expect(rows.some(({ labels }) => labels.length > 1)).toBe(true);
  for (const { text, labels, evidence } of rows) {
    if (labels.includes('hors-themes')) expect([labels, evidence]).toEqual([['hors-themes'], []]);
    else expect(new Set(evidence.map(({ label }) => label))).toEqual(new Set(labels));
    for (const { start, end, label } of evidence) {
      expect(text.slice(start, end).trim()).not.toBe('');
      expect(labels).toContain(label);
    }
  }

  const { history } = (await desk.board(id))!;
  const kinds = ['rename', 'merge', 'split', 'drop', 'select', 'select', 'select', 'unselect', 'accept'];
  expect(history.map(({ actor, edit }) => [actor, edit.kind])).toEqual(kinds.map((kind) => [by, kind]));
  const acts = await app.database.transaction(async (tx) => ({
    verdict: await verifyActs(tx),
    told: await sql<{ actor: string; verb: string }>`
      select actor, verb from act where object = ${`themes:${id}`} order by seq`.execute(tx),
  }));
  expect(acts.verdict.broken).toBeNull();
  expect(acts.told.rows).toHaveLength(1 + kinds.length);
  expect(acts.told.rows.at(-1)).toEqual({ actor: by, verb: 'accept' });

  // The corpus grows: the proposal says so, and what is made of it from now on is counted on what there is.
  project.put('avis.csv', `texte\n${[...FIRST!, ...LATER!].map((text) => `"${text}"`).join('\n')}\n`);
  await runJourney(app, { command: 'refine', steps: ['collect', 'refine'] }, silent);
  const since = (await desk.board(id))!;
  expect(since.discovery.texts).toBe(proposed.discovery.texts);
  expect(since.textsNow).toBeGreaterThan(since.discovery.texts);
  const again = await desk.change(id, { kind: 'merge', themes: ['t5', 't6'] }, by);
  const grown = again.themes.find((theme) => !since.themes.some((before) => before.id === theme.id))!;
  expect(grown.figures.texts / grown.figures.share).toBeCloseTo(since.textsNow, 0);
  const newest = await desk.propose(PROPOSING);
  expect(newest.textsNow).toBe(newest.discovery.texts);
  expect((await desk.board(null))!.id).toBe(newest.id);
  expect((await desk.board(id))!.history).toHaveLength(kinds.length + 1);
});

test('too few texts are told, with how many are needed', async () => {
  const project = await modelProject(FIRST!.slice(0, 5), 'modele.example.fr');
  const proposing = openThemeDesk(project.app).propose(PROPOSING);
  await expect(proposing).rejects.toMatchObject({ code: 'not-found', remedy: expect.stringContaining('20') });
});
