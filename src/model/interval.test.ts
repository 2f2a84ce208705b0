import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceInterval, wilson } from './interval.ts';

describe('wilson', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %i out of %i', (successes, n, low, high) => {
    const interval = wilson(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('knows nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test('holds the share, stays in [0, 1] and mirrors its complement', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (yes, no) => {
        const n = yes + no;
        const interval = wilson(yes, n);
        const mirror = wilson(no, n);
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        if (n > 0) {
          expect(interval.low).toBeLessThanOrEqual(yes / n);
          expect(interval.high).toBeGreaterThanOrEqual(yes / n);
        }
        expect(interval.low).toBeCloseTo(1 - mirror.high, 9);
      }),
    );
  });

  test('narrows as the sample grows', () => {
    const small = wilson(7, 10);
    const large = wilson(700, 1000);
    expect(large.high - large.low).toBeLessThan(small.high - small.low);
  });

  test('refuses counts that are no counts', () => {
    expect(() => wilson(3, 2)).toThrow(RangeError);
    expect(() => wilson(-1, 2)).toThrow(RangeError);
    expect(() => wilson(Number.NaN, 2)).toThrow(RangeError);
  });

  test('holds the true share in 93 to 97 % of drawn samples', () => {
    let state = 20_260_511;
    // Park and Miller's minimal standard generator: the same draws on every machine.
    const draw = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    for (const [n, share] of [
      [30, 0.3],
      [100, 0.1],
      [400, 0.52],
    ] as const) {
      let held = 0;
      for (let sample = 0; sample < 10_000; sample += 1) {
        let yes = 0;
        for (let one = 0; one < n; one += 1) if (draw() < share) yes += 1;
        const { low, high } = wilson(yes, n);
        if (low <= share && share <= high) held += 1;
      }
      expect(held / 10_000).toBeGreaterThan(0.93);
      expect(held / 10_000).toBeLessThan(0.97);
    }
  });
});

describe('differenceInterval', () => {
  // R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998)
  // 873-890, table II, method 10, examples (a) to (h).
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('gives the published interval of %i/%i − %i/%i', (first, firstN, second, secondN, low, high) => {
    const interval = differenceInterval(estimate(first, firstN), estimate(second, secondN));
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('holds the difference, and turns over with its order', () => {
    const counts = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(counts, counts, ([a, b], [c, d]) => {
        const [left, right] = [estimate(a, a + b), estimate(c, c + d)];
        const interval = differenceInterval(left, right);
        const turned = differenceInterval(right, left);
        expect(interval.low).toBeLessThanOrEqual(left.value - right.value + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual(left.value - right.value - 1e-12);
        expect(turned.low).toBeCloseTo(-interval.high, 12);
      }),
    );
  });
});

const estimate = (yes: number, n: number) => ({ value: yes / n, interval: wilson(yes, n, 1.959_964) });
