import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ABSTAINED } from '../model/annotation.ts';
import { wilson } from '../model/interval.ts';
import { evaluate, f1Interval, macroF1Interval } from './evaluation.ts';

const labels = ['a', 'b', 'c'];
const label = fc.constantFrom(...labels);
const pair = fc.record({ truth: label, predicted: fc.constantFrom(...labels, ABSTAINED) });

describe('evaluate', () => {
  test('counts a confusion worked out by hand', () => {
    const pairs = [
      ...Array.from({ length: 6 }, () => ({ truth: 'a', predicted: 'a' })),
      ...Array.from({ length: 2 }, () => ({ truth: 'a', predicted: 'b' })),
      ...Array.from({ length: 3 }, () => ({ truth: 'b', predicted: 'b' })),
      { truth: 'b', predicted: 'a' },
      { truth: 'b', predicted: ABSTAINED },
    ];
    const result = evaluate(pairs, labels);
    expect(result.confusion).toEqual([
      [6, 2, 0],
      [1, 3, 0],
      [0, 0, 0],
    ]);
    expect(result).toMatchObject({ n: 13, abstained: 1, accuracy: 9 / 12, interval: wilson(9, 12) });
    expect(result.perLabel[0]).toEqual({
      label: 'a',
      precision: 6 / 7,
      recall: 6 / 8,
      f1: 12 / 15,
      support: 8,
      predicted: 7,
      interval: wilson(6, 7),
      recallInterval: wilson(6, 8),
      f1Interval: f1Interval(6, 1, 2),
    });
    // `c` never occurs: it does not pull the mean down.
    expect(result.macroF1).toBeCloseTo((12 / 15 + 6 / 9) / 2, 12);
  });

  test('counts a label that is only predicted as an F1 of 0', () => {
    const result = evaluate([{ truth: 'a', predicted: 'c' }], labels);
    expect(result.macroF1).toBe(0);
    expect(result.accuracy).toBe(0);
  });

  test('gives zeros and a whole interval where nothing was judged', () => {
    const result = evaluate([{ truth: 'a', predicted: ABSTAINED }], labels);
    expect(result).toMatchObject({ accuracy: 0, macroF1: 0, abstained: 1, n: 1, interval: { low: 0, high: 1 } });
  });

  test('refuses labels it was not told of', () => {
    expect(() => evaluate([{ truth: 'x', predicted: 'a' }], labels)).toThrow(RangeError);
    expect(() => evaluate([{ truth: 'a', predicted: 'x' }], labels)).toThrow(RangeError);
  });

  test('loses no pair and keeps every figure in [0, 1]', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
        const result = evaluate(pairs, labels);
        expect(result.confusion.flat().reduce((a, b) => a + b, 0) + result.abstained).toBe(pairs.length);
        const figures = [
          result.accuracy,
          result.macroF1,
          ...result.perLabel.flatMap((l) => [l.precision, l.recall, l.f1]),
        ];
        for (const figure of figures) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('is perfect on perfect predictions', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1 }), (truths) => {
        const result = evaluate(
          truths.map((truth) => ({ truth, predicted: truth })),
          labels,
        );
        expect(result.accuracy).toBe(1);
        expect(result.macroF1).toBe(1);
      }),
    );
  });
});

describe('the interval of an F1', () => {
  test('is that of the share of right among right, wrong and missed', () => {
    // Wilson of 8 out of 10 is 0.4902 to 0.9433; F1 = 2J / (1 + J).
    const { low, high } = f1Interval(8, 1, 1);
    expect(low).toBeCloseTo((2 * 0.4902) / 1.4902, 3);
    expect(high).toBeCloseTo((2 * 0.9433) / 1.9433, 3);
    expect(f1Interval(0, 0, 0)).toEqual({ low: 0, high: 1 });
  });

  test('holds the F1, and is not sure of 1 on few', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (right, wrong, missed) => {
        const { low, high } = f1Interval(right, wrong, missed);
        if (right + wrong + missed === 0) return;
        const f1 = (2 * right) / (2 * right + wrong + missed);
        expect(low).toBeLessThanOrEqual(f1 + 1e-12);
        expect(high).toBeGreaterThanOrEqual(f1 - 1e-12);
      }),
    );
    expect(f1Interval(5, 0, 0).low).toBeLessThan(0.8);
  });

  test('of the mean holds the mean', () => {
    const counts = [
      [30, 4, 1],
      [6, 20, 2],
      [0, 3, 9],
    ];
    const result = evaluate(
      counts.flatMap((row, truth) =>
        row.flatMap((n, predicted) =>
          Array.from({ length: n }, () => ({ truth: labels[truth]!, predicted: labels[predicted]! })),
        ),
      ),
      labels,
    );
    const interval = macroF1Interval({ labels, counts, abstained: [0, 0, 0] })!;
    expect(interval.low).toBeLessThan(result.macroF1 - 0.04);
    expect(interval.high).toBeGreaterThan(result.macroF1 + 0.04);
  });
});
