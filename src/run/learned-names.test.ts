import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import { checkProject } from './check.ts';
import { openStepsDesk } from './document-steps.ts';
import { runJourney } from './journey.ts';
import { openStoreReader } from './store-reader.ts';
import { trainStudents } from './train.ts';

const GRID = `name: presse
version: 1
title: { fr: Presse, en: Press }
tasks:
  - id: noms
    title: { fr: Noms, en: Names }
    kind: spans
    abstention: true
    categories:
      - { id: personne, title: { fr: Personne, en: Person }, definition: Le nom d’une personne. }
      - { id: navire, title: { fr: Navire, en: Ship }, definition: Le nom d’un navire. }
`;
/** Fictional names that no list has, in a turn of phrase that the rules do not know. */
const nameOf = (row: number) =>
  `${['Bro', 'Vel', 'Cra', 'Tri', 'Mar', 'Ful', 'Oste'][row % 7]}${['li', 'sou', 'ne', 'ta', 'qui'][row % 5]}${['zet', 'nor', 'bel', 'dras'][row % 4]}`;
const sentence = (row: number) =>
  [
    `Hier le patron ${nameOf(row)} a vendu son bateau`,
    `Le patron ${nameOf(row)} vend son bateau`,
    `Le remorqueur ${nameOf(row)} est rentré au port`,
  ][row % 3]!;
/** Enough for any order of texts to teach it: they come by keyed ids, which differ with each project. */
const MARKED = Array.from({ length: 140 }, (_, row) => {
  const text = `${sentence(row)}, dit-on au quai ${row}.`;
  const start = text.indexOf(nameOf(row));
  const label = row % 3 === 2 ? 'navire' : 'personne';
  return JSON.stringify({ text, spans: [{ start, end: start + nameOf(row).length, label }], group: `p${row % 12}` });
});
const [SAILOR, SHIP] = ['Quentolar', 'Morvandrel'];
const CSV = `id;titre;avis;lieu
1;Le patron ${SAILOR} vend son bateau;Hier le patron ${SAILOR} a vendu son bateau, au quai neuf.;${SAILOR}ville
2;Au port;Le remorqueur ${SHIP} est rentré au port, dit-on au quai neuf.;Rivebois
`;
const SOURCE = sourceOf(
  'presse',
  'file',
  '{ path: presse.csv, map: { id: id, title: titre, text: avis, attributes: [lieu] } }',
);
const settings = (names: string) => `${SOURCE}
refine: { replace: at-once${names} }
annotate: { codebook: grille.yaml, annotators: [student] }
`;
const STEPS = ['collect', 'refine', 'annotate', 'govern'] as const;
/** A busy machine trains slowly. */
const PATIENCE_MS = 180_000;

const run = ({ app }: TestProject) => runJourney(app, { command: 'run', steps: STEPS }, () => undefined);

async function withNames(project: TestProject, names: string): Promise<void> {
  const start = `organisation: Commune d’essai\nstore: { database: "${project.database}" }\nsources:\n`;
  project.put('datasens.yaml', start + settings(names));
  await project.app.reload();
}

async function shown({ app }: TestProject) {
  const reader = await openStoreReader(app);
  const { items } = await reader.search({
    ...{ q: '', source: null, theme: null, tone: null, department: null, language: null, from: null, to: null },
    ...{ duplicates: 'all', cursor: null, limit: 50 },
  });
  return (await Promise.all(items.map(({ id }) => reader.document(id)))).map((page) => page!);
}

test(
  'a tagger that learned from a file finds names that no rule finds, under a recipe of its own',
  async () => {
    const project = await testProject(settings(''), { 'presse.csv': CSV, 'grille.yaml': GRID });
    await run(project);
    expect((await shown(project)).filter(({ text }) => text.includes(SAILOR))).toHaveLength(1);
    const without = project.app.recipes;

    // Named in the settings before one is promoted, it changes nothing.
    await withNames(project, ', names: { task: noms, labels: [personne] }');
    expect(project.app.recipes).toEqual(without);
    project.put('marques.jsonl', MARKED.join('\n'));
    const request = { task: 'noms', from: join(project.root, 'marques.jsonl'), actor: 'person:essai' };
    const [outcome] = await trainStudents(project.app, { ...request, progress: () => undefined });
    expect(outcome).toMatchObject({ promoted: true });
    expect(project.app.proposals[0]!.recipe.names).toEqual({ student: outcome!.digest, labels: ['personne'] });

    expect(await run(project)).toMatchObject({ state: 'done', counts: { recipes: { replaced: 1, changed: 1 } } });
    expect(project.app.recipes).not.toEqual(without);
    const pages = await shown(project);
    const told = pages.find(({ text }) => text.startsWith('Hier'))!;
    expect(told.text).toBe('Hier le patron [PERSONNE 1] a vendu son bateau, au quai neuf.');
    expect(told.title).toBe('Le patron [PERSONNE 1] vend son bateau');
    expect(told.findings).toContainEqual({
      ...{ code: 'personal-learned', at: 'text' },
      evidence: expect.stringMatching(/^student 1, (1\.00|0\.9\d)$/),
    });
    // A label that means no person is left, and so are columns, which are no sentences.
    expect(pages.find(({ text }) => text.startsWith('Le remorqueur'))!.text).toContain(SHIP);
    const steps = await openStepsDesk(project.app).steps(told.id);
    expect(steps).toMatchObject({ kind: 'traced', same: true, marks: { person: 1 } });
    expect(JSON.stringify(steps)).not.toContain(`${SAILOR} `);

    // Without it in the settings, names are found by rules alone again.
    await withNames(project, '');
    await run(project);
    expect(project.app.recipes).toEqual(without);
  },
  PATIENCE_MS,
);

test('names that the codebook does not know are refused where they are written', async () => {
  const project = await testProject(settings(''), { 'presse.csv': CSV, 'grille.yaml': GRID });
  for (const [names, remedy] of [
    ['{ task: nom, labels: [personne] }', 'did you mean `noms`?'],
    ['{ task: noms, labels: [personnes] }', 'did you mean `personne`?'],
  ] as const) {
    await expect(withNames(project, `, names: ${names}`)).rejects.toMatchObject({ code: 'settings-invalid', remedy });
    expect((await checkProject(project.root)).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(remedy),
    ]);
  }
});
