import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import { parseCodebook } from './codebook.ts';

const example = readFileSync(join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml'), 'utf8');

const small = `name: essai
version: 2
title: { fr: Essai, en: Trial }
tasks:
  - id: avis
    title: { fr: Avis, en: Opinion }
    categories:
      - id: pour
        title: { fr: Pour, en: For }
        definition: Approuve.
      - id: contre
        title: { fr: Contre, en: Against }
        definition: Désapprouve.
`;

function refusalOf(yaml: string): string {
  try {
    parseCodebook(yaml, 'essai.yaml');
  } catch (error) {
    if (error instanceof DataSensError && error.code === 'settings-invalid') return error.message;
    throw error;
  }
  throw new Error('the codebook was accepted');
}

describe('parseCodebook', () => {
  test('reads the example: twelve themes, none of them, three tones and abstention', () => {
    const codebook = parseCodebook(example, 'barometre.yaml');
    expect(codebookVersion(codebook)).toBe('barometre@1');
    const [theme, tone] = codebook.tasks;
    expect(theme?.categories.map(({ id }) => id)).toEqual(
      'societe economie politique ecologie sante inclusion numerique sport culture travail jeunesse solidarite hors-theme'.split(
        ' ',
      ),
    );
    expect(theme).toMatchObject({ id: 'theme', none: 'hors-theme', abstention: false });
    expect(tone?.categories.map(({ id }) => id)).toEqual(['negatif', 'neutre', 'positif']);
    expect(tone).toMatchObject({ id: 'tone', none: null, abstention: true });
    for (const category of codebook.tasks.flatMap((task) => task.categories)) {
      expect(category.examples, category.id).toHaveLength(2);
      expect(category.includes.length, category.id).toBeGreaterThan(0);
      expect(category.excludes.length, category.id).toBeGreaterThan(0);
    }
  });

  test('fills what may be left out', () => {
    const [task] = parseCodebook(small, 'essai.yaml').tasks;
    expect(task).toMatchObject({ kind: 'one-label', none: null, abstention: false });
    expect(task?.categories[0]).toMatchObject({ includes: [], excludes: [], examples: [] });
  });

  test('names the line and the nearest key of an unknown one', () => {
    const message = refusalOf(small.replace('        definition: Désapprouve.', '        definitoin: Désapprouve.'));
    expect(message).toContain('essai.yaml:13 tasks.0.categories.1.definitoin: unknown key; did you mean `definition`?');
    expect(message).toContain('tasks.0.categories.1.definition: missing');
  });

  test('names every mistake at once, in order of line', () => {
    const message = refusalOf(small.replace('version: 2', 'version: deux').replace('id: contre', 'id: Pour !'));
    const lines = [...message.matchAll(/essai\.yaml:(\d+)/g)].map(([, line]) => Number(line));
    expect(lines).toEqual([2, 11]);
  });

  test('lists the known keys where none is near', () => {
    expect(refusalOf(`${small}couleur: bleu\n`)).toContain('known here: name, version, title, tasks');
    expect(refusalOf(small.replace('en: Trial', 'xyz: Trial'))).toContain('known here: fr, en');
  });

  test('refuses a category given twice', () => {
    expect(refusalOf(small.replace('id: contre', 'id: pour'))).toContain('essai.yaml:11 tasks.0.categories.1.id');
  });

  test('refuses a `none` that is no category, and says which one is near', () => {
    const message = refusalOf(small.replace('    categories:', '    none: contra\n    categories:'));
    expect(message).toContain('essai.yaml:7 tasks.0.none: no category is called `contra`; did you mean `contre`?');
  });

  test('refuses `abstention` as a category', () => {
    expect(refusalOf(small.replace('id: contre', 'id: abstention'))).toContain('is not a category');
  });

  test('refuses a key given twice and text that is no YAML, with their lines', () => {
    expect(refusalOf(`${small}version: 3\n`)).toContain('essai.yaml:14');
    expect(refusalOf('name: [essai')).toContain('essai.yaml:1');
    expect(refusalOf('')).toContain('missing');
  });

  test('refuses aliases that expand without end', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const below = level === 0 ? 'x' : `*a${level - 1}`;
      return `k${level}: &a${level} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
    });
    expect(refusalOf(levels.join('\n'))).toContain('aliases');
  });

  test('answers any text with a codebook or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(typeof refusalOf(text)).toBe('string');
      }),
    );
  });
});
