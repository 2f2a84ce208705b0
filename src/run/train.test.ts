import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import type { Annotation } from '../model/annotation.ts';
import type { DocumentId } from '../model/identity.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { runJourney } from './journey.ts';
import { openScheduler } from './scheduler.ts';
import { trainStudents } from './train.ts';
import { listTrained } from './trained.ts';

const GRID = readFileSync(join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml'), 'utf8');
/** Fictional words that no lexicon knows: what is learned, people taught. */
const WORDS = { negatif: 'brouzille', neutre: 'cromelin', positif: 'dulcipane' } as const;
const PLACES = ['la gare', 'le parc', 'la mairie', 'le marché', 'la rue haute', 'le gymnase'];
const AVIS = Array.from({ length: 180 }, (_, row) => {
  const word = Object.values(WORDS)[row % 3]!;
  return `${row};Devant ${PLACES[row % 6]}, au numéro ${row * 7}, la ${word} du quartier numéro ${row} se voit ${row % 11} fois.`;
});
const SETTINGS = `${sourceOf('avis', 'file', '{ path: avis.csv, map: { id: id, text: avis } }')}
annotate: { codebook: grille.yaml, annotators: [lexical, student], student: { precision: 0.8, every: chaque lundi à 6 h } }
`;

/** A busy machine trains slowly. */
const PATIENCE_MS = 180_000;

const open = () => testProject(SETTINGS, { 'avis.csv': `id;avis\n${AVIS.join('\n')}\n`, 'grille.yaml': GRID });
const run = ({ app }: TestProject) =>
  runJourney(app, { command: 'test', steps: ['collect', 'refine', 'annotate'], index: false }, () => undefined);
const train = ({ app }: TestProject, task: string | null = 'tone') =>
  trainStudents(app, { task, actor: 'person:essai', progress: () => undefined });

interface Teaching {
  readonly from?: number;
  readonly annotator?: string;
}

async function teach({ app }: TestProject, to: number, { from = 0, annotator = 'person:essai' }: Teaching = {}) {
  await app.database.transaction(async (tx) => {
    const { rows } = await sql<{ id: string; text: string }>`
      select encode(id, 'hex') as id, text from document order by ordinal limit ${to - from} offset ${from}`.execute(
      tx,
    );
    const annotations = rows.map(({ id, text }): Annotation => {
      const label = Object.entries(WORDS).find(([, word]) => text.includes(word))![0];
      const head = { document: id as DocumentId, codebook: app.codebookVersion!, task: 'tone', label };
      return { ...head, score: 1, annotator, provisional: false, evidence: [] };
    });
    await insertAnnotations(tx, annotationRows(annotations));
  });
}

async function judgedByStudent({ app }: TestProject) {
  const { rows } = await app.database.transaction((tx) =>
    sql<{ label: string; text: string; artefact: string; provisional: boolean }>`
      select label, text, made ->> 'artefact' as artefact, provisional
      from annotation join document on document.id = document where annotator = 'student'`.execute(tx),
  );
  return rows;
}

test(
  'a student learns from people, takes over, and judges what is stored',
  async () => {
    const project = await open();
    await run(project);
    expect(await judgedByStudent(project)).toEqual([]);
    await teach(project, 120);
    const [outcome] = await train(project);
    expect(outcome).toMatchObject({ task: 'tone', promoted: true, leftOut: 0 });
    expect(outcome!.comparisons.map(({ rival }) => rival)).toEqual(['majority', 'lexical']);
    expect(outcome!.head).toMatchObject({ rows: { people: 120, machines: 0 }, codebook: project.app.codebookVersion });
    await run(project);
    const judged = await judgedByStudent(project);
    expect(judged.length).toBeGreaterThan(150);
    const right = judged.filter(({ label, text }) => text.includes(WORDS[label as keyof typeof WORDS] ?? '?'));
    expect(right.length / judged.length).toBeGreaterThan(0.95);
    expect(new Set(judged.map(({ artefact }) => artefact))).toEqual(new Set([outcome!.digest]));
    expect(judged.every(({ provisional }) => !provisional)).toBe(true);

    // The same answers make the same student, which does not replace itself.
    const [again] = await train(project);
    expect(again).toMatchObject({ digest: outcome!.digest, promoted: false });
    expect(again!.why).toContain('the same student');

    // More answers make another, which is compared with the one that judges.
    await teach(project, 180);
    const [more] = await train(project);
    expect(more!.digest).not.toBe(outcome!.digest);
    const states = (await listTrained(project.app)).map(({ digest, state }) => ({ digest, state }));
    expect(states).toHaveLength(2);
    expect(states.filter(({ state }) => state === 'promoted')).toHaveLength(1);
    expect(more!.comparisons.map(({ rival }) => rival)).toContain(`student:${outcome!.digest.slice(0, 12)}`);
    const { rows } = await project.app.database.transaction((tx) =>
      sql<{ verb: string }>`select verb from act where verb in ('train', 'promote') order by seq`.execute(tx),
    );
    expect(rows.map(({ verb }) => verb).slice(0, 3)).toEqual(['train', 'promote', 'train']);
  },
  PATIENCE_MS,
);

test(
  'too few labels are refused, saying how many are missing of each',
  async () => {
    const project = await open();
    await run(project);
    await teach(project, 16);
    await expect(train(project)).rejects.toMatchObject({
      code: 'quality-gate',
      message: expect.stringContaining('negatif 4, neutre 5, positif 5'),
    });
    await expect(train(project, 'tonne')).rejects.toMatchObject({
      code: 'settings-invalid',
      remedy: 'did you mean `tone`?',
    });
  },
  PATIENCE_MS,
);

test(
  'what the clock sends is trained, from people and from a model where nobody has read',
  async () => {
    const project = await open();
    const { app } = project;
    await run(project);
    await teach(project, 45);
    await teach(project, 180, { from: 30, annotator: 'modele-essai' });
    const scheduler = await openScheduler(app);
    onTestFinished(() => scheduler.stop());
    expect(await app.queue.schedules('train', app.database.organisation)).toEqual([
      { key: 'train', cron: '0 6 * * 1', timeZone: 'Europe/Paris' },
    ]);
    const { organisation } = app.database;
    await app.database.transaction((tx) => app.queue.send(tx, 'train', [{ organisation }]));
    await expect.poll(async () => (await listTrained(app)).length, { timeout: PATIENCE_MS }).toBe(1);
    const [student] = await listTrained(app);
    // Of the texts that both judged, the person's answer is the one that teaches.
    expect(student).toMatchObject({ task: 'tone', head: { rows: { people: 45, machines: 135 } } });
    expect(student!.head.machineWeight).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
