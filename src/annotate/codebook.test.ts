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

const every = `name: tout
version: 1
title: { fr: Tout, en: All }
tasks:
  - id: sujets
    title: { fr: Sujets, en: Subjects }
    kind: several-labels
    categories:
      - { id: eau, title: { fr: Eau, en: Water }, definition: Il en est question. }
  - id: urgence
    title: { fr: Urgence, en: Urgency }
    kind: scale
    categories:
      - { id: faible, title: { fr: Faible, en: Low }, definition: Peut attendre. }
      - { id: forte, title: { fr: Forte, en: High }, definition: Ne peut attendre. }
  - id: entites
    title: { fr: Entités, en: Entities }
    kind: spans
    categories:
      - { id: personne, title: { fr: Personne, en: Person }, definition: Nom de personne. }
  - id: a-venir
    title: { fr: À venir, en: To come }
    kind: themes
  - id: themes
    title: { fr: Thèmes, en: Themes }
    kind: themes # accepted
    categories:
      - id: transports
        title: { fr: Transports, en: Transport }
        definition: Se déplacer.
        terms: { bus: 1, piste cyclable: 0.6 }
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

  test('reads every kind of task', () => {
    const tasks = parseCodebook(every, 'tout.yaml').tasks;
    expect(tasks.map(({ kind }) => kind)).toEqual(['several-labels', 'scale', 'spans', 'themes', 'themes']);
    expect(tasks[1]?.categories.map(({ id }) => id)).toEqual(['faible', 'forte']);
    expect(tasks[3]?.categories).toEqual([]);
    expect(tasks[4]?.categories[0]?.terms).toEqual({ bus: 1, 'piste cyclable': 0.6 });
  });

  test('refuses what a kind has no room for, each at its line', () => {
    const wrong = every
      .replace('kind: scale', 'kind: scale\n    none: faible')
      .replace('kind: spans', 'kind: spans\n    none: personne')
      .replace('kind: themes # accepted', 'kind: several-labels');
    const message = refusalOf(wrong);
    expect(message).toContain('essai.yaml:13 tasks.1.none: a scale has no category outside its order');
    expect(message).toContain('essai.yaml:20 tasks.2.none: a text without spans has no category');
    expect(message).toContain('essai.yaml:33 tasks.4.categories.0.terms: only a task of kind `themes` has terms');
    expect(refusalOf(every.replace('kind: scale', 'kind: echelle'))).toContain('tasks.1.kind: ');
    expect(refusalOf(every.replace('bus: 1,', 'bus: -1,'))).toContain('essai.yaml:31 tasks.4.categories.0.terms.bus');
  });

  test('refuses words that are no category', () => {
    for (const word of ['abstention', 'withdrawn', 'drop']) {
      expect(refusalOf(small.replace('id: contre', `id: ${word}`))).toContain(`\`${word}\` is not a category`);
    }
  });

  test('reads a mapping from an earlier version', () => {
    const mapped = `${small}mapping: { from: essai@1, tasks: { avis: { neutre: contre, autre: drop }, ancienne: drop } }\n`;
    expect(parseCodebook(mapped, 'essai.yaml').mapping).toEqual({
      from: 'essai@1',
      tasks: { avis: { neutre: 'contre', autre: 'drop' }, ancienne: 'drop' },
    });
  });

  test('refuses a mapping from elsewhere, from later, or to nowhere', () => {
    const mapped = (from: string, tasks: string) => refusalOf(`${small}mapping: { from: ${from}, tasks: ${tasks} }\n`);
    expect(mapped('autre@1', '{}')).toContain('essai.yaml:14 mapping.from: another codebook than `essai`');
    expect(mapped('essai@2', '{}')).toContain('mapping.from: not earlier than version 2');
    expect(mapped('essai', '{}')).toContain('as `name@version`');
    expect(mapped('essai@1', '{ avis: { neutre: contr } }')).toContain('did you mean `contre`?');
    expect(mapped('essai@1', '{ avi: { neutre: contre } }')).toContain('did you mean `avis`?');
    expect(mapped('essai@1', '{ avis: [neutre] }')).toContain('mapping.tasks.avis: `drop`, or old labels');
  });

  test('answers any text with a codebook or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(typeof refusalOf(text)).toBe('string');
      }),
    );
  });
});
