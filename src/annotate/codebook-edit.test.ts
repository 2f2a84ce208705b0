import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Codebook, Task } from '../model/codebook.ts';
import { parseCodebook } from './codebook.ts';
import { editCodebook } from './codebook-edit.ts';

const example = readFileSync(join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml'), 'utf8');

const themes = (ids: readonly string[]): Task => ({
  id: 'themes',
  title: { fr: 'Thèmes', en: 'Themes' },
  kind: 'themes',
  none: null,
  abstention: true,
  categories: ids.map((id) => ({
    id,
    title: { fr: id, en: id },
    definition: `Parle de : ${id}.`,
    includes: [],
    excludes: [],
    examples: [],
    terms: { [`${id} vert`]: 1, 'l’eau': 0.5 },
  })),
});

const read = (text: string): Codebook => parseCodebook(text, 'barometre.yaml');

test('a task comes after the others; every other line keeps its bytes, comments with it', () => {
  const written = editCodebook(example, { version: 2, task: themes(['arbre', 'banc']), mapping: null });
  expect(read(written)).toEqual({
    ...read(example),
    version: 2,
    tasks: [...read(example).tasks, themes(['arbre', 'banc'])],
  });
  expect(written.startsWith(example.replace('version: 1\n', 'version: 2\n'))).toBe(true);
});

test('a task is replaced where it stands, and a mapping written, replaced, taken out', () => {
  const mapping = { from: 'barometre@2' as never, tasks: { themes: { arbre: 'drop' } } };
  const first = editCodebook(example, { version: 2, task: themes(['arbre', 'banc']), mapping: null });
  const second = editCodebook(first, { version: 3, task: themes(['banc']), mapping });
  expect(read(second)).toMatchObject({ version: 3, mapping });
  expect(read(second).tasks.at(-1)).toEqual(themes(['banc']));
  const third = editCodebook(second, { version: 4, task: themes(['banc', 'cour']), mapping: null });
  expect(read(third)).not.toHaveProperty('mapping');
  expect(third).toContain('# Les exemples sont inventés.');
  expect(third.split('\n').slice(0, 200)).toEqual(first.replace('version: 2', 'version: 4').split('\n').slice(0, 200));
});

test('a codebook written on few lines, or without a last newline, is written all the same', () => {
  const flow = `name: essai # nom
version: 1
title: { fr: Essai, en: Trial }
tasks: [{ id: avis, title: { fr: A, en: A }, categories: [{ id: a, title: { fr: A, en: A }, definition: A }, { id: b, title: { fr: B, en: B }, definition: B }] }]`;
  const written = editCodebook(flow, { version: 2, task: themes(['arbre']), mapping: null });
  expect(read(written).tasks.map(({ id }) => id)).toEqual(['avis', 'themes']);
  expect(written).toContain('# nom');
  const open = editCodebook(example.trimEnd(), { version: 2, task: themes(['arbre']), mapping: null });
  expect(read(open).tasks).toHaveLength(3);
});
