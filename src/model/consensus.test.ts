import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSTAINED, type Annotation } from './annotation.ts';
import { consensus } from './consensus.ts';
import type { CodebookVersion, DocumentId } from './identity.ts';

function annotation(partial: Partial<Annotation>): Annotation {
  return {
    document: 'd1' as DocumentId,
    codebook: 'essai@1' as CodebookVersion,
    task: 'tone',
    label: 'positif',
    score: 0.5,
    annotator: 'lexical',
    provisional: true,
    evidence: [],
    ...partial,
  };
}

const anyAnnotation = fc
  .record({
    document: fc.constantFrom('d1', 'd2').map((id) => id as DocumentId),
    task: fc.constantFrom('theme', 'tone'),
    label: fc.constantFrom('positif', 'neutre', 'negatif', ABSTAINED),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    annotator: fc.constantFrom('lexical', 'lucie', 'albert', 'person:1', 'person:2', 'person:3'),
    provisional: fc.boolean(),
  })
  .map(annotation);

describe('consensus', () => {
  test('follows the majority and says how large it is', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', label: 'negatif', score: 0.9 }),
      annotation({ annotator: 'lucie', label: 'positif', score: 0.4 }),
      annotation({ annotator: 'albert', label: 'positif', score: 0.6, provisional: false }),
    ]);
    expect(decision).toEqual({
      document: 'd1',
      task: 'tone',
      label: 'positif',
      score: 0.5,
      agreement: 2 / 3,
      annotators: ['albert', 'lexical', 'lucie'],
      provisional: false,
    });
  });

  test('lets one person outrank any number of machines', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', score: 1 }),
      annotation({ annotator: 'lucie', score: 1 }),
      annotation({ annotator: 'person:7', label: 'negatif', score: 0.1, provisional: false }),
    ]);
    expect(decision).toMatchObject({ label: 'negatif', agreement: 1, annotators: ['person:7'], provisional: false });
  });

  test('goes on with machines where the only person abstained', () => {
    const [decision] = consensus([annotation({}), annotation({ annotator: 'person:7', label: ABSTAINED })]);
    expect(decision).toMatchObject({ label: 'positif', agreement: 1, annotators: ['lexical'] });
  });

  test('breaks a tie by score', () => {
    const [decision] = consensus([
      annotation({ annotator: 'lexical', label: 'negatif', score: 0.3 }),
      annotation({ annotator: 'lucie', label: 'positif', score: 0.8 }),
    ]);
    expect(decision).toMatchObject({ label: 'positif', score: 0.8, agreement: 0.5 });
  });

  test('is an abstention where everyone abstained', () => {
    const [decision] = consensus([annotation({ label: ABSTAINED, score: 0.2 })]);
    expect(decision).toMatchObject({ label: ABSTAINED, score: 0, agreement: 0, annotators: ['lexical'] });
  });

  test('shares the one vote of an annotator that judged twice', () => {
    const [decision] = consensus([
      annotation({ annotator: 'person:1', label: 'negatif' }),
      annotation({ annotator: 'person:1', label: 'neutre' }),
      annotation({ annotator: 'person:2', label: 'neutre' }),
    ]);
    expect(decision).toMatchObject({ label: 'neutre', agreement: 0.75 });
  });

  test('decides nothing of nothing', () => {
    expect(consensus([])).toEqual([]);
  });

  test('does not depend on the order in which judgements arrive', () => {
    const shuffled = fc
      .array(anyAnnotation, { maxLength: 25 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(consensus(other)).toEqual(consensus(all));
      }),
    );
  });

  test('gives one decision per document and task, with a label that someone gave and a true share', () => {
    fc.assert(
      fc.property(fc.array(anyAnnotation, { maxLength: 25 }), (all) => {
        const decisions = consensus(all);
        const keys = new Set(all.map(({ document, task }) => `${document} ${task}`));
        expect(decisions.map(({ document, task }) => `${document} ${task}`)).toEqual([...keys].sort());
        for (const { document, task, label, agreement, score } of decisions) {
          const given = all.filter((one) => one.document === document && one.task === task);
          expect(given.map((one) => one.label)).toContain(label);
          expect(label === ABSTAINED).toBe(given.every((one) => one.label === ABSTAINED));
          for (const figure of [agreement, score]) {
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});
