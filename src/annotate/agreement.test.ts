import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohenKappa, krippendorffAlpha, type PairCount, type UnitCount } from './agreement.ts';
import type { Metric } from './distance.ts';

const label = fc.nat(2);

describe("Cohen's kappa", () => {
  test('gives 0.67 on the back-pain judgements of Sim and Wright (Physical Therapy 85, 2005), as sure as they say', () => {
    const { value, interval, n } = cohenKappa(table(22, 2, 4, 11));
    expect(n).toBe(39);
    expect(value).toBeCloseTo(0.67, 2);
    // Their table 5 gives 0.43 to 0.91 by the normal law; redrawing gives about the same.
    expect(interval!.low).toBeCloseTo(0.41, 1);
    expect(interval!.high).toBeCloseTo(0.88, 1);
  });

  test('gives 0.40 on the 50 grant proposals of the textbook example', () => {
    expect(cohenKappa(table(20, 5, 10, 15)).value).toBeCloseTo(0.4, 10);
  });

  test('says nothing of no pair, or of one single label', () => {
    expect(cohenKappa([])).toEqual({ value: null, interval: null, n: 0 });
    expect(cohenKappa(table(5, 0, 0, 0)).value).toBeNull();
  });

  test('is not sure of 1 where few pairs happen to agree', () => {
    const { value, interval } = cohenKappa(table(3, 0, 0, 3));
    expect(value).toBe(1);
    expect(interval!.high).toBe(1);
    expect(interval!.low).toBeLessThan(0.5);
  });

  test('does not depend on who is left and who is right nor on the names of labels, and never passes 1', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ left: label, right: label, n: fc.integer({ min: 1, max: 40 }) })), (pairs) => {
        const options = { replicates: 50 };
        const kappa = cohenKappa(pairs, options);
        const swapped = cohenKappa(
          pairs.map(({ left, right, n }) => ({ left: 2 - right, right: 2 - left, n })),
          options,
        );
        expect(swapped.value === null).toBe(kappa.value === null);
        if (kappa.value === null || swapped.value === null) return;
        expect(swapped.value).toBeCloseTo(kappa.value, 12);
        expect(kappa.value).toBeLessThanOrEqual(1);
        if (kappa.interval === null) return;
        expect(kappa.interval.low).toBeLessThanOrEqual(kappa.value);
        expect(kappa.interval.high).toBeGreaterThanOrEqual(kappa.value);
      }),
      { numRuns: 60 },
    );
  });
});

