import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { sourceOf, type TestProject, testProject } from '../../test/project.ts';
import type { Annotation } from '../model/annotation.ts';
import type { DocumentId } from '../model/identity.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { evaluateCorpus } from './evaluate.ts';
import { runJourney } from './journey.ts';
import { annotationOf } from './review-answers.ts';
import { trainStudents } from './train.ts';
import { listTrained } from './trained.ts';

const GRID = `name: lieux
version: 1
title: { fr: Lieux, en: Places }
tasks:
  - id: endroits
    title: { fr: Endroits, en: Places }
    kind: spans
    abstention: true
    categories:
      - id: equipement
        title: { fr: Équipement, en: Facility }
        definition: Un bâtiment ou un terrain public nommé.
      - id: voie
        title: { fr: Voie, en: Street }
        definition: Une rue, une place, un chemin.
`;
/** Fictional names, none twice: to find them is to have learned what stands before them. */
const nameOf = (row: number) =>
  ['Bro', 'Vel', 'Cra', 'Tri', 'Mar', 'Ful'][row % 6]! +
  ['li', 'sou', 'ne', 'ta', 'qui'][row % 5]! +
  ['zet', 'nor', 'bel', 'dras'][Math.floor(row / 30) % 4]!;
const FACILITIES = ['gymnase', 'parc', 'théâtre', 'stade'];
const STREETS = ['rue', 'place', 'allée'];
const OPENINGS = ['Il faudrait éclairer', 'On ne peut plus traverser', 'Je trouve sale', 'Merci de réparer'];
const AVIS = Array.from({ length: 120 }, (_, row) => {
  const facility = `${FACILITIES[row % 4]} ${nameOf(row)}`;
  const street = `${STREETS[row % 3]} ${nameOf(row + 7)}`;
  const what = row % 5 === 4 ? 'tout le reste' : row % 2 === 0 ? `le ${facility}, ${street}` : `la ${street}`;
  return `${row};${OPENINGS[row % 4]} ${what} depuis ${row} semaines au moins.`;
});
const SETTINGS = `${sourceOf('avis', 'file', '{ path: avis.csv, map: { id: id, text: avis } }')}
annotate: { codebook: grille.yaml, annotators: [student] }
`;
/** A busy machine trains slowly. */
const PATIENCE_MS = 180_000;
const open = () => testProject(SETTINGS, { 'avis.csv': `id;avis\n${AVIS.join('\n')}\n`, 'grille.yaml': GRID });
const run = ({ app }: TestProject) =>
  runJourney(app, { command: 'test', steps: ['collect', 'refine', 'annotate'], index: false }, () => undefined);
const train = ({ app }: TestProject, from: string | null = null) =>
  trainStudents(app, { task: 'endroits', from, actor: 'person:essai', progress: () => undefined });

function spansOf(text: string) {
  const pieces = (kinds: readonly string[], label: string) =>
    [...text.matchAll(new RegExp(`(?:${kinds.join('|')}) [A-Z][a-z]+`, 'g'))].map(({ 0: words, index }) => ({
      start: index,
      end: index + words.length,
      label,
    }));
  return [...pieces(FACILITIES, 'equipement'), ...pieces(STREETS, 'voie')].sort((a, b) => a.start - b.start);
}

async function read({ app }: TestProject, person: string, count: number, queue = 'random'): Promise<void> {
  await app.database.transaction(async (tx) => {
    const { rows } = await sql<{ id: DocumentId; text: string }>`
      select encode(id, 'hex') as id, text from document order by ordinal limit ${count}`.execute(tx);
    const annotations = rows.map(({ id, text }): Annotation => {
      const spans = spansOf(text);
      const answer = { task: 'endroits', label: spans[0]?.label ?? 'abstention', spans };
      return annotationOf(answer, text.length, {
        codebook: app.codebook!,
        document: id,
        person,
        made: { queue, blind: true },
      });
    });
    await insertAnnotations(tx, annotationRows(annotations));
  });
}

async function judged({ app }: TestProject) {
  const { rows } = await app.database.transaction((tx) =>
    sql<{ label: string; score: number; text: string; evidence: Annotation['evidence']; made: Annotation['made'] }>`
      select label, score, text, evidence, annotation.made from annotation join document on document.id = document
      where annotator = 'student'`.execute(tx),
  );
  return rows;
}

