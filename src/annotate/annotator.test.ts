// The contract of annotators, on every file of annotators/.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSTAINED, type Annotation } from '../model/annotation.ts';
import { codebookVersion } from '../model/codebook.ts';
import type { DocumentId } from '../model/identity.ts';
import type { AnnotatedDocument, Annotator } from './annotator.ts';
import { parseCodebook } from './codebook.ts';

const folder = join(import.meta.dirname, 'annotators');
const grille = join(import.meta.dirname, '../../examples/concertation/grilles/barometre.yaml');
const codebook = parseCodebook(readFileSync(grille, 'utf8'), 'barometre.yaml');
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  // Lone surrogates too: what databases and feeds really hold.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom('ne', 'pas', 'très', 'bon', 'école', 'mais', '[PERSONNE 1]', '?', '!', '…', ':)', 'sans', ','),
    )
    .map((words) => words.join(' ')),
);
const anyDocument = fc.record({
  id: fc.constant('d' as DocumentId),
  title: fc.option(anyText),
  text: anyText,
  language: fc.constantFrom('fr', 'und', 'en', 'ar', ''),
});

const document = (text: string): AnnotatedDocument => ({ id: 'd' as DocumentId, title: null, text, language: 'fr' });

function check(annotations: readonly Annotation[], { id, text }: AnnotatedDocument, annotator: Annotator): void {
  expect(new Set(annotations.map(({ task }) => task)).size).toBe(annotations.length);
  for (const annotation of annotations) {
    const task = codebook.tasks.find((candidate) => candidate.id === annotation.task);
    if (task === undefined) throw new Error(`no task is called ${annotation.task}`);
    const labels = task.categories.map((category) => category.id);
    expect(task.abstention ? [...labels, ABSTAINED] : labels).toContain(annotation.label);
    expect(annotation).toMatchObject({ document: id, codebook: codebookVersion(codebook), annotator: annotator.name });
    expect(annotation.provisional).toBe(annotator.provisional);
    expect(annotation.score).toBeGreaterThanOrEqual(0);
    expect(annotation.score).toBeLessThanOrEqual(1);
    for (const { start, end, label, weight } of annotation.evidence) {
      expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
      expect(0 <= start && start < end && end <= text.length).toBe(true);
      expect(labels).toContain(label);
      expect(Number.isFinite(weight)).toBe(true);
    }
  }
}

describe.each(files)('annotators/%s', async (file) => {
  const annotator = ((await import(join(folder, file))) as { readonly default: Annotator }).default;
  const prepare = async () => annotator.prepare(codebook, annotator.config.parse(annotator.example));

  test('bears the name of its file and says what it is in two languages', () => {
    expect(annotator.name).toBe(basename(file, '.ts'));
    for (const text of [annotator.title, annotator.description]) {
      expect(text.fr).not.toBe('');
      expect(text.en).not.toBe('');
    }
  });

  test('accepts its example and refuses unknown keys', () => {
    expect(annotator.config.safeParse(annotator.example).success).toBe(true);
    const wrong = annotator.config.safeParse({ ...(annotator.example as object), unheardOf: 1 });
    expect(wrong.success).toBe(false);
  });

  test('answers any text with labels of the codebook and evidence inside the text', async () => {
    const prepared = await prepare();
    await fc.assert(
      fc.asyncProperty(anyDocument, async (any) => check(await prepared.annotate(any), any, annotator)),
      { numRuns: 300 },
    );
  });

  test('judges a document alike whatever it read before', async () => {
    const [fresh, used] = [await prepare(), await prepare()];
    await fc.assert(
      fc.asyncProperty(fc.array(anyDocument, { maxLength: 4 }), anyDocument, async (before, any) => {
        for (const earlier of before) await used.annotate(earlier);
        expect(await used.annotate(any)).toEqual(await fresh.annotate(any));
      }),
      { numRuns: 100 },
    );
  });

  test('reads very long and very odd texts to their end', async () => {
    const prepared = await prepare();
    for (const piece of [
      'ne pas ',
      '(((',
      '[[[[',
      '[PERSONNE 1',
      ':-',
      'www.',
      'a',
      'très très ',
      'é\u0301',
      '😡',
      '...',
    ]) {
      const any = document(piece.repeat(20_000));
      check(await prepared.annotate(any), any, annotator);
    }
  });
});
