import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { annotationOf, bringDocuments } from '../../test/corpus.ts';
import { testDatabase } from '../../test/database.ts';
import type { Annotation } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import { annotationRows } from '../store/annotation-rows.ts';
import { insertAnnotations } from '../store/annotations.ts';
import { planCarry } from './carry.ts';
import { keepCodebook, keptVersions } from './codebook-keeping.ts';

const title = { fr: 'Essai', en: 'Trial' };

function codebook(version: number, ids: readonly string[], partial: Partial<Codebook> = {}): Codebook {
  const categories = ids.map((id) => ({ id, title, definition: id, includes: [], excludes: [], examples: [] }));
  const task = { id: 'theme', title, kind: 'one-label' as const, categories, none: null, abstention: true };
  return { name: 'essai', version, title, tasks: [task], ...partial };
}

const source = { path: 'grilles/essai.yaml', text: 'name: essai\ntitle: x\nversion: 1\n' };
const first = codebook(1, ['eau', 'air', 'terre']);
const second = codebook(2, ['eau', 'vent'], {
  mapping: { from: 'essai@1' as never, tasks: { theme: { air: 'vent', terre: 'drop' } } },
});

test('a new version takes over what people judged, once, and lists what is left for them', async () => {
  const database = await testDatabase();
  const documents = await database.transaction(async (tx) => {
    await keepCodebook(tx, first, source);
    const brought = await bringDocuments(tx, ['Des rivières.', 'Du vent.', 'Un champ.', 'De la pluie.']);
    const judge = async (at: number, label: string, partial: Partial<Annotation> = {}) => {
      const annotation = annotationOf(brought.documents[at]!.id, {
        task: 'theme',
        label,
        annotator: 'person:a',
        ...partial,
      });
      await insertAnnotations(tx, annotationRows([annotation]));
    };
    await judge(0, 'eau');
    await judge(1, 'air');
    await judge(2, 'terre');
    await judge(3, 'eau');
    await judge(3, 'eau', { annotator: 'lexical' });
    return brought.documents;
  });
  await database.transaction(async (tx) => {
    // Its author judged one of them anew before the version was kept: that judgement is not doubled.
    const anew = annotationOf(documents[3]!.id, {
      task: 'theme',
      label: 'vent',
      annotator: 'person:a',
      codebook: 'essai@2' as never,
    });
    await insertAnnotations(tx, annotationRows([anew]));
    expect((await planCarry(tx, first, second)).counts).toEqual({
      judgements: 4,
      carried: 2,
      again: 1,
      lost: { dropped: 1, redefined: 0, reopened: 0, kind: 0 },
    });
    await keepCodebook(tx, second, source);
    await keepCodebook(tx, second, source);
  });
  await database.transaction(async (tx) => {
    const { rows } = await sql<{ label: string; annotator: string; made: { carried: { from: string } } | null }>`
      select label, annotator, made from annotation where codebook = 'essai@2' order by label, made`.execute(tx);
    expect(rows.map(({ label, annotator, made }) => [label, annotator, made?.carried.from])).toEqual([
      ['eau', 'person:a', 'essai@1'],
      ['vent', 'person:a', 'essai@1'],
      ['vent', 'person:a', undefined],
    ]);
    const { lost, counts } = await planCarry(tx, first, second);
    expect(lost).toEqual([
      { document: documents[2]!.id, task: 'theme', label: 'terre', annotator: 'person:a', reason: 'dropped' },
    ]);
    expect(counts).toMatchObject({ carried: 0, again: 3 });
    const { rows: acts } = await sql<{ detail: unknown }>`
      select detail from act where object = 'codebook:essai@2'`.execute(tx);
    expect(acts).toHaveLength(1);
    expect(acts[0]?.detail).toMatchObject({ from: 'essai@1', carried: 2, lost: { dropped: 1 } });
    expect((await keptVersions(tx, 'essai')).map(({ version }) => version)).toEqual([2, 1]);
  });
});

test('what a person read and what the same person settled are carried apart', async () => {
  const database = await testDatabase();
  await database.transaction(async (tx) => {
    await keepCodebook(tx, first, source);
    const { documents } = await bringDocuments(tx, ['Des rivières.', 'Du vent.']);
    const judge = (at: number, label: string, settles: boolean) => {
      const made = { queue: settles ? 'adjudication' : 'random', ...(settles ? { adjudicates: true } : {}) };
      return annotationOf(documents[at]!.id, { task: 'theme', label, annotator: 'person:a', made });
    };
    const settled = [judge(0, 'air', true), judge(1, 'withdrawn', true)];
    await insertAnnotations(tx, annotationRows([judge(0, 'eau', false), judge(1, 'eau', false), ...settled]));
    const { annotations } = await planCarry(tx, first, second);
    expect(annotations.map(({ label, made }) => [label, made?.adjudicates ?? false]).sort()).toEqual([
      ['eau', false],
      ['eau', false],
      ['vent', true],
    ]);
  });
});

test('a codebook that changed under the same number is refused, with the line of its version', async () => {
  const database = await testDatabase();
  await database.transaction((tx) => keepCodebook(tx, first, source));
  const changed = codebook(1, ['eau', 'air']);
  const refused = await database.transaction((tx) => keepCodebook(tx, changed, source)).catch((error) => error);
  expect(refused).toBeInstanceOf(DataSensError);
  expect(refused.code).toBe('settings-invalid');
  expect(refused.message).toContain('grilles/essai.yaml:3 version: essai@1 is kept with other words');
  expect(refused.message).toContain('version: 2');
  await database.transaction(async (tx) => {
    expect((await keptVersions(tx, 'essai'))[0]?.tasks[0]?.categories).toHaveLength(3);
  });
});
