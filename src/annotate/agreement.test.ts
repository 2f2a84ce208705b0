import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cohenKappa, krippendorffAlpha } from './agreement.ts';

const label = fc.constantFrom('a', 'b', 'c');

function pairsOf(table: Readonly<Record<string, number>>): (readonly [string, string])[] {
  return Object.entries(table).flatMap(([cell, count]) =>
    Array.from({ length: count }, () => [cell[0]!, cell[1]!] as const),
  );
}

describe("Cohen's kappa", () => {
  test('gives 0.67 on the back-pain judgements of Sim and Wright (Physical Therapy 85, 2005)', () => {
    expect(cohenKappa(pairsOf({ yy: 22, yn: 2, ny: 4, nn: 11 }))).toBeCloseTo(0.67, 2);
  });

  test('gives 0.40 on the 50 grant proposals of the textbook example', () => {
    expect(cohenKappa(pairsOf({ yy: 20, yn: 5, ny: 10, nn: 15 }))).toBeCloseTo(0.4, 10);
  });

  test('says nothing of no pair, or of one single label', () => {
    expect(cohenKappa([])).toBeNull();
    expect(cohenKappa(pairsOf({ yy: 5 }))).toBeNull();
  });

  test('does not depend on who is left and who is right, and never passes 1', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label)), (pairs) => {
        const kappa = cohenKappa(pairs);
        const swapped = cohenKappa(pairs.map(([left, right]) => [right, left] as const));
        expect(swapped === null).toBe(kappa === null);
        if (kappa === null || swapped === null) return;
        expect(swapped).toBeCloseTo(kappa, 12);
        expect(kappa).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("Krippendorff's alpha", () => {
  // The three nominal examples of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
  test('gives 0.095 on two observers and binary data (section A)', () => {
    expect(alphaOf(['0100000100', '1110010000'])).toBeCloseTo(0.095, 3);
  });

  test('gives 0.692 on two observers and nominal data (section B)', () => {
    expect(alphaOf(['aabbdcccedda', 'babbbccceddd'])).toBeCloseTo(0.692, 3);
  });

  test('gives 0.743 on four observers with missing data (section C)', () => {
    expect(alphaOf(['123321412...', '1233224125.3', '.3332342251.', '12332441251.'])).toBeCloseTo(0.743, 3);
  });

  test('says nothing without two labels on one unit, or with one label everywhere', () => {
    expect(krippendorffAlpha([])).toBeNull();
    expect(krippendorffAlpha([['a'], [], ['b']])).toBeNull();
    expect(
      krippendorffAlpha([
        ['a', 'a'],
        ['a', 'a', 'a'],
      ]),
    ).toBeNull();
  });

  test('depends neither on the order of units nor on that of labels, and never passes 1', () => {
    fc.assert(
      fc.property(fc.array(fc.array(label, { maxLength: 5 })), (units) => {
        const alpha = krippendorffAlpha(units);
        const other = krippendorffAlpha([...units].reverse().map((labels) => [...labels].reverse()));
        expect(other === null).toBe(alpha === null);
        if (alpha === null || other === null) return;
        expect(other).toBeCloseTo(alpha, 12);
        expect(alpha).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is 1 where everyone agrees on more than one label', () => {
    expect(
      krippendorffAlpha([
        ['a', 'a'],
        ['b', 'b', 'b'],
      ]),
    ).toBe(1);
  });
});

/** One string per observer, one character per unit, `.` where nothing was said. */
function alphaOf(observers: readonly string[]): number | null {
  return krippendorffAlpha(
    [...observers[0]!].map((_, unit) => observers.map((labels) => labels[unit]!).filter((given) => given !== '.')),
  );
}
