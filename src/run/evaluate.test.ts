import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCodedApp, publishApp } from '../../test/coded-app.ts';
import { annotationOf, bringDocuments, CODEBOOK, SOURCE } from '../../test/corpus.ts';
import type { Annotation } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { verifyActs } from '../store/acts.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import type { App } from './app.ts';
import { evaluateCorpus } from './evaluate.ts';
import { openEvaluationDesk } from './evaluation-desk.ts';
import { writeReport } from './evaluation-report.ts';
import { reportSchema } from './evaluation-schema.ts';

const CATEGORY = { definition: '', includes: [], excludes: [], examples: [] };
const TONES = ['negatif', 'neutre', 'positif'];
const codebook: Codebook = {
  name: 'essai',
  version: 1,
  title: { fr: 'Essai', en: 'Trial' },
  tasks: [
    {
      id: 'tone',
      title: { fr: 'Ton', en: 'Tone' },
      kind: 'scale',
      categories: TONES.map((id) => ({ id, title: { fr: id, en: id }, ...CATEGORY })),
      none: null,
      abstention: true,
    },
  ],
};

const openTestApp = (require = '') => openCodedApp(codebook, require);

type Document = Awaited<ReturnType<typeof bringDocuments>>['documents'][number];
const RANDOM = { queue: 'random', blind: true };

/** 60 documents; the machine is wrong on every fifth; two people read all of them and differ on one in ten. */
async function bringReadings(app: App, isWrong = (n: number) => n % 5 === 0): Promise<readonly Document[]> {
  const texts = Array.from({ length: 60 }, (_, n) => `Contribution numéro ${n}.`);
  return app.database.transaction(async (tx) => {
    const { documents } = await bringDocuments(tx, texts, { attributes: { age: '30-44' } });
    const judgements = documents.flatMap(({ id }, n): Annotation[] => {
      const truth = TONES[n % 3]!;
      const other = TONES[(n + 1) % 3]!;
      return [
        annotationOf(id, { label: isWrong(n) ? other : truth, annotator: 'lexical', score: 0.8 }),
        annotationOf(id, { label: truth, annotator: 'person:a', score: 1, made: RANDOM }),
        annotationOf(id, { label: n % 10 === 3 ? other : truth, annotator: 'person:b', score: 1, made: RANDOM }),
      ];
    });
    await insertAnnotations(tx, annotationRows(judgements));
    return documents;
  });
}

test('an evaluation says how people agree and how often the machine is right, and is kept with an act', async () => {
  const app = await openTestApp();
  await bringReadings(app);
  const kept = await evaluateCorpus(app);
  const [tone] = kept.tasks;
  expect(kept).toMatchObject({ codebook: CODEBOOK, documents: 60, format: 'datasens-evaluation@1' });
  // 6 of 60 on which two people are divided and nobody settled are no reference.
  expect(tone!.people).toMatchObject({ persons: 2, read: { random: 54, other: 0 }, undecided: 6, metric: 'ordinal' });
  expect(tone!.people.same).toMatchObject({ value: 0.9, n: 60 });
  const [machine] = tone!.machines;
  // Every fifth of 60 is wrong: 12, of which none is among the divided (n % 10 = 3).
  expect(machine!.accuracy).toMatchObject({ value: 42 / 54, n: 54 });
  expect(machine!.confusion!.counts.flat().reduce((a, b) => a + b, 0)).toBe(54);
  expect(machine!.documents).toBe(60);
  expect(machine!.slices.find(({ by }) => by === 'group')).toMatchObject({ value: 'age=30-44', accuracy: { n: 54 } });
  expect(machine!.prevalence.every(({ corrected }) => corrected !== null)).toBe(true);
  expect(machine!.drift).toBeNull();
  // The same judgements are one evaluation.
  expect(await evaluateCorpus(app)).toEqual(kept);
  expect(await app.database.transaction((tx) => verifyActs(tx))).toEqual({ count: 2, broken: null });
});