describe("Krippendorff's alpha", () => {
  // The examples of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
  const FOUR = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.'];

  test('gives 0.095 on two observers and binary data (section A)', () => {
    expect(alphaOf(['0100000100', '1110010000'], 'nominal')).toBeCloseTo(0.095, 3);
  });

  test('gives 0.692 on two observers and nominal data (section B)', () => {
    expect(alphaOf(['aabbdcccedda', 'babbbccceddd'], 'nominal')).toBeCloseTo(0.692, 3);
  });

  test('gives 0.743 on four observers with missing data (section C), 0.815 where the values are in order (section D)', () => {
    expect(alphaOf(FOUR, 'nominal')).toBeCloseTo(0.743, 3);
    expect(alphaOf(FOUR, 'ordinal')).toBeCloseTo(0.815, 3);
  });

  test('weighs sets by what they share, as worked out by hand', () => {
    // Two units: {a,b} against {a}, and {c} against {c}. Jaccard distances: ab-a 1/2, ab-c 1, a-c 1.
    const units = [
      { values: [0, 1], n: 1 },
      { values: [2, 2], n: 1 },
    ];
    const values = [['a', 'b'], ['a'], ['c']];
    // Observed: 2 × 1/2 over 4 values = 1/4. Expected: 2 × (1/2 + 2 + 2) over 12 pairs = 3/4.
    expect(krippendorffAlpha(units, { values, metric: 'jaccard' }).value).toBeCloseTo(1 - 1 / 4 / (3 / 4), 12);
    // MASI: ab-a becomes 1 − 1/2 × 2/3 = 2/3. Observed 1/3, expected 2 × (2/3 + 2 + 2) / 12 = 7/9.
    expect(krippendorffAlpha(units, { values, metric: 'masi' }).value).toBeCloseTo(1 - 1 / 3 / (7 / 9), 12);
  });

  test('says nothing without two labels on one unit, or with one label everywhere', () => {
    const one = { values: [['a'], ['b']], metric: 'nominal' } as const;
    expect(krippendorffAlpha([], one).value).toBeNull();
    expect(
      krippendorffAlpha(
        [
          { values: [0], n: 3 },
          { values: [], n: 2 },
        ],
        one,
      ),
    ).toEqual({ value: null, interval: null, n: 0 });
    expect(krippendorffAlpha([{ values: [0, 0, 0], n: 7 }], one).value).toBeNull();
  });

  test('depends neither on the order of units, nor on that of judgements, nor on the names of labels, and never passes 1', () => {
    const unit = fc.record({ values: fc.array(label, { maxLength: 5 }), n: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(unit), fc.constantFrom<Metric>('nominal', 'ordinal', 'jaccard', 'masi'), (units, metric) => {
        const scale = { values: [['a'], ['b'], ['c']], metric };
        const options = { replicates: 50 };
        const alpha = krippendorffAlpha(units, scale, options);
        // Reversed: an order read from its other end is the same order.
        const mirrored = [...units]
          .reverse()
          .map(({ values, n }) => ({ values: [...values].reverse().map((v) => 2 - v), n }));
        const other = krippendorffAlpha(mirrored, scale, options);
        expect(other.n).toBe(alpha.n);
        expect(other.value === null).toBe(alpha.value === null);
        if (alpha.value === null || other.value === null) return;
        expect(other.value).toBeCloseTo(alpha.value, 9);
        expect(alpha.value).toBeLessThanOrEqual(1);
        if (alpha.interval === null) return;
        expect(alpha.interval.low).toBeLessThanOrEqual(alpha.value);
        expect(alpha.interval.high).toBeGreaterThanOrEqual(alpha.value);
      }),
      { numRuns: 80 },
    );
  });

  test('is 1 where everyone agrees on more than one label, and is not sure of it on two units', () => {
    const units = [
      { values: [0, 0], n: 1 },
      { values: [1, 1, 1], n: 1 },
    ];
    const { value, interval } = krippendorffAlpha(units, { values: [['a'], ['b']], metric: 'nominal' });
    expect(value).toBe(1);
    expect(interval!.low).toBeLessThan(0);
  });

  test('counts units that are alike as often as listing them would', () => {
    const units = [
      { values: [0, 1], n: 3 },
      { values: [1, 1], n: 5 },
      { values: [0, 0], n: 4 },
    ];
    const listed = units.flatMap(({ values, n }) => Array.from({ length: n }, () => ({ values, n: 1 })));
    const scale = { values: [['a'], ['b']], metric: 'nominal' } as const;
    expect(krippendorffAlpha(units, scale).value).toBeCloseTo(krippendorffAlpha(listed, scale).value!, 12);
  });
});

function table(yy: number, yn: number, ny: number, nn: number): readonly PairCount[] {
  return [
    { left: 0, right: 0, n: yy },
    { left: 0, right: 1, n: yn },
    { left: 1, right: 0, n: ny },
    { left: 1, right: 1, n: nn },
  ];
}

/** One string per observer, one character per unit, `.` where nothing was said. */
function alphaOf(observers: readonly string[], metric: Metric): number | null {
  const values = [...new Set(observers.join('').replaceAll('.', ''))].sort();
  const units: readonly UnitCount[] = [...observers[0]!].map((_, unit) => ({
    values: observers
      .map((labels) => labels[unit]!)
      .filter((given) => given !== '.')
      .map((given) => values.indexOf(given)),
    n: 1,
  }));
  return krippendorffAlpha(units, { values: values.map((value) => [value]), metric }, { replicates: 50 }).value;
}
