import { expect, test } from 'vitest';
import { rowsOf, vocabularyOf } from '../src/annotate/themes/vocabulary.ts';
import { kMeans } from './k-means.ts';
import { scoresOf } from './theme-scores.ts';

test('partitions are scored as their definitions say', () => {
  // The same, under other numbers.
  expect(scoresOf([7, 7, 3, 3], [0, 0, 1, 1])).toEqual({ purity: 1, nmi: 1, rand: 1 });
  // Independent: nothing is known of one by the other, and less is alike than by chance.
  expect(scoresOf([0, 0, 1, 1], [0, 1, 0, 1])).toEqual({ purity: 0.5, nmi: 0, rand: expect.closeTo(-0.5, 10) });
  // Each alone is pure, and shares ln 2 of ln 4 and ln 2: 2 · ln 2 / (ln 4 + ln 2).
  const alone = scoresOf([0, 1, 2, 3], [0, 0, 1, 1]);
  expect(alone.purity).toBe(1);
  expect(alone.nmi).toBeCloseTo(2 / 3, 10);
});

test('k-means parts texts that share no word, the same way for the same seed, and leaves wordless texts out', () => {
  const texts = Array.from({ length: 30 }, (_, at) =>
    at % 3 === 0 ? 'la forêt et la rivière' : at % 3 === 1 ? 'le théâtre et le musée' : 'et de la',
  );
  const rows = rowsOf(texts, vocabularyOf([...texts, ...Array<string>(100).fill('autre chose')]));
  const clusters = kMeans(rows, { count: 2, seed: 1, beginnings: 3 });
  expect(new Set([0, 3, 27].map((at) => clusters[at])).size).toBe(1);
  expect(new Set([0, 1].map((at) => clusters[at])).size).toBe(2);
  expect([...clusters].filter((_, at) => at % 3 === 2)).toEqual(Array<number>(10).fill(-1));
  expect(kMeans(rows, { count: 2, seed: 1, beginnings: 3 })).toEqual(clusters);
});