test('a later evaluation says what changed since', async () => {
  const app = await openTestApp();
  const documents = await bringReadings(app);
  const first = await evaluateCorpus(app);
  await app.database.transaction((tx) => {
    const better = documents.map(({ id }, n) => annotationOf(id, { label: TONES[n % 3]!, score: 0.9 }));
    return insertAnnotations(tx, annotationRows(better));
  });
  const second = await evaluateCorpus(app);
  const { drift, accuracy } = second.tasks[0]!.machines[0]!;
  expect(accuracy.value).toBe(1);
  expect(drift).toMatchObject({ since: first.id });
  const [change] = drift!.changes;
  expect(change).toMatchObject({ figure: 'accuracy', label: null, was: 42 / 54 });
  expect(change!.interval.low).toBeGreaterThan(0);
});

test('what was taken back, skipped, given in bulk or carried over is of no measure, and an adjudication settles', async () => {
  const app = await openTestApp();
  const documents = await bringReadings(app);
  const later = (n: number, partial: Partial<Annotation>) => annotationOf(documents[n]!.id, { score: 1, ...partial });
  await app.database.transaction((tx) =>
    insertAnnotations(
      tx,
      annotationRows([
        // Divided documents: one is settled, one of the two readers of another takes back.
        later(3, { label: TONES[0]!, annotator: 'person:c', made: { queue: 'conflict', adjudicates: true } }),
        later(13, { label: 'withdrawn', annotator: 'person:b' }),
        later(0, { label: TONES[1]!, annotator: 'person:d', made: { queue: 'bulk' } }),
        later(1, { label: TONES[2]!, annotator: 'person:d', made: { queue: 'random', carried: { from: 'essai@0' } } }),
        later(2, { label: 'abstention', annotator: 'person:d', made: { queue: 'random', skipped: 'unclear' } }),
      ]),
    ),
  );
  const { people } = (await evaluateCorpus(app)).tasks[0]!;
  expect(people).toMatchObject({ persons: 2, undecided: 4, leftOut: 3, read: { random: 56, other: 0 } });
  expect(people.twice).toEqual({ random: 59, other: 0 });
});

test('readings that were not drawn at random are shown beside, and in no other figure', async () => {
  const app = await openTestApp();
  await app.database.transaction(async (tx) => {
    const texts = Array.from({ length: 20 }, (_, n) => `Texte ${n}`);
    const { documents } = await bringDocuments(tx, texts);
    const judgements = documents.flatMap(({ id }) => [
      annotationOf(id, { label: 'positif' }),
      annotationOf(id, { label: 'positif', annotator: 'person:a', made: { queue: 'uncertain', blind: true } }),
    ]);
    await insertAnnotations(tx, annotationRows(judgements));
  });
  const [tone] = (await evaluateCorpus(app)).tasks;
  expect(tone!.people.read).toEqual({ random: 0, other: 20 });
  expect(tone!.machines[0]).toMatchObject({ accuracy: { value: null, n: 0 }, elsewhere: { value: 1, n: 20 } });
  expect(tone!.machines[0]!.prevalence[0]).toMatchObject({ corrected: null, refused: 'no-reference' });
});

test('a label below the bar is not published, and the release says why', async () => {
  const app = await openTestApp(', require: { precision: 79%, people: 40 }');
  // Half of what is negative is called neutral: `neutre` is right 18 times in 28, and only 8 readings say what `negatif` is worth.
  await bringReadings(app, (n) => n % 6 === 0);
  const { release, folder } = await publishApp(app);
  expect(release.manifest.measured!.withheld).toEqual([
    { task: 'tone', label: 'negatif', reason: 'unmeasured', measured: null, bar: 0.79, n: 8, missing: 18 },
    { task: 'tone', label: 'neutre', reason: 'precision', measured: 18 / 28, bar: 0.79, n: 28, missing: null },
  ]);
  const csv = await readFile(join(folder, 'data/documents.csv'), 'utf8');
  expect(csv).not.toMatch(/neutre|negatif/);
  expect(csv).toContain('positif');
  expect(await readFile(join(folder, 'datasheet.fr.md'), 'utf8')).toContain('trop souvent fausse');
});

