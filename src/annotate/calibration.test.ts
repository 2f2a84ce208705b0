import { describe, expect, test } from 'vitest';
import { calibration, scoreBin } from './calibration.ts';

describe('calibration', () => {
  test('puts a score of 1 in the last bin and one of 0 in the first', () => {
    expect([0, 0.05, 0.1, 0.95, 1].map(scoreBin)).toEqual([0, 0, 1, 9, 9]);
  });

  test('computes the expected error worked out by hand', () => {
    // 10 at a mean of 0.95 of which 8 are right, 30 at 0.55 of which 18 are right.
    const { bins, expectedError, n } = calibration([
      { n: 30, scores: 16.5, right: 18 },
      { n: 10, scores: 9.5, right: 8 },
    ]);
    expect(n).toBe(40);
    expect(expectedError).toBeCloseTo((30 * 0.05 + 10 * 0.15) / 40, 12);
    expect(bins[1]).toMatchObject({ from: 0.5, to: 1, n: 10, said: 0.95, right: 0.8 });
  });

  test('says nothing where nothing was judged', () => {
    expect(calibration([{ n: 0, scores: 0, right: 0 }])).toEqual({
      bins: [{ from: 0, to: 1, n: 0, said: null, right: null, interval: null }],
      expectedError: null,
      n: 0,
    });
  });
});
