import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import { runJourney } from './journey.ts';
import type { JourneyRequest } from './journey-request.ts';

const GRID = readFileSync(join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml'), 'utf8');
const AVIS = `id;avis
1;La cantine est excellente, merci aux cuisinières de l'école.
2;Le bus 12 est toujours en retard, c'est insupportable.
3;
4;Une réunion aura lieu mardi.
`;
const SETTINGS = `${sourceOf('avis', 'file', '{ path: avis.csv, map: { id: id, text: avis } }')}
annotate: { codebook: grille.yaml, annotators: [lexical] }
`;

const open = () => testProject(SETTINGS, { 'avis.csv': AVIS, 'grille.yaml': GRID });
const run = ({ app }: TestProject, steps: JourneyRequest['steps']) =>
  runJourney(app, { command: 'test', steps, index: false }, () => undefined);

async function judgements({ app }: TestProject): Promise<readonly unknown[]> {
  const { rows } = await app.database.transaction((tx) =>
    sql`select encode(document, 'hex') as document, encode(id, 'hex') as id, codebook, task, label, score, evidence
      from annotation order by document, id`.execute(tx),
  );
  return rows;
}

test('texts are judged the same while they are refined and after', async () => {
  const [together, apart] = [await open(), await open()];
  const whole = await run(together, ['collect', 'refine', 'annotate']);
  await run(apart, ['collect', 'refine']);
  expect(await judgements(apart)).toEqual([]);
  const after = await run(apart, ['annotate']);
  expect(whole.counts.annotate).toMatchObject({ received: 4, annotated: 3, empty: 1 });
  expect(after.counts.annotate).toEqual(whole.counts.annotate);
  const judged = await judgements(together);
  expect(judged.length).toBeGreaterThan(3);
  expect(await judgements(apart)).toEqual(judged);
});

test('another codebook judges what is stored, without refining it again', async () => {
  const project = await open();
  await run(project, ['collect', 'refine', 'annotate']);
  const before = await judgements(project);
  project.put('grille.yaml', GRID.replace(/^version: .*$/m, 'version: 99'));
  await project.app.reload();
  const { counts } = await run(project, ['refine', 'annotate']);
  expect(counts).toMatchObject({ refine: { received: 0 }, annotate: { received: 4, annotated: 3 } });
  expect(await judgements(project)).toHaveLength(2 * before.length);
});

test('two projects whose codebooks have one name and number are judged each by its own', async () => {
  const said: string[] = [];
  for (const grid of [GRID, GRID.replaceAll(/\bnegatif\b/g, 'mecontent')]) {
    const project = await testProject(SETTINGS, { 'avis.csv': AVIS, 'grille.yaml': grid });
    await run(project, ['collect', 'refine', 'annotate']);
    const judged = (await judgements(project)) as readonly { readonly label: string }[];
    said.push(judged.map(({ label }) => label).join(' '));
  }
  expect(said[0]).toContain('negatif');
  expect(said[1]).not.toContain('negatif');
});
