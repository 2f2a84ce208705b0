import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilson } from '../model/interval.ts';
import { binomial, bootstrap, multinomial, quantile } from './resampling.ts';
import { seededRandom } from './seeded-random.ts';

describe('draws', () => {
  test.each([
    [40, 0.1],
    [500, 0.004],
    [300, 0.35],
    [1_000_000, 0.2],
    [1000, 0.93],
  ])('binomial draws of %i at %f have the mean and the variance of the law', (n, share) => {
    const draw = seededRandom(1);
    const draws = Array.from({ length: 20_000 }, () => binomial(n, share, draw));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    const deviation = Math.sqrt(n * share * (1 - share));
    // Five standard errors.
    expect(Math.abs(mean - n * share)).toBeLessThan((5 * deviation) / Math.sqrt(draws.length));
    expect(variance / deviation ** 2).toBeGreaterThan(0.94);
    expect(variance / deviation ** 2).toBeLessThan(1.06);
  });

  test('multinomial draws keep the number of units and never a pattern that was not counted', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 1, maxLength: 20 }), fc.integer(), (counts, seed) => {
        const into = new Float64Array(counts.length);
        multinomial(Float64Array.from(counts), seededRandom(seed), into);
        expect(into.reduce((a, b) => a + b, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        counts.forEach((count, pattern) => {
          expect(into[pattern]).toBeGreaterThanOrEqual(0);
          if (count === 0) expect(into[pattern]).toBe(0);
        });
      }),
    );
  });

  test('quantiles are those of the tables of the normal law', () => {
    expect(quantile(0.5)).toBeCloseTo(0, 9);
    expect(quantile(0.975)).toBeCloseTo(1.959964, 6);
    expect(quantile(0.001)).toBeCloseTo(-3.090232, 6);
  });
});

describe('bootstrap', () => {
  const share = (counts: Float64Array) => counts[0]! / (counts[0]! + counts[1]!);

  test('is the same at every call', () => {
    const counts = Float64Array.of(40, 60);
    expect(bootstrap(counts, share)).toEqual(bootstrap(counts, share));
  });

  test('gives a share nearly the interval of Wilson', () => {
    for (const [yes, no] of [
      [40, 60],
      [90, 310],
      [700, 300],
    ] as const) {
      const found = bootstrap(Float64Array.of(yes, no), share, { replicates: 4000 })!;
      const expected = wilson(yes, yes + no);
      expect(Math.abs(found.low - expected.low)).toBeLessThan(0.012);
      expect(Math.abs(found.high - expected.high)).toBeLessThan(0.012);
    }
  });

  test('always holds the figure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (yes, no) => {
        const interval = bootstrap(Float64Array.of(yes, no), share, { replicates: 100 });
        if (interval === null) return;
        expect(interval.low).toBeLessThanOrEqual(yes / (yes + no));
        expect(interval.high).toBeGreaterThanOrEqual(yes / (yes + no));
      }),
    );
  });

  test('says nothing of what is undefined, or is in too many redraws', () => {
    expect(bootstrap(Float64Array.of(3, 4), () => null)).toBeNull();
    const onlyBoth = (counts: Float64Array) => (counts[0]! > 0 && counts[1]! > 0 ? share(counts) : null);
    expect(bootstrap(Float64Array.of(1, 3), onlyBoth)).toBeNull();
  });
});
