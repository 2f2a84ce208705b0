import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchorsOf, passagesOf, sharePassages } from './shared-passages.ts';
import { wordsOf } from './shingles.ts';

const words = (length: { readonly minLength: number; readonly maxLength: number }) =>
  fc.array(fc.integer({ min: 0, max: 4000 }), length).map((numbers) => numbers.map((n) => `mot${n}`).join(' '));

test('texts that share nineteen words in a row share an anchor, whatever surrounds them', () => {
  fc.assert(
    fc.property(
      words({ minLength: 19, maxLength: 60 }),
      words({ minLength: 0, maxLength: 120 }),
      words({ minLength: 0, maxLength: 120 }),
      (shared, before, after) => {
        const first = new Set(anchorsOf(wordsOf(`${before} ${shared} ${after}`)));
        expect(anchorsOf(wordsOf(shared)).some((anchor) => first.has(anchor))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('anchors are few, whatever the length', () => {
  fc.assert(
    fc.property(words({ minLength: 0, maxLength: 3000 }), (text) => {
      expect(anchorsOf(wordsOf(text)).length).toBeLessThanOrEqual(72);
    }),
    { numRuns: 100 },
  );
});

test('sharing passages is symmetric, and true of a long text and itself', () => {
  fc.assert(
    fc.property(words({ minLength: 40, maxLength: 90 }), words({ minLength: 0, maxLength: 90 }), (text, other) => {
      const [a, b] = [passagesOf(wordsOf(text)), passagesOf(wordsOf(`${text.slice(0, text.length / 2)} ${other}`))];
      expect(sharePassages(a, a)).toBe(true);
      expect(sharePassages(a, b)).toBe(sharePassages(b, a));
    }),
    { numRuns: 300 },
  );
});

test('words between quotation marks are another’s, unless they are the whole text', () => {
  const own = Array.from({ length: 40 }, (_, at) => `mot${at}`).join(' ');
  const comment = Array.from({ length: 60 }, (_, at) => `avis${at}`).join(' ');
  expect(passagesOf(wordsOf(`« ${own} »`)).words).toBe(40);
  expect(passagesOf(wordsOf(`“${own}” ${comment}`)).words).toBe(60);
  expect(passagesOf(wordsOf(`"${own} ${comment}`)).words).toBe(100);
});