test('too few readings keep the whole task back, and say how many are wanting', async () => {
  const app = await openTestApp(', require: { agreement: 0.1, people: 97 }');
  await bringReadings(app);
  const { release, folder } = await publishApp(app);
  expect(release.manifest.measured!.withheld).toEqual([
    { task: 'tone', label: null, reason: 'people', measured: null, bar: 97, n: 54, missing: 43 },
  ]);
  const csv = await readFile(join(folder, 'data/documents.csv'), 'utf8');
  for (const label of TONES) expect(csv).not.toContain(label);
  expect(await readFile(join(folder, 'datasheet.en.md'), 'utf8')).toContain('| 43 |');
});

test('labels that reach the bars are published and no longer provisional; without bars nothing changes', async () => {
  const measured = await openTestApp(', require: { agreement: 0.5, precision: 0.5, people: 30 }');
  await bringReadings(measured);
  const held = await publishApp(measured);
  expect(held.release.manifest.measured!.withheld).toEqual([]);
  expect(await readFile(join(held.folder, 'datasheet.fr.md'), 'utf8')).not.toContain('Provisoire');
  const free = await openTestApp();
  await bringReadings(free);
  const { release } = await publishApp(free);
  expect(release.manifest).not.toHaveProperty('measured');
});

test('a bar on what was never measured refuses the release', async () => {
  const app = await openTestApp(', require: { residualPersonalData: 1% }');
  await bringReadings(app);
  await expect(publishApp(app)).rejects.toMatchObject({ code: 'quality-gate' });
});

test('the report is a page without script, and JSON that its schema describes', async () => {
  const app = await openTestApp();
  await bringReadings(app);
  const evaluation = await evaluateCorpus(app);
  const folder = join(app.project.root, 'rapport');
  const withheld = [
    { release: '<b>', task: 'tone', label: null, reason: 'people', measured: null, bar: 97, n: 54, missing: 43 },
  ] as const;
  const files = await writeReport(app, { evaluation, withheld, folder });
  expect(files).toHaveLength(3);
  const page = await readFile(join(folder, 'evaluation.html'), 'utf8');
  expect(page).not.toMatch(/<script|http:|https:|<b>|Contribution numéro|person:/);
  expect(page).toContain('0,78 [0,65 ; 0,87], n = 54');
  const json = JSON.parse(await readFile(join(folder, 'evaluation.json'), 'utf8'));
  expect(reportSchema.parse(json)).toEqual(json);
  expect(JSON.parse(await readFile(join(folder, 'evaluation.schema.json'), 'utf8'))).toHaveProperty('properties.tasks');
});

test('documents on which not everybody says the same are listed by id, a page at a time', async () => {
  const app = await openTestApp(', require: { people: 97 }');
  const documents = await bringReadings(app);
  const desk = openEvaluationDesk(app);
  expect(await desk.latest()).toEqual({ evaluation: null, withheld: [], past: false });
  const { id } = await desk.evaluate('person:a');
  expect(await desk.latest()).toMatchObject({
    evaluation: { id },
    withheld: [{ release: 'opinion', task: 'tone', missing: 43 }],
    past: false,
  });
  const ids = (from: number, step: number) =>
    documents.flatMap(({ id: document }, n) => (n % step === from ? [document] : [])).sort();
  const machine = await desk.divergences({ task: 'tone', kind: 'machine', cursor: null });
  expect(machine.items.map(({ document }) => document)).toEqual(ids(0, 5));
  expect(machine.nextCursor).toBeNull();
  const people = await desk.divergences({ task: 'tone', kind: 'people', cursor: null });
  expect(people.items.map(({ document }) => document)).toEqual(ids(3, 10));
  expect(people.items[0]).toMatchObject({ decided: null, drawn: 'random', source: SOURCE });
  const rest = await desk.divergences({ task: 'tone', kind: 'people', cursor: people.items[3]!.document });
  expect(rest.items).toEqual(people.items.slice(4));
  expect(JSON.stringify([machine, people])).not.toMatch(/Contribution|person:/);
  await expect(desk.divergences({ task: 'x', kind: 'people', cursor: null })).rejects.toMatchObject({
    code: 'not-found',
  });
});