test(
  'a tagger learns from the pieces that people mark, takes over, judges new texts and is measured',
  async () => {
    const project = await open();
    await run(project);
    await read(project, 'person:lea', 12);
    await expect(train(project)).rejects.toMatchObject({
      code: 'quality-gate',
      message: expect.stringMatching(/endroits.*equipement \d.*to have 30 texts: 18/),
    });
    await read(project, 'person:lea', 80);
    const [outcome] = await train(project);
    expect(outcome).toMatchObject({ task: 'endroits', promoted: true, leftOut: 0 });
    expect(outcome!.head).toMatchObject({ kind: 'spans', from: 'people', rows: { people: 80, machines: 0 } });
    expect(outcome!.comparisons.map(({ rival }) => rival)).toEqual(['repetition']);

    await run(project);
    const rows = await judged(project);
    expect(rows).toHaveLength(120);
    expect(new Set(rows.map(({ made }) => made!.artefact))).toEqual(new Set([outcome!.digest]));
    const exact = rows.filter(({ text, evidence }) => {
      const found = evidence.map(({ start, end, label }) => ({ start, end, label }));
      return JSON.stringify(found) === JSON.stringify(spansOf(text));
    });
    expect(exact.length / rows.length).toBeGreaterThan(0.9);
    // Nothing to mark is said, and is no refusal to judge.
    const blank = rows.filter(({ evidence }) => evidence.length === 0);
    expect(blank.length).toBeGreaterThan(15);
    expect(blank.every(({ label, made }) => label === 'abstention' && made!.nothing === true)).toBe(true);

    const { tasks } = await evaluateCorpus(project.app);
    const [task] = tasks;
    // Texts in which there is nothing to mark are read and judged like the others.
    expect(task!.machines).toMatchObject([{ annotator: 'student', coverage: { n: 80, value: 1 } }]);
    expect(task!.machines[0]!.exactF1!.value).toBeGreaterThan(0.9);

    expect((await train(project))[0]).toMatchObject({ digest: outcome!.digest, promoted: false });
    expect((await listTrained(project.app))[0]!.summary).toContain('F1 des passages');
  },
  PATIENCE_MS,
);

test(
  'a tagger learns from texts marked outside the project, and tells which line is wrong without its words',
  async () => {
    const project = await open();
    const lines = AVIS.map((line) => line.slice(line.indexOf(';') + 1)).map((text) => ({ text, spans: spansOf(text) }));
    const put = (given: readonly object[]) => {
      project.put('marques.jsonl', given.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return join(project.root, 'marques.jsonl');
    };
    const wrong = [
      [{ text: 'Rue Secrète', spans: [{ start: 0, end: 40, label: 'voie' }] }, 'a span is not in the text'],
      [{ text: 'Rue Secrète', spans: [{ start: 0, end: 3, label: 'rue' }] }, 'equipement, voie'],
      [{ text: 'Rue Secrète', spans: [{ start: 0, end: 3, label: 'voie', words: 'Secrète' }] }, 'UTF-16'],
      [{ texte: 'Rue Secrète' }, 'text is not as it must be'],
    ] as const;
    for (const [line, message] of wrong) {
      const refused = train(project, put([lines[0]!, line]));
      await expect(refused).rejects.toMatchObject({
        code: 'input-unreadable',
        message: expect.stringContaining('line 2'),
      });
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.not.toThrow('Secrète');
    }
    await expect(train(project, join(project.root, 'absent.jsonl'))).rejects.toMatchObject({ code: 'input-missing' });

    const [first] = await train(project, put(lines.slice(0, 70)));
    expect(first).toMatchObject({ promoted: true, head: { from: 'file', rows: { people: 70, groups: 4 } } });
    // What the first said of the texts of both files is compared, before it had learned from those of its own.
    const [second] = await train(project, put([...lines, lines[3]!]));
    expect(second!.head).toMatchObject({ rows: { people: 120, groups: 6 } });
    expect(second!.comparisons.map(({ rival, n }) => [rival, n])).toEqual([
      ['repetition', 120],
      [`student:${first!.digest.slice(0, 12)}`, 120],
    ]);
    const { rows } = await project.app.database.transaction((tx) =>
      sql<{ kept: string }>`select held_out::text || head::text as kept from student`.execute(tx),
    );
    for (const { kept } of rows) expect(kept).not.toContain(nameOf(0));
    expect(rows).toHaveLength(2);
  },
  PATIENCE_MS,
);
