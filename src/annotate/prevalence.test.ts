import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctedPrevalence } from './prevalence.ts';
import { multinomial } from './resampling.ts';
import { seededRandom } from './seeded-random.ts';

describe('correctedPrevalence', () => {
  test('is that of Rogan and Gladen for two labels', () => {
    // Sensitivity 0.9, specificity 0.8, and 38 % positive: (0.38 + 0.8 − 1) / 0.7.
    const found = correctedPrevalence({
      confusion: [
        [90, 10],
        [20, 80],
      ],
      raw: [380, 620],
    });
    expect(found.kind).toBe('corrected');
    if (found.kind !== 'corrected') return;
    expect(found.shares[0]!.value).toBeCloseTo(0.18 / 0.7, 8);
    expect(found.shares[0]!.value + found.shares[1]!.value).toBeCloseTo(1, 10);
  });

  test('solves three labels and abstentions as worked out by hand', () => {
    // True shares 0.5, 0.3, 0.2 through these rates give 0.44, 0.29, 0.17 and 0.10 abstained.
    const confusion = [
      [80, 5, 5, 10],
      [10, 70, 10, 10],
      [5, 27.5, 57.5, 10],
    ].map((row) => row.map((n) => n * 10));
    const said = [0, 1, 2, 3].map((column) =>
      [0.5, 0.3, 0.2].reduce((sum, share, row) => sum + (share * confusion[row]![column]!) / 1000, 0),
    );
    const found = correctedPrevalence({ confusion, raw: said.map((share) => Math.round(share * 1_000_000)) });
    expect(found.kind).toBe('corrected');
    if (found.kind !== 'corrected') return;
    expect(found.shares.map(({ value }) => Number(value.toFixed(4)))).toEqual([0.5, 0.3, 0.2]);
  });

  test('refuses where nothing was read, a label was not, or the machine says the same whatever the truth', () => {
    const raw = [50, 50];
    expect(
      correctedPrevalence({
        confusion: [
          [0, 0],
          [0, 0],
        ],
        raw,
      }),
    ).toEqual({ kind: 'refused', reason: 'no-reference' });
    expect(
      correctedPrevalence({
        confusion: [
          [90, 10],
          [1, 2],
        ],
        raw,
      }),
    ).toEqual({ kind: 'refused', reason: 'label-unread' });
    expect(
      correctedPrevalence({
        confusion: [
          [55, 45],
          [45, 55],
        ],
        raw,
      }),
    ).toEqual({
      kind: 'refused',
      reason: 'ill-conditioned',
    });
  });

  test('keeps shares in [0, 1] adding to 1, inside their intervals', () => {
    const cell = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 3 }),
        fc.tuple(cell, cell, cell),
        (confusion, raw) => {
          const found = correctedPrevalence({ confusion, raw });
          if (found.kind === 'refused') return;
          expect(found.shares.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 6);
          for (const { value, interval } of found.shares) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
            expect(interval.low).toBeLessThanOrEqual(value);
            expect(interval.high).toBeGreaterThanOrEqual(value);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test('holds the true share in about 95 of 100 drawn corpora, where the raw share is far off', () => {
    const draw = seededRandom(7);
    const rates = [
      [0.85, 0.15],
      [0.3, 0.7],
    ];
    const truth = [0.2, 0.8];
    const law = Float64Array.from(rates.flatMap((row, label) => row.map((rate) => rate * truth[label]! * 1e6)));
    let held = 0;
    const trials = 100;
    for (let trial = 0; trial < trials; trial += 1) {
      const [read, corpus] = [400, 5000].map((n) => {
        const scaled = law.map((cell) => (cell / 1e6) * n);
        const into = new Float64Array(4);
        multinomial(scaled, draw, into);
        return into;
      }) as [Float64Array, Float64Array];
      const found = correctedPrevalence({
        confusion: [
          [read[0]!, read[1]!],
          [read[2]!, read[3]!],
        ],
        raw: [corpus[0]! + corpus[2]!, corpus[1]! + corpus[3]!],
      });
      if (found.kind === 'refused') continue;
      const { low, high } = found.shares[0]!.interval;
      if (low <= 0.2 && 0.2 <= high) held += 1;
    }
    expect(held / trials).toBeGreaterThan(0.88);
  });
});
